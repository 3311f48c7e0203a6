"""The command that records what taro-h5 does in a browser, `python -m tools.browser`: all of it but the browser."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from taropy.hosts.page.browser import NAMES
from tools.browser import cases
from tools.browser.__main__ import document, main
from tools.browser.backend import Backend
from tools.browser.places import addressed, placeless
from tools.browser.recorded import recorded


@pytest.fixture
def backend() -> Iterator[Backend]:
    with Backend({"/": b"<p>the page</p>"}) as servers:
        yield servers


@attrs.frozen
class Answer:
    """What a server answered, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def asked(url: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """The answer to a request; header names have underscores for dashes."""
    place = urlsplit(url)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.closing(http.client.HTTPConnection(place.netloc, timeout=20)) as connection:
        connection.request(method, place.path or "/", body, named)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def test_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--check"]) == 1
    assert "a browser is needed" in capsys.readouterr().err


def test_it_says_that_npm_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    browser = tmp_path / NAMES[0]
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert main(["--check"]) == 1
    assert "npm is needed" in capsys.readouterr().err


def test_a_group_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--group", "nothing"])
    assert "storage" in capsys.readouterr().err


def test_a_family_stands_for_its_cases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    family = {"id": "$0 of $1", "each": [["get", {"key": 1}], ["set", "k"]], "do": [["call", "$0", "$1", "a $0"]]}
    monkeypatch.setattr(cases, "CASES", tmp_path)
    (tmp_path / "app.json").write_text('{"pages": []}')
    (tmp_path / "some.json").write_text(json.dumps({"routes": {"/x": {}}, "cases": [family]}))
    first, second = cases.group("some")
    assert (first["id"], first["do"]) == ('get of {"key": 1}', [["call", "get", {"key": 1}, "a get"]])
    assert (second["id"], second["do"]) == ("set of k", [["call", "set", "k", "a set"]])
    assert first["routes"] == {"/x": {}}


def test_a_case_with_callbacks_stands_for_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    case = {"id": "one", "callbacks": True, "do": [["call", "get", {"key": 1}], ["call", "infoSync"]]}
    monkeypatch.setattr(cases, "CASES", tmp_path)
    (tmp_path / "app.json").write_text('{"pages": []}')
    (tmp_path / "some.json").write_text(json.dumps({"cases": [case]}))
    plain, called_back = cases.group("some")
    assert plain["do"] == case["do"]
    assert called_back["id"] == "one with callbacks"
    called = {"key": 1, "success": "$fn", "fail": "$fn", "complete": "$fn"}
    assert called_back["do"] == [["call", "get", called], ["call", "infoSync"]]


def test_what_passes_is_not_recorded() -> None:
    addresses = {"origin": "http://127.0.0.1:4711", "socket": "ws://127.0.0.1:4712"}
    text = "http://127.0.0.1:4711/a 127.0.0.1:4712 blob:http://127.0.0.1:4711/01234567-0123-0123-0123-0123456789ab"
    assert placeless(text, addresses) == "$origin/a $socket:host blob:$origin/$id"
    assert placeless("data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==", addresses) == "data:image/png;base64,$picture"
    assert placeless('{"$taroTimestamp":1700000000000}', addresses) == '{"$taroTimestamp":"$time"}'


def test_an_address_is_named_as_a_whole() -> None:
    assert addressed("$dead $deadsocket/x $1", {"dead": "http://a", "deadsocket": "ws://a"}) == "http://a ws://a/x $1"


def test_a_trace_is_read_as_recordings_have_it(tmp_path: Path) -> None:
    lines = [
        {"taropy-trace": 1, "platform": "h5", "host": "page"},
        {"call": 1, "direct": "call", "name": "launch", "arguments": [{"$function": 1, "name": "_lived"}]},
        {"note": "case", "with": ["first"]},
        {"told": 1, "with": ["home", "load", [{"id": "1"}]]},
        {"told": 1, "with": ["home", "resize", []]},
        {"note": "begun", "with": [True]},
        {"note": "as", "with": ["task "]},
        {"call": 2, "direct": "call", "name": "ask", "arguments": [{"success": {"$function": 2, "name": "success"}}]},
        {"told": 2, "with": [{"a": {"$undefined": True}, "b": None, "$$c": {"$number": "-Infinity"}}]},
        {"call": 2, "returned": {"$promise": True}},
        {"note": "person", "with": ["goes offline"]},
        {"call": 2, "rejected": {"$class": "TypeError", "error": True, "fields": {"message": "no", "code": 1}}},
        {"call": 3, "direct": "call", "name": "unlabelled"},
        {"call": 3, "returned": 1},
        {"note": "sees title", "with": ["Home"]},
        {"note": "ended"},
        {"told": 1, "with": ["home", "hide", []]},
        {"note": "case", "with": ["second"]},
        {"told": 1, "with": ["home", "load", []]},
        {"note": "begun", "with": [False]},
        {"note": "as", "with": ["it.size"]},
        {"call": 4, "direct": "get", "of": 2, "name": "size"},
        {"call": 4, "threw": {"$class": "Event", "fields": {"type": "open", "isTrusted": True}}},
        {"told": 2, "with": [{"$bytes": "AAE="}, {"$other": "function"}, {"$other": "Tea"}, {"$date": "2026-01-01"}]},
        {"note": "ended"},
    ]
    (tmp_path / "t.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    assert recorded(tmp_path / "t.jsonl") == {
        "first": [
            ["home.load", {"id": "1"}],
            ["success", {"a": "$undefined", "b": None, "$c": "$infinity"}],
            ["task returned", "$promise"],
            ["task rejected", {"$error": "TypeError", "message": "no", "code": 1}],
            ["sees title", "Home"],
        ],
        "second": [
            ["it.size threw", {"$object": "Event", "type": "open"}],
            ["success", {"$bytes": "AAE="}, "$function", {"$object": "Tea"}, {"$object": "Date"}],
        ],
    }


def test_a_page_that_was_loaded_anew_has_forgotten_what_was_before(tmp_path: Path) -> None:
    lines = [
        {"taropy-trace": 1, "platform": "h5", "host": "page"},
        {"note": "case", "with": ["gone"]},
        {"note": "begun", "with": [False]},
        {"note": "sees title", "with": ["Home"]},
        {"note": "the page is loaded anew"},
        {"note": "ended"},
    ]
    (tmp_path / "t.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    assert recorded(tmp_path / "t.jsonl") == {"gone": [["the page is loaded anew"]]}


def test_a_document_has_a_case_a_line() -> None:
    text = document({"one": [["returned", 1]], "zwei": []})
    assert text.splitlines()[2] == '"one": [["returned",1]],'
    assert json.loads(text)["cases"] == {"one": [["returned", 1]], "zwei": []}


# --- the servers -----------------------------------------------------------------------------------------------------


def test_the_page_is_served_by_its_own_server_alone(backend: Backend) -> None:
    assert asked(backend.addresses["origin"]).body == b"<p>the page</p>"
    assert asked(backend.addresses["api"]).status == 404


@pytest.mark.parametrize(
    ("answer", "body", "kind"),
    [
        ({"json": {"a": "中"}}, '{"a": "中"}'.encode(), "application/json"),
        ({"text": "text"}, b"text", "text/plain; charset=utf-8"),
        ({"base64": "AAE="}, b"\x00\x01", "application/octet-stream"),
        ({"text": "<p>", "headers": {"Content-Type": "text/html"}}, b"<p>", "text/html"),
        ({"status": 204}, b"", None),
    ],
)
def test_a_route_is_answered_as_the_case_says(
    backend: Backend, answer: dict[str, Any], body: bytes, kind: str | None
) -> None:
    backend.begin({"/x": answer})
    response = asked(backend.addresses["origin"] + "/x")
    assert (response.status, response.body, response.headers["content-type"]) == (
        answer.get("status", 200),
        body,
        kind,
    )


def test_a_server_allows_other_origins_or_does_not(backend: Backend) -> None:
    backend.begin({"/x": {"json": 1}})
    allowed = asked(backend.addresses["api"] + "/x", Origin="http://x.test")
    refused = asked(backend.addresses["foreign"] + "/x", Origin="http://x.test")
    assert allowed.headers["access-control-allow-origin"] == "http://x.test"
    assert "access-control-allow-origin" not in refused.headers


def test_a_browsers_question_is_answered_and_told_apart(backend: Backend) -> None:
    backend.begin({"/x": {"json": 1}})
    url = backend.addresses["api"] + "/x"
    response = asked(url, "OPTIONS", Origin="http://x.test", Access_Control_Request_Method="PUT")
    assert (response.status, response.headers["access-control-allow-methods"]) == (204, "PUT")
    asked(url, "PUT")
    assert [request["method"] for request in backend.case.received()] == ["PUT"]
    assert [request["method"] for request in backend.case.received(options=True)] == ["OPTIONS", "PUT"]


def test_what_was_asked_is_told_without_what_every_browser_adds(backend: Backend) -> None:
    backend.begin({})
    asked(backend.addresses["origin"] + "/x", "POST", b"text", Content_Type="text/plain", X_Mine="1", User_Agent="a")
    assert backend.case.received() == [
        {
            "to": "origin",
            "method": "POST",
            "url": "/x",
            "headers": {"content-type": "text/plain", "x-mine": "1"},
            "body": "text",
        }
    ]


def test_a_form_is_told_by_its_parts(backend: Backend) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    body = head + b"note\r\n--b--\r\n"
    backend.begin({})
    asked(backend.addresses["origin"] + "/x", "POST", body, Content_Type="multipart/form-data; boundary=b")
    part = {"name": "f", "filename": "a.txt", "type": "text/plain", "body": "note"}
    assert backend.case.received()[0]["body"] == [part]


def test_an_answer_is_held_back_until_it_is_released(backend: Backend) -> None:
    backend.begin({"/x": {"hold": True, "text": "late"}})
    got: list[bytes] = []
    asking = threading.Thread(target=lambda: got.append(asked(backend.addresses["origin"] + "/x").body))
    asking.start()
    assert backend.case.arrived("/x")
    assert got == []
    backend.case.release("/x")
    asking.join(20)
    assert got == [b"late"]


def test_a_connection_is_closed_without_an_answer_or_in_its_middle(backend: Backend) -> None:
    backend.begin({"/drop": {"drop": True}, "/cut": {"cut": True, "text": "a body"}})
    with pytest.raises(http.client.RemoteDisconnected):
        asked(backend.addresses["origin"] + "/drop")
    with pytest.raises(http.client.IncompleteRead):
        asked(backend.addresses["origin"] + "/cut")


def test_an_answer_may_be_another_the_second_time(backend: Backend) -> None:
    backend.begin({"/x": {"text": "first", "then": {"text": "second"}}})
    url = backend.addresses["origin"] + "/x"
    assert [asked(url).body for _ in range(3)] == [b"first", b"second", b"second"]


def test_headers_name_the_servers(backend: Backend) -> None:
    backend.begin({"/x": {"status": 302, "headers": {"Location": "$api/y"}}})
    assert asked(backend.addresses["origin"] + "/x").headers["location"] == backend.addresses["api"] + "/y"


def test_sockets_echo_greet_close_and_refuse(backend: Backend) -> None:
    url = backend.addresses["socket"]
    with connect(f"{url}/echo", subprotocols=["chat"]) as echo:  # type: ignore[list-item]
        echo.send("a")
        assert (echo.recv(20), echo.subprotocol) == ("a", "chat")
    with connect(f"{url}/greets") as greeting:
        assert greeting.recv(20) == "hello"
    with connect(f"{url}/echo?code=4001&reason=bye") as closing:
        closing.send("close")
        with pytest.raises(ConnectionClosed):
            closing.recv(20)
        assert (closing.close_code, closing.close_reason) == (4001, "bye")
    with pytest.raises(InvalidStatus):
        connect(f"{url}/refuses")
