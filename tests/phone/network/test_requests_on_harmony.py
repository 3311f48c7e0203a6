"""Requests on HarmonyOS and its hybrid: plugin-platform-harmony-ets 4.2.0, plugin-platform-harmony-hybrid 4.1.11."""

from __future__ import annotations

from typing import Any

import pytest
from natively import call
from servers import Answer, WebServer

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
