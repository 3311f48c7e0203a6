"""The real taro-h5 in Chromium, over the bridge."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import on_the_way
import pytest
import taro_h5
from hands import Hands
from peer import until
from servers import WebServer
from taro_h5 import Around

import taropy
from taropy.phone import leave_open

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def taro(site: Path) -> Iterator[taropy.Taro]:
    with taropy.create("h5", host="page", url=str(site), launch=True) as made:
        yield made


# --- every function that can succeed ------------------------------------------------------------------------------


def test_each_function_of_taro_h5_is_in_a_table() -> None:
    assert taro_h5.in_tables() | {*taro_h5.CANNOT} == taro_h5.implemented()
    assert len(taro_h5.CANNOT) <= 0.05 * len(taro_h5.implemented())


@pytest.mark.parametrize("name", taro_h5.SIMPLE)
def test_a_function_succeeds(taro: taropy.Taro, name: str) -> None:
    taropy.run(lambda: taro_h5.simple(taro, name))


@pytest.mark.parametrize("name", taro_h5.LISTENERS)
def test_a_listener_comes_and_goes(taro: taropy.Taro, name: str) -> None:
    taro_h5.listener(taro, name)


def around_page(taro: taropy.Taro, server: WebServer, sockets: str, folder: Path) -> Around:
    """What cases ask for; the person is that of the host."""
    outside = Hands(taro.phone, folder)

    async def hands(what: str, *arguments: Any) -> Any:
        return outside.do(what, *arguments)

    return Around(server.origin, sockets, hands)


@pytest.mark.parametrize("work", taro_h5.COMPOUND, ids=lambda work: " ".join(taro_h5.COMPOUND[work]))
def test_functions_succeed_with_a_person_or_a_server(
    taro: taropy.Taro, server: WebServer, sockets: str, tmp_path: Path, work: Callable[..., Awaitable[None]]
) -> None:
    around = around_page(taro, server, sockets, tmp_path)
    taropy.run(lambda: taro_h5.compound(taro, work.__name__, around))


# --- what travels with a call -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other(site: Path) -> Iterator[taropy.Taro]:
    """A page in which nobody has made a phone call."""
    with taropy.create("h5", host="page", url=str(site), launch=True) as made:
        yield made


@pytest.mark.parametrize("case", on_the_way.ALL, ids=lambda case: case.__name__)
def test_beside_the_answer(
    other: taropy.Taro, server: WebServer, sockets: str, tmp_path: Path, case: Callable[..., Awaitable[None]]
) -> None:
    around = around_page(other, server, sockets, tmp_path)
    taropy.run(lambda: asyncio.wait_for(case(other, around), taro_h5.PATIENCE))


def test_a_page_that_is_opened_and_its_opener_talk(other: taropy.Taro) -> None:
    async def main() -> list[Any]:
        told: list[Any] = []
        opened = await other.navigateTo(url="/pages/c/index", events={"brewed": lambda data: told.append(data)})
        opened.eventChannel.emit("order", {"tea": "oolong"})
        other.native.getCurrentPages()
        await other.navigateBack()
        return told

    assert taropy.run(main) == []


def test_what_is_no_stub_is_what_upstream_says(other: taropy.Taro) -> None:
    native = other.native
    assert {name for name in taro_h5.stubs() if hasattr(native, name)} == set(taro_h5.SAY_SO_THEMSELVES)
    assert {name for name in taro_h5.implemented() if not hasattr(native, name)} == set()


def test_what_a_test_sees_at_the_page_is_what_it_sees_on_a_phone(other: taropy.Taro) -> None:
    """The same lines, on both."""

    def seen(taro: Any) -> list[Any]:
        async def main() -> list[Any]:
            found: list[Any] = []
            call = taro.showModal(title="Sure?", content="really")
            await until(lambda: taro.phone.screen.modal)
            modal = taro.phone.screen.modal
            found += [modal.title, modal.content, modal.showCancel, modal.confirmText]
            taro.phone.screen.answer_modal(confirm=False)
            found.append((await call).cancel)
            call = taro.showActionSheet(itemList=["green", "black"])
            await until(lambda: taro.phone.screen.action_sheet)
            found.append(taro.phone.screen.action_sheet.itemList)
            taro.phone.screen.answer_action_sheet(1)
            found.append((await call).tapIndex)
            await taro.showToast(title="Done", duration=5000)
            await until(lambda: taro.phone.screen.toast)
            found.append(taro.phone.screen.toast.title)
            await taro.hideToast()
            await taro.setNavigationBarTitle(title="Teas")
            found.append(taro.phone.screen.navigation_bar.title)
            return found

        return taropy.run(main)  # type: ignore[no-any-return]

    with taropy.Phone(ask=leave_open) as phone, taropy.create("h5", phone=phone) as simulated:
        assert seen(other) == seen(simulated)


def test_answers_that_are_given_beforehand_are_each_for_another_dialog(other: taropy.Taro) -> None:
    screen = other.phone.screen

    async def main() -> list[Any]:
        screen.answer_action_sheet(0)
        for confirm in (True, False, True):
            screen.answer_modal(confirm=confirm)
        screen.answer_action_sheet(1)
        told: list[Any] = [(await other.showModal(title="Sure?", content="")).confirm for _ in range(3)]
        return told + [(await other.showActionSheet(itemList=["a", "b"])).tapIndex for _ in range(2)]

    assert taropy.run(main) == [True, False, True, 0, 1]


def test_the_world_around_the_page_changes(other: taropy.Taro, server: WebServer) -> None:
    phone = other.phone
    sizes: list[Any] = []
    hidden: list[str] = []

    async def main() -> None:
        other.onWindowResize(lambda event: sizes.append((event.size.windowWidth, event.size.windowHeight)))
        other.onAppHide(lambda *_: hidden.append("hide"))
        other.onAppShow(lambda *_: hidden.append("show"))
        phone.rotate("landscape")
        await until(lambda: sizes)
        phone.rotate("portrait")
        phone.background()
        phone.foreground()
        await until(lambda: len(hidden) == 2)
        phone.network.type = "none"
        with pytest.raises(taropy.TaroError, match="request:fail Failed to fetch"):
            await other.request(url=server.url("/tea"))
        assert other.getStorageSync("k") is not None  # the bridge itself needs no network
        phone.network.type = "wifi"
        await other.request(url=server.url("/tea"))
        phone.pages.tap_tab(1)
        await until(lambda: other.getCurrentPages()[-1].path.startswith("/pages/b/index"))
        await other.navigateTo(url="/pages/c/index")
        phone.pages.press_back()
        await until(lambda: other.getCurrentPages()[-1].path.startswith("/pages/b/index"))
        phone.clipboard.text = "oolong"
        assert phone.clipboard.text == "oolong"
        with pytest.raises(ValueError, match="a page is not held in 'sideways'"):
            phone.rotate("sideways")

    taropy.run(main)
    assert hidden == ["hide", "show"]
