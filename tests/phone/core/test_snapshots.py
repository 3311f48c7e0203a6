"""A phone that is put back to what it was, and the log of what was called on it."""

from __future__ import annotations

import asyncio
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy import Phone, TaroError
from taropy.phone.media.library import SAMPLES
from taropy.phone.rooms import Rooms


@pytest.fixture(params=["in memory", "in a folder"])
def phone(request: pytest.FixtureRequest, tmp_path: Path) -> Phone:
    return Phone(tmp_path if request.param == "in a folder" else None, log=True)


@pytest.fixture
def taro(phone: Phone) -> Any:
    return taropy.create("weapp", phone=phone)


def test_what_a_program_stored_since_is_gone(phone: Phone, taro: Any) -> None:
    taro.setStorageSync("before", {"n": 1})
    taken = phone.snapshot()
    taro.setStorageSync("before", {"n": 2})
    taro.setStorageSync("since", 1)
    phone.restore(taken)
    assert (taro.getStorageSync("before"), taro.getStorageSync("since")) == ({"n": 1}, "")


def test_files_are_as_they_were(phone: Phone, taro: Any) -> None:
    files, folder = taro.getFileSystemManager(), taro.env.USER_DATA_PATH
    files.writeFileSync(f"{folder}/kept.txt", "before")
    taken = phone.snapshot()
    files.writeFileSync(f"{folder}/kept.txt", "after")
    files.writeFileSync(f"{folder}/new.txt", "new")
    phone.restore(taken)
    assert files.readFileSync(f"{folder}/kept.txt", "utf8") == "before"
    with pytest.raises(TaroError, match="no such file or directory"):
        files.readFileSync(f"{folder}/new.txt")


def test_permissions_settings_user_and_clock_are_as_they_were(phone: Phone) -> None:
    phone.clock.stop()
    phone.permissions.deny("scope.camera")
    now, taken = phone.clock.now(), phone.snapshot()
    phone.permissions.grant("scope.camera")
    phone.system.theme = "dark"
    phone.account.switch_user("bob")
    phone.network.type = "none"
    phone.clock.advance(60)
    phone.restore(taken)
    app = phone.app("weapp")
    assert phone.permissions.asked(app) == {"scope.camera": False}
    assert (phone.system.theme, phone.network.type, phone.clock.now()) == ("light", "wifi", now)
    assert phone.account.user.id != "bob"


def test_every_room_of_the_phone_is_as_it_was(phone: Phone) -> None:
    rooms = [name for name, room in vars(Rooms).items() if isinstance(room, cached_property)]
    assert {*phone.snapshot().rooms, "open_platform"} == set(rooms)


def test_the_camera_sees_what_it_saw(phone: Phone) -> None:
    taken = phone.snapshot()
    phone.camera.show(SAMPLES["image"])
    phone.restore(taken)
    assert phone.camera.seen is None


def test_what_was_scripted_for_the_person_is_scripted_again(phone: Phone, taro: Any) -> None:
    phone.screen.answer_modal(confirm=False)
    taken = phone.snapshot()
    for _ in range(2):
        assert taro.showModal(title="Sure?").result().cancel
        phone.restore(taken)


def test_faults_that_were_on_order_are_again_and_no_others(phone: Phone, taro: Any) -> None:
    phone.faults.fail("login", "down", times=2)
    taken = phone.snapshot()
    for _ in range(2):
        phone.faults.fail("checkSession", "down")
        for _ in range(2):
            with pytest.raises(TaroError, match="login:fail down"):
                taro.login().result()
        assert taro.login().result().code
        phone.restore(taken)
        assert phone.faults.unmet == ["login"]


def test_a_snapshot_can_be_used_again_and_again(phone: Phone, taro: Any) -> None:
    taken = phone.snapshot()
    for number in range(3):
        taro.setStorageSync("number", number)
        phone.restore(taken)
        assert taro.getStorageSync("number") == ""


def test_what_was_restored_is_what_a_phone_over_the_same_folder_finds(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        taken = phone.snapshot()
        taropy.create("weapp", phone=phone).setStorageSync("since", 1)
        phone.permissions.deny("scope.camera")
        phone.restore(taken)
    with Phone(tmp_path) as again:
        assert taropy.create("weapp", phone=again).getStorageSync("since") == ""
        assert again.permissions.asked(again.app("weapp")) == {}


# --- the log ----------------------------------------------------------------------------------------------------


def test_the_log_has_every_call_with_its_options_its_end_and_its_time(phone: Phone, taro: Any) -> None:
    phone.clock.stop()
    taro.setStorageSync("a", 1)
    with pytest.raises(TaroError):
        taro.getStorage(key="b").result()
    done, failed = phone.log
    assert (done.api, done.options, done.outcome, done.started) == (
        "setStorageSync", {"key": "a", "data": 1}, "ok", phone.clock.now(),
    )  # fmt: skip
    assert (failed.outcome, failed.error.errMsg) == ("error", "getStorage:fail data not found")
    assert failed.duration >= 0


def test_calls_are_found_by_name_and_printed_one_per_line(phone: Phone, taro: Any) -> None:
    taro.getFileSystemManager().accessSync(taro.env.USER_DATA_PATH)
    taro.setStorageSync("a", "x" * 1000)
    assert phone.log.names == ["getFileSystemManager", "FileSystemManager.accessSync", "setStorageSync"]
    assert len(phone.log.of("setStorageSync")) == 1
    lines = str(phone.log).splitlines()
    assert len(lines) == 3
    assert max(map(len, lines)) < 240
    phone.log.clear()
    assert len(phone.log) == 0


def test_a_printed_log_says_of_each_call_what_it_was_given_and_how_it_ended(phone: Phone, taro: Any) -> None:
    phone.faults.hang("setStorage")

    async def main() -> None:
        taro.setStorage(key="hangs", data={"n": 1})
        taro.onMemoryWarning(print)
        manager = taro.getFileSystemManager()
        await manager.writeFile(filePath=f"{taro.env.USER_DATA_PATH}/a", data="x" * 1000, encoding="utf8")
        taro.getStorageSync("none")
        await taro.getClipboardData(success=lambda _: taro.removeStorageSync("b"))
        with pytest.raises(TaroError):
            await taro.login("wrong")
        printed = [line.partition(" ms  ")[2] for line in str(phone.log).splitlines()]
        assert printed == [
            "setStorage(key='hangs', data={'n': 1}) -> pending",
            "onMemoryWarning() -> None",
            "getFileSystemManager() -> <FileSystemManager on weapp>",
            f"FileSystemManager.writeFile(filePath='wxfile://usr/a', data='{'x' * 27}...{'x' * 28}', encoding='utf8')"
            " -> CallbackResult(errMsg='writeFile:ok')",
            "getStorageSync(key='none') -> ''",
            "getClipboardData() -> GetClipboardDataPromised(errMsg='getClipboardData:ok', data='')",
            "removeStorageSync(key='b') -> None",
            "login(option='wrong') -> login:fail parameter error: parameter should be Object instead of String",
        ]

    asyncio.run(main())


def test_programs_on_several_platforms_share_the_phones_log(phone: Phone) -> None:
    for platform in ("weapp", "alipay"):
        taropy.create(platform, phone=phone).login().result()
    assert phone.log.names == ["login", "login"]


def test_an_observer_hears_of_the_calls_beside_the_log(phone: Phone) -> None:
    seen: list[Any] = []
    taropy.create("weapp", phone=phone, observe=seen.append).login().result()
    assert [call.api for call in seen] == ["login", "login"]
    assert phone.log.names == ["login"]


def test_a_phone_without_a_log_says_how_to_get_one() -> None:
    with pytest.raises(AttributeError, match=r"Phone\(log=True\)"):
        Phone().log  # noqa: B018
