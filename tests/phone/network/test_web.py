"""`request`, `uploadFile` and `downloadFile` on h5: as a page in a browser sends, and what it is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from servers import Answer, RawServer, Received, WebServer, saying, unused_port

import taropy
from taropy import TaroError

FORM = {"content-type": "application/x-www-form-urlencoded"}


class Backend:
    """Says what the test wants, and remembers nothing but that."""

    def __init__(self) -> None:
        self.answer = Answer({"ok": True})

    def __call__(self, received: Received) -> Answer:
        return self.answer


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def server(backend: Backend) -> Iterator[WebServer]:
    with WebServer(backend) as server:
        yield server


@pytest.fixture(params=["h5"])
def page(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page that comes from nowhere in particular."""
    with taropy.create(request.param) as page:
        yield page


def failed(call: Any) -> str:
    with pytest.raises(TaroError) as raised:
        call.result(20)
    return raised.value.errMsg


# --- where a request goes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("url", "path"), [("/api/user?a=1", "/api/user?a=1"), ("api/user", "/api/user"), ("", "/")])
def test_a_relative_url_leads_to_the_origin_of_the_page(page: Any, server: WebServer, url: str, path: str) -> None:
    page.phone.browser.origin = server.origin
    assert page.request(url).result(20).statusCode == 200
    assert server.last.target == path


def test_a_page_without_an_origin_says_how_it_gets_one(page: Any) -> None:
    assert "phone.browser.origin" in failed(page.request("/api/user"))


@pytest.mark.parametrize(
    "origin",
    ["shop.example.com", "ftp://a", "https://a/path", "https://", "http://a:b", "https:// a", "https://me:pw@a"],
)
def test_what_is_no_origin_is_refused(page: Any, origin: str) -> None:
    with pytest.raises(ValueError, match="an origin is like"):
        page.phone.browser.origin = origin


def test_an_origin_is_written_as_browsers_write_it(page: Any) -> None:
    page.phone.browser.origin = "https://Shop.example.com:443/"
    assert page.phone.browser.origin == "https://shop.example.com"
    page.phone.browser.origin = "http://127.0.0.1:8080"
    assert page.phone.browser.origin == "http://127.0.0.1:8080"


def test_the_origin_is_in_a_snapshot(page: Any) -> None:
    before = page.phone.snapshot()
    page.phone.browser.origin = "https://shop.example.com"
    page.phone.browser.wechat = True
    page.phone.restore(before)
    assert (page.phone.browser.origin, page.phone.browser.wechat) == (None, False)


# --- what goes out --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "target"),
    [
        ("q=1&r=a b", "/g?q=1&r=a%20b"),
        ({"a": 1, "b": [1, 2], "c": {"x": None}}, "/g?a=1&b=%5B1%2C2%5D&c=%7B%22x%22%3Anull%7D"),
        (["1", "2"], "/g?0=1&1=2"),
        (7, "/g"),
        (None, "/g"),
    ],
)
def test_what_a_get_is_given_is_its_query(page: Any, server: WebServer, data: Any, target: str) -> None:
    page.request(url=server.url("/g"), data=data).result(20)
    assert server.last.target == target
    assert "content-type" not in server.last.headers


def test_an_apostrophe_is_escaped_in_a_query(page: Any, server: WebServer) -> None:
    page.request(url=server.url("/it's?a='"), data={"q": "it's"}).result(20)
    assert server.last.target == "/it's?a=%27&q=it%27s"


def test_a_query_that_is_there_goes_on(page: Any, server: WebServer) -> None:
    page.request(url=server.url("/g?a=1"), data={"a": 2}).result(20)
    assert server.last.target == "/g?a=1&a=2"


@pytest.mark.parametrize(
    ("data", "header", "body", "kind"),
    [
        ("plain", {}, b"plain", "text/plain;charset=UTF-8"),
        ("a=1", FORM, b"a=1", FORM["content-type"]),
        ({"a": [1]}, {}, b'{"a":[1]}', "application/json"),
        ([1, 2], {}, b"[1,2]", "application/json"),
        ({"b": [1, 2], "c": {"x": 1}}, FORM, b"b=%5B1%2C2%5D&c=%7B%22x%22%3A1%7D", FORM["content-type"]),
        ({"a": 1}, {"Content-Type": "text/xml"}, b"[object Object]", "text/xml"),
        (b"\x00\x01", {}, b"\x00\x01", None),
        (None, {}, b"", None),
    ],
)
def test_a_body_is_written_as_the_browser_writes_it(
    page: Any, server: WebServer, data: Any, header: dict[str, str], body: bytes, kind: str | None
) -> None:
    page.request(url=server.url(), method="POST", data=data, header=header).result(20)
    assert (server.last.body, server.last.headers.get("content-type")) == (body, kind)


def test_headers_that_are_the_browsers_own_are_not_sent(page: Any, server: WebServer) -> None:
    mine = {"Cookie": "z=9", "Host": "elsewhere", "Sec-Mine": "1", "Origin": "https://elsewhere", "X-Mine": "1"}
    page.request(url=server.url(), header=mine).result(20)
    sent = server.last.headers
    assert sent["x-mine"] == "1"
    assert (sent.get("cookie"), sent.get("sec-mine"), sent.get("origin")) == (None, None, None)
    assert sent["host"] == f"127.0.0.1:{server.port}"


# --- what the program is told ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["plain text", "{oops", "", "<html></html>"])
@pytest.mark.parametrize("asked", [{}, {"dataType": "json"}, {"responseType": "text"}])
def test_a_body_that_is_no_json_is_none(
    page: Any, server: WebServer, backend: Backend, body: str, asked: dict[str, str]
) -> None:
    backend.answer = Answer(body)
    assert page.request(url=server.url(), **asked).result(20).data is None


@pytest.mark.parametrize("status", [204, 304])
def test_no_body_is_none(page: Any, server: WebServer, backend: Backend, status: int) -> None:
    backend.answer = Answer("", status=status)
    assert page.request(url=server.url()).result(20).data is None


def test_text_is_there_for_who_asks_for_it(page: Any, server: WebServer, backend: Backend) -> None:
    backend.answer = Answer("\ufeffa text")
    assert page.request(url=server.url(), dataType="text").result(20).data == "a text"
    assert page.request(url=server.url(), dataType="other").result(20).data is None
    assert page.request(url=server.url(), responseType="arraybuffer").result(20).data == "\ufeffa text".encode()


def test_headers_are_in_lower_case_and_cookies_hidden(page: Any, server: WebServer, backend: Backend) -> None:
    backend.answer = Answer({}, headers=[("X-Test", "one"), ("X-Test", "two"), ("Set-Cookie", "a=1")])
    result = page.request(server.url()).result(20)
    assert result.header["x-test"] == "one, two"
    assert "set-cookie" not in {name.lower() for name in result.header}
    assert ("cookies" in result, "profile" in result) == (False, False)


def test_no_session_can_be_read_from_a_header(page: Any, server: WebServer, backend: Backend) -> None:
    backend.answer = Answer({}, headers=[("Set-Cookie", "session=1")])
    result = page.request(server.url()).result(20)
    with pytest.raises(KeyError):
        result.header["Set-Cookie"]


def test_a_failure_of_the_network_has_no_reason(page: Any) -> None:
    call = page.request(f"http://127.0.0.1:{unused_port()}/")
    with pytest.raises(TaroError) as raised:
        call.result(20)
    assert raised.value.errMsg == "request:fail Failed to fetch"
    assert raised.value.get("errno") is None


# --- cookies --------------------------------------------------------------------------------------------------------


def counting(received: Received) -> Answer:
    allowed = [("Access-Control-Allow-Origin", received.headers.get("origin", "")), ("Vary", "Origin")]
    cookies = [("Set-Cookie", "session=1"), ("Access-Control-Allow-Credentials", "true")]
    return Answer({"cookie": received.headers.get("cookie", "")}, headers=[*allowed, *cookies])


def test_the_pages_own_origin_keeps_and_gets_cookies(page: Any) -> None:
    with WebServer(counting) as server:
        page.phone.browser.origin = server.origin
        page.request("/login").result(20)
        assert page.request("/me").result(20).data.cookie == "session=1"
        assert page.request(url="/me", credentials="omit").result(20).data.cookie == ""


def test_another_origin_gets_them_only_if_the_program_says_so(page: Any) -> None:
    with WebServer(counting) as server:
        page.phone.browser.origin = "https://shop.example.com"
        page.request(server.url()).result(20)
        page.request(url=server.url(), credentials="include").result(20)
        assert page.request(server.url()).result(20).data.cookie == ""
        assert page.request(url=server.url(), credentials="include").result(20).data.cookie == "session=1"


# --- other origins --------------------------------------------------------------------------------------------------

PAGE = "https://shop.example.com"


def open_to(origin: str, **more: str) -> list[tuple[str, str]]:
    named = {f"Access-Control-{name.replace('_', '-')}": text for name, text in more.items()}
    return [("Access-Control-Allow-Origin", origin), *named.items()]


@pytest.fixture
def shop(page: Any) -> Any:
    page.phone.browser.origin = PAGE
    return page


@pytest.mark.parametrize("headers", [[], open_to("https://elsewhere.example.com")])
def test_a_server_that_says_nothing_of_this_page_is_not_read(
    shop: Any, server: WebServer, backend: Backend, headers: list[tuple[str, str]]
) -> None:
    backend.answer = Answer({}, headers=headers)
    assert failed(shop.request(server.url())) == "request:fail Failed to fetch"
    assert server.last.headers["origin"] == PAGE  # it was sent all the same


def test_a_page_sees_few_headers_of_another_origin(shop: Any, server: WebServer, backend: Backend) -> None:
    backend.answer = Answer({}, headers=[*open_to("*"), ("X-Trace", "7"), ("Cache-Control", "no-store")])
    assert set(shop.request(server.url()).result(20).header) == {"cache-control", "content-length", "content-type"}
    backend.answer = Answer({}, headers=[*open_to("*", Expose_Headers="X-Trace"), ("X-Trace", "7")])
    assert shop.request(server.url()).result(20).header["x-trace"] == "7"


def test_any_origin_is_not_enough_for_cookies(shop: Any, server: WebServer, backend: Backend) -> None:
    backend.answer = Answer({}, headers=open_to("*", Allow_Credentials="true"))
    assert failed(shop.request(url=server.url(), credentials="include")) == "request:fail Failed to fetch"
    backend.answer = Answer({}, headers=open_to(PAGE, Allow_Credentials="true"))
    assert shop.request(url=server.url(), credentials="include").result(20).statusCode == 200


@pytest.mark.parametrize(
    "options", [{"method": "PUT"}, {"header": {"token": "t"}}, {"method": "POST", "data": {"a": 1}}]
)
def test_what_a_form_could_not_send_is_asked_for_ahead(shop: Any, options: dict[str, Any]) -> None:
    def respond(received: Received) -> Answer:
        seen.append((received.method, received.headers.get("access-control-request-headers")))
        allowed = open_to(PAGE, Allow_Methods="PUT", Allow_Headers="token, content-type")
        return Answer({}, status=200, headers=allowed)

    seen: list[tuple[str, str | None]] = []
    with WebServer(respond) as server:
        assert shop.request(url=server.url(), **options).result(20).statusCode == 200
    named = "token" if "header" in options else "content-type" if "data" in options else None
    assert seen == [("OPTIONS", named), (options.get("method", "GET"), None)]


def test_what_the_server_did_not_allow_is_not_sent(shop: Any, server: WebServer, backend: Backend) -> None:
    backend.answer = Answer({}, headers=open_to(PAGE))
    assert failed(shop.request(url=server.url(), method="DELETE")) == "request:fail Failed to fetch"
    assert server.last.method == "OPTIONS"


def test_without_cors_nothing_is_seen(shop: Any, server: WebServer) -> None:
    result = shop.request(url=server.url(), mode="no-cors").result(20)
    assert (result.statusCode, dict(result.header), result.data) == (0, {}, None)
    assert failed(shop.request(url=server.url(), mode="same-origin")) == "request:fail Failed to fetch"


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"url": "http://"}, "Failed to parse URL from http://"),
        ({"url": "http://127.0.0.1:99999/"}, "Failed to parse URL from http://127.0.0.1:99999/"),
        ({"header": {"X Mine": "1"}}, "Invalid name"),
        ({"header": {"X-Mine": "a\nb"}}, "Invalid value"),
        (
            {"header": {"X-Mine": "\N{SNOWMAN}"}},
            "Failed to read the 'headers' property from 'RequestInit': String contains non ISO-8859-1 code point.",
        ),
    ],
    ids=str,
)
def test_what_a_browser_does_not_send_it_refuses(
    page: Any, server: WebServer, options: dict[str, Any], reason: str
) -> None:
    call = page.request({"url": server.url(), **options})
    assert failed(call) == f"request:fail Failed to execute 'fetch' on 'Window': {reason}"
    assert server.received == []


def test_a_server_of_another_site_gets_no_cookies(page: Any) -> None:
    with WebServer(counting) as server:
        page.phone.browser.origin = "http://localhost:1"
        page.request(url=server.url(), credentials="include").result(20)
        assert page.request(url=server.url(), credentials="include").result(20).data.cookie == ""


def test_jsonp_is_what_a_script_calls_with(page: Any, server: WebServer, backend: Backend) -> None:
    backend.answer = Answer(b'/**/ tell({"a": [1]});', headers=[("Content-Type", "text/javascript")])
    page.phone.browser.origin = "https://shop.example.com"
    result = page.request(url=server.url("/js"), jsonp="tell", data={"q": "a b"}, jsonpCache="default").result(20)
    assert result.data.a == [1]
    assert server.last.target == "/js?q=a%20b&callback=tell"
    backend.answer = Answer({"a": [1]})
    silent = page.request(url=server.url("/js"), jsonp="tell", timeout=20, retryTimes=1)
    assert failed(silent) == "request:fail Timeout and no data return"
    assert len(server.received) == 3


# --- redirects, times, aborts ---------------------------------------------------------------------------------------


@pytest.fixture
def moved() -> Iterator[WebServer]:
    def respond(received: Received) -> Answer:
        return Answer(
            {"at": received.path}, status=200 if received.path == "/new" else 302, headers=[("Location", "/new")]
        )

    with WebServer(respond) as server:
        yield server


def test_a_redirect_is_followed_unless_the_program_says_otherwise(page: Any, moved: WebServer) -> None:
    assert page.request(moved.url("/old")).result(20).data.at == "/new"
    manual = page.request(url=moved.url("/old"), redirect="manual").result(20)
    assert (manual.statusCode, dict(manual.header), manual.data) == (0, {}, None)
    assert failed(page.request(url=moved.url("/old"), redirect="error")) == "request:fail Failed to fetch"


def test_where_a_redirect_leads_decides_what_is_seen(page: Any) -> None:
    seen = open_to("*", Expose_Headers="X-Seen")
    with WebServer(lambda _: Answer({}, headers=[*seen, ("X-Seen", "1"), ("X-Own", "2")])) as api:
        away = Answer("", status=302, headers=[("Location", api.url("/"))])
        with WebServer(lambda _: away) as home:
            page.phone.browser.origin = home.origin
            header = page.request(url="/", method="POST", data={"a": 1}).result(20).header
    assert api.last.headers["origin"] == home.origin
    assert (header["x-seen"], "x-own" in header) == ("1", False)


def test_a_body_that_breaks_off_is_null_to_who_wants_json(page: Any) -> None:
    with RawServer(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")) as server:
        assert page.request(server.url()).result(20).data is None
        assert failed(page.request(url=server.url(), dataType="text")) == "request:fail Failed to fetch"


def test_timeout_and_abort_are_told_apart(page: Any) -> None:
    async def never(received: Received) -> Answer:
        return await taropy.Promise(lambda resolve: None)

    async def main() -> list[str]:
        late = page.request(url=server.url(), timeout=30)
        stopped = page.request(server.url())
        stopped.abort()
        return [outcome.reason.errMsg for outcome in await taropy.Promise.allSettled([late, stopped])]

    with WebServer(never) as server:
        assert taropy.run(main) == ["request:fail timeout", "request:fail abort"]


# --- files ----------------------------------------------------------------------------------------------------------


def test_a_download_is_an_address_and_no_more(page: Any, server: WebServer, backend: Backend) -> None:
    backend.answer = Answer(b"content", headers=[("Set-Cookie", "a=1")])
    result = page.downloadFile(url=server.url("/a.bin"), filePath="undefined/x.bin").result(20)
    assert set(result) == {"errMsg", "statusCode", "tempFilePath"}


def test_an_uploaded_file_has_no_name_of_its_own(page: Any, server: WebServer) -> None:
    path = page.downloadFile(url=server.url("/a.json")).result(20).tempFilePath
    result = page.uploadFile(url=server.url("/up"), filePath=path, name="file").result(20)
    assert set(result) == {"errMsg", "statusCode", "data"}
    assert b'filename="file-' in server.last.body


def test_a_download_can_be_read_and_sent_on(page: Any, server: WebServer, backend: Backend) -> None:
    page.phone.browser.origin = server.origin
    backend.answer = Answer(b'{"a": 1}', headers=[("Content-Type", "application/vnd.mine+json; charset=utf-8")])
    path = page.downloadFile(url="/a").result(20).tempFilePath
    assert path.startswith(f"blob:{server.origin}/")
    read = page.request(path).result(20)
    assert (read.data.a, read.header["content-type"]) == (1, "application/vnd.mine+json")
    page.uploadFile(url="/up", filePath=path, name="file").result(20)
    assert b"Content-Type: application/vnd.mine+json\r\n" in server.last.body


def test_what_is_uploaded_may_be_any_url(page: Any, server: WebServer) -> None:
    page.phone.browser.origin = server.origin
    page.uploadFile(url="/up", filePath="data:text/plain;base64,aGk=", name="file").result(20)
    assert b"Content-Type: text/plain\r\n\r\nhi\r\n" in server.last.body
    page.uploadFile(url="/up", filePath="/picture", name="file").result(20)
    assert b'{"ok": true}' in server.last.body.replace(b'{"ok":true}', b'{"ok": true}')


def test_a_file_that_is_gone_is_an_upload_that_fails(page: Any, server: WebServer) -> None:
    gone = f"blob:{server.origin}/00000000-0000-4000-8000-000000000000"
    assert failed(page.uploadFile(url=server.url(), filePath=gone, name="file")) == "uploadFile:fail file not found"


def test_a_content_type_of_the_programs_own_lacks_the_boundary(page: Any, server: WebServer) -> None:
    path = page.downloadFile(url=server.url("/a")).result(20).tempFilePath
    own = {"Content-Type": "multipart/form-data"}
    page.uploadFile(url=server.url(), filePath=path, name="file", header=own).result(20)
    assert server.last.headers["content-type"] == "multipart/form-data"


def test_listeners_of_a_task_are_taken_off_together(page: Any, server: WebServer) -> None:
    heard: list[Any] = []

    async def main() -> None:
        task = page.downloadFile(url=server.url())
        task.onProgressUpdate(heard.append)
        task.onHeadersReceived(heard.append)
        task.offProgressUpdate()
        task.offHeadersReceived()
        await task

    taropy.run(main)
    assert heard == []


@pytest.mark.parametrize("function", ["uploadFile", "downloadFile"])
def test_a_transfer_that_fails_has_no_reason(page: Any, server: WebServer, function: str) -> None:
    path = page.downloadFile(url=server.url("/a.json")).result(20).tempFilePath
    url = f"http://127.0.0.1:{unused_port()}/"
    assert failed(getattr(page, function)(url=url, filePath=path, name="file")) == f"{function}:fail network error"
