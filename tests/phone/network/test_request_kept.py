"""What a phone keeps between requests: cookies, and responses in the cache."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from natively import call
from servers import Answer, Received, WebServer

import taropy
from taropy.phone import Phone

Get = Callable[..., Any]


@pytest.fixture
def phone() -> Iterator[Phone]:
    with Phone() as phone:
        yield phone


# --- cookies -------------------------------------------------------------------------------------------------------


def counting(received: Received) -> Answer:
    """Sets a cookie for the session and one for a day; answers with the cookies that it was sent."""
    cookies = [("Set-Cookie", "session=1; Path=/"), ("Set-Cookie", "lasting=2; Path=/; Max-Age=86400")]
    return Answer(received.headers.get("cookie", ""), headers=cookies)


@pytest.mark.parametrize("platform", ["weapp", "swan", "tt", "qq", "jd"])
def test_cookies_are_the_programs_own_affair(platform: str) -> None:
    with WebServer(counting) as server, taropy.create(platform) as runtime:
        runtime.request(server.url()).result(20)
        assert runtime.request(server.url()).result(20).data == ""
        assert runtime.request(url=server.url(), header={"Cookie": "mine=1"}).result(20).data == "mine=1"


def test_alipay_keeps_cookies_and_lets_a_program_send_its_own_when_enabled() -> None:
    with WebServer(counting) as server, taropy.create("alipay") as alipay:
        mine = {"url": server.url(), "header": {"Cookie": "mine=1"}, "dataType": "text"}
        assert alipay.request(mine).result(20).data == ""
        assert alipay.request(mine).result(20).data == "session=1; lasting=2"
        assert alipay.request({**mine, "enableCookie": True}).result(20).data == "mine=1"


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
                assert call(native, "request", url=server.url(), dataType="text")["data"] == expected
        with Phone(tmp_path) as phone:
            phone.network.clear()
            assert call(phone.native("alipay", "my"), "request", url=server.url())["data"] == ""


@pytest.mark.parametrize("keep", [b"", b"%s\nSet-Cookie3: a=1; version=x\n"], ids=["whole", "in part"])
def test_a_damaged_cookie_file_is_no_obstacle(tmp_path: Path, keep: bytes) -> None:
    with WebServer(counting) as server:
        with Phone(tmp_path) as phone:
            call(phone.native("alipay", "my"), "request", url=server.url())
        for file in (tmp_path / "cookies").iterdir():
            file.write_bytes(keep % file.read_bytes() if keep else b"\xff\x00 nonsense")
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
