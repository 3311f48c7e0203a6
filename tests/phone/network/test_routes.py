"""Requests that a test has answered by their URL: which route has a request, what it answers, who was asked."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from servers import Answer, WebServer

import taropy
from taropy.phone import NetError, Phone, Request, Response, Route, UnroutedRequestWarning
from taropy.testing import expect_unhandled

API = "https://api.example.com"
PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")


@pytest.fixture
def taro() -> Iterator[Any]:
    """WeChat's Taro on a phone whose requests go nowhere but to routes."""
    with taropy.create("weapp") as taro:
        taro.phone.network.unrouted = "fail"
        yield taro


@pytest.fixture
def network(taro: Any) -> Any:
    return taro.phone.network


def data(taro: Any, url: str, **options: Any) -> Any:
    return taro.request(url=url, **options).result(20).data


def failure(taro: Any, url: str, **options: Any) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnroutedRequestWarning)
        with pytest.raises(taropy.TaroError) as caught:
            taro.request(url=url, **options).result(20)
    return str(caught.value.errMsg)


UNREACHABLE = "request:fail errcode:-109 cronet_error_code:-109 error_msg:net::ERR_ADDRESS_UNREACHABLE"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_program_on_every_platform_gets_what_a_route_answers(platform: str) -> None:
    with taropy.create(platform) as taro:
        taro.phone.network.route(f"{API}/me", json={"name": "Ada", "tags": [1, None]})
        result = taro.request(url=f"{API}/me").result(20)
    assert (result.statusCode, result.data) == (200, {"name": "Ada", "tags": [1, None]})
    assert {name.lower(): value for name, value in result.header.items()}["content-type"] == "application/json"


# --- which addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        (f"{API}/me", f"{API}/me"),
        (f"{API}/me", f"{API}:443/me?fields=all"),
        ("HTTPS://API.example.com/me", f"{API}/me"),
        (API, f"{API}/"),
        (f"{API}/a b", f"{API}/a%20b"),
        (f"{API}/李", f"{API}/李"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        (f"{API}/me?page=2", f"{API}/me?sort=up&page=2"),
        (f"{API}/me?name=*", f"{API}/me?name=Ada%20L"),
        ("/me", f"{API}/me"),
        ("/me", "http://127.0.0.1:8000/me"),
        (f"{API}/*/list", f"{API}/books/list"),
        (f"{API}/**", f"{API}/"),
        (f"{API}/**", f"{API}/a/b/c"),
        (f"{API}/v1/**", f"{API}/v1"),
        (f"{API}/v1/**", f"{API}/v1/a"),
        ("**/list", f"{API}/a/b/list"),
        ("**", f"{API}/a/b?c=d"),
        ("/v*/me", f"{API}/v2/me"),
        ("/{a,b c}/x", f"{API}/b%20c/x"),
        ("/{a*,b}/x", f"{API}/apple/x"),
        ("https://*.example.com/me", f"{API}/me"),
        ("http*://api.example.com/me", "http://api.example.com/me"),
        ("http://127.0.0.1:*/me", "http://127.0.0.1:8123/me"),
        (f"{API}/李/*", f"{API}/%E6%9D%8E/1"),
        (re.compile(r"/users/\d+"), f"{API}/users/7?x=1"),
        (re.compile(r"x=1$"), f"{API}/users/7?x=1"),
    ],
)
def test_an_address_is_one_of_a_route(taro: Any, network: Any, pattern: Any, url: str) -> None:
    network.route(pattern, text="here")
    assert data(taro, url) == "here"


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        (f"{API}/me", f"{API}/me/"),
        (f"{API}/me", f"{API}/Me"),
        (f"{API}/me", "http://api.example.com/me"),
        (f"{API}/me", f"{API}:8443/me"),
        (f"{API}/me?page=2", f"{API}/me?page=20"),
        (f"{API}/me?page=2", f"{API}/me"),
        ("/me", f"{API}/v1/me"),
        (f"{API}/*/list", f"{API}/a/b/list"),
        (f"{API}/v1/**", f"{API}/v10"),
        ("/{a,b}/x", f"{API}/c/x"),
        ("/users/{id}", f"{API}/users/1/books"),
        ("https://*.example.com/me", "https://example.com/me"),
        (f"{API}/a.b/*", f"{API}/axb/1"),
        (re.compile(r"/users/\d+$"), f"{API}/users/7?x=1"),
    ],
)
def test_another_address_is_not(taro: Any, network: Any, pattern: Any, url: str) -> None:
    network.route(pattern, text="here")
    assert failure(taro, url) == UNREACHABLE


@pytest.mark.parametrize(
    ("where", "error", "words"),
    [
        (("api.example.com/me",), ValueError, "no address"),
        (("wss://api.example.com/",), ValueError, "phone.sockets"),
        (("ftp://api.example.com/",), ValueError, "no address"),
        (("https:///me",), ValueError, "no server"),
        ((7,), TypeError, "a route is for an address"),
        ((), TypeError, "a route is made as"),
        (("GET", f"{API}/me", {}, {}), TypeError, "a route is made as"),
        (("/users/{user-id}", {}), ValueError, "{user-id} .* is no name"),
        (("/users/{}", {}), ValueError, "{} .* is no name"),
        ((f"{API}/{{id}}/books/{{id}}", {}), ValueError, "have the name {id}"),
        (("/users/{id", {}), ValueError, "has no other"),
        (("/{a,{b,c}}", {}), ValueError, "has no other"),
        ((re.compile(rb"/me"), {}), TypeError, "searches bytes"),
        ((f"{API}/me", 5), TypeError, "a route answers with"),
        ((f"{API}/me", []), ValueError, "one at least"),
        ((f"{API}/me", ValueError("no")), TypeError, "a fault of the network"),
    ],
)
def test_what_is_no_route_is_refused_where_it_is_written(
    network: Any, where: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        network.route(*where)
    assert network.routes == []


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"times": 0}, ValueError, "once or more often"),
        ({"delay": -1}, ValueError, "a number of seconds"),
        ({"delay": True}, ValueError, "a number of seconds"),
        ({"delay": float("nan")}, ValueError, "a number of seconds"),
        ({"query": "page=2"}, TypeError, "query has values by their names"),
        ({"query": {"page": lambda page: page == "2"}}, TypeError, "are compared with texts"),
        ({"match_headers": ["X-Token"]}, TypeError, "match_headers has values by their names"),
        ({"match_headers": {"X-Token": {"t1"}}}, TypeError, "are compared with texts"),
        ({"status": 700}, ValueError, "from 200 to 599"),
        ({"status": "200"}, ValueError, "from 200 to 599"),
        ({"error": "refusd"}, ValueError, "did you mean 'refused'"),
        ({"error": KeyError("x")}, TypeError, "a fault of the network"),
        ({"json": {}, "text": ""}, TypeError, "one of json, text and body"),
        ({"json": {}, "error": "reset"}, TypeError, "one answer"),
        ({"json": object()}, TypeError, "object"),
        ({"body": "text"}, TypeError, "text="),
        ({"headers": {"a": "b\r\nc: d"}}, ValueError, "no headers that HTTP can send"),
        ({"jsn": {}}, TypeError, "jsn"),
    ],
)
def test_an_answer_that_is_none_is_refused(
    network: Any, options: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        network.route(f"{API}/me", **options)


# --- which requests -------------------------------------------------------------------------------------------------


def test_a_route_may_be_for_one_method(taro: Any, network: Any) -> None:
    network.route("post", f"{API}/me", json="posted")
    assert failure(taro, f"{API}/me") == UNREACHABLE
    assert data(taro, f"{API}/me", method="POST") == "posted"


@pytest.mark.parametrize(
    ("wanted", "query", "takes"),
    [
        ({"page": "2"}, "page=2&x=1", True),
        ({"page": 2}, "page=2", True),
        ({"page": 2.0, "price": 1.5}, "page=2&price=1.5", True),
        ({"all": True}, "all=true", True),
        ({"page": re.compile(r"^\d$")}, "page=7", True),
        ({"tag": ["a", "b"]}, "tag=b&tag=a", True),
        ({"page": None}, "x=1", True),
        ({"page": "2"}, "page=3", False),
        ({"page": "2"}, "", False),
        ({"page": None}, "page=", False),
        ({"tag": ["a", "b"]}, "tag=a", False),
    ],
)
def test_a_route_may_be_for_a_query(taro: Any, network: Any, wanted: Any, query: str, takes: bool) -> None:
    network.route(f"{API}/me", query=wanted, text="taken")
    url = f"{API}/me?{query}"
    assert (data(taro, url) == "taken") if takes else (failure(taro, url) == UNREACHABLE)


def test_a_route_may_be_for_headers(taro: Any, network: Any) -> None:
    network.route("/me", match_headers={"X-Token": None}, status=401)
    network.route("/me", match_headers={"x-token": re.compile("^t"), "HOST": "api.example.com"}, text="hello")
    assert taro.request(url=f"{API}/me").result(20).statusCode == 401
    assert data(taro, f"{API}/me", header={"X-Token": "t1"}) == "hello"


@pytest.mark.parametrize(
    ("wanted", "sent", "takes"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 2], "c": 3}}, True),
        ({"a": lambda value: value > 1}, {"a": 2}, True),
        ([1, {"a": 1}], [1, {"a": 1, "b": 1}], True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": re.compile("^t")}, {"a": "tea"}, True),
        ({"a": re.compile("^t")}, {"a": "cup"}, False),
        ({"a": re.compile("1")}, {"a": 1}, False),
        ({"a": None}, {}, False),
        ({"a": 1}, {"a": True}, False),
        ([1], [1, 2], False),
        ({"a": 1}, "no json", False),
    ],
)
def test_a_route_may_be_for_a_json_body(taro: Any, network: Any, wanted: Any, sent: Any, takes: bool) -> None:
    network.route("/me", match_json=wanted, text="taken")
    if takes:
        assert data(taro, f"{API}/me", method="POST", data=sent) == "taken"
    else:
        assert failure(taro, f"{API}/me", method="POST", data=sent) == UNREACHABLE


def test_the_latest_route_that_takes_a_request_has_it(taro: Any, network: Any) -> None:
    network.route(f"{API}/me", text="exact")
    assert data(taro, f"{API}/me") == "exact"
    network.route("**", text="any")
    assert data(taro, f"{API}/me") == "any"
    network.route("/me", text="path")
    network.route("POST", f"{API}/me", text="another method")
    assert data(taro, f"{API}/me") == "path"


def test_routes_answer_so_often_and_then_earlier_ones_do(taro: Any, network: Any) -> None:
    network.route("/me", text="always")
    network.route("/me", text="twice", times=2)
    assert [data(taro, f"{API}/me") for _ in range(4)] == ["twice", "twice", "always", "always"]


def test_several_answers_are_given_in_turn_and_the_last_one_again(taro: Any, network: Any) -> None:
    network.route("/me", [Response(status=503), "a text", {"n": 1}, lambda request: [request.method]])
    results = [taro.request(url=f"{API}/me").result(20) for _ in range(5)]
    assert [result.statusCode for result in results] == [503, 200, 200, 200, 200]
    assert [result.data for result in results] == ["", "a text", {"n": 1}, ["GET"], ["GET"]]


def test_a_route_that_is_taken_away_answers_no_more(taro: Any, network: Any) -> None:
    route = network.route("/a", text="a")
    network.route("/b", text="b")
    network.route(re.compile("/c$"), text="c")
    route.unroute()
    route.unroute()
    assert failure(taro, f"{API}/a") == UNREACHABLE
    network.unroute("/b")
    assert failure(taro, f"{API}/b") == UNREACHABLE
    with pytest.raises(ValueError, match="no route is for '/b'"):
        network.unroute("/b")
    network.unroute(re.compile("/c$"))
    assert network.routes == []
    network.route("/a", text="a")
    network.unroute()
    assert failure(taro, f"{API}/a") == UNREACHABLE


# --- what is answered -----------------------------------------------------------------------------------------------


def test_a_handler_gets_the_request_as_it_leaves_the_phone(taro: Any, network: Any) -> None:
    seen: list[Request] = []

    def handler(request: Request) -> dict[str, Any]:
        seen.append(request)
        return {"id": request.params["id"], **request.query, "sent": request.json()}

    network.route("POST", f"{API}/users/{{id}}", handler)
    sent = {"url": f"{API}/users/7?a=1&a=2#part", "method": "POST", "data": {"名": "李"}, "header": {"X-Mine": "1"}}
    assert taro.request(sent).result(20).data == {"id": "7", "a": "2", "sent": {"名": "李"}}
    request = seen[0]
    assert (request.method, request.url, request.path) == ("POST", f"{API}/users/7?a=1&a=2", "/users/7")
    assert request.query_pairs == [("a", "1"), ("a", "2")]
    assert request.body == '{"名":"李"}'.encode()
    assert request.text == '{"名":"李"}'
    assert request.headers["x-MINE"] == "1"
    assert request.headers["host"] == "api.example.com"
    assert request.headers["content-length"] == str(len(request.body))
    assert (request.kind, "missing" in request.headers, request.headers.get("missing")) == ("request", False, None)


def test_the_named_groups_of_an_expression_are_parameters(taro: Any, network: Any) -> None:
    network.route(re.compile(r"/users/(?P<id>\d+)(?P<rest>/.*)?"), lambda request: dict(request.params))
    assert data(taro, f"{API}/users/42") == {"id": "42", "rest": ""}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"a": 1}, {"a": 1}),
        ([1, "b"], [1, "b"]),
        ("text", "text"),
        (b"bytes", "bytes"),
        (Response(json="told", status=201), "told"),
    ],
)
@pytest.mark.parametrize("is_async", [False, True])
def test_a_handler_returns_what_it_likes_and_may_be_async(
    taro: Any, network: Any, answer: Any, expected: Any, is_async: bool
) -> None:
    async def later(request: Request) -> Any:
        return answer

    network.route("/me", later if is_async else lambda request: answer)
    assert data(taro, f"{API}/me") == expected


def test_a_handler_can_leave_a_request_to_the_next_route(taro: Any, network: Any) -> None:
    network.route("/me", text="earlier")
    later = network.route("/me", lambda request: request.fallback() if "x" in request.query else "later")
    assert data(taro, f"{API}/me?x=1") == "earlier"
    assert data(taro, f"{API}/me") == "later"
    later.assert_called(times=2)


def test_a_handler_can_leave_a_request_to_the_real_server_and_change_what_that_says(taro: Any, network: Any) -> None:
    async def changing(request: Request) -> Response:
        real = await request.fetch()
        return Response(json={**real.json(), "also": real.headers["x-real"]}, status=real.status)

    with WebServer(lambda received: Answer({"real": received.json}, headers=[("X-Real", "yes")])) as server:
        network.route("/changed", changing)
        network.route("/left", lambda request: request.continue_())
        sent = {"method": "POST", "data": {"a": 1}}
        assert data(taro, server.url("/changed"), **sent) == {"real": {"a": 1}, "also": "yes"}
        assert data(taro, server.url("/left"), **sent) == {"real": {"a": 1}}
        assert [received.path for received in server.received] == ["/changed", "/left"]
    assert [call.route is None for call in network.calls] == [False, True]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("timeout", "timeout"),
        (TimeoutError(), "timeout"),
        ("refused", "ERR_CONNECTION_REFUSED"),
        (ConnectionRefusedError, "ERR_CONNECTION_REFUSED"),
        ("reset", "ERR_CONNECTION_RESET"),
        ("closed", "ERR_CONNECTION_CLOSED"),
        ("empty", "ERR_EMPTY_RESPONSE"),
        ("unreachable", "ERR_ADDRESS_UNREACHABLE"),
        ("unresolved", "ERR_NAME_NOT_RESOLVED"),
        ("offline", "ERR_INTERNET_DISCONNECTED"),
        ("certificate", "ERR_CERT_AUTHORITY_INVALID"),
        ("tls", "ERR_SSL_PROTOCOL_ERROR"),
        ("ERR_CERT_DATE_INVALID", "ERR_CERT_DATE_INVALID"),
        (NetError("ERR_CONNECTION_CLOSED"), "ERR_CONNECTION_CLOSED"),
    ],
)
def test_a_route_can_be_a_fault_of_the_network(taro: Any, network: Any, error: Any, reason: str) -> None:
    network.route("/me", error=error)
    assert failure(taro, f"{API}/me").endswith(reason)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError()])
def test_a_handler_that_raises_a_fault_is_one_on_every_platform(platform: str, error: Exception) -> None:
    def refuse(request: Request) -> Response:
        raise error

    def told(**options: Any) -> str:
        with taropy.create(platform) as taro:
            taro.phone.network.route("/me", **options) if options else taro.phone.network.route("/me", refuse)
            with pytest.raises(taropy.TaroError) as caught:
                taro.request(url=f"{API}/me").result(20)
        return str(caught.value.errMsg)

    assert told() == told(error=error)


@pytest.mark.parametrize("broken", [lambda request: request.params["x"], lambda request: None])
def test_a_handler_that_breaks_is_a_server_that_does_and_the_test_is_told(broken: Any, network: Any, taro: Any) -> None:
    told: list[Any] = []
    network.route("/me", broken)

    async def main() -> Any:
        import asyncio

        asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context))
        return await taro.request(url=f"{API}/me")

    with expect_unhandled(KeyError, TypeError):
        result = taropy.run(main)
    assert (result.statusCode, result.data) == (500, "Internal Server Error")
    assert type(network.errors[0]) in (KeyError, TypeError)
    assert [context["exception"] for context in told] == network.errors
    assert "the handler of /me broke" in told[0]["message"]
    assert network.calls[0].error is network.errors[0]


# --- who was asked --------------------------------------------------------------------------------------------------


def test_calls_tell_what_was_asked_and_how_it_ended(taro: Any, network: Any) -> None:
    route = network.route("POST", "/login", status=401, json={"why": "no"})
    network.route("/gone", error="refused")
    data(taro, f"{API}/login?from=test", method="POST", data={"user": "ada", "password": "hidden"})
    failure(taro, f"{API}/gone")
    failure(taro, "https://elsewhere.example.com/")
    login, gone, elsewhere = network.calls
    assert (login.method, login.url, login.query) == ("POST", f"{API}/login?from=test", {"from": "test"})
    assert (login.json["user"], login.status, login.route) == ("ada", 401, route)
    assert (gone.status, str(gone.error), gone.json) == (None, "ERR_CONNECTION_REFUSED", None)
    assert elsewhere.route is None
    assert [*route.calls] == [login]
    assert str(network.calls).splitlines() == [
        f'POST {API}/login?from=test {{"user":"ada","password":***}} -> 401 (by POST /login)',
        f"GET {API}/gone -> ERR_CONNECTION_REFUSED (by /gone)",
        "GET https://elsewhere.example.com/ -> ERR_ADDRESS_UNREACHABLE (no route)",
    ]


def test_checks_that_fail_show_what_was_asked_for_instead(taro: Any, network: Any) -> None:
    route = network.route("POST", "/login", json={})
    network.route("/me", json={})
    route.assert_not_called()
    with pytest.raises(AssertionError, match="Nothing was asked for"):
        route.assert_called()
    data(taro, f"{API}/me?page=2")
    with pytest.raises(AssertionError) as caught:
        route.assert_called()
    assert str(caught.value) == (
        f"POST /login was asked for 0 times. What was asked for:\n  GET {API}/me?page=2 -> 200 (by /me)"
    )
    data(taro, f"{API}/login", method="POST")
    route.assert_called()
    route.assert_called(times=1)
    with pytest.raises(AssertionError, match=r"POST /login was asked for once, not 2 times\. What"):
        route.assert_called(times=2)
    with pytest.raises(AssertionError, match=r"POST /login was asked for once\. What"):
        route.assert_not_called()


def test_many_calls_are_counted_and_the_last_thousand_are_kept(taro: Any, network: Any) -> None:
    route = network.route("/me", json={})

    async def main() -> None:
        for _ in range(1_010):
            await taro.request(url=f"{API}/me")

    taropy.run(main)
    route.assert_called(times=1_010)
    assert len(network.calls) == 1_000


def test_a_phone_with_a_log_remembers_what_was_asked_of_real_servers() -> None:
    answering = WebServer(lambda received: Answer(status=204))
    with answering as server, taropy.create("weapp", phone=Phone(log=True)) as taro:
        data(taro, server.url("/me"))
        assert str(taro.phone.network.calls) == f"GET {server.url('/me')} -> 204 (no route)"


def test_a_request_that_meets_no_route_fails_with_the_reason_if_it_is_to(taro: Any, network: Any) -> None:
    network.route("POST", f"{API}/login", json={})
    network.route("/me", json={})
    with pytest.warns(UnroutedRequestWarning) as told, pytest.raises(taropy.TaroError, match=UNREACHABLE[13:]):
        taro.request(url=f"{API}/login").result(20)
    assert f"GET {API}/login" in str(told[0].message)
    assert f"Routes, latest first: /me; POST {API}/login" in str(told[0].message)


def test_a_request_that_meets_no_route_goes_to_the_real_server_by_default(taro: Any, network: Any) -> None:
    network.unrouted = "pass"
    network.route("/me", json={})
    with WebServer(lambda received: Answer("real")) as server:
        assert data(taro, server.url("/other")) == "real"
    with pytest.raises(ValueError, match="there are pass, fail"):
        network.unrouted = "no"


def test_what_nothing_has_asked_for_is_known(taro: Any, network: Any) -> None:
    network.route("/never", json={})
    network.route("/maybe", json={}, optional=True)
    network.route("/thrice", json={}, times=3)
    network.route("/turns", ["a", "b"])
    network.route("/done", json={})
    for path in ("thrice", "turns", "done"):
        data(taro, f"{API}/{path}")
    assert network.unused == [
        "/never, which nothing has asked for",
        "/thrice, which was asked for 1 of 3 times",
        "/turns, which was asked for 1 of 2 times",
    ]


# --- how long they last ---------------------------------------------------------------------------------------------


def test_routes_are_one_phones(taro: Any, network: Any) -> None:
    network.route("/me", json="mine")
    with taropy.create("weapp") as other:
        other.phone.network.unrouted = "fail"
        assert failure(other, f"{API}/me") == UNREACHABLE


def test_routes_outlive_what_the_app_does(taro: Any, network: Any) -> None:
    route = network.route("/me", ["a", "b"])
    assert data(taro, f"{API}/me") == "a"
    taro.phone.clock.advance(10_000)
    network.clear()
    taro.phone.background()
    taro.phone.foreground()
    assert data(taro, f"{API}/me") == "b"
    route.assert_called(times=2)


def test_a_snapshot_has_the_routes_and_how_often_they_have_answered(taro: Any, network: Any) -> None:
    phone = taro.phone
    empty = phone.snapshot()
    network.route("/me", ["a", "b", "c"])
    data(taro, f"{API}/me")
    kept = phone.snapshot()
    data(taro, f"{API}/me")
    network.route("/me", text="another")
    phone.restore(kept)
    assert [*network.calls] == []
    assert data(taro, f"{API}/me") == "b"
    phone.restore(empty)
    assert (network.routes, network.unrouted) == ([], "fail")
    phone.restore(Phone().snapshot())
    assert network.unrouted == "pass"


def test_a_route_has_a_short_repr(network: Any) -> None:
    route: Route = network.route("POST", f"{API}/login", json={})
    assert repr(route) == f"<Route POST {API}/login, asked for 0 times>"
    assert repr(Response(json={"token": "t"}, status=201)) == "<Response 201 '{\"token\":***}'>"
