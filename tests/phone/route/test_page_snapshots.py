"""Snapshots of the stack of pages."""

from __future__ import annotations

from typing import Any

from diaries import HOME, LIST, MINE, Diary


def test_a_snapshot_brings_the_pages_back_as_they_were_shown(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    weapp.navigateTo(url=f"/{LIST}").result()
    weapp.phone.pages.scroll(120)
    page, taken = weapp.getCurrentPages()[-1], weapp.phone.pages.snapshot()
    weapp.phone.pages.current.window["navigationBarTitleText"] = "Other"
    weapp.phone.pages.scroll(0)
    weapp.reLaunch(url=f"/{MINE}").result()
    diary.new()
    for _ in range(2):
        weapp.phone.pages.restore(taken)
        assert weapp.phone.pages.routes == [HOME, LIST]
        assert weapp.getCurrentPages()[-1] is page
        assert weapp.phone.pages.current.scroll_top == 120
        assert "navigationBarTitleText" not in weapp.phone.pages.current.window
        weapp.navigateBack().result()
    assert diary.new() == "list.onUnload home.onShow list.onUnload home.onShow"
