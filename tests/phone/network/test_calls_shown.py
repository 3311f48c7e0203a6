"""What a test reads of requests: bodies as they are meant, in `phone.network.calls` and in checks that fail."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from transfers import put

import taropy
from taropy.phone import Request, Response
from taropy.testing import expect_unhandled

API = "https://api.example.com"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(1_226)


@pytest.fixture
def taro() -> Iterator[Any]:
    with taropy.create("weapp") as taro:
        taro.phone.network.unrouted = "fail"
        yield taro


def shown(taro: Any) -> str:
    """The last request, as a failed check has it."""
    with pytest.raises(AssertionError) as caught:
        taro.phone.network.route(f"{API}/never").assert_called()
    line = str(caught.value).splitlines()[-1].strip()
    assert repr(taro.phone.network.calls[-1]) == f"<Call {line}>"
    return line


def test_a_form_with_a_file_is_shown_by_its_fields(taro: Any, tmp_path: Path) -> None:
    taro.phone.network.route("POST", f"{API}/avatar", json={})
    path = put(taro.phone, tmp_path / "me.png", PICTURE)
    given = {"url": f"{API}/avatar", "filePath": path, "name": "picture", "fileName": "李.png"}
    taro.uploadFile(**given, formData={"user": "李", "password": "p-1"}).result(20)
    assert shown(taro) == (
        f"POST {API}/avatar form(user='李', password=***, picture=<file '李.png', image/png, 1,234 bytes>) "
        f"-> 200 (by POST {API}/avatar)"
    )


BODIES: dict[str, tuple[Any, dict[str, str], str]] = {
    "bytes": (PICTURE, {"content-type": "image/png"}, "<1,234 bytes of image/png>"),
    "bytes of no kind": (b"\x00", {"content-type": "application/octet-stream"}, "<1 byte of application/octet-stream>"),
    "bytes that call themselves text": (b"\xff\xfe\x00", {"content-type": "text/plain"}, "<3 bytes of text/plain>"),
    "what is packed": (b"ab", {"content-type": "text/a", "content-encoding": "gzip"}, "<2 bytes of text/a>"),
    "no form though it says so": (
        b"no form", {"content-type": "multipart/form-data; boundary=B"}, "<7 bytes of multipart/form-data>",
    ),
    "a form without a boundary": (
        b"no form", {"content-type": "multipart/form-data"}, "<7 bytes of multipart/form-data>",
    ),
    "a form in a form": (
        b'--B\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n'
        b"--C\r\n\r\nx\r\n--C--\r\n--B--\r\n",
        {"content-type": "multipart/form-data; boundary=B"},
        "form(a='",
    ),
    "text": ("two\nlines", {"content-type": "text/plain"}, "two\nlines"),
    "JSON": ({"name": "李", "token": "t-1"}, {"content-type": "application/json"}, '{"name":"李","token":***}'),
    "a form of text": ({"a": "1"}, {"content-type": "application/x-www-form-urlencoded"}, "a=1"),
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_other_bodies_are_shown_as_text_or_by_their_size(taro: Any, body: str) -> None:
    data, header, wanted = BODIES[body]
    taro.phone.network.route("POST", f"{API}/body", json={})
    taro.request(url=f"{API}/body", method="POST", data=data, header=header).result(20)
    assert str(taro.phone.network.calls[-1]).startswith(f"POST {API}/body {wanted}")


def test_a_long_form_is_cut(taro: Any, tmp_path: Path) -> None:
    taro.phone.network.route("POST", f"{API}/avatar", json={})
    path = put(taro.phone, tmp_path / "me.png", PICTURE)
    taro.uploadFile(url=f"{API}/avatar", filePath=path, name="f", formData={"text": "a" * 1000}).result(20)
    assert "a…" in shown(taro)
    assert len(shown(taro)) < 400


def test_a_response_of_bytes_is_shown_by_its_size_too() -> None:
    assert repr(Response(PICTURE, headers={"Content-Type": "image/png"})) == "<Response 200 <1,234 bytes of image/png>>"
    assert repr(Response(text="a\nb")) == r"<Response 200 'a\nb'>"


@pytest.mark.anyio
async def test_so_are_messages_of_sockets() -> None:
    async with taropy.create("weapp") as taro:
        route = taro.phone.sockets.route("wss://chat.example.com/", messages=[PICTURE])
        task = await taro.connectSocket(url="wss://chat.example.com/")
        came = asyncio.get_running_loop().create_future()
        task.onMessage(came.set_result)
        await came
        assert " server: <1,234 bytes>" in str(route.calls[0])


# --- handlers that return what is no answer -------------------------------------------------------------------------


def forgets(request: Request) -> None:
    {"stored": True}  # noqa: B018 - the return that is missing


async def forgets_async(request: Request) -> None: ...


class Handler:
    def __call__(self, request: Request) -> None: ...

    def method(self, request: Request) -> None: ...


HANDLERS: dict[str, tuple[Any, str, int]] = {
    "a function": (forgets, "forgets", forgets.__code__.co_firstlineno),
    "an async function": (forgets_async, "forgets_async", forgets_async.__code__.co_firstlineno),
    "a partial": (functools.partial(forgets), "forgets", forgets.__code__.co_firstlineno),
    "a method": (Handler().method, "Handler.method", Handler.method.__code__.co_firstlineno),
    "an object": (Handler(), "Handler", Handler.__call__.__code__.co_firstlineno),
}


@pytest.mark.parametrize(("handler", "name", "line"), HANDLERS.values(), ids=HANDLERS)
def test_a_handler_that_returns_nothing_is_named_with_its_line(taro: Any, handler: Any, name: str, line: int) -> None:
    taro.phone.network.route("POST", f"{API}/store", handler)
    with expect_unhandled(TypeError) as caught:
        assert taro.request(url=f"{API}/store", method="POST").result(20).statusCode == 500
    assert str(caught.error) == (
        f"{name} ({__file__}:{line}) returned None, as a function without a return does; it may return a Response, a "
        "dict or a list (JSON), a str, bytes, or request.continue_(), which leaves the request to the real server"
    )


def test_so_is_one_that_returns_something_else(taro: Any) -> None:
    taro.phone.network.route(f"{API}/store", lambda request: 5)
    with expect_unhandled(TypeError, match=r"^<lambda> \(.*test_calls_shown\.py:\d+\) returned 5; it may return"):
        taro.request(url=f"{API}/store").result(20)
