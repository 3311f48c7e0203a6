"""Requests under way: their tasks and listeners, many at once, over several loops and threads."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from natively import call, called, turns
from servers import Answer, RawServer, Received, WebServer, read_request, saying

import taropy
from taropy import TaroError
from taropy.phone import Phone

PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")


@pytest.fixture
def phone() -> Iterator[Phone]:
    with Phone() as phone:
        yield phone


# --- abort ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_aborted_request_fails_with_abort(platform: str) -> None:
    async def main() -> str:
        async with taropy.create(platform) as runtime:
            task = runtime.request(server.url())
            await asyncio.to_thread(server.wait_for, lambda: server.open_connections == 1)
            task.abort()
            with pytest.raises(TaroError) as raised:
                await task
        return str(raised.value.errMsg)

    with RawServer(saying(b"", then="wait")) as server:
        assert asyncio.run(main()) == "request:fail abort"
        assert server.wait_until_left()


def test_a_request_aborted_at_once_is_never_sent(phone: Phone) -> None:
    async def main() -> Any:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        task = phone.native("weapp").request({"url": server.url(), "complete": answer.set_result})
        task.abort()
        task.abort()
        assert not answer.done()
        return await answer

    with WebServer(lambda received: Answer()) as server:
        assert asyncio.run(main()) == {"errMsg": "request:fail abort"}
        assert server.received == []


def test_abort_after_the_end_changes_nothing(phone: Phone) -> None:
    heard: list[Any] = []

    async def main() -> None:
        ended = asyncio.Event()
        options = {"url": server.url(), "success": heard.append, "fail": heard.append}
        task = phone.native("weapp").request({**options, "complete": lambda result: ended.set()})
        await ended.wait()
        task.abort()
        await turns()

    with WebServer(lambda received: Answer("done")) as server:
        asyncio.run(main())
    assert [result["data"] for result in heard] == ["done"]


def test_a_request_is_aborted_from_another_thread(phone: Phone) -> None:
    async def main() -> Any:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        task = phone.native("weapp").request({"url": server.url(), "complete": answer.set_result})
        threading.Thread(target=lambda: server.wait_for(lambda: server.connections == 1) and task.abort()).start()
        return await answer

    with RawServer(saying(b"", then="wait")) as server:
        assert asyncio.run(main())["errMsg"] == "request:fail abort"


# --- headers and chunks --------------------------------------------------------------------------------------------


def test_headers_are_told_before_the_body_has_come(phone: Phone) -> None:
    async def main() -> list[Any]:
        heard: list[Any] = []
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        task = phone.native("weapp").request({"url": server.url(), "complete": answer.set_result})
        task.onHeadersReceived(lambda event: (heard.append(event), release.set()))
        heard.append((await answer)["data"])
        return heard

    release = threading.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 201 Made\r\nX-A: 1\r\nSet-Cookie: c=1\r\nContent-Length: 4\r\n\r\n")
        await asyncio.to_thread(release.wait, 20)
        writer.write(b"body")
        await writer.drain()

    with RawServer(talk) as server:
        head, body = asyncio.run(main())
    assert (head["statusCode"], head["header"]["X-A"], head["cookies"]) == (201, "1", ["c=1"])
    assert body == "body"


def test_listeners_are_taken_off_one_by_one_or_all(phone: Phone) -> None:
    heard: list[str] = []

    def listener(name: str) -> Callable[[Any], None]:
        return lambda event: heard.append(name)

    first, second, third = listener("first"), listener("second"), listener("third")

    async def main(take_off: tuple[Any, ...]) -> None:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        options = {"url": server.url(), "enableChunked": True, "complete": answer.set_result}
        task = phone.native("weapp").request(options)
        for one in (first, second, third):
            task.onHeadersReceived(one)
            task.onChunkReceived(one)
        task.offHeadersReceived(*take_off)
        task.offChunkReceived(*take_off)
        await answer

    with WebServer(lambda received: Answer("x")) as server:
        asyncio.run(main((second,)))
        assert heard == ["first", "third"] * 2
        asyncio.run(main(()))
        assert heard == ["first", "third"] * 2


def test_chunks_come_in_one_by_one_and_the_result_is_empty(phone: Phone) -> None:
    async def main() -> tuple[list[bytes], Any]:
        chunks: list[bytes] = []
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        options = {"url": server.url(), "enableChunked": True, "complete": answer.set_result}
        task = phone.native("weapp").request(options)
        task.onChunkReceived(lambda event: (chunks.append(event["data"]), turn.release()))
        return chunks, await answer

    turn = threading.Semaphore(1)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for word in (b"one", b"two", b"three"):
            await asyncio.to_thread(turn.acquire, timeout=20)
            writer.write(b"%x\r\n%b\r\n" % (len(word), word))
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    with RawServer(talk) as server:
        chunks, result = asyncio.run(main())
    assert chunks == [b"one", b"two", b"three"]
    assert (result["errMsg"], result["data"], result["statusCode"]) == ("request:ok", "", 200)


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_listener_that_throws_is_reported_and_stops_nothing(phone: Phone) -> None:
    reported: list[Any] = []

    def broken(event: Any) -> None:
        raise LookupError("listener")

    async def main() -> Any:
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: reported.append(context["exception"]))
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        task = phone.native("weapp").request({"url": server.url(), "complete": answer.set_result})
        task.onHeadersReceived(broken)
        return await answer

    with WebServer(lambda received: Answer("fine")) as server:
        assert asyncio.run(main())["data"] == "fine"
    assert [str(error) for error in reported] == ["listener"]


def test_taros_own_promise_carries_the_tasks_methods() -> None:
    async def main() -> list[Any]:
        heard: list[Any] = []
        async with taropy.create("weapp") as weapp:
            task = weapp.request(url=server.url(), enableChunked=True)
            task.onHeadersReceived(lambda event: heard.append(event["statusCode"]))
            task.onChunkReceived(lambda event: heard.append(event["data"]))
            heard.append((await task).data)
        return heard

    with WebServer(lambda received: Answer("text")) as server:
        assert asyncio.run(main()) == [200, b"text", ""]


# --- many at once, loops, threads, ends ----------------------------------------------------------------------------


def test_a_hundred_requests_go_out_at_once_and_none_is_mixed_up(phone: Phone) -> None:
    async def main() -> list[Any]:
        native = phone.native("weapp")
        return await asyncio.gather(*(called(native, "request", url=server.url(f"/{n}")) for n in range(100)))

    barrier = asyncio.Barrier(100)

    async def together(received: Received) -> Answer:
        await barrier.wait()
        return Answer(received.path)

    with WebServer(together) as server:
        assert [result["data"] for result in asyncio.run(main())] == [f"/{n}" for n in range(100)]


def test_a_limit_lets_so_many_out_at_once_and_the_others_wait(phone: Phone) -> None:
    seen: list[int] = []
    three = asyncio.Barrier(3)

    async def respond(received: Received) -> Answer:
        seen.append(server.open_connections)
        await three.wait()
        return Answer(received.path)

    async def main() -> list[Any]:
        native = phone.native("weapp")
        return await asyncio.gather(*(called(native, "request", url=server.url(f"/{n}")) for n in range(30)))

    phone.network.max_concurrent = 3
    with WebServer(respond) as server:
        assert [result["data"] for result in asyncio.run(main())] == [f"/{n}" for n in range(30)]
        assert server.wait_until_left()
    assert max(seen) == 3


def test_connections_are_used_again_and_closed_with_the_loop(phone: Phone) -> None:
    async def main() -> None:
        for _ in range(5):
            await called(phone.native("weapp"), "request", url=server.url())

    with WebServer(lambda received: Answer()) as server:
        asyncio.run(main())
        assert server.wait_until_left()
        assert server.connections == 1
        asyncio.run(main())
        assert server.wait_until_left()
        assert server.connections == 2


def test_a_connection_that_nobody_uses_is_closed(phone: Phone) -> None:
    async def main() -> None:
        for requests in (1, 2):
            await asyncio.gather(*(called(phone.native("weapp"), "request", url=server.url()) for _ in range(requests)))
            assert await asyncio.to_thread(server.wait_until_left)

    phone.network.keep_alive = 0.05
    with WebServer(lambda received: Answer()) as server:
        asyncio.run(main())
        assert server.connections == 3


def test_a_connection_that_the_server_closed_meanwhile_is_not_used_again(phone: Phone) -> None:
    async def main() -> list[int]:
        statuses = []
        for _ in range(3):
            statuses.append((await called(phone.native("weapp"), "request", url=server.url()))["statusCode"])
            await asyncio.to_thread(server.wait_until_left)
        return statuses

    with RawServer(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) as server:
        assert asyncio.run(main()) == [200, 200, 200]
        assert server.connections == 3


def test_several_threads_share_one_phone(phone: Phone) -> None:
    statuses: list[int] = []

    def work() -> None:
        statuses.append(call(phone.native("weapp"), "request", url=server.url())["statusCode"])

    with WebServer(lambda received: Answer()) as server:
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [200] * 8
        assert server.wait_until_left()


@pytest.mark.parametrize("end", ["close", "aclose"])
def test_a_phone_that_is_closed_ends_its_requests(end: str) -> None:
    async def main() -> Any:
        phone = Phone()
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        phone.native("weapp").request({"url": server.url(), "complete": answer.set_result})
        await asyncio.to_thread(server.wait_for, lambda: server.connections == 1)
        if end == "close":
            phone.close()
        else:
            await phone.aclose()
        failure = await answer
        assert await asyncio.to_thread(server.wait_until_left)
        assert phone.network.in_flight == 0
        return failure

    with RawServer(saying(b"", then="wait")) as server:
        assert asyncio.run(main()) == {"errMsg": "request:fail interrupted", "errno": 600003}


def test_a_closed_phone_sends_nothing(phone: Phone) -> None:
    phone.close()
    assert call(phone.native("weapp"), "request", url="http://127.0.0.1/")["errMsg"] == "request:fail interrupted"


def test_a_loop_that_ends_in_the_middle_still_answers(phone: Phone) -> None:
    heard: list[Any] = []

    async def main() -> None:
        phone.native("weapp").request({"url": server.url(), "complete": heard.append})
        await asyncio.to_thread(server.wait_for, lambda: server.connections == 1)

    with RawServer(saying(b"", then="wait")) as server:
        asyncio.run(main())
        assert server.wait_until_left()
    assert [failure["errMsg"] for failure in heard] == ["request:fail interrupted"]


def test_a_request_that_nobody_waits_for_ends_with_its_loop_without_a_word(phone: Phone) -> None:
    t = taropy.create("weapp", phone=phone)

    async def main() -> None:
        t.request(url=server.url())
        await asyncio.to_thread(server.wait_for, lambda: server.connections == 1)

    with RawServer(saying(b"", then="wait")) as server, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        asyncio.run(main())
        gc.collect()
    assert [str(each.message) for each in told] == []


def test_a_phone_closed_after_its_loop_stopped_closes_the_connections_there() -> None:
    loop = asyncio.new_event_loop()
    phone = Phone()
    with WebServer(lambda received: Answer()) as server:
        loop.run_until_complete(called(phone.native("weapp"), "request", url=server.url()))
        assert server.open_connections == 1
        phone.close()
        assert server.wait_until_left()
    loop.close()


def test_nothing_is_left_after_a_thousand_requests(phone: Phone) -> None:
    async def main() -> None:
        native = phone.native("weapp")
        for _ in range(10):
            await asyncio.gather(*(called(native, "request", url=server.url()) for _ in range(100)))
        assert phone.network.in_flight == 0
        assert asyncio.all_tasks() == {asyncio.current_task()}

    with WebServer(lambda received: Answer({"a": 1})) as server:
        asyncio.run(main())
        assert server.wait_until_left()
        assert len(server.received) == 1000
    gc.collect()
