"""What a request sends, and what a program gets back."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from natively import call
from servers import Answer, Received, WebServer

import taropy
from taropy.phone import Phone

MINI_PROGRAMS = ("weapp", "alipay", "swan", "tt", "qq", "jd")
PLATFORMS = (*MINI_PROGRAMS, "h5", "rn", "harmony", "harmony-hybrid")
FORM = {"content-type": "application/x-www-form-urlencoded"}


class Echo:
    """A backend that answers with what the test sets."""

    answer = Answer({"ok": True})

    def __call__(self, received: Received) -> Answer:
        return self.answer


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def server(echo: Echo) -> Iterator[WebServer]:
    with WebServer(echo) as server:
        yield server


def ask(runtime: Any, server: WebServer, path: str = "/", **options: Any) -> Any:
    return runtime.request({"url": server.url(path), **options}).result(20)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_program_gets_the_json_that_its_backend_sent(platform: str, server: WebServer, echo: Echo) -> None:
    echo.answer = Answer({"user": {"name": "李", "tags": [1, None]}})
    with taropy.create(platform) as runtime:
        result = ask(runtime, server)
    assert (result.statusCode, result.errMsg) == (200, "request:ok")
    assert result.data.user.name == "李"
    assert result.data == {"user": {"name": "李", "tags": [1, None]}}
    assert {name.lower(): value for name, value in result.header.items()}["content-type"] == "application/json"


@pytest.mark.parametrize("platform", [each for each in PLATFORMS if each != "rn"])
@pytest.mark.parametrize("status", [201, 204, 304, 400, 401, 404, 500, 503])
def test_every_status_succeeds(platform: str, status: int, server: WebServer, echo: Echo) -> None:
    echo.answer = Answer(["no"], status=status)
    with taropy.create(platform) as runtime:
        assert ask(runtime, server).statusCode == status


def test_callbacks_get_the_same_result(weapp: Any, server: WebServer) -> None:
    heard: list[Any] = []
    result = ask(
        weapp,
        server,
        success=lambda it: heard.append(("success", it)),
        complete=lambda it: heard.append(("complete", it)),
        fail=heard.append,
    )
    assert heard == [("success", result), ("complete", result)]


@pytest.mark.parametrize("method", ["OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("spelled", [str.upper, str.lower])
def test_the_method_is_sent(method: str, spelled: Any, server: WebServer) -> None:
    phone = Phone()
    assert call(phone.native("weapp"), "request", url=server.url(), method=spelled(method))["statusCode"] == 200
    assert server.last.method == method


def test_a_method_that_http_does_not_have_fails(server: WebServer) -> None:
    assert (
        call(Phone().native("weapp"), "request", url=server.url(), method="FETCH")["errMsg"]
        == "request:fail method is invalid"
    )
    assert server.received == []


@pytest.mark.parametrize(
    ("data", "sent"),
    [
        ({"q": "a b&c=d"}, "/?q=a%20b%26c%3Dd"),
        ({"q": "-_.!~*'()"}, "/?q=-_.!~*'()"),
        ({"q": "价/😀+"}, "/?q=%E4%BB%B7%2F%F0%9F%98%80%2B"),
        ({"ü": True, "n": None, "i": 1.0, "f": 1e-7}, "/?%C3%BC=true&n=null&i=1&f=1e-7"),
        ({"none": float("nan"), "far": float("-inf")}, "/?none=NaN&far=-Infinity"),
        ({"list": [1, "a"], "map": {"b": 1}}, "/?list=%5B1%2C%22a%22%5D&map=%7B%22b%22%3A1%7D"),
        ({}, "/"),
        (None, "/"),
        ("text", "/"),
        (b"bytes", "/"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_data_of_a_request_without_a_body_go_into_the_query(
    method: str, data: Any, sent: str, weapp: Any, server: WebServer
) -> None:
    ask(weapp, server, method=method, data=data)
    assert (server.last.target, server.last.body) == (sent, b"")


def test_data_join_the_query_that_is_there_and_replace_the_same_names(weapp: Any, server: WebServer) -> None:
    ask(weapp, server, "/search?q=old&q=older&page=2#top", data={"q": "new", "size": 10})
    assert server.last.target == "/search?page=2&q=new&size=10"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize(
    ("data", "sent"),
    [
        ({"name": "李", "n": 1, "none": None}, '{"name":"李","n":1,"none":null}'.encode()),
        ([1, [True]], b"[1,[true]]"),
        ({"nan": float("nan"), "deep": [float("inf")]}, b'{"nan":null,"deep":[null]}'),
        ({"at": datetime(2024, 5, 1, 8, tzinfo=UTC)}, b'{"at":"2024-05-01T08:00:00.000Z"}'),
        ({"lone": "\ud800"}, b'{"lone":"\\ud800"}'),
        ("<a/>", b"<a/>"),
        (b"\x00\xff", b"\x00\xff"),
        (bytearray(b"ab"), b"ab"),
        (memoryview(b"ab"), b"ab"),
        (None, b""),
    ],
)
def test_data_are_sent_as_json_text_or_bytes(
    method: str, data: Any, sent: bytes, weapp: Any, server: WebServer
) -> None:
    ask(weapp, server, method=method, data=data)
    assert server.last.body == sent
    assert server.last.headers["content-length"] == str(len(sent))
    assert server.last.headers["content-type"] == "application/json"


def test_what_a_call_has_given_can_be_sent(weapp: Any, server: WebServer) -> None:
    place = weapp.getLocation().result()
    ask(weapp, server, method="POST", data={"at": [place], "speed": float("nan")})
    assert (server.last.json["at"][0]["latitude"], server.last.json["speed"]) == (place.latitude, None)
    ask(weapp, server, method="POST", data=place)
    assert server.last.json == dict(place)
    ask(weapp, server, data=place)
    assert server.last.query["errMsg"] == "getLocation:ok"


def test_data_are_sent_as_a_form_when_the_content_type_says_so(weapp: Any, server: WebServer) -> None:
    data = {"name": "李 &", "list": [1, None, "a"], "map": {"a": 1}, "yes": True}
    ask(weapp, server, method="POST", data=data, header={"Content-Type": f"{FORM['content-type']}; charset=utf-8"})
    assert server.last.body == b"name=%E6%9D%8E%20%26&list=1%2C%2Ca&map=%5Bobject%20Object%5D&yes=true"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_form_is_a_form_on_every_platform(platform: str, server: WebServer) -> None:
    with taropy.create(platform) as runtime:
        ask(runtime, server, method="POST", data={"a": "b c"}, header=FORM)
    assert server.last.body == b"a=b%20c"


def test_headers_are_sent_as_text(weapp: Any, server: WebServer) -> None:
    ask(weapp, server, header={"X-Token": "abc", "X-Number": 5, "X-Flag": True, "X-Name": "李"})
    sent = server.last.headers
    assert [sent[name] for name in ("x-token", "x-number", "x-flag", "x-name")] == ["abc", "5", "true", "李"]


def test_the_callers_own_options_are_left_alone(weapp: Any, server: WebServer) -> None:
    options = {"url": server.url(), "header": {"A": 1}, "data": {"b": 2}}
    weapp.request(options).result(20)
    assert options == {"url": server.url(), "header": {"A": 1}, "data": {"b": 2}}


@pytest.mark.parametrize(
    ("platform", "referer"),
    [
        ("weapp", "https://servicewechat.com/{}/0/page-frame.html"),
        ("qq", "https://appservice.qq.com/{}/0/page-frame.html"),
        ("swan", "https://smartapps.cn/{}/0/page-frame.html"),
        ("tt", "https://tmaservice.developer.toutiao.com/?appid={}&version=0"),
        ("alipay", "https://{0}.hybrid.alipay-eco.com/{0}/0/index.html"),
    ],
)
def test_the_referer_is_the_phones_own(platform: str, referer: str, server: WebServer) -> None:
    with taropy.create(platform, appid="app1") as runtime:
        ask(runtime, server, header={"Referer": "https://example.com", "content-length": "7"})
    assert server.last.headers["referer"] == referer.format("app1")
    assert "content-length" not in server.last.headers


@pytest.mark.parametrize(
    ("device", "told"), [("iPhone 15 Pro", "CPU iPhone OS 17_5_1"), ("Pixel 8", "Linux; Android 14; Pixel 8")]
)
def test_the_user_agent_is_that_of_the_device_and_the_vendors_app(device: str, told: str, server: WebServer) -> None:
    call(Phone(device=device).native("weapp"), "request", url=server.url())
    assert told in server.last.headers["user-agent"]
    assert "MicroMessenger/" in server.last.headers["user-agent"]


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b"\xef\xbb\xbf[1]", [1]),
        (b" 12 ", 12),
        (b"null", None),
        (b"", ""),
        (b"{'a': 1}", "{'a': 1}"),
        (b"NaN", "NaN"),
        (b"[" * 100_000, "[" * 100_000),
        (b"9" * 5_000, "9" * 5_000),
        (b"\xff{", "\ufffd{"),
    ],
)
def test_a_body_that_is_no_json_is_given_as_text(
    body: bytes, data: Any, weapp: Any, server: WebServer, echo: Echo
) -> None:
    echo.answer = Answer(body)
    assert ask(weapp, server).data == data


def test_another_data_type_leaves_json_alone(weapp: Any, server: WebServer) -> None:
    assert ask(weapp, server, dataType="text").data == '{"ok": true}'


def test_an_array_buffer_is_bytes(weapp: Any, server: WebServer) -> None:
    assert ask(weapp, server, responseType="arraybuffer").data == b'{"ok": true}'


@pytest.mark.parametrize(
    ("kind", "text"), [("text/plain; charset=gbk", "李"), ('text/html;charset="GB18030"', "李"), ("text/plain", "?")]
)
def test_text_is_read_by_its_charset(kind: str, text: str, weapp: Any, server: WebServer, echo: Echo) -> None:
    echo.answer = Answer("李".encode("gbk"), headers=[("Content-Type", kind)])
    assert ask(weapp, server).data.replace("\ufffd", "?").strip("?") == text.strip("?")


# Some are nobody's, some are encodings of something else, and some are no charsets although Python has them.
@pytest.mark.parametrize(
    "charset",
    ["klingon", "rot13", "base64", "hex", "zip", "idna", "punycode", "undefined", "unicode_escape", ".."],
)
@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5", "rn"])
def test_a_charset_that_is_none_counts_as_utf8(platform: str, charset: str, server: WebServer, echo: Echo) -> None:
    echo.answer = Answer('{"name": "李\\u00e9"}'.encode(), headers=[("Content-Type", f"text/plain; charset={charset}")])
    with taropy.create(platform) as t:
        assert ask(t, server).data == {"name": "李é"}


def test_a_compressed_body_is_unpacked(weapp: Any, server: WebServer, echo: Echo) -> None:
    echo.answer = Answer(gzip.compress(b'{"a":1}'), headers=[("Content-Encoding", "gzip")])
    assert ask(weapp, server).data == {"a": 1}


def test_repeated_headers_are_joined_and_cookies_listed(weapp: Any, server: WebServer, echo: Echo) -> None:
    echo.answer = Answer(headers=[("Set-Cookie", "a=1; Path=/"), ("x-One", "1"), ("X-ONE", "2"), ("set-cookie", "b=2")])
    result = ask(weapp, server)
    assert result.cookies == ["a=1; Path=/", "b=2"]
    assert result.header["Set-Cookie"] == "a=1; Path=/,b=2"
    assert result.header["x-One"] == "1,2"


def test_the_profile_tells_when_it_happened(weapp: Any, server: WebServer) -> None:
    weapp.phone.clock.stop()
    weapp.phone.clock.set(1_000_000)
    profile = ask(weapp, server).profile
    assert profile["fetchStart"] == profile["responseStart"] == profile["responseEnd"] == 1_000_000_000
    assert (profile["protocol"], profile["receivedBytedCount"]) == ("http/1.1", len('{"ok": true}'))


def test_ten_megabytes_come_back_as_they_were_sent(weapp: Any, server: WebServer, echo: Echo) -> None:
    body = bytes(range(256)) * 40_960
    echo.answer = Answer(body)
    assert ask(weapp, server, method="POST", data=body, responseType="arraybuffer").data == body
    assert server.last.body == body


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "parameter error: parameter.url should be String instead of Undefined"),
        ({"url": None}, "parameter error: parameter.url should be String instead of Null"),
        ({"url": 5}, "parameter error: parameter.url should be String instead of Number"),
        ({"url": "u", "method": 1}, "parameter error: parameter.method should be String instead of Number"),
        ({"url": "u", "header": "a: b"}, "parameter error: parameter.header should be Object instead of String"),
        ({"url": "http://a", "timeout": "5"}, "parameter error: parameter.timeout should be Number instead of String"),
        (
            {"url": "http://a", "timeout": True},
            "parameter error: parameter.timeout should be Number instead of Boolean",
        ),
        ({"url": "/relative"}, 'invalid url "/relative"'),
        ({"url": ""}, 'invalid url ""'),
        ({"url": "http://"}, 'invalid url "http://"'),
        ({"url": "http://a:b/"}, 'invalid url "http://a:b/"'),
        ({"url": "ftp://example.com/"}, 'invalid url "ftp://example.com/"'),
        ({"url": " http://example.com"}, 'invalid url " http://example.com"'),
    ],
)
def test_wrong_options_fail_natively_in_wechats_words(options: dict[str, Any], complaint: str) -> None:
    assert call(Phone().native("weapp"), "request", **options)["errMsg"] == f"request:fail {complaint}"


def test_a_url_that_is_none_has_an_errno() -> None:
    assert call(Phone().native("weapp"), "request", url="nonsense")["errno"] == 600009


@pytest.mark.parametrize("data", [object(), {"a": object()}, {1, 2}, {(1,): 2}, {"f": print}])
def test_data_without_a_form_on_the_wire_fail(data: Any, server: WebServer) -> None:
    failure = call(Phone().native("weapp"), "request", url=server.url(), method="POST", data=data)
    assert failure["errMsg"].startswith("request:fail parameter error: parameter.data can not be sent")


def test_data_that_contain_themselves_fail(server: WebServer) -> None:
    data: list[Any] = []
    data.append(data)
    failure = call(Phone().native("weapp"), "request", url=server.url(), method="POST", data=data)
    assert failure["errMsg"].startswith("request:fail parameter error: parameter.data can not be sent")


@pytest.mark.parametrize(
    "header",
    [{"bad name": "x"}, {"": "x"}, {"a": "x\r\nb: y"}, {"a": "\x00"}, {"名": "x"}, {"a: b": "x"}, {"a:": "x"}],
)
def test_a_header_that_http_forbids_fails_and_injects_nothing(header: dict[str, str], server: WebServer) -> None:
    failure = call(Phone().native("weapp"), "request", url=server.url(), header=header)
    assert "net::ERR_INVALID_ARGUMENT" in failure["errMsg"]
    assert server.received == []


@pytest.mark.parametrize("value", ["Bearer ", " Bearer", "\tBearer \t"])
def test_blanks_around_a_header_s_value_are_no_part_of_it(value: str, server: WebServer) -> None:
    answer = call(Phone().native("weapp"), "request", url=server.url(), header={"Authorization": value})
    assert answer["statusCode"] == 200
    assert server.received[-1].headers["authorization"] == "Bearer"


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 10**400])
def test_a_timeout_that_is_no_time_does_no_harm(timeout: float, server: WebServer) -> None:
    assert call(Phone().native("weapp"), "request", url=server.url(), timeout=timeout)["statusCode"] == 200


def test_alipays_own_request_speaks_of_status_and_headers(server: WebServer, echo: Echo) -> None:
    echo.answer = Answer(b"\x01\x02", headers=[("X-A", "1")])
    for name in ("request", "httpRequest"):
        my = Phone().native("alipay", "my")
        result = call(my, name, url=server.url(), headers={"X-B": "2"}, dataType="base64")
        assert (result["status"], result["headers"]["X-A"], result["data"]) == (200, "1", "AQI=")
        assert server.last.headers["x-b"] == "2"
    assert call(my, "request", url=server.url(), dataType="arraybuffer")["data"] == b"\x01\x02"
