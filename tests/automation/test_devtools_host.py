"""A runtime over DevTools, for which a phone's own port stands here, and peers that do what they should not."""

from __future__ import annotations

import asyncio
import gc
import json
import queue
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import shop
from speaking import websockets  # noqa: F401  (skips without the extra)
from websockets.sync.server import ServerConnection, serve

import taropy
from taropy import NotSupported, Taro, TaroError
from taropy.hosts.devtools.tools import of
from taropy.hosts.devtools.wire import DevToolsError
from taropy.phone import Phone
from taropy.runtime.taro import Taro as Runtime


@pytest.fixture
def phone() -> Iterator[Phone]:
    """The phone that stands for the mini program in DevTools."""
    with Phone() as made:
        yield made


@pytest.fixture
def url(phone: Phone) -> Iterator[str]:
    """The automation port of DevTools, with the shop in it."""
    with phone.devtools(shop.app) as tools:
        yield tools.url


@pytest.fixture
def taro(url: str) -> Iterator[Runtime]:
    """A runtime over it."""
    with taropy.create("weapp", host="devtools", url=url) as made:
        yield made


def connect(url: str, **options: Any) -> Runtime:
    return taropy.create("weapp", host="devtools", url=url, **options)


# --- calls -----------------------------------------------------------------------------------------------------------


def test_calls_are_made_in_the_mini_program(taro: Runtime, phone: Phone) -> None:
    taro.setStorageSync("tea", {"name": "Longjing", "hot": None, "$": 1})
    assert taro.getStorageSync("tea") == {"name": "Longjing", "hot": None, "$": 1}
    assert taro.getStorage(key="tea").result().data.name == "Longjing"
    assert taro.getSystemInfoSync().platform == "devtools"
    assert taro.env.USER_DATA_PATH == "wxfile://usr"
    assert repr(taro) == "<Taro on weapp, over the devtools>"


def test_failures_are_those_of_the_mini_program(taro: Runtime) -> None:
    with pytest.raises(TaroError, match=re.escape("getStorage:fail data not found")):
        taro.getStorage(key="none").result()
    told: list[str] = []
    taro.getStorage(
        key="none", fail=lambda error: told.append(error.errMsg), complete=lambda error: told.append("done")
    )
    assert told == ["getStorage:fail data not found", "done"]
    with pytest.raises(DevToolsError, match="setStorageSync:fail"):
        taro.setStorageSync("", 1)


def test_what_wx_lacks_there_is_not_supported_by_the_host() -> None:
    with peer(playing(lambda connection, request: None)) as url, connect(url) as taro:
        assert (taro.canIUse("login"), taro.canIUse("scanCode")) == (True, False)
        with pytest.raises(NotSupported) as lacking:
            taro.scanCode()
        assert (lacking.value.reason, lacking.value.host) == ("host", "devtools")


@pytest.mark.anyio
async def test_in_an_event_loop_nothing_waits_and_many_calls_are_under_way(taro: Runtime) -> None:
    await taro.setStorage(key="tea", data=1)
    found = await asyncio.gather(*(taro.getStorage(key="tea") for _ in range(50)))
    assert [each.data for each in found] == [1] * 50


def test_files_and_other_objects_are_used_where_they_are(taro: Runtime) -> None:
    files = taro.getFileSystemManager()
    files.writeFileSync("wxfile://usr/tea.txt", b"\x00hot")
    assert files.readFileSync("wxfile://usr/tea.txt") == b"\x00hot"
    assert files.readFile(filePath="wxfile://usr/tea.txt", encoding="utf-8").result().data == "\x00hot"
    with pytest.raises(TaroError, match="readFile:fail no such file"):
        files.readFile(filePath="wxfile://usr/none.txt").result()


@pytest.mark.anyio
async def test_nodes_are_measured_there(taro: Runtime) -> None:
    query = taro.createSelectorQuery()
    query.select("#top").boundingClientRect()
    [rect] = await asyncio.wait_for(_executed(query), 10)
    assert (rect.width, rect.height) == (393, 40)


def _executed(query: Any) -> asyncio.Future[Any]:
    done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    query.exec(done.set_result)
    return done


@pytest.mark.anyio
async def test_tasks_tell_from_their_beginning_on(taro: Runtime, phone: Phone) -> None:
    phone.network.route("https://shop.example/tea", json={"hot": True}, headers={"X-Tea": "yes"})
    task = taro.request(url="https://shop.example/tea")
    headers: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    await task
    task.onHeadersReceived(headers.set_result)  # long after they have come
    assert (await asyncio.wait_for(headers, 10)).header["X-Tea"] == "yes"
    assert (await task).data == {"hot": True}


def test_objects_that_the_program_has_let_go_of_are_let_go_there(taro: Runtime, phone: Phone) -> None:
    phone.network.route("https://shop.example/tea", json={"hot": True})
    dropped: list[int] = []
    session = taro.native._session
    request = session._request
    session._request = lambda method, *given: (
        dropped.extend(given[0]) if method == "drop" else None,
        request(method, *given),
    )[1]
    for _ in range(5):
        taro.request(url="https://shop.example/tea").result()
    query = taro.createSelectorQuery()
    del query
    gc.collect()
    taro.getSystemInfoSync()
    assert len(session.tasks) == 0
    assert len(set(dropped)) == 6


@pytest.mark.anyio
async def test_listeners_hear_in_the_programs_loop_until_they_are_taken_off(taro: Runtime, phone: Phone) -> None:
    heard: asyncio.Queue[Any] = asyncio.Queue()

    def listen(told: Any) -> None:
        asyncio.get_running_loop()
        heard.put_nowait(told.networkType)

    taro.onNetworkStatusChange(listen)
    phone.network.type = "3g"
    assert await asyncio.wait_for(heard.get(), 10) == "3g"
    taro.offNetworkStatusChange(listen)
    phone.network.type = "wifi"
    await taro.getSetting()
    assert heard.empty()


# --- pages, elements, mocks ------------------------------------------------------------------------------------------


def test_pages_and_elements_are_looked_at_and_used(taro: Runtime) -> None:
    tools = of(taro)
    page = tools.page()
    assert (page.route, page.query, page.data("teas")) == ("pages/shop/index", {}, ["Longjing", "Tieguanyin"])
    page.set_data({"count": 7})
    top = page.element("#top")
    assert (top.text, top.attribute("class"), top.style("color")) == ("Teas: 7", "head big", "red")
    page.element("#name").input("Grace")
    assert (page.data("name"), page.element("#name").property("value")) == ("Grace", "Grace")
    assert page.call("add", 2, 3) == {"sum": 5}
    assert [each.text for each in page.elements(".tea")] == ["Longjing", "Tieguanyin"]
    page.element("#inner").trigger("longpress", {"hard": True})
    page.elements(".tea")[1].tap()
    assert tools.evaluate("() => new Promise(done => setTimeout(() => done(getCurrentPages().length), 5))") == 2
    assert [each.route for each in tools.pages()] == ["pages/shop/index", "pages/tea/index"]
    with pytest.raises(DevToolsError, match="no such element"):
        tools.page().element("#none")


def test_functions_are_mocked_and_dialogs_answered(taro: Runtime, phone: Phone) -> None:
    tools = of(taro)
    tools.mock("getLocation", {"latitude": 1, "longitude": 2})
    assert taro.getLocation().result().latitude == 1
    tools.mock("getStorageSync", function="(key, sign) => key + sign", arguments=["!"])
    assert taro.getStorageSync("tea") == "tea!"
    tools.restore("getStorageSync")
    assert taro.getStorageSync("tea") == ""
    with pytest.raises(DevToolsError, match="confirmModal:fail confirmModal: nothing of the kind is open"):
        tools.native("confirmModal")
    tools.native("switchTab", {"url": "pages/mine/index"})
    assert tools.page().route == "pages/mine/index"
    assert tools.version == phone.native("weapp").getSystemInfoSync()["SDKVersion"]


def test_tools_are_for_runtimes_over_devtools() -> None:
    with pytest.raises(TypeError, match="runs over the phone, and not over DevTools"):
        of(Taro)


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_where_nobody_listens_the_way_to_devtools_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(DevToolsError) as error:
        connect(f"ws://127.0.0.1:{port}")
    assert str(error.value).startswith(f"devtools:fail nothing answers at ws://127.0.0.1:{port} (")
    assert str(error.value).endswith(
        "open the project with its automation port, as by `cli auto --project … --auto-port 9420`"
    )
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("url", ["127.0.0.1:9420", "http://127.0.0.1:9420", "ws://"])
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(DevToolsError, match=f"nothing answers at {re.escape(url)}"):
        connect(url)


def test_a_platform_that_is_not_wechats_is_not_in_devtools() -> None:
    with pytest.raises(TypeError, match="in DevTools programs call wx, and those of alipay my"):
        taropy.create("alipay", host="devtools")


Script = Callable[[ServerConnection, dict[str, Any]], None]


@contextmanager
def peer(script: Script) -> Iterator[str]:
    """A DevTools that answers by a script."""

    def speak(connection: ServerConnection) -> None:
        for frame in connection:
            script(connection, json.loads(frame))

    with serve(speak, "127.0.0.1", 0, compression=None) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()
        thread.join()


def answering(connection: ServerConnection, request: dict[str, Any], result: Any) -> None:
    connection.send(json.dumps({"id": request["id"], "result": {"result": result}}))


def is_members(request: dict[str, Any]) -> bool:
    return ".members." in str(request["params"].get("functionDeclaration"))


def playing(act: Callable[[ServerConnection, dict[str, Any]], None]) -> Script:
    """A peer that has three functions of `wx`, and does `act` when they are called."""

    def script(connection: ServerConnection, request: dict[str, Any]) -> None:
        if is_members(request):
            answering(connection, request, dict.fromkeys(("login", "checkSession", "getStorageSync"), "function"))
        elif ".call." in str(request["params"].get("functionDeclaration")):
            act(connection, request)
        else:
            answering(connection, request, None)

    return script


def binding(request: dict[str, Any]) -> str:
    found = re.search(r"global\.(\w+)\.", request["params"]["functionDeclaration"])
    assert found is not None
    return f"{found[1]}_tell"


def event(connection: ServerConnection, method: str, params: Any) -> None:
    connection.send(json.dumps({"method": method, "params": params}))


def login(url: str) -> str:
    """How a call ends, and that it ends once."""
    ends: list[str] = []
    with connect(url) as taro:
        taro.login(success=lambda result: ends.append(result.code), fail=lambda error: ends.append(error.errMsg))
    [end] = ends
    return end


def test_a_call_that_is_answered_twice_ends_once() -> None:
    def twice(connection: ServerConnection, request: dict[str, Any]) -> None:
        number = request["params"]["args"][3]
        for code in ("first", "second"):
            event(
                connection, "App.bindingCalled", {"name": binding(request), "args": ["success", number, {"code": code}]}
            )
            answering(connection, request, None)

    with peer(playing(twice)) as url:
        assert login(url) == "first"


def test_frames_that_mean_nothing_are_passed_over() -> None:
    def flooding(connection: ServerConnection, request: dict[str, Any]) -> None:
        for params in (
            None,
            [],
            {"name": 1},
            {"name": binding(request), "args": 1},
            {"name": binding(request), "args": [1, 2]},
        ):
            event(connection, "App.bindingCalled", params)
        for _ in range(2000):
            event(connection, "App.logAdded", {"type": "log", "args": []})
        connection.send(json.dumps({"id": "nobody", "result": {}}))
        event(connection, "App.bindingCalled", {"name": binding(request), "args": ["event", 999, []]})
        answering(connection, request, None)
        given = ["success", request["params"]["args"][3], {"code": "at last"}]
        event(connection, "App.bindingCalled", {"name": binding(request), "args": given})

    with peer(playing(flooding)) as url:
        assert login(url) == "at last"


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (None, "login:fail DevTools has gone"),
        ("{", "login:fail what came is no answer of DevTools"),
        ("[]", "login:fail what came is no answer of DevTools"),
        (b"\xff", "login:fail what came is no answer of DevTools"),
    ],
)
def test_a_peer_that_goes_or_lies_ends_what_is_under_way(frame: str | bytes | None, told: str) -> None:
    def going(connection: ServerConnection, request: dict[str, Any]) -> None:
        connection.close() if frame is None else connection.send(frame)

    with peer(playing(going)) as url:
        assert login(url).startswith(told)


def test_a_request_that_is_refused_fails_the_call() -> None:
    def refusing(connection: ServerConnection, request: dict[str, Any]) -> None:
        connection.send(json.dumps({"id": request["id"], "error": {"message": "not now"}}))

    with peer(playing(refusing)) as url:
        assert login(url) == "login:fail not now"
        with connect(url) as taro, pytest.raises(DevToolsError, match="getStorageSync:fail not now"):
            taro.getStorageSync("tea")


def test_an_answer_that_is_waited_for_has_its_time() -> None:
    with peer(playing(lambda connection, request: None)) as url:
        with connect(url, answer_within=0.1) as taro, pytest.raises(DevToolsError, match="getStorageSync:fail timeout"):
            taro.getStorageSync("tea")
        with connect(url, timeout=100) as taro, pytest.raises(TaroError, match="checkSession:fail timeout"):
            taro.checkSession().result()


def test_an_app_that_is_launched_anew_ends_the_calls_and_gets_the_agent_again() -> None:
    agents: list[str] = []

    def script(connection: ServerConnection, request: dict[str, Any]) -> None:
        if request["method"] == "App.addBinding":
            agents.append(request["params"]["name"])
        playing(relaunching)(connection, request)

    def relaunching(connection: ServerConnection, request: dict[str, Any]) -> None:
        event(connection, "App.initialized", {"from": "devtools"})
        answering(connection, request, None)

    with peer(script) as url, connect(url) as taro:
        for _ in range(2):
            with pytest.raises(TaroError, match="login:fail the app was launched anew"):
                taro.login().result()
    assert len(agents) == 2


def test_a_callback_of_devtools_cannot_wait_for_devtools(taro: Runtime) -> None:
    wire = taro.native._session.wire
    ended: queue.SimpleQueue[str] = queue.SimpleQueue()

    def waits(future: Any) -> None:
        try:
            taro.native.getStorageSync("tea")
        except DevToolsError as error:
            ended.put(str(error))

    taro.native.getStorageSync("tea")
    request = wire.send(
        "App.callFunction", {"functionDeclaration": "() => new Promise(r => setTimeout(r, 30))", "args": []}
    )
    request.add_done_callback(waits)
    wire.result(request, "test")
    told = "getStorageSync:fail a callback of DevTools cannot wait for DevTools; await it in the program"
    assert ended.get(timeout=10) == told
    assert ended.empty()


def test_nothing_is_left_of_a_connection_that_is_closed(url: str) -> None:
    before = threading.active_count()
    taro = connect(url)
    taro.login().result()
    taro.close()
    taro.close()
    assert threading.active_count() == before
    with pytest.raises(TaroError, match="this runtime is closed"):
        taro.login().result()


def test_calls_that_are_under_way_end_when_the_port_closes(phone: Phone) -> None:
    with phone.devtools(shop.app) as tools:
        taro = connect(tools.url)
        ends: queue.SimpleQueue[str] = queue.SimpleQueue()
        native = taro.native
        native.showModal({"title": "Really?", "fail": lambda error: ends.put(error["errMsg"])})
    assert ends.get(timeout=10).startswith("showModal:fail")
    taro.close()
