"""Pages speak with each other through the channel between an opener and the page that it opened."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import taropy
from taropy import NotSupported
from taropy.phone import EventChannel


def test_an_opener_and_the_page_that_it_opened_speak_both_ways(t: Any) -> None:
    heard: list[Any] = []
    res = t.navigateTo(url="/pages/a", events={"back": lambda *data: heard.append(("back", *data))}).result()
    channel = t.phone.pages.current.program.getOpenerEventChannel()
    channel.on("there", lambda data: heard.append(("there", data)))
    if t.platform.name == "harmony":
        assert "eventChannel" not in res
        return
    if not t.canIUse("EventChannel.emit"):  # the vendor gives none
        with pytest.raises(NotSupported):
            res.eventChannel.emit("there", {"id": 1})
        return
    res.eventChannel.emit("there", {"id": 1})
    channel.emit("back", 1, 2)
    assert heard == [("there", {"id": 1}), ("back", 1, 2)]


def test_a_channel_is_listened_to_once_and_no_more(weapp: Any) -> None:
    heard: list[int] = []
    channel = weapp.navigateTo(url="/pages/a").result().eventChannel
    channel.once("n", heard.append)
    channel.emit("n", 1)
    channel.emit("n", 2)
    channel.once("n", heard.append)
    channel.off("n", heard.append)
    channel.emit("n", 3)
    channel.on("n", heard.append)
    channel.off("n")
    channel.emit("n", 4)
    assert heard == [1]


def test_who_listens_to_one_event_twice_is_told_twice_and_then_no_more() -> None:
    channel, heard = EventChannel(), [0]
    for _ in range(2):
        channel.once("n", heard.append)
    channel.emit("n", 1)
    channel.emit("n", 2)
    assert heard == [0, 1, 1]


def test_who_is_taken_off_a_channel_hears_neither_of_one_event_nor_of_all() -> None:
    channel, heard = EventChannel(), [0]
    channel.once("n", heard.append)
    channel.on("n", heard.append)
    channel.off("n", heard.append)
    channel.emit("n", 1)
    assert heard == [0]


@pytest.mark.parametrize("name", ["on", "once"])
def test_a_channel_is_listened_to_by_functions(weapp: Any, name: str) -> None:
    channel = weapp.navigateTo(url="/pages/a").result().eventChannel
    with pytest.raises(taropy.TaroError) as caught:
        getattr(channel, name)("n", 5)
    assert caught.value.errMsg == f"{name}:fail parameter error: parameter.fn should be Function instead of Number"


@pytest.mark.anyio
async def test_what_a_listener_throws_stops_nobody_else() -> None:
    heard: list[Any] = []

    async def later(data: Any) -> None:
        await asyncio.sleep(0)
        heard.append(data)

    async with taropy.create("weapp") as t:
        res = await t.navigateTo(url="/pages/a", events={"n": lambda data: 1 / 0})
        res.eventChannel.on("n", later)
        with pytest.warns(taropy.UnhandledRejectionWarning, match="division by zero"):
            res.eventChannel.emit("n", 5)
        await taropy.settled()
    assert heard == [5]
