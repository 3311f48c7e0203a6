"""The person's steps, as programs and their backends learn of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from backends import exchange
from supporting import failure, supporting
from wechatpy.crypto import WeChatWxaCrypto

import taropy
from taropy.phone import Phone

#: 2026-11-28 00:30 in China.
NIGHT = 1_795_797_000
RUNS = {"weapp": "getWeRunData", "qq": "getQQRunData"}


@pytest.fixture(params=RUNS)
def t(request: pytest.FixtureRequest) -> Any:
    with taropy.create(request.param) as runtime:
        runtime.phone.clock.set(NIGHT)
        runtime.phone.clock.stop()
        yield runtime


def sealed(t: Any) -> Any:
    """What the program is told."""
    told: list[Any] = []
    promise = getattr(t, RUNS[t.platform.name])({"success": told.append, "fail": told.append})
    if promise is None:
        taropy.run(taropy.settled)
    else:
        promise.catch(lambda error: None).result()
    return told[0]


def steps(t: Any) -> list[Any]:
    """What its backend reads of it with wechatpy, the newest day last."""
    code = t.login().result().code
    told = sealed(t)
    key = exchange(t.phone, code, t.platform.name).session_key
    appid = t.phone.app(t.platform.name).appid
    read = WeChatWxaCrypto(key, told["iv"], appid).decrypt_message(told["encryptedData"])
    return list(read["stepInfoList"])


def test_a_backend_reads_the_steps_of_the_last_days(t: Any) -> None:
    t.phone.steps.walk(1200)
    t.phone.steps.walk(34)
    t.phone.steps.set(date(2026, 11, 27), 9000)
    days = steps(t)
    assert len(days) == (31 if t.platform.name == "weapp" else 30)
    midnight = NIGHT - 30 * 60
    assert days[-1] == {"timestamp": midnight, "step": 1234}
    assert days[-2] == {"timestamp": midnight - 86_400, "step": 9000}
    assert days[0]["step"] == 0


def test_a_new_day_begins_at_midnight_in_china(t: Any) -> None:
    t.phone.steps.walk(1200)
    t.phone.clock.advance(24 * 3600)
    assert t.phone.steps.today == 0
    assert [day["step"] for day in steps(t)[-2:]] == [1200, 0]


def test_without_a_session_there_is_no_key_to_tell_it_with(t: Any) -> None:
    assert sealed(t)["errMsg"] == f"{RUNS[t.platform.name]}:fail session time out, need relogin"


def test_a_person_who_does_not_allow_it_is_told_as_ever(t: Any) -> None:
    t.login().result()
    t.phone.person.script("authorize", allow=False)
    assert sealed(t)["errMsg"] == f"{RUNS[t.platform.name]}:fail auth deny"


def test_steps_are_kept_in_the_phone_s_folder_and_in_its_snapshots(tmp_path: Path) -> None:
    with Phone(tmp_path / "mine") as phone:
        phone.clock.set(NIGHT)
        phone.steps.walk(7)
        taken = phone.snapshot()
        phone.steps.walk(7)
        phone.restore(taken)
        assert phone.steps.today == 7
    with Phone(tmp_path / "mine") as again:
        again.clock.set(NIGHT)
        assert again.steps.today == 7


@pytest.mark.parametrize("wrong", [-1, 1.5, True, "7"])
def test_there_are_0_or_more_steps(wrong: Any) -> None:
    with Phone() as phone, pytest.raises(ValueError, match="0 or more steps"):
        phone.steps.today = wrong


# --- workouts -------------------------------------------------------------------------------------------------------


@supporting("shareToWeRun")
def test_workouts_are_shared_if_the_person_lets_them_be(t: Any) -> None:
    record = {"typeId": 3001, "distance": 5000}
    t.shareToWeRun(recordList=[record]).result()
    [workout] = t.phone.steps.workouts
    assert (workout.kind, workout.measure, workout.amount) == (3001, "distance", 5000)
    t.phone.person.script("shareToWeRun", allow=False)
    assert failure(t.shareToWeRun(recordList=[record])) == "shareToWeRun:fail cancel"
    assert len(t.phone.steps.workouts) == 1


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([], "recordList should not be empty"),
        ([{"typeId": 2001}], "should have one of time, distance and calorie"),
        ([{"typeId": 2001, "time": 30, "calorie": 7}], "should have one of time, distance and calorie"),
        ([{"typeId": 2001, "time": 1441}], "recordList[0].time is invalid"),
        ([{"typeId": 2001, "time": 1.5}], "recordList[0].time is invalid"),
        ([{"typeId": 2001, "time": float("nan")}], "recordList[0].time is invalid"),
        ([{"typeId": 2001, "calorie": float("inf")}], "recordList[0].calorie is invalid"),
        ([{"typeId": 2001, "distance": 100}], "recordList[0].distance is invalid"),
        ([{"typeId": 3001, "distance": 100_001}], "recordList[0].distance is invalid"),
        ([{"typeId": 3001, "time": 30}, {"time": 30}], "recordList[1].typeId should be Number"),
    ],
)
def test_workouts_that_wechat_does_not_take(weapp: Any, records: list[Any], told: str) -> None:
    error = weapp.shareToWeRun(recordList=records).catch(lambda error: error.errMsg).result()
    assert told in error
    assert weapp.phone.steps.workouts == []
