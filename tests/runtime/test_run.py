"""`taropy.run`: runs a program, and then what it left open."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

import taropy
from taropy import Promise


@pytest.fixture
def taro():
    """A runtime whose native functions answer after a while."""

    def later(options):
        asyncio.get_running_loop().call_later(0.005, options["success"], {"code": "late"})

    return taropy.create(native=SimpleNamespace(login=later, checkSession=later, request=later))


def test_run_gives_what_the_program_returns(taro):
    async def main():
        return (await taro.login()).code

    assert taropy.run(main) == taropy.run(main()) == "late"


def test_run_takes_a_function_that_makes_calls_with_callbacks(taro):
    done = []

    def main():
        taro.login(success=lambda res: done.append(res.code))
        return "returned"

    assert (taropy.run(main), done) == ("returned", ["late"])


def test_run_takes_a_function_that_returns_a_promise(taro):
    assert taropy.run(lambda: taro.login().then(lambda res: res.code)) == "late"


def test_run_waits_for_calls_that_callbacks_and_handlers_open(taro):
    order = []

    async def main():
        taro.login(success=lambda res: taro.checkSession(success=lambda res: order.append("from a callback")))
        taro.login().then(lambda res: taro.checkSession()).then(lambda res: order.append("from a handler"))
        order.append("main")

    taropy.run(main)
    assert order[0] == "main"
    assert sorted(order[1:]) == ["from a callback", "from a handler"]


def test_run_waits_for_async_callbacks_handlers_and_interceptors(taro):
    ended = []

    async def callback(res):
        await asyncio.sleep(0.005)
        ended.append("callback")

    async def handler(res):
        await asyncio.sleep(0.005)
        ended.append("handler")

    async def interceptor(chain):
        await asyncio.sleep(0.005)
        await chain.proceed()
        ended.append("interceptor")

    async def main():
        taro.addInterceptor(interceptor)
        taro.login(success=callback)
        taro.request("http://localhost")
        Promise.resolve().then(handler)

    taropy.run(main)
    assert sorted(ended) == ["callback", "handler", "interceptor"]


def test_run_with_nothing_open_ends_at_once():
    assert taropy.run(lambda: 5) == 5


def test_what_the_program_raises_is_raised(taro):
    async def main():
        taro.login()
        raise KeyError("mine")

    with pytest.raises(KeyError):
        taropy.run(main)


def test_run_inside_a_running_loop_says_that_it_cannot(taro):
    async def main():
        taropy.run(lambda: 5)

    with pytest.raises(RuntimeError):
        asyncio.run(main())


def test_runs_follow_one_another(taro):
    async def main():
        return (await taro.login()).code

    assert [taropy.run(main) for _ in range(3)] == ["late"] * 3
    assert taro.login().result().code == "late"


@pytest.mark.anyio
async def test_settled_waits_for_the_calls_and_handlers_that_were_begun(on_phone):
    done = []

    async def then(res):
        await asyncio.sleep(0)
        done.append(res.code[:0])
        on_phone.setStorage(key="a", data=1, success=lambda _: done.append("stored"))

    on_phone.login(success=then)
    await taropy.settled()
    assert done == ["", "stored"]


@pytest.mark.anyio
async def test_settled_waits_for_those_who_hear_of_what_failed(on_phone):
    heard = []
    on_phone.onUnhandledRejection(lambda res: heard.append(res.reason.errMsg))
    on_phone.navigateBack()
    with pytest.warns(taropy.UnhandledRejectionWarning):
        await taropy.settled()
    assert heard == ["navigateBack:fail cannot navigate back at first page."]


@pytest.mark.anyio
async def test_settled_waits_for_what_the_phone_tells_a_program_that_has_begun_to_listen(on_phone):
    heard = []
    on_phone.getUpdateManager().onCheckForUpdate(lambda res: heard.append(res.hasUpdate))
    await taropy.settled()
    on_phone.phone.updates.offer("1.1.0")
    on_phone.getUpdateManager().onUpdateReady(lambda: on_phone.showModal(success=lambda res: heard.append("asked")))
    await taropy.settled()
    assert heard == [False, True, "asked"]


@pytest.mark.anyio
async def test_settled_with_nothing_open_ends_at_once(on_phone):
    await asyncio.wait_for(taropy.settled(), 5)


def test_a_program_on_trio_is_told_at_its_first_call(taro):
    trio = pytest.importorskip("trio")

    async def main():
        with pytest.raises(RuntimeError, match="taropy runs on asyncio, and this program on trio"):
            taro.login()
        with pytest.raises(RuntimeError, match="choose the backend 'asyncio'"):
            Promise.resolve("tea")
        assert taro.getEnv() == "WEAPP"  # what needs no loop works anywhere

    trio.run(main)


# --- sockets that open ----------------------------------------------------------------------------------------------


def test_a_program_ends_when_the_sockets_that_it_opens_are_open() -> None:
    taro = taropy.create("weapp")
    route = taro.phone.sockets.route("wss://chat.example.com/live")
    opened: list[object] = []

    def main() -> None:
        taro.connectSocket(url="wss://chat.example.com/live").then(lambda task: task.onOpen(opened.append))

    taropy.run(main)
    route.assert_called(times=1)
    assert len(opened) == 1
    assert taro.phone.sockets.unused == []


@pytest.mark.anyio
async def test_settled_waits_for_sockets_that_are_being_opened_and_for_what_listeners_begin_then() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route("wss://chat.example.com/{room}", delay=0.01)
        told: list[object] = []

        async def greet(_: object) -> None:
            told.append((await taro.getNetworkType()).networkType)

        async def open_one(room: str) -> None:
            task = await taro.connectSocket(url=f"wss://chat.example.com/{room}")
            task.onOpen(greet)

        await open_one("a")
        await open_one("b")
        await taropy.settled()
        assert route.calls.total == 2
        assert told == ["wifi", "wifi"]


@pytest.mark.anyio
async def test_settled_waits_for_a_socket_that_cannot_be_opened_and_not_for_one_that_is_to_hang() -> None:
    async with taropy.create("weapp") as taro:
        phone = taro.phone
        phone.sockets.route("wss://chat.example.com/closed", status=403)
        failed: list[object] = []
        (await taro.connectSocket(url="wss://chat.example.com/closed")).onError(failed.append)
        await taropy.settled()
        assert len(failed) == 1
        phone.faults.hang("connectSocket")
        task = await taro.connectSocket(url="wss://chat.example.com/closed")
        await taropy.settled()
        assert task.readyState == task.CONNECTING


@pytest.mark.anyio
async def test_settled_waits_for_a_tcp_socket_that_connects() -> None:
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, taropy.create("weapp") as taro:
        told: list[str] = []
        socket = taro.createTCPSocket()
        socket.onConnect(lambda *_: told.append("connected"))
        socket.connect(address="127.0.0.1", port=port)
        await taropy.settled()
        assert told == ["connected"]
