"""The clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from natively import call
from supporting import failure, supporting

import taropy
from taropy.phone import Phone


@supporting("setClipboardData", "getClipboardData")
def test_what_is_copied_can_be_pasted(t: Any) -> None:
    assert t.getClipboardData().result().data == ""
    assert t.setClipboardData(data="汉字 🎉").result().errMsg == "setClipboardData:ok"
    assert t.getClipboardData().result().data == "汉字 🎉"
    assert t.phone.clipboard.text == "汉字 🎉"


@supporting("setClipboardData")
def test_a_toast_confirms_it_where_the_platform_shows_one(t: Any) -> None:
    t.setClipboardData(data="a").result()
    toast = t.phone.screen.toast
    silent, douyin = t.getEnv() in ("ALIPAY", "SWAN", "JD"), t.getEnv() == "TT"
    assert (toast and toast.title) == (None if silent else "已设置剪切板内容" if douyin else "内容已复制")


def test_one_app_pastes_what_another_copied() -> None:
    phone = Phone()
    call(phone.native("weapp"), "setClipboardData", data="shared")
    assert call(phone.native("alipay", "my"), "getClipboard") == {"text": "shared"}


def test_the_person_may_have_copied_something() -> None:
    with taropy.create("weapp") as t:
        t.phone.clipboard.text = "from elsewhere"
        assert t.getClipboardData().result().data == "from elsewhere"


def test_the_hybrid_pastes_only_what_it_has_copied_itself() -> None:
    phone = Phone()
    native = phone.native("harmony-hybrid", "native")
    phone.clipboard.text = "from elsewhere"
    assert call(native, "getClipboardData")["data"] == ""
    call(native, "setClipboardData", data="mine")
    assert phone.clipboard.text == "mine"
    phone.clipboard.text = "from elsewhere"
    assert call(native, "getClipboardData")["data"] == "mine"


@pytest.mark.parametrize(("data", "kind"), [(5, "Number"), (None, "Null"), (["a"], "Array")])
def test_only_text_can_be_copied(data: Any, kind: str) -> None:
    phone = Phone()
    phone.clipboard.text = "before"
    assert call(phone.native("weapp"), "setClipboardData", data=data) == {
        "errMsg": f"setClipboardData:fail parameter error: parameter.data should be String instead of {kind}"
    }
    assert (phone.clipboard.text, phone.screen.toast) == ("before", None)


def test_a_test_can_put_only_text_on_the_clipboard() -> None:
    clipboard = Phone().clipboard
    with pytest.raises(TypeError, match="text, not 5"):
        clipboard.text = 5  # type: ignore[assignment]
    assert clipboard.text == ""


def test_douyin_asks_before_a_program_gets_at_the_clipboard() -> None:
    with taropy.create("tt") as t:
        t.phone.clipboard.text = "secret"
        t.phone.person.script("authorize", allow=False)
        for _ in range(2):
            assert failure(t.getClipboardData()) == "getClipboardData:fail auth deny"
            assert failure(t.setClipboardData(data="mine")) == "setClipboardData:fail auth deny"
        assert [question.shown["scope"] for question in t.phone.person.asked] == ["scope.clipboard"]
        assert t.phone.clipboard.text == "secret"


def test_alipay_copies_a_text() -> None:
    phone = Phone()
    call(phone.native("alipay", "my"), "setClipboard", text="付款码")
    assert phone.clipboard.text == "付款码"


def test_a_phone_with_a_folder_keeps_it_and_a_snapshot_brings_it_back(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.clipboard.text = "kept"
        state = phone.clipboard.snapshot()
        phone.clipboard.text = "later"
        phone.clipboard.restore(state)
    with Phone(tmp_path) as phone:
        assert phone.clipboard.text == "kept"
