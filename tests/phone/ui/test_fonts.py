"""Fonts that programs load from the net."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from servers import Answer, Received, WebServer, unused_port
from supporting import supporting

import taropy

WOFF = b"wOFF\0\1\0\0 a font"
WOFF2 = b"wOF2\0\1\0\0 a font"


def respond(request: Received) -> Answer:
    """A font, something that is none, and nothing."""
    if request.path == "/missing":
        return Answer(WOFF, status=404)
    return Answer({"/page": b"<html>", "/woff2": WOFF2}.get(request.path, WOFF))


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    with WebServer(respond) as server:
        yield server


def refused(t: Any, source: str) -> Any:
    return t.loadFontFace(family="Tea", source=source).catch(lambda error: error).result()


@supporting("loadFontFace")
def test_a_font_is_loaded_from_the_net(t: Any, server: WebServer) -> None:
    source = f'url("{server.url("/font")}")'
    assert t.loadFontFace(family="Tea", source=source, desc={"style": "italic"}).result().status == "loaded"
    font = t.phone.screen.fonts["Tea"]
    assert (font.data, font.desc, font.everywhere) == (WOFF, {"style": "italic"}, False)


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_font_may_be_in_the_source_itself(weapp: Any, quote: str) -> None:
    data = base64.b64encode(WOFF2).decode()
    source = f"url({quote}data:font/woff2;base64,{data}{quote}) format('woff2')"
    weapp.loadFontFace({"family": "Tea", "source": source, "global": True}).result()
    assert (weapp.phone.screen.fonts["Tea"].data, weapp.phone.screen.fonts["Tea"].everywhere) == (WOFF2, True)


@pytest.mark.parametrize("path", ["/missing", "/page"])
def test_what_is_no_font_is_an_error(weapp: Any, server: WebServer, path: str) -> None:
    error = refused(weapp, f"url({server.url(path)})")
    assert (error.errMsg, error["status"]) == ("loadFontFace:fail A network error occurred.", "error")
    assert weapp.phone.screen.fonts == {}


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/font", "data:font/ttf;base64,***", "data:,x", "/font.ttf"])
def test_a_font_that_cannot_be_had_is_an_error(weapp: Any, url: str) -> None:
    error = refused(weapp, f"url({url.format(port=unused_port())})")
    assert error.errMsg == "loadFontFace:fail A network error occurred."


@pytest.mark.parametrize("source", ["https://example.com/a.ttf", "", "url()"])
def test_a_source_that_is_no_url_is_not_understood(weapp: Any, source: str) -> None:
    error = refused(weapp, source)
    expected = f"loadFontFace:fail The source provided ('{source}') could not be parsed as a value list."
    assert (error.errMsg, error["status"]) == (expected, "error")


def test_alipay_knows_no_woff2(server: WebServer) -> None:
    with taropy.create("alipay") as t:
        error = refused(t, f"url({server.url('/woff2')})")
    assert (error.errMsg, error["error"]) == ("loadFontFace:fail A network error occurred.", 10)


def test_a_snapshot_knows_which_fonts_there_were(weapp: Any, server: WebServer) -> None:
    before = weapp.phone.snapshot()
    weapp.loadFontFace(family="Tea", source=f"url({server.url('/font')})").result()
    after = weapp.phone.snapshot()
    weapp.phone.restore(before)
    assert weapp.phone.screen.fonts == {}
    weapp.phone.restore(after)
    assert weapp.phone.screen.fonts["Tea"].data == WOFF


def test_two_apps_have_their_own_fonts(server: WebServer) -> None:
    phone = taropy.Phone()
    with taropy.create("weapp", phone=phone) as weapp, taropy.create("swan", phone=phone) as swan:
        weapp.loadFontFace(family="Tea", source=f"url({server.url('/font')})").result()
        fonts = [list(phone.fonts.of(app)) for app in phone.apps]
    assert fonts == [["Tea"], []]
    assert swan.phone is phone
