"""Values that are nested far deeper than any program means: they come back as they went, or the call says so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from servers import Answer, WebServer, unused_port
from supporting import failure

import taropy
from taropy import spec

#: Deeper than Python's own functions may call each other, and not so deep that JSON can't be read.
FAR = 900
#: Deeper than anything can be written or read.
ENDLESS = 100_000

REQUESTING = sorted(spec.supported_on("request"))
STORING = sorted(spec.supported_on("setStorageSync") & spec.supported_on("getStorageSync"))


def objects(depth: int) -> Any:
    value: Any = "innermost"
    for _ in range(depth):
        value = {"in": value}
    return value


def lists(depth: int) -> Any:
    value: Any = "innermost"
    for _ in range(depth):
        value = [value]
    return value


def innermost(value: Any) -> Any:
    while not isinstance(value, str):
        value = value[0] if isinstance(value, list) else value["in"]
    return value


@pytest.mark.parametrize("platform", STORING)
def test_what_was_stored_can_be_read_however_deep_it_is(platform: str) -> None:
    with taropy.create(platform) as t:
        for deep in (objects(FAR), lists(FAR)):
            t.setStorageSync("deep", deep)
            assert innermost(t.getStorageSync("deep")) == "innermost"


@pytest.mark.parametrize("platform", REQUESTING)
def test_json_that_comes_may_be_deep(platform: str) -> None:
    texts = [b'{"in":' * FAR + b'"innermost"' + b"}" * FAR, b"[" * FAR + b'"innermost"' + b"]" * FAR]
    bodies = iter(texts)
    with WebServer(lambda _: Answer(body=next(bodies))) as server, taropy.create(platform) as t:
        for _ in texts:
            assert innermost(t.request(url=server.url("/")).result().data) == "innermost"


def test_json_without_end_is_text() -> None:
    text = "[" * ENDLESS + "]" * ENDLESS
    with WebServer(lambda _: Answer(body=text.encode())) as server, taropy.create("weapp") as t:
        assert t.request(url=server.url("/")).result().data == text


@pytest.mark.parametrize("given", ["header", "query", "body"])
@pytest.mark.parametrize("platform", REQUESTING)
def test_what_can_not_be_written_is_not_sent(platform: str, given: str) -> None:
    options: dict[str, Any] = {
        "header": {"header": {"x": lists(ENDLESS)}},
        "query": {"data": {"x": objects(ENDLESS), "y": lists(ENDLESS)}},
        "body": {"data": objects(ENDLESS), "method": "POST"},
    }[given]
    with taropy.create(platform) as t:
        told = failure(t.request(url=f"http://127.0.0.1:{unused_port()}/", **options))
        assert "what is given goes too deep" in told


def test_what_contains_itself_still_does_when_it_comes_back() -> None:
    around: dict[str, Any] = {"list": [1]}
    around["list"].append(around)
    with taropy.create("weapp", native=SimpleNamespace(getStorageSync=lambda key: around)) as t:
        come = t.getStorageSync("around")
        assert come.list[1] is come
        assert type(around["list"]) is list
