"""Programs that run unchanged on the phone and in a page: the same calls, in the same order, with the same outcome."""

from __future__ import annotations

import asyncio
import runpy
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import tea_round
from servers import Answer, Received, WebServer
from tea_house import TeaHouse, answer, open_app

import taropy

pytestmark = pytest.mark.browser
EXAMPLES = Path(__file__).parents[3] / "examples"
LOGIN, TEAROOM = EXAMPLES / "login", EXAMPLES / "tearoom"
PICTURE = Path(__file__).parents[2] / "h5" / "files" / "red.png"
TEAS = ["oolong", "sencha", "assam"]


class Backend:
    """A shop: it knows one token, and forgets it when it is told to."""

    def __init__(self) -> None:
        self.token: str | None = "t-1"
        self.orders: list[dict[str, Any]] = []

    async def answer(self, request: Received) -> Answer:
        if request.path == "/never":
            await asyncio.Event().wait()
        headers = (
            ("access-control-allow-origin", request.headers.get("origin", "*")),
            ("access-control-allow-headers", request.headers.get("access-control-request-headers", "*")),
            ("access-control-allow-methods", "GET, POST"),
        )
        if request.method == "OPTIONS":
            return Answer(status=204, headers=headers)
        if request.path == "/teas":
            return Answer(TEAS, headers=headers)
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return Answer({"message": "please sign in"}, 401, headers)
        if request.path == "/orders" and request.method == "POST":
            self.orders.append({"id": len(self.orders) + 1, **request.json})
        return Answer(self.orders, headers=headers)


@pytest.fixture
def shop() -> Iterator[Callable[[], Backend]]:
    """Opens the shop anew, for one run of the program."""
    current = Backend()

    def open_() -> Backend:
        nonlocal current
        current = Backend()
        return current

    with WebServer(lambda request: current.answer(request)) as server:
        open_.url = server.origin  # type: ignore[attr-defined]
        yield open_


Program = Callable[[Any], Any]


def runs(site: Path, program: Program) -> list[tuple[Any, list[str]]]:
    """What comes of the program on the phone and in the page, and the calls that it made."""
    found = []
    on_page: dict[str, Any] = {"host": "page", "url": str(site), "launch": True}
    for options in ({}, on_page):
        calls: list[str] = []

        def observe(call: Any, calls: list[str] = calls) -> None:
            if call.outcome == "pending":
                calls.append(call.api)
            else:
                calls.append(f"{call.api} {call.outcome}")

        taropy.use("h5", observe=observe, **options)
        try:
            found.append((taropy.run(lambda: asyncio.wait_for(program(taropy.Taro), 30)), calls))
        finally:
            taropy.use("h5")
    return found


def test_the_login_example(site: Path, shop: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its modules as they are: the token goes out with each request; on h5, which has no login, a refusal is told."""
    monkeypatch.syspath_prepend(str(LOGIN))
    monkeypatch.setenv("TARO_APP_API", shop.url)
    for name in ("api", "auth", "ui"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    import api
    import auth
    import ui

    async def program(taro: Any) -> list[Any]:
        backend = shop()
        auth.install()
        told: list[Any] = [await api.teas(), await auth.stored_token()]
        await taro.setStorage(key=auth.TOKEN_KEY, data="t-1")
        told.append(await auth.sign_in())
        told += [await api.place_order("oolong"), await api.orders()]
        backend.token = None
        try:
            await api.orders()
        except taropy.NotSupported as error:
            told.append(str(error))
            taro.phone.screen.answer_modal()
            await ui.alert("Sorry", "Nobody can sign in here")
        ui.toast("Bye")
        return told

    phone, page = runs(site, program)
    assert page == phone
    assert page[0][:2] == [TEAS, None]
    assert page[0][4] == [{"id": 1, "tea": "oolong"}]
    assert "login is not supported on h5" in page[0][5]


def test_a_program_with_a_bit_of_everything(site: Path, shop: Any, sockets: str, tmp_path: Path) -> None:
    async def chat(taro: Any) -> list[Any]:
        heard: list[Any] = []
        ended = asyncio.Event()
        socket = await taro.connectSocket(url=f"{sockets}/echo")
        opened = asyncio.Event()
        socket.onOpen(lambda *_: opened.set())
        socket.onMessage(lambda event: heard.append(event.data))
        socket.onClose(lambda *_: ended.set())
        await opened.wait()
        await socket.send(data="tea?")
        await socket.send(data=b"\1\2")
        await socket.send(data="close")
        await ended.wait()
        return heard

    async def storage(taro: Any) -> list[Any]:
        taro.setStorageSync("cart", {"teas": TEAS, "sum": 12.5})
        await taro.setStorage(key="seen", data=True)
        told = [taro.getStorageSync("cart"), (await taro.getStorage(key="seen")).data, taro.getStorageSync("none")]
        told.append((await taro.getStorageInfo()).get("keys").count("cart"))
        await taro.removeStorage(key="seen")
        try:
            await taro.getStorage(key="seen")
        except taropy.TaroError as error:
            told.append(error.errMsg)
        await taro.clearStorage()
        return told

    async def dialogs(taro: Any) -> list[Any]:
        person = taro.phone
        told: list[Any] = []
        for confirm in (True, False):
            person.screen.answer_modal(confirm=confirm)
            told.append((await taro.showModal(title="Sure?", content="really")).confirm)
        person.screen.answer_action_sheet(2)
        told.append((await taro.showActionSheet(itemList=TEAS)).tapIndex)
        person.screen.cancel_action_sheet()
        try:
            await taro.showActionSheet(itemList=TEAS)
        except taropy.TaroError as error:
            told.append(error.errMsg)
        await taro.showLoading(title="Brewing")
        await taro.hideLoading()
        await taro.setClipboardData(data="oolong")
        return told

    async def places(taro: Any) -> list[Any]:
        taro.phone.permissions.grant("scope.userLocation")
        taro.phone.location.set(31.25, 121.5)
        place = await taro.getLocation(type="wgs84")
        return [place.latitude, place.longitude]

    async def requests(taro: Any) -> list[Any]:
        shop()
        answers = await asyncio.gather(*(taro.request(url=f"{shop.url}/teas") for _ in range(5)))
        told: list[Any] = [answer.data for answer in answers]
        refused = await taro.request(url=f"{shop.url}/orders")
        told += [refused.statusCode, refused.data.message]
        call = taro.request(url=f"{shop.url}/never")
        call.abort()
        try:
            await call
        except taropy.TaroError as error:
            told.append(error.errMsg)
        picked = await pictures(taro)
        return [*told, picked]

    async def pictures(taro: Any) -> Any:
        taro.phone.media.pick(PICTURE)
        picked = await taro.chooseImage(count=1)
        info = await taro.getImageInfo(src=picked.tempFilePaths[0])
        return [info.width, info.height, picked.tempFiles[0].size]

    async def nodes(taro: Any) -> list[Any]:
        query = taro.createSelectorQuery()
        query.selectViewport().scrollOffset()
        offset = await taropy.Promise(lambda resolve, reject: query.exec(resolve))
        return [offset[0].scrollTop, taro.getEnv(), taro.getSystemInfoSync().windowWidth]

    async def program(taro: Any) -> dict[str, Any]:
        return {part.__name__: await part(taro) for part in (storage, requests, dialogs, places, chat, nodes)}

    (outcome, calls), (page_outcome, page_calls) = runs(site, program)
    assert page_outcome == outcome
    assert page_calls == calls
    assert len(calls) > 50


Made = tuple[Any, list[tuple[str, str]]]


def made(begin: Callable[[Any], Any], program: Callable[[], Any], **options: Any) -> Made:
    """What comes of the program on the process's `Taro`, after `begin`; and its calls, each with its outcome."""
    calls: dict[Any, None] = {}
    taro = taropy.use("h5", observe=calls.setdefault, **options)
    try:
        begin(taro)
        calls.clear()
        outcome = taropy.run(lambda: asyncio.wait_for(program(), 30))
    finally:
        taropy.use("h5")
    return outcome, [(call.api, call.outcome) for call in calls]


def test_the_round_of_tea(built: Callable[[Mapping[str, Any]], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same calls in the same order, each with the same outcome. On the phone, too, its pages are there before."""

    def begin(taro: taropy.Taro) -> None:
        if taro.host.name == "phone":
            open_app(taro)
        answer(taro.phone.screen)

    def run(**options: Any) -> Made:
        with TeaHouse() as house:
            monkeypatch.setenv("TARO_APP_API", house.url)
            return made(begin, tea_round.main, **options)

    phone, page = run(), run(host="page", url=str(built(tea_round.APP)), launch=True)
    assert page == phone
    assert len(phone[1]) > 100
    assert ("uploadFile", "ok") in phone[1]
    assert ("uploadFile", "error") in phone[1]


WRITES = "the person writes, and takes a picture"


def test_the_tea_room(
    built: Callable[[Mapping[str, Any]], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An app with pages, and a person on them. On h5, which has no login, who writes a note is told so."""
    monkeypatch.syspath_prepend(str(LOGIN))
    monkeypatch.syspath_prepend(str(TEAROOM))
    from backend.serving import serving
    from starlette.middleware.cors import CORSMiddleware
    from tearoom import app
    from tearoom.backend import create_app

    visit = runpy.run_path(str(TEAROOM / "app.py"), run_name="visit")["main"]

    async def nobody(platform: str, code: str) -> str:
        raise AssertionError(platform)

    def run(**options: Any) -> tuple[list[str], Made]:
        backend: Any = CORSMiddleware(create_app(nobody), allow_origins=["*"], allow_headers=["*"])
        with serving(backend) as url:
            monkeypatch.setenv("TARO_APP_API", url)
            capsys.readouterr()
            done = made(lambda taro: taro.phone.media.pick(PICTURE), visit, **options)
            return capsys.readouterr().out.splitlines(), done

    pages = {route: dict(page.settings) for route, page in app.pages.items()}
    url = str(built({**app.config, "pages": app.routes, "pageConfigs": pages}))
    phone, page = run(), run(host="page", url=url, launch=True)
    (lines, (_, calls)), (page_lines, (_, page_calls)) = phone, page
    assert page_calls == calls
    # A handler runs when the page has gone on: what it sets of the bar as the page is loaded, taro-h5 keeps then.
    assert (lines.pop(3), page_lines.pop(3)) == (f"Tea room: {WRITES}", f"Longjing: {WRITES}")
    assert page_lines == lines
    assert len(lines) == 5
