"""Requests under way: their tasks and listeners, many at once, over several loops and threads; cookies and the cache."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from natively import call, called
from servers import Answer, RawServer, Received, WebServer, read_request, saying

import taropy
from taropy import TaroError
from taropy.phone import Phone

PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")

Get = Callable[..., Any]


@pytest.fixture
def phone() -> Iterator[Phone]:
    with Phone() as phone:
        yield phone


# --- abort ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_aborted_request_fails_with_abort(platform: str) -> None:
    async def main() -> str:
        async with taropy.create(platform, phone=Phone()) as runtime:
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
        task = phone.native("weapp").request({"url": server.url(), "success": heard.append, "fail": heard.append})
        while phone.network.in_flight:
            await asyncio.sleep(0)
        task.abort()
        await asyncio.sleep(0)

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
        async with taropy.create("weapp", phone=Phone()) as weapp:
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

    async def respond(received: Received) -> Answer:
        seen.append(server.open_connections)
        await asyncio.sleep(0)
        return Answer(received.path)

    async def main() -> list[Any]:
        native = phone.native("weapp")
        return await asyncio.gather(*(called(native, "request", url=server.url(f"/{n}")) for n in range(30)))

    phone.network.max_concurrent = 3
    with WebServer(respond) as server:
        assert [result["data"] for result in asyncio.run(main())] == [f"/{n}" for n in range(30)]
        assert server.wait_until_left()
    assert 1 <= max(seen) <= 3


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


# --- cookies -------------------------------------------------------------------------------------------------------


def counting(received: Received) -> Answer:
    """Sets a cookie for the session and one for a day; answers with the cookies that it was sent."""
    cookies = [("Set-Cookie", "session=1; Path=/"), ("Set-Cookie", "lasting=2; Path=/; Max-Age=86400")]
    return Answer(received.headers.get("cookie", ""), headers=cookies)


@pytest.mark.parametrize("platform", ["weapp", "swan", "tt", "qq", "jd", "h5"])
def test_cookies_are_the_programs_own_affair(platform: str) -> None:
    with WebServer(counting) as server, taropy.create(platform, phone=Phone()) as runtime:
        runtime.request(server.url()).result(20)
        assert runtime.request(server.url()).result(20).data == ""
        assert runtime.request(url=server.url(), header={"Cookie": "mine=1"}).result(20).data == "mine=1"


def test_a_web_page_keeps_cookies_when_it_says_so() -> None:
    with WebServer(counting) as server, taropy.create("h5", phone=Phone()) as h5:
        h5.request(url=server.url(), credentials="include").result(20)
        assert h5.request(url=server.url(), credentials="include").result(20).data == "session=1; lasting=2"
        assert h5.request(url=server.url(), credentials="omit").result(20).data == ""


def test_alipay_keeps_cookies_and_lets_a_program_send_its_own_when_enabled() -> None:
    with WebServer(counting) as server, taropy.create("alipay", phone=Phone()) as alipay:
        mine = {"Cookie": "mine=1"}
        assert alipay.request(url=server.url(), header=mine).result(20).data == ""
        assert alipay.request(url=server.url(), header=mine).result(20).data == "session=1; lasting=2"
        assert alipay.request(url=server.url(), header=mine, enableCookie=True).result(20).data == "mine=1"


def test_cookies_set_by_a_redirect_are_sent_to_where_it_leads(phone: Phone) -> None:
    def respond(received: Received) -> Answer:
        if received.path == "/login":
            return Answer(status=302, headers=[("Set-Cookie", "sid=7; Path=/"), ("Location", "/home")])
        return Answer(received.headers.get("cookie", ""))

    with WebServer(respond) as server:
        result = call(phone.native("weapp"), "request", url=server.url("/login"), credentials="include")
    assert result["data"] == "sid=7"


def test_lasting_cookies_outlive_a_phone_with_a_folder(tmp_path: Path) -> None:
    with WebServer(counting) as server:
        for expected in ("", "lasting=2"):
            with Phone(tmp_path) as phone:
                native = phone.native("alipay", "my")
                assert call(native, "request", url=server.url())["data"] == expected
        with Phone(tmp_path) as phone:
            phone.network.clear()
            assert call(phone.native("alipay", "my"), "request", url=server.url())["data"] == ""


def test_a_damaged_cookie_file_is_no_obstacle(tmp_path: Path) -> None:
    with WebServer(counting) as server:
        with Phone(tmp_path) as phone:
            call(phone.native("alipay", "my"), "request", url=server.url())
        for file in (tmp_path / "cookies").iterdir():
            file.write_bytes(b"\xff\x00 nonsense")
        with Phone(tmp_path) as phone:
            assert call(phone.native("alipay", "my"), "request", url=server.url())["data"] == ""


def test_apps_and_phones_share_no_cookies() -> None:
    with WebServer(counting) as server:
        phone, other = Phone(), Phone()
        call(phone.native("alipay", "my"), "request", url=server.url())
        for native in (phone.native("weapp"), other.native("alipay", "my")):
            assert call(native, "request", url=server.url(), credentials="include")["data"] == ""


# --- the cache -----------------------------------------------------------------------------------------------------


class Library:
    """A server of one document, with the caching headers that the test sets."""

    def __init__(self, *headers: tuple[str, str], etag: str = "") -> None:
        self.headers, self.etag, self.edition = headers, etag, 0

    def __call__(self, received: Received) -> Answer:
        if self.etag and received.headers.get("if-none-match") == self.etag:
            return Answer(status=304, headers=[*self.headers, ("ETag", self.etag)])
        self.edition += 1
        headers = [*self.headers, *([("ETag", self.etag)] if self.etag else [])]
        return Answer(f"edition {self.edition}", headers=headers)


@pytest.fixture
def get(phone: Phone) -> Get:
    """Requests with the cache enabled, each in a loop of its own; gives the body."""
    phone.clock.stop()

    def get(server: WebServer, **options: Any) -> Any:
        return call(phone.native("weapp"), "request", **{"url": server.url(), "enableCache": True, **options})["data"]

    return get


def test_nothing_is_cached_unless_it_is_enabled(get: Get) -> None:
    with WebServer(Library(("Cache-Control", "max-age=60"))) as server:
        assert [get(server, enableCache=False) for _ in range(2)] == ["edition 1", "edition 2"]


@pytest.mark.parametrize(
    "headers",
    [
        [("Cache-Control", "public, max-age=60")],
        [("Cache-Control", "max-age=100"), ("Age", "40")],
        [("Date", "Wed, 01 May 2024 08:00:00 GMT"), ("Expires", "Wed, 01 May 2024 08:01:00 GMT")],
    ],
)
def test_a_fresh_response_comes_from_the_cache_until_its_time_is_over(
    headers: list[tuple[str, str]], phone: Phone, get: Get
) -> None:
    with WebServer(Library(*headers)) as server:
        assert get(server) == "edition 1"
        phone.clock.advance(59)
        assert get(server) == "edition 1"
        phone.clock.advance(1)
        assert get(server) == "edition 2"


@pytest.mark.parametrize(
    "headers", [[("Cache-Control", "no-store, max-age=60")], [("Vary", "*"), ("Cache-Control", "max-age=60")], []]
)
def test_what_may_not_be_kept_is_fetched_again(headers: list[tuple[str, str]], get: Get) -> None:
    with WebServer(Library(*headers)) as server:
        assert [get(server) for _ in range(2)] == ["edition 1", "edition 2"]


def test_a_stale_response_is_asked_for_with_its_etag(phone: Phone, get: Get) -> None:
    library = Library(("Cache-Control", "no-cache"), etag='"v1"')
    with WebServer(library) as server:
        assert [get(server) for _ in range(3)] == ["edition 1"] * 3
        assert [received.headers.get("if-none-match") for received in server.received] == [None, '"v1"', '"v1"']
        library.etag = '"v2"'
        assert get(server) == "edition 2"


def test_a_not_modified_is_told_to_the_program_as_the_kept_response(phone: Phone, get: Get) -> None:
    heard: list[int] = []

    async def main() -> int:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        options = {"url": server.url(), "enableCache": True, "complete": answer.set_result}
        task = phone.native("weapp").request(options)
        task.onHeadersReceived(lambda head: heard.append(head["statusCode"]))
        return int((await answer)["statusCode"])

    with WebServer(Library(("Cache-Control", "no-cache"), etag='"v1"')) as server:
        assert [asyncio.run(main()) for _ in range(2)] == [200, 200]
    assert heard == [200, 200]


def test_a_response_that_varies_answers_only_the_same_headers(get: Get) -> None:
    with WebServer(Library(("Cache-Control", "max-age=60"), ("Vary", "Accept-Language"))) as server:
        assert get(server, header={"Accept-Language": "en"}) == "edition 1"
        assert get(server, header={"accept-language": "en"}) == "edition 1"
        assert get(server, header={"Accept-Language": "zh"}) == "edition 2"


def test_only_get_is_cached(get: Get) -> None:
    with WebServer(Library(("Cache-Control", "max-age=60"))) as server:
        assert [get(server, method="POST") for _ in range(2)] == ["edition 1", "edition 2"]


@pytest.mark.parametrize(
    ("mode", "body", "asked"),
    [
        ("default", "edition 1", 1),
        ("force-cache", "edition 1", 1),
        ("only-if-cached", "edition 1", 1),
        ("no-cache", "edition 1", 2),
        ("reload", "edition 2", 2),
        ("no-store", "edition 2", 2),
    ],
)
def test_the_webs_cache_modes(mode: str, body: str, asked: int, get: Get) -> None:
    with WebServer(Library(("Cache-Control", "max-age=60"), etag='"v1"')) as server:
        get(server)
        assert get(server, enableCache=False, cache=mode) == body
        assert len(server.received) == asked


def test_only_if_cached_fails_when_nothing_is(phone: Phone) -> None:
    failure = call(phone.native("weapp"), "request", url="http://127.0.0.1:1/", cache="only-if-cached")
    assert failure["errMsg"].endswith("net::ERR_CACHE_MISS")


def test_the_cache_forgets_the_oldest_when_it_is_full(get: Get) -> None:
    def respond(received: Received) -> Answer:
        return Answer(b"x" * 6 * 1024 * 1024, headers=[("Cache-Control", "max-age=60")])

    with WebServer(respond) as server:
        for path in ("/a", "/b", "/b", "/a"):
            get(server, url=server.url(path))
        assert [received.path for received in server.received] == ["/a", "/b", "/a"]
