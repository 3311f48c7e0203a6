"""Faults that a test orders: what programs meet in place of the phone's work."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
import re
from typing import Any

import pytest
from supporting import failure

import taropy
import taropy.phone
from taropy import Phone, TaroError, spec
from taropy.phone.core.room import Manager
from taropy.phone.core.surface import MANAGERS


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def taro(phone: Phone) -> Any:
    return taropy.create("weapp", phone=phone)


@pytest.mark.parametrize("platform", ["weapp", "alipay", "swan", "tt"])
def test_the_next_call_fails_with_the_ordered_words(phone: Phone, platform: str) -> None:
    taro: Any = taropy.create(platform, phone=phone)
    phone.faults.fail("login", "system error", errCode=-1)
    with pytest.raises(TaroError) as caught:
        taro.login().result()
    assert (caught.value.errMsg, caught.value.errCode) == ("login:fail system error", -1)
    assert taro.login().result().code


def test_faults_are_met_in_the_order_in_which_they_were_given(phone: Phone, taro: Any) -> None:
    phone.faults.fail("login", "first", times=2)
    phone.faults.fail("login", "second")
    assert [failure(taro.login()) for _ in range(3)] == ["login:fail first", "login:fail first", "login:fail second"]
    assert taro.login().result().code


def test_all_calls_fail_until_the_fault_is_taken_off(phone: Phone, taro: Any) -> None:
    phone.faults.fail("login", "down", times=None)
    assert {failure(taro.login()) for _ in range(5)} == {"login:fail down"}
    phone.faults.clear("login")
    assert taro.login().result().code


def test_a_function_that_returns_its_value_throws(phone: Phone, taro: Any) -> None:
    phone.faults.fail("setStorageSync", "disk is full")
    with pytest.raises(TaroError, match="setStorageSync:fail disk is full"):
        taro.setStorageSync("a", 1)
    assert taro.getStorageSync("a") == ""


def test_an_ordered_answer_takes_the_place_of_the_work(phone: Phone, taro: Any) -> None:
    phone.faults.answer("scanCode", result="4711", scanType="QR_CODE")
    phone.faults.answer("getStorageSync", "ordered")
    assert taro.scanCode().result().result == "4711"
    assert [taro.getStorageSync("a"), taro.getStorageSync("a")] == ["ordered", ""]


# What a test may say of an answer, with which options the program calls, and what it then reads.
ANSWERS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("chooseImage", {"count": 1}, {"tempFilePaths": ["wxfile://a.png"]}),
    ("chooseLocation", {}, {"name": "Tea house", "latitude": 31.2, "longitude": 121.5}),
    ("downloadFile", {"url": "https://example.com"}, {"tempFilePath": "wxfile://a.png"}),
    ("getClipboardData", {}, {"data": "copied"}),
    ("getImageInfo", {"src": "wxfile://a.png"}, {"width": 3, "height": 4}),
    ("getLocation", {}, {"latitude": 1.5, "longitude": 2.5}),
    ("getNetworkType", {}, {"networkType": "4g"}),
    ("getScreenBrightness", {}, {"value": 0.5}),
    ("getStorage", {"key": "a"}, {"data": {"n": 1}}),
    ("login", {}, {"code": "c1"}),
    ("request", {"url": "https://example.com"}, {"statusCode": 500, "data": {"code": 9}}),
    ("saveFile", {"tempFilePath": "wxfile://a.png"}, {"savedFilePath": "wxfile://b.png"}),
    ("scanCode", {}, {"result": "4711"}),
    ("showActionSheet", {"itemList": ["a", "b"]}, {"tapIndex": 1}),
    ("showModal", {"title": "Sure?"}, {"confirm": False, "cancel": True}),
    ("uploadFile", {"url": "https://example.com", "filePath": "a", "name": "b"}, {"statusCode": 201, "data": "{}"}),
]


@pytest.mark.parametrize(
    ("name", "options", "fields", "platform"),
    [
        pytest.param(*each, platform, id=f"{each[0]}-{platform}")
        for each in ANSWERS
        for platform in sorted(spec.supported_on(each[0]))
    ],
)
def test_an_answer_and_a_failure_reach_programs_of_every_platform(
    phone: Phone, name: str, options: dict[str, Any], fields: dict[str, Any], platform: str
) -> None:
    taro: Any = taropy.create(platform, phone=phone)
    phone.faults.answer(name, **fields)
    answered = getattr(taro, name)(options).result()
    assert {field: answered[field] for field in fields} == fields
    phone.faults.fail(name, "system error")
    assert failure(getattr(taro, name)(options)) == f"{name}:fail system error"


@pytest.mark.parametrize(
    ("name", "options", "platform"),
    [(name, options, platform) for name, options, _ in ANSWERS for platform in sorted(spec.supported_on(name))],
)
def test_an_answer_may_leave_out_every_field(phone: Phone, name: str, options: Any, platform: str) -> None:
    taro: Any = taropy.create(platform, phone=phone)
    phone.faults.answer(name)
    assert getattr(taro, name)(options).result()["errMsg"] == f"{name}:ok"


def test_a_delayed_call_begins_when_the_phones_clock_has_come_so_far(phone: Phone, taro: Any) -> None:
    async def main() -> None:
        phone.clock.stop()
        phone.faults.delay("setStorage", 10)
        writing = taro.setStorage(key="a", data=1)
        phone.clock.advance(9)
        await asyncio.sleep(0)
        assert taro.getStorageSync("a") == ""
        phone.clock.advance(1)
        await writing
        assert taro.getStorageSync("a") == 1

    asyncio.run(main())


def test_delayed_calls_go_on_to_work_when_all_are_delayed(phone: Phone, taro: Any) -> None:
    phone.faults.delay("login", 0, times=None)
    assert taro.login().result().code
    assert taro.login().result().code


def test_a_request_that_hangs_can_be_aborted(phone: Phone, taro: Any) -> None:
    async def main() -> None:
        phone.faults.hang("request")
        task = taro.request(url="http://localhost/")
        task.abort()
        with pytest.raises(TaroError, match="request:fail abort"):
            await task

    asyncio.run(main())


def test_a_request_that_is_delayed_can_be_aborted_before_it_begins(phone: Phone, taro: Any) -> None:
    async def main() -> None:
        phone.clock.stop()
        phone.faults.delay("request", 60)
        task = taro.request(url="http://localhost/")
        task.abort()
        with pytest.raises(TaroError, match="request:fail abort"):
            await task

    asyncio.run(main())


def test_a_call_that_hangs_ends_when_the_runtimes_patience_does(phone: Phone) -> None:
    taro: Any = taropy.create("weapp", phone=phone, timeout=20)
    phone.faults.hang("checkSession")
    assert failure(taro.checkSession()) == "checkSession:fail timeout"


def test_a_managers_method_has_its_managers_name(phone: Phone, taro: Any) -> None:
    phone.faults.fail("FileSystemManager.readFileSync", "sdcard not mounted")
    with pytest.raises(TaroError, match="readFileSync:fail sdcard not mounted"):
        taro.getFileSystemManager().readFileSync(f"{taro.env.USER_DATA_PATH}/a")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("logn", "; did you mean 'login'?"),
        ("getAuthCode", "; my.getAuthCode goes by 'login'"),
        ("getLoginCode", "; swan.getLoginCode goes by 'login'"),
        ("FileSystemManager.readFil", "; did you mean 'FileSystemManager.readFile'?"),
        ("FileSystemManger.readFile", "; did you mean 'FileSystemManager.readFile'?"),
        ("readFile", "; did you mean 'FileSystemManager.readFile'?"),
        ("x.y", ""),
        ("", ""),
    ],
)
def test_a_function_that_the_phone_does_not_have_is_refused_with_the_one_that_was_meant(
    phone: Phone, name: str, hint: str
) -> None:
    orders = (
        lambda: phone.faults.fail(name, "x"),
        lambda: phone.faults.answer(name),
        lambda: phone.faults.delay(name, 1),
        lambda: phone.faults.hang(name),
        lambda: phone.faults.clear(name),
    )
    for order in orders:
        with pytest.raises(ValueError, match=re.escape(f"the phone has no function {name!r}{hint}") + "$"):
            order()


def test_every_fault_is_met_by_one_call_at_least(phone: Phone) -> None:
    with pytest.raises(ValueError, match="one call or more"):
        phone.faults.fail("login", "x", times=0)


@pytest.mark.parametrize("name", ["getStorageSync", "FileSystemManager.readFileSync"])
def test_a_function_that_returns_its_value_cannot_be_made_to_wait(phone: Phone, name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} returns its value at once"):
        phone.faults.delay(name, 1)
    with pytest.raises(ValueError, match=f"{name} returns its value at once"):
        phone.faults.hang(name)


def test_the_methods_of_every_object_that_the_phone_hands_out_can_be_faulty(phone: Phone) -> None:
    for module in pkgutil.walk_packages(taropy.phone.__path__, "taropy.phone."):
        importlib.import_module(module.name)
    given = {declared(kind) for kind in kinds(Manager) if declared(kind) in spec.type_names()}
    assert given == set(MANAGERS)
    for kind in kinds(Manager):
        methods = [name for name, method in inspect.getmembers(kind) if hasattr(method, "__native__")]
        for name in methods if declared(kind) in given else ():
            phone.faults.fail(f"{declared(kind)}.{name}", "x")


def declared(kind: type[Manager]) -> str:
    """What the declarations call the class, which may stand within another there: `DB.Collection`."""
    return kind.KIND if kind.KIND.endswith(f".{kind.__name__}") else kind.__name__


def kinds(of: type) -> list[type]:
    return [kind for each in of.__subclasses__() for kind in [each, *kinds(each)]]


def test_faults_that_no_call_has_met_are_told(phone: Phone, taro: Any) -> None:
    phone.faults.fail("login", "x", times=2)
    phone.faults.fail("checkSession", "x")
    phone.faults.fail("getStorage", "x", times=None)
    failure(taro.checkSession())
    assert phone.faults.unmet == ["login"]
    failure(taro.login())
    assert phone.faults.unmet == ["login"]
    failure(taro.login())
    assert phone.faults.unmet == []


def test_faults_are_the_phones_own(taro: Any) -> None:
    Phone().faults.fail("login", "x")
    assert taro.login().result().code
