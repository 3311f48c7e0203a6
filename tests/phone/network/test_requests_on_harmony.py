"""Requests on HarmonyOS and its hybrid: plugin-platform-harmony-ets 4.2.0, plugin-platform-harmony-hybrid 4.1.11."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from natively import PATIENCE, call
from servers import Answer, Received, WebServer

import taropy


def saying(body: Any, **told: Any) -> WebServer:
    return WebServer(lambda received: Answer(body, **told))


@pytest.mark.parametrize("method", ["GET", "DELETE", "OPTIONS"])
def test_data_are_in_the_query(method: str) -> None:
    with taropy.create("harmony") as t, saying({}) as server:
        t.request(url=server.url("/?z=1"), method=method, data={"a": 1}).result()
        assert (server.last.target, server.last.body) == ("/?z=1&a=1", b"")


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_data_are_in_the_body(method: str) -> None:
    with taropy.create("harmony") as t, saying({}) as server:
        t.request(url=server.url(), method=method, data={"a": 1}).result()
        assert (server.last.body, server.last.headers["content-type"]) == (b'{"a":1}', "application/json")


def test_there_are_neither_cookies_nor_a_profile() -> None:
    with taropy.create("harmony") as t, saying({"a": 1}, headers=[("Set-Cookie", "a=1")]) as server:
        reply = call(t.phone.native("harmony", "harmony"), "request", url=server.url())
        assert reply.keys() == {"errMsg", "data", "statusCode", "header"}


def test_taros_code_lets_no_patch_through() -> None:
    with taropy.create("harmony") as t, pytest.raises(taropy.TaroError, match="the method value should be one of"):
        t.request(url="http://127.0.0.1/", method="PATCH").result()


def test_a_failure_has_the_number_and_the_words_of_harmony() -> None:
    with taropy.create("harmony") as t:
        t.phone.network.type = "none"
        with pytest.raises(taropy.TaroError) as caught:
            t.request(url="http://127.0.0.1/").result()
        assert (caught.value.errMsg, caught.value.errCode) == (
            "request:fail Failed to resolve the host name.", 2300006,
        )  # fmt: skip


@pytest.mark.parametrize(("kind", "metered"), [("wifi", False), ("4g", True), ("none", False)])
def test_harmony_says_whether_the_network_costs(kind: str, metered: bool) -> None:
    with taropy.create("harmony") as t:
        t.phone.network.type = kind
        assert t.getNetworkType().result() == {
            "errMsg": "getNetworkType:ok", "networkType": kind, "metered": metered,
        }  # fmt: skip


def test_a_download_of_the_hybrids_page_sees_no_cookies() -> None:
    with taropy.create("harmony-hybrid") as t, saying("a", headers=[("X-Mixed", "A"), ("Set-Cookie", "a=1")]) as server:
        reply = t.downloadFile(url=server.url()).result()
    assert (reply.cookies, reply.header["x-mixed"], "set-cookie" in reply.header) == ([], "A", False)
    assert "profile" not in reply


def test_a_download_tells_harmonys_fields_and_nothing_of_the_answer() -> None:
    with taropy.create("harmony") as t, saying("text", headers=[("Set-Cookie", "a=1")]) as server:
        told = call(t.phone.native("harmony", "harmony"), "downloadFile", url=server.url())
        assert told.keys() == {"errMsg", "filePath", "downloadTotalBytes"}
        assert (t.phone.files.local(t.native._app, told["filePath"]).read_bytes(), told["downloadTotalBytes"]) == (
            b"text", 4,
        )  # fmt: skip
        reply = t.downloadFile(url=server.url()).result()
        assert (reply.statusCode, reply.dataLength) == (200, 4)
        where = "/data/data/app/files/a.txt"
        assert t.downloadFile(url=server.url(), filePath=where).result().tempFilePath == where


@pytest.mark.parametrize("status", [404, 500, 304])
def test_a_download_whose_answer_is_not_good_fails_and_leaves_no_file(status: int) -> None:
    where = "/data/data/app/files/a.txt"
    with taropy.create("harmony") as t, saying("gone", status=status) as server:
        failure = call(t.phone.native("harmony", "harmony"), "downloadFile", url=server.url(), filePath=where)
        assert failure == {"errMsg": f"downloadFile:fail statusCode {status}"}
        assert t.getSavedFileList().result().fileList == []


@pytest.mark.anyio
async def test_an_upload_succeeds_when_it_has_begun_with_the_task_and_tells_parts_of_one(tmp_path: Path) -> None:
    release, heard, whole = threading.Event(), list[Any](), asyncio.Event()
    (tmp_path / "a.txt").write_bytes(b"x" * 3_000)

    def respond(received: Received) -> Answer:
        release.wait(PATIENCE)
        return Answer("got it", status=500)

    with WebServer(respond) as server:
        async with taropy.create("harmony") as t:
            path = t.phone.files.import_file(t.native._app, tmp_path / "a.txt")
            begun, completed = asyncio.get_running_loop().create_future(), asyncio.get_running_loop().create_future()
            task = t.native.uploadFile({
                "url": server.url(), "filePath": path, "name": "f",
                "success": begun.set_result, "complete": completed.set_result,
            })  # fmt: skip

            def hear(told: Any) -> None:
                heard.append(told)
                whole.set() if told["progress"] == 1 else None

            task.onProgressUpdate(hear)
            assert await begun is await completed is task
            reply = await t.uploadFile(url=server.url(), filePath=path, name="f")
            assert reply == {"errMsg": "uploadFile:ok"}
            await asyncio.wait_for(whole.wait(), PATIENCE)
            release.set()
    assert all(0 <= told["progress"] <= 1 and told["progress"] == round(told["progress"], 6) for told in heard)
    assert heard[-1]["totalBytesSent"] == heard[-1]["totalBytesExpectedToSend"] > 3_000


def test_an_upload_of_a_file_that_is_not_there_never_begins() -> None:
    with taropy.create("harmony") as t, saying("got it") as server:
        options = {"url": server.url(), "filePath": "/data/data/app/temp/gone.png", "name": "f"}
        assert call(t.native, "uploadFile", **options)["errMsg"] == "uploadFile:fail file not found"


def test_a_change_of_the_network_tells_whether_it_costs() -> None:
    heard: list[Any] = []
    with taropy.create("harmony") as t:
        t.native.onNetworkStatusChange(heard.append)
        for type in ("4g", "none", "wifi"):
            t.phone.network.type = type
    assert [(told["networkType"], told["metered"]) for told in heard] == [
        ("4g", True),
        ("none", False),
        ("wifi", False),
    ]
