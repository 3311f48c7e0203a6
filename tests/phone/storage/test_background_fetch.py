"""Data that are fetched for an app before its program runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from diaries import LIST, Diary
from natively import PATIENCE, call
from servers import Answer, Received, WebServer
from supporting import failure, supporting

import taropy
from taropy.phone import Phone
from taropy.phone.storage.background_fetch import LARGEST

# --- the token -----------------------------------------------------------------------------------------------------


@supporting("setBackgroundFetchToken", "getBackgroundFetchToken")
def test_a_token_is_kept(t: Any) -> None:
    assert failure(t.getBackgroundFetchToken()) == "getBackgroundFetchToken:fail token not found"
    t.setBackgroundFetchToken(token="mine").result()
    assert t.getBackgroundFetchToken().result().token == "mine"


def test_a_token_outlives_the_phone_and_is_the_apps_own(tmp_path: Path) -> None:
    with taropy.create("weapp", folder=tmp_path) as t:
        t.setBackgroundFetchToken(token="mine").result()
    with taropy.create("weapp", folder=tmp_path) as t:
        assert t.getBackgroundFetchToken().result().token == "mine"
        assert failure(taropy.create("qq", phone=t.phone).getBackgroundFetchToken()).endswith("token not found")


def test_a_token_is_text() -> None:
    answer = call(Phone().native("weapp"), "setBackgroundFetchToken", token=5)
    assert answer["errMsg"] == (
        "setBackgroundFetchToken:fail parameter error: parameter.token should be String instead of Number"
    )


# --- the data ------------------------------------------------------------------------------------------------------


@supporting("getBackgroundFetchData", "onBackgroundFetchData")
def test_a_test_may_put_data_there(t: Any) -> None:
    heard: list[Any] = []
    t.onBackgroundFetchData(heard.append)
    app = t.phone.app(t.platform.name, t.platform.native_name)
    assert failure(t.getBackgroundFetchData(fetchType="pre")) == "getBackgroundFetchData:fail:record is null"
    t.phone.clock.stop()
    t.phone.background_fetch.put('{"a": 1}', "pre", app)
    data = t.getBackgroundFetchData(fetchType="pre").result()
    assert (data.fetchedData, data.timeStamp) == ('{"a": 1}', int(t.phone.clock.now() * 1000))
    assert (data.path, data.query, data.scene) == ("pages/index/index", "", 1001)
    assert [(event.fetchType, event.fetchedData) for event in heard] == [("pre", '{"a": 1}')]
    assert failure(t.getBackgroundFetchData(fetchType="periodic")).endswith(":record is null")


def test_alipay_gives_an_object_and_spells_the_time_its_way() -> None:
    with taropy.create("alipay") as t:
        t.phone.background_fetch.put('{"a": {"b": 1}}', "pre", t.phone.app("alipay", "my"))
        data = t.getBackgroundFetchData(fetchType="pre").result()
        assert data.fetchedData.a.b == 1
        assert data.timestamp > 0


def test_a_launch_fetches_from_the_address_that_is_set() -> None:
    async def main() -> Received:
        with WebServer(lambda received: Answer("the data")) as server:
            async with taropy.create("weapp") as t:
                t.phone.background_fetch.url = server.url("/pre?v=1")
                await t.setBackgroundFetchToken(token="mine")
                came: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
                t.onBackgroundFetchData(came.set_result)
                await Diary().app.launch(t, path=LIST, query={"id": "7"}, scene=1011)
                event = await asyncio.wait_for(came, PATIENCE)
                assert (event.fetchType, event.fetchedData, event.path) == ("pre", "the data", LIST)
                assert (await t.getBackgroundFetchData(fetchType="pre")).query == "id=7"
                return server.received[0]

    asked = asyncio.run(main()).query
    assert asked.pop("timestamp").isdigit()
    assert asked == {
        "v": "1", "appid": Phone().app("weapp").appid, "token": "mine", "path": LIST, "query": "id=7", "scene": "1011",
    }  # fmt: skip


def test_without_a_token_the_server_gets_a_login_code(weapp: Any) -> None:
    phone = weapp.phone
    with WebServer(lambda received: Answer("x")) as server:
        phone.background_fetch.url = server.url()
        phone.background_fetch.periodic_url = server.url()
        assert asyncio.run(phone.background_fetch.fetch("pre", phone.app("weapp")))
        assert asyncio.run(phone.background_fetch.fetch("periodic", phone.app("weapp")))
        pre, periodic = server.received
    app = phone.open_platform.app(phone.app("weapp").appid, "weapp")
    assert phone.open_platform.exchange(app, pre.query["code"]).user_id == phone.account.user.id
    assert sorted(periodic.query) == ["appid", "timestamp"]


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (Answer("x" * LARGEST), True),
        (Answer("x" * (LARGEST + 1)), False),
        (Answer("gone", 404), False),
        (Answer('{"json": true}'), True),
    ],
)
def test_a_quarter_of_a_megabyte_of_text_is_kept_if_all_is_well(weapp: Any, answer: Answer, kept: bool) -> None:
    fetching, app = weapp.phone.background_fetch, weapp.phone.app("weapp")
    fetching.put("old", "periodic", app)
    with WebServer(lambda received: answer) as server:
        fetching.periodic_url = server.url()
        assert asyncio.run(fetching.fetch("periodic", app)) is kept
    data = weapp.getBackgroundFetchData(fetchType="periodic").result().fetchedData
    assert data == (answer.body if kept else "old")


def test_without_a_network_nothing_comes(weapp: Any) -> None:
    fetching = weapp.phone.background_fetch
    fetching.url = "http://127.0.0.1:1/"
    weapp.phone.network.type = "none"
    assert not asyncio.run(fetching.fetch("pre", weapp.phone.app("weapp")))


def test_what_cannot_be_fetched_is_told_to_the_test(weapp: Any) -> None:
    fetching = weapp.phone.background_fetch
    with pytest.raises(ValueError, match="there are pre, periodic"):
        asyncio.run(fetching.fetch("often"))
    with pytest.raises(LookupError, match="no address is set"):
        asyncio.run(fetching.fetch("pre"))


def test_the_callback_may_be_given_as_success(weapp: Any) -> None:
    heard: list[Any] = []
    native = weapp.phone.native("weapp")
    native.onBackgroundFetchData({"success": heard.append})
    weapp.phone.background_fetch.put("x", "pre", weapp.phone.app("weapp"))
    assert [event["fetchedData"] for event in heard] == ["x"]


def test_what_was_fetched_is_kept_with_the_phone_and_restored(tmp_path: Path) -> None:
    with taropy.create("weapp", folder=tmp_path) as t:
        t.phone.background_fetch.put("old", "pre", t.phone.app("weapp"))
        taken = t.phone.snapshot()
        t.phone.background_fetch.put("new", "pre", t.phone.app("weapp"))
        t.phone.restore(taken)
    with taropy.create("weapp", folder=tmp_path) as t:
        assert t.getBackgroundFetchData(fetchType="pre").result().fetchedData == "old"
