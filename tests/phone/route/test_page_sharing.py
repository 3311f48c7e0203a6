"""A person shares a page: as a card, on the timeline, among the favorites."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from diaries import HOME, Diary
from natively import turns

import taropy


def sharing(said: Any, **settings: Any) -> taropy.App:
    app = taropy.App(pages=[HOME], window={"navigationBarTitleText": "Tea"})

    @app.page(HOME, **settings)
    class Home:
        def onShareAppMessage(self, told: Any) -> Any:
            self.told = told
            return said() if callable(said) else said

        def onShareTimeline(self) -> Any:
            return {"title": "On my wall"}

        def onAddToFavorites(self, told: Any) -> None:
            assert told == {"webviewUrl": ""}

    return app


def shared(t: Any, **given: Any) -> Any:
    return asyncio.run(t.phone.pages.share(**given))


def test_a_card_that_says_nothing_is_the_page_itself(weapp: Any) -> None:
    sharing(None).launch(weapp, query={"id": "7"}).result()
    assert shared(weapp) == {"title": "Tea", "path": f"/{HOME}?id=7"}
    assert weapp.getCurrentPages()[0].told == {"from": "menu"}


def test_a_card_says_what_the_page_says(weapp: Any) -> None:
    sharing({"title": "Green", "imageUrl": "/a.png"}).launch(weapp).result()
    assert shared(weapp, by="button", target={"id": "b"}) == {
        "title": "Green",
        "path": f"/{HOME}",
        "imageUrl": "/a.png",
    }
    assert weapp.getCurrentPages()[0].told == {"from": "button", "target": {"id": "b"}}


def test_a_card_may_be_promised(weapp: Any) -> None:
    async def promised() -> Any:
        await asyncio.sleep(0)
        return {"title": "Later"}

    sharing(promised).launch(weapp).result()
    assert shared(weapp)["title"] == "Later"


@pytest.mark.anyio
async def test_a_promise_has_three_seconds() -> None:
    never: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    async with taropy.create("weapp") as t:
        t.phone.clock.stop()
        await sharing({"title": "Now", "promise": never}).launch(t)
        card = asyncio.ensure_future(t.phone.pages.share())
        await turns()
        assert not card.done()
        t.phone.clock.advance(3)
        assert (await card)["title"] == "Now"


def test_the_timeline_and_the_favorites(weapp: Any) -> None:
    sharing(None).launch(weapp, query={"id": "7"}).result()
    wall = weapp.phone.pages.share_timeline()
    assert wall == {"title": "On my wall", "query": "id=7"}
    assert (wall.title, wall["query"]) == ("On my wall", "id=7")
    kept = weapp.phone.pages.add_to_favorites()
    assert kept == {"title": "Tea", "query": "id=7"}
    assert kept.title == kept["title"]


def test_a_page_that_cannot_be_shared(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    with pytest.raises(LookupError, match="enableShareAppMessage=True"):
        shared(weapp)
    with pytest.raises(LookupError, match="enableShareTimeline=True"):
        weapp.phone.pages.share_timeline()


def test_every_page_can_be_a_favorite(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp, query={"id": "7"}).result()
    assert weapp.phone.pages.add_to_favorites() == {"title": "", "query": "id=7"}
