"""What goes out and comes back on React Native: taro-rn 4.2.0 over the `fetch` of React Native, whatwg-fetch 3.6.20."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from natively import call
from servers import Answer, Received, WebServer
from supporting import failure
from transfers import form_of

import taropy

FORM = {"content-type": "application/x-www-form-urlencoded"}
TEXT = "text/plain;charset=UTF-8"


@pytest.fixture
def t() -> Iterator[Any]:
    with taropy.create("rn") as t:
        yield t


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer(lambda received: Answer({"ok": True})) as server:
        yield server


def saying(body: Any, **told: Any) -> WebServer:
    return WebServer(lambda received: Answer(body, **told))


@pytest.mark.parametrize(
    ("data", "target"),
    [
        ({"a": 1, "b": "ä"}, "/?a=1&b=%C3%A4"),
        ({"list": [1, 2]}, "/?list=1%2C2"),
        ({"x": {"y": 1}}, "/?x=%5Bobject%20Object%5D"),
        ("q=1", "/?q=1"),
    ],
)
def test_what_a_get_asks_for(t: Any, server: WebServer, data: Any, target: str) -> None:
    t.request(url=server.url(), data=data).result()
    assert server.last.target == target


def test_a_get_has_no_type_and_its_data_follow_a_query_that_is_there(t: Any, server: WebServer) -> None:
    t.request(url=server.url("/?z=1"), data={"a": 1}).result()
    assert server.last.target == "/?z=1&a=1"
    assert "content-type" not in server.last.headers


@pytest.mark.parametrize(
    ("options", "body", "kind"),
    [
        ({"data": {"a": [1, None]}}, b'{"a":[1,null]}', TEXT),
        ({"data": "plain"}, b"plain", TEXT),
        ({}, b"{}", TEXT),
        ({"data": {"a": 1}, "header": {"Content-Type": "application/json"}}, b'{"a":1}', "application/json"),
        ({"data": {"c": [1, 2], "d": {}}, "header": FORM}, b"c=1%2C2&d=%5Bobject%20Object%5D", FORM["content-type"]),
        ({"data": {"a": 1}, "header": {"content-type": "text/xml"}}, b"[object Object]", "text/xml"),
        ({"data": b"\x00\x01", "header": {"content-type": "image/png"}}, b"\x00\x01", "image/png"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_what_a_body_is(
    t: Any, server: WebServer, method: str, options: dict[str, Any], body: bytes, kind: str
) -> None:
    t.request(url=server.url(), method=method, **options).result()
    assert (server.last.body, server.last.headers["content-type"]) == (body, kind)


def test_a_head_sends_no_data(t: Any, server: WebServer) -> None:
    assert "JSON Parse error" in failure(t.request(url=server.url(), method="HEAD", data={"a": 1}))
    assert (server.last.target, server.last.body) == ("/", b"")


def test_headers_come_in_lower_case_and_nothing_is_told_beside_them(t: Any) -> None:
    with saying({"a": 1}, headers=[("X-Mixed", "A"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]) as server:
        reply = call(t.phone.native("rn", "rn"), "request", url=server.url())
    assert reply.keys() == {"data", "statusCode", "header"}
    assert (reply["header"]["x-mixed"], reply["header"]["set-cookie"]) == ("A", "a=1,b=2")


@pytest.mark.parametrize(("body", "status"), [("hello", 200), ("", 204), ("<html>", 500)])
def test_a_body_that_is_no_json_fails_with_its_status(t: Any, body: str, status: int) -> None:
    with saying(body, status=status) as server, pytest.raises(taropy.TaroError, match="JSON Parse error") as caught:
        t.request(url=server.url()).result()
    assert caught.value["statusCode"] == status


def test_the_text_and_the_bytes_are_had_by_another_data_type(t: Any) -> None:
    with saying("hello") as server:
        assert t.request(url=server.url(), dataType="text", responseType="text").result().data == "hello"
        assert t.request(url=server.url(), dataType="bytes", responseType="arraybuffer").result().data == b"hello"


@pytest.mark.parametrize("status", [201, 400, 401, 404, 500, 503])
def test_every_status_with_json_succeeds(t: Any, status: int) -> None:
    with saying({"a": 1}, status=status) as server:
        assert t.request(url=server.url()).result().statusCode == status


def test_the_device_keeps_cookies(t: Any) -> None:
    def respond(received: Received) -> Answer:
        return Answer({}, headers=[("Set-Cookie", "sid=7")])

    with WebServer(respond) as server:
        t.request(url=server.url()).result()
        t.request(url=server.url()).result()
        assert server.last.headers["cookie"] == "sid=7"
        t.request(url=server.url(), header={"Cookie": "mine=1"}).result()
        assert server.last.headers["cookie"] == "mine=1"


def test_a_network_that_fails_is_told_in_the_words_of_fetch(t: Any) -> None:
    t.phone.network.type = "none"
    with pytest.raises(taropy.TaroError) as caught:
        t.request(url="http://127.0.0.1/").result()
    assert caught.value.errMsg == "request:fail Network request failed"
    assert caught.value.errCode is None
    assert "errno" not in caught.value
    assert failure(t.request(url="/relative")) == "request:fail Network request failed"
    assert failure(t.downloadFile(url="http://127.0.0.1/")) == "downloadFile:fail download file fail"


def test_an_upload_is_a_file_called_file_and_has_two_seconds(t: Any, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"a picture")
    path = t.phone.files.import_file(t.phone.app("rn", "rn"), tmp_path / "a.png")
    with saying("thanks") as server:
        reply = t.uploadFile(url=server.url(), filePath=path, name="f", formData={"a": 1}).result()
        assert (reply.data, reply.statusCode) == ("thanks", 200)
        assert b'name="f"; filename="file"' in server.last.body
    t.phone.network.latency = 3
    with saying("late") as server:
        upload = t.uploadFile(url=server.url(), filePath=path, name="f", timeout=1)
        assert "网络请求超时" in failure(upload)


def test_a_download_tells_where_it_is_and_how_the_server_answered(t: Any) -> None:
    with saying("gone", status=404) as server:
        reply = call(t.phone.native("rn", "rn"), "downloadFile", url=server.url("/a.txt"))
    assert reply.keys() == {"tempFilePath", "statusCode"}
    assert reply["statusCode"] == 404


@pytest.mark.anyio
async def test_another_type_of_data_without_a_kind_of_response_gives_the_response_itself() -> None:
    with saying({"a": "ä"}, status=201, headers=[("X-A", "1")]) as server:
        async with taropy.create("rn") as t:
            reply = await t.request(url=server.url(), dataType="text")
            response = reply.data
            assert (response.status, response.ok, response.headers["x-a"], response.bodyUsed) == (201, True, "1", False)
            assert await response.json() == {"a": "ä"}
            assert response.bodyUsed
            with pytest.raises(TypeError, match="Already read"):
                await response.text()
            assert await (await t.request(url=server.url(), dataType="text")).data.text() == '{"a": "\\u00e4"}'
            reply = await t.request(url=server.url(), dataType="text", responseType="arraybuffer")
            assert reply.data == rb'{"a": "\u00e4"}'


@pytest.mark.anyio
async def test_a_response_that_is_no_json_says_so_when_it_is_read() -> None:
    with saying("oh", status=500) as server:
        async with taropy.create("rn") as t:
            response = (await t.request(url=server.url(), dataType="text")).data
            assert not response.ok
            with pytest.raises(ValueError, match="Expecting value"):
                await response.json()


def test_an_uploaded_file_has_no_type_of_its_own_and_there_is_no_task(t: Any, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"png")
    path = t.phone.files.import_file(t.phone.app("rn", "rn"), tmp_path / "a.png")
    with saying("got it") as server:
        t.uploadFile(url=server.url(), filePath=path, name="f").result()
        assert form_of(server.last)["f"].get_content_type() == "application/octet-stream"
        task = t.phone.native("rn", "rn").uploadFile
        assert uploaded(task, url=server.url(), filePath=path, name="f") is None
        with pytest.raises(taropy.NotSupported):
            t.uploadFile(url=server.url(), filePath=path, name="f").abort()


def uploaded(function: Any, **options: Any) -> Any:
    """What the function returns, once it has answered."""

    async def main() -> Any:
        answer = asyncio.get_running_loop().create_future()
        returned = function({**options, "complete": answer.set_result})
        await answer
        return returned

    return asyncio.run(main())
