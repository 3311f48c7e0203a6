"""Ways to one environment each, of this app or of another, and open data that functions get by their ids."""

from __future__ import annotations

import json
from typing import Any

import pytest
from supporting import failure

import taropy
from taropy import TaroError
from taropy.phone import Phone

pytestmark = pytest.mark.anyio


def who(event: Any, context: Any) -> Any:
    """A function that tells what it was told."""
    return {"event": event, "context": context.cloud.getWXContext()}


# --- instances ------------------------------------------------------------------------------------------------------


async def test_an_instance_asks_its_own_environment(weapp: Any) -> None:
    weapp.phone.cloud.function("who", who)
    weapp.cloud.init({"env": "one"})
    other = weapp.cloud.Cloud({"resourceEnv": "two"})
    await other.init()
    told = await other.callFunction(name="who", config={"env": "three"})
    assert told.result.context.ENV == "two"
    assert "FROM_APPID" not in told.result.context
    assert (await weapp.cloud.callFunction(name="who")).result.context.ENV == "one"


async def test_an_instance_has_files_and_a_database_as_well(weapp: Any) -> None:
    weapp.phone.cloud.collection("todos")
    other = weapp.cloud.Cloud({"resourceEnv": "two"})
    await other.init()
    await other.database().collection("todos").add(data={"_id": "a"})
    assert (await other.database().collection("todos").count()).total == 1
    weapp.getFileSystemManager().writeFileSync(f"{weapp.env.USER_DATA_PATH}/a.txt", "tea")
    put = await other.uploadFile(cloudPath="a.txt", filePath=f"{weapp.env.USER_DATA_PATH}/a.txt")
    assert put.fileID.startswith("cloud://two.")


def test_an_instance_waits_for_its_init(weapp: Any) -> None:
    other = weapp.cloud.Cloud({"resourceEnv": "two"})
    weapp.cloud.init()
    assert "please call wx.cloud.init first" in failure(other.callFunction(name="who"))


@pytest.mark.parametrize("options", [{}, {"resourceEnv": 1}, {"resourceEnv": "a", "resourceAppid": 5}])
def test_an_instance_needs_an_environment(weapp: Any, options: dict[str, Any]) -> None:
    with pytest.raises(TaroError, match=r"Cloud:fail parameter error: parameter\.resource(Env|Appid) should be"):
        weapp.cloud.Cloud(options)


async def test_another_apps_environment_lets_in_whom_its_function_lets_in(weapp: Any) -> None:
    asked: list[Any] = []

    def auth(event: Any, context: Any) -> Any:
        asked.append(context.cloud.getWXContext().FROM_APPID)
        return {"errCode": 0, "errMsg": "", "auth": json.dumps({})}

    weapp.phone.cloud.function("cloudbase_auth", auth)
    weapp.phone.cloud.function("who", who)
    other = weapp.cloud.Cloud({"resourceAppid": "wx0000000000000001", "resourceEnv": "theirs"})
    await other.init()
    await other.init()
    own = weapp.phone.app("weapp").appid
    assert asked == [own]
    context = (await other.callFunction(name="who")).result.context
    assert (own, "theirs") == (context.FROM_APPID, context.ENV)
    assert context.FROM_OPENID


def test_another_apps_environment_without_that_function_lets_nobody_in(weapp: Any) -> None:
    other = weapp.cloud.Cloud({"resourceAppid": "wx0000000000000001", "resourceEnv": "theirs"})
    assert "-501000" in failure(other.init())
    assert "FunctionName parameter could not be found" in failure(other.init())


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"errCode": 7, "errMsg": "not you"}, "errCode: -601017 access denied"),
        ({"errCode": 7, "errMsg": "not you"}, "not you"),
        ({}, "errCode: -601015"),
        ("yes", "errCode: -601015"),
    ],
)
def test_another_apps_function_can_refuse(weapp: Any, answer: Any, words: str) -> None:
    weapp.phone.cloud.function("cloudbase_auth", lambda: answer)
    other = weapp.cloud.Cloud({"resourceAppid": "wx0000000000000001", "resourceEnv": "theirs"})
    assert words in failure(other.init())
    assert "please call wx.cloud.init first" in failure(other.callFunction(name="who"))


async def test_what_an_instance_watches_ends_with_the_program(phone: Phone) -> None:
    phone.cloud.collection("todos", "READONLY")
    told: list[Any] = []
    with taropy.create("weapp", phone=phone) as t:
        other = t.cloud.Cloud({"resourceEnv": "two"})
        await other.init()
        other.database().collection("todos").watch(onChange=told.append, onError=print)
        await other.database().collection("todos").count()
    seen = len(told)
    phone.cloud.collection("todos", records=[{"_id": "a"}])
    assert len(told) == seen == 1


# --- open data ------------------------------------------------------------------------------------------------------


def test_a_function_gets_the_open_data_of_an_id(weapp: Any) -> None:
    weapp.phone.cloud.function("who", who)
    weapp.cloud.init()
    steps = {"stepInfoList": [{"timestamp": 1, "step": 900}]}
    id_ = weapp.phone.cloud.open_data(steps)
    data = {"run": weapp.cloud.CloudID(id_), "deep": {"run": weapp.cloud.CloudID(id_)}, "text": id_}
    event = weapp.cloud.callFunction(name="who", data=data).result().result.event
    assert event.run == {"cloudID": id_, "data": steps}
    assert event.deep.run == event.text == id_


def test_a_function_can_ask_for_open_data_itself(weapp: Any) -> None:
    async def steps(event: Any, context: Any) -> Any:
        return (await context.cloud.getOpenData(list=[event.id, "none"])).list

    weapp.phone.cloud.function("steps", steps)
    weapp.cloud.init()
    id_ = weapp.phone.cloud.open_data({"step": 900})
    known, unknown = weapp.cloud.callFunction(name="steps", data={"id": id_}).result().result
    assert known == {"cloudID": id_, "data": {"step": 900}}
    assert (unknown.cloudID, unknown.errCode) == ("none", -601005)


def test_an_id_is_good_for_five_minutes_and_for_its_user(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.cloud.function("who", who)
    weapp.cloud.init()
    id_ = weapp.phone.cloud.open_data({"step": 900})

    def told() -> Any:
        event = weapp.cloud.callFunction(name="who", data={"run": weapp.cloud.CloudID(id_)}).result().result.event
        return event.run.get("errMsg", event.run.get("data"))

    weapp.phone.clock.set(weapp.phone.clock.now() + 299)
    assert told() == {"step": 900}
    first = weapp.phone.account.user.id
    weapp.phone.account.switch_user("han-mei-mei")
    assert told() == "cloudID and calling user does not match"
    weapp.phone.account.switch_user(first)
    weapp.phone.clock.set(weapp.phone.clock.now() + 2)
    assert told() == "cloudID expired"


def test_a_call_has_five_ids_at_most(weapp: Any) -> None:
    weapp.phone.cloud.function("who", who)
    weapp.cloud.init()
    data = {str(n): weapp.cloud.CloudID("x") for n in range(6)}
    assert "at most 5 CloudIDs" in failure(weapp.cloud.callFunction(name="who", data=data))


@pytest.mark.parametrize("wrong", [None, 5, {}])
def test_an_id_is_a_text(weapp: Any, wrong: Any) -> None:
    with pytest.raises(TaroError, match=r"CloudID:fail parameter error: parameter.cloudID should be String"):
        weapp.cloud.CloudID(wrong)


def test_the_vendor_gives_an_id_with_what_it_encrypts_once_the_cloud_is_used(weapp: Any) -> None:
    weapp.phone.cloud.function("who", who)
    weapp.login().result()
    weapp.phone.account.group = "friends"
    assert "cloudID" not in weapp.getGroupEnterInfo().result()
    weapp.cloud.init()
    told = weapp.getGroupEnterInfo().result()
    data = {"group": weapp.cloud.CloudID(told.cloudID)}
    event = weapp.cloud.callFunction(name="who", data=data).result().result.event
    assert event.group.data.opengid
    assert event.group.data.watermark.appid == weapp.phone.app("weapp").appid
