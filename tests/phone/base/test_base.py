"""What every program finds at its base: bytes and base64, settings it leads the person to, ext config, reports."""

from __future__ import annotations

import asyncio
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from diaries import Diary
from natively import call
from supporting import failure, supporting

import taropy
from taropy.phone import NativeError, Phone


@pytest.fixture
def weapp(phone: Phone) -> Any:
    return taropy.create("weapp", phone=phone)


# --- bytes ---------------------------------------------------------------------------------------------------------


@supporting("arrayBufferToBase64", "base64ToArrayBuffer", without=["h5", "harmony-hybrid"])
def test_bytes_become_base64_and_come_back(t: Any) -> None:
    assert t.arrayBufferToBase64(bytes([11, 22, 33])) == "CxYh"
    assert t.base64ToArrayBuffer("CxYh") == bytes([11, 22, 33])
    for data in (b"", b"a", b"ab", bytes(range(256)), bytearray(b"xyz"), memoryview(b"view")):
        assert t.base64ToArrayBuffer(t.arrayBufferToBase64(data)) == bytes(data)


@pytest.mark.parametrize("text", ["YWI", "YW I=", "YWI=\n"])
def test_white_space_and_missing_padding_do_not_matter(weapp: Any, text: str) -> None:
    assert weapp.base64ToArrayBuffer(text) == b"ab"


@pytest.mark.parametrize("text", ["a", "YW!=", "中文", "YWI-"])
def test_text_that_is_no_base64_is_refused(weapp: Any, text: str) -> None:
    with pytest.raises(taropy.TaroError, match="not correctly encoded"):
        weapp.base64ToArrayBuffer(text)


@pytest.mark.parametrize(
    ("name", "wrong", "expected"),
    [
        ("arrayBufferToBase64", "text", "ArrayBuffer instead of String"),
        ("base64ToArrayBuffer", b"bytes", "String instead of ArrayBuffer"),
        ("base64ToArrayBuffer", None, "String instead of Null"),
        ("createBufferURL", 5, "ArrayBuffer instead of Number"),
        ("revokeBufferURL", 5, "String instead of Number"),
        ("reportMonitor", 5, "String instead of Number"),
        ("reportAnalytics", None, "String instead of Null"),
        ("getExptInfoSync", "color", "Array instead of String"),
    ],
)
def test_wrong_arguments_are_told_and_break_nothing(name: str, wrong: Any, expected: str) -> None:
    with pytest.raises(NativeError, match=f"{name}:fail parameter error: parameter should be {expected}"):
        getattr(Phone().native("weapp"), name)(wrong)


def test_a_buffer_has_a_url_until_it_is_revoked(weapp: Any, phone: Phone) -> None:
    data = bytearray(b"picture")
    url, other = weapp.createBufferURL(data), weapp.createBufferURL(b"other")
    data[:] = b"changed"
    kept = phone.buffers.of(phone.app("weapp"))
    assert kept == {url: b"picture", other: b"other"}
    weapp.revokeBufferURL(url)
    weapp.revokeBufferURL("wxbuffer://nothing")
    assert list(kept) == [other]


# --- the system ----------------------------------------------------------------------------------------------------


def test_debugging_is_switched_on_for_one_app_and_stays_on(tmp_path: Path) -> None:
    with taropy.create("weapp", folder=tmp_path) as t:
        assert not t.getSystemInfoSync().enableDebug
        t.setEnableDebug(enableDebug=True).result()
    with taropy.create("weapp", folder=tmp_path) as t:
        assert t.getSystemInfoSync().enableDebug
        assert t.getAppBaseInfo().enableDebug
        assert not taropy.create("swan", phone=t.phone).getSystemInfoSync().enableDebug
        t.setEnableDebug(enableDebug=False).result()
        assert not t.getAppBaseInfo().enableDebug


def test_setEnableDebug_wants_a_boolean(weapp: Any) -> None:
    errMsg = failure(weapp.setEnableDebug(enableDebug="yes"))
    assert errMsg == "setEnableDebug:fail parameter error: parameter.enableDebug should be Boolean instead of String"


@supporting("openAppAuthorizeSetting", "getAppAuthorizeSetting")
def test_the_person_changes_what_the_vendors_app_may_use(t: Any) -> None:
    t.openAppAuthorizeSetting().result()
    assert t.getAppAuthorizeSetting().cameraAuthorized == "authorized"
    t.phone.person.script("openAppAuthorizeSetting", permissions={"camera": "denied"})
    t.openAppAuthorizeSetting().result()
    assert t.getAppAuthorizeSetting().cameraAuthorized == "denied"


def test_the_person_switches_bluetooth(weapp: Any, phone: Phone) -> None:
    phone.person.script("openSystemBluetoothSetting", bluetooth=False)
    weapp.openSystemBluetoothSetting().result()
    assert not weapp.getSystemSetting().bluetoothEnabled
    weapp.openSystemBluetoothSetting().result()
    assert not phone.system.bluetooth


def test_the_renderer(weapp: Any) -> None:
    info = weapp.getSkylineInfo().result()
    assert info.isSupported
    assert info.version == weapp.getSkylineInfoSync().version
    assert "MicroMessenger" in weapp.getRendererUserAgent().result().userAgent


def test_the_theme_is_told_to_apps_that_have_one_for_the_dark() -> None:
    with taropy.create("weapp") as t:
        assert t.getAppBaseInfo().theme == "light"
        Diary(darkmode=False).app.launch(t).result()
        assert t.getAppBaseInfo().theme is None
        Diary(darkmode=True).app.launch(t).result()
        assert t.getAppBaseInfo().theme == "light"


# --- storage's keys --------------------------------------------------------------------------------------------------


@supporting("getStorageInfo", "setStorage")
def test_the_keys_of_a_storage_are_a_list_and_the_result_still_becomes_a_dict(t: Any) -> None:
    t.setStorage(key="a", data=1).result()
    info = t.getStorageInfo().result()
    assert info.keys == info["keys"] == ["a"]
    assert dict(info) == {**info} == {name: info[name] for name in info}
    assert json.dumps(info.keys) == '["a"]'
    assert info.keys[0] == "a"
    assert {**info, "currentSize": 0, "limitSize": 0} == {
        "errMsg": "getStorageInfo:ok", "keys": ["a"], "currentSize": 0, "limitSize": 0,
    }  # fmt: skip


@supporting("getStorageInfoSync", "setStorageSync")
def test_so_does_that_of_the_sync_form(t: Any) -> None:
    t.setStorageSync("a", 1)
    info = t.getStorageInfoSync()
    assert info.keys == ["a"]
    assert dict(info)["keys"] == ["a"]


# --- ext config ------------------------------------------------------------------------------------------------------


@supporting("getExtConfig")
def test_a_template_is_configured_for_each_shop(t: Any) -> None:
    t.phone.ext.config = {"shop": {"name": "Tea"}}
    config = t.getExtConfig().result().extConfig
    assert config.shop.name == "Tea"
    config.shop.name = "Coffee"
    assert t.getExtConfigSync().shop.name == "Tea"


def test_an_app_may_have_an_ext_of_its_own(weapp: Any, phone: Phone) -> None:
    phone.ext.config = {"shop": "every app"}
    phone.ext.set({"shop": "mine"}, phone.app("weapp"))
    assert weapp.getExtConfigSync() == {"shop": "mine"}
    assert taropy.create("tt", phone=phone).getExtConfigSync() == {"shop": "every app"}


def test_an_app_that_is_made_from_no_template_has_an_empty_one(weapp: Any) -> None:
    assert weapp.getExtConfigSync() == {}
    assert weapp.getExtConfig().result().extConfig == {}


def test_alipay_gives_it_as_data_too_and_fails_without_one() -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    assert call(my, "getExtConfig")["error"] == 20
    phone.ext.config = {"a": 1}
    answer = call(my, "getExtConfig")
    assert answer["data"] == answer["extConfig"] == {"a": 1}


# --- reports ---------------------------------------------------------------------------------------------------------


@supporting("reportAnalytics")
def test_what_is_reported_is_kept_for_the_test(t: Any) -> None:
    t.phone.clock.stop()
    data = {"price": 120}
    t.reportAnalytics("purchase", data)
    data["price"] = 0
    (report,) = t.phone.analysis.of("reportAnalytics")
    assert (report.name, report.data, report.time) == ("purchase", {"price": 120}, t.phone.clock.now())
    assert report.app.platform == t.platform.name


def test_events_numbers_and_times_are_reported_too(weapp: Any, phone: Phone) -> None:
    weapp.reportEvent("opened")
    weapp.reportMonitor("1", 5)
    weapp.reportPerformance(1101, 680, "first")
    weapp.reportPerformance(1102, 20, ["a", "b"])
    assert [(report.api, report.name, report.data, report.dimensions) for report in phone.analysis.reports] == [
        ("reportEvent", "opened", {}, []),
        ("reportMonitor", "1", 5, []),
        ("reportPerformance", 1101, 680, ["first"]),
        ("reportPerformance", 1102, 20, ["a", "b"]),
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((math.nan, 1), "parameter.id should be an integer"),
        (("1101", 1), "parameter.id should be Number instead of String"),
        ((1101, "680"), "parameter should be Number instead of String"),
        ((1101, 680, 5), "parameter.dimensions should be Array instead of Number"),
        ((1101, 680, ["a", 5]), "parameter.dimensions[1] should be String instead of Number"),
    ],
)
def test_what_reports_no_time_is_refused(phone: Phone, arguments: tuple[Any, ...], expected: str) -> None:
    with pytest.raises(NativeError, match=re.escape(f"reportPerformance:fail parameter error: {expected}")):
        phone.native("weapp").reportPerformance(*arguments)
    assert phone.analysis.reports == []


def test_experiments_and_configs_are_those_of_the_console(weapp: Any, phone: Phone) -> None:
    phone.analysis.experiments = {"color": "red", "size": 2}
    phone.analysis.configs = {"limits": {"n": 1}}
    assert weapp.getExptInfoSync() == {"color": "red", "size": 2}
    weapp.getExptInfoSync()["color"] = "changed"
    assert weapp.getExptInfoSync(["color", "unknown"]) == {"color": "red"}
    assert json.loads(weapp.getCommonConfig(keys=["limits", "x"], mode=0).result().conf) == {"limits": {"n": 1}}
    assert json.loads(weapp.getCommonConfig(mode=1).result().conf) == {"color": "red", "size": 2}


# --- where the app was opened --------------------------------------------------------------------------------------


def test_the_group_is_told_to_a_logged_in_app_that_was_opened_in_it(weapp: Any, phone: Phone) -> None:
    assert "group" in failure(weapp.getGroupEnterInfo())
    phone.account.group = "family"
    assert failure(weapp.getGroupEnterInfo()) == "getGroupEnterInfo:fail session time out, need relogin"
    weapp.login().result()
    info = weapp.getGroupEnterInfo().result()
    assert info.encryptedData
    assert info.iv


def test_whether_the_app_is_on_the_persons_list(weapp: Any, phone: Phone) -> None:
    assert not weapp.checkIsAddedToMyMiniProgram().result().added
    phone.account.favorites.add(phone.app("weapp").appid)
    assert weapp.checkIsAddedToMyMiniProgram().result().added


# --- privacy ---------------------------------------------------------------------------------------------------------


def test_who_agrees_to_the_privacy_statement_is_asked_once(weapp: Any, phone: Phone) -> None:
    assert weapp.getPrivacySetting().result().needAuthorization
    weapp.requirePrivacyAuthorize().result()
    weapp.requirePrivacyAuthorize().result()
    assert [question.kind for question in phone.person.asked] == ["privacy"]
    assert not weapp.getPrivacySetting().result().needAuthorization
    phone.privacy.withdraw(phone.app("weapp"))
    assert weapp.getPrivacySetting().result().needAuthorization


def test_who_does_not_agree_is_asked_again(weapp: Any, phone: Phone) -> None:
    phone.person.script("privacy", allow=False)
    with pytest.raises(taropy.TaroError) as caught:
        weapp.requirePrivacyAuthorize().result()
    assert caught.value.errMsg == "requirePrivacyAuthorize:fail privacy permission is not authorized"
    assert caught.value.errno == 104
    weapp.requirePrivacyAuthorize().result()


def test_nobody_is_asked_where_nothing_is_collected(weapp: Any, phone: Phone) -> None:
    phone.privacy.declared = False
    weapp.requirePrivacyAuthorize().result()
    assert not weapp.getPrivacySetting().result().needAuthorization
    assert phone.person.asked == []


@pytest.mark.parametrize("event", ["agree", "disagree"])
def test_a_program_may_ask_by_itself(event: str) -> None:
    heard: list[Any] = []

    async def main() -> bool:
        async with taropy.create("weapp") as t:

            def ask(resolve: Any, info: Any) -> None:
                heard.append(info.referrer)
                resolve({"event": "exposureAuthorization"})
                resolve({"event": event, "buttonId": "agree-btn"})

            t.onNeedPrivacyAuthorization(ask)
            try:
                await t.requirePrivacyAuthorize()
            except taropy.TaroError:
                return False
            return True

    assert asyncio.run(main()) is (event == "agree")
    assert heard == ["requirePrivacyAuthorize"]


def test_a_program_that_forgets_to_answer_has_not_agreed(weapp: Any) -> None:
    weapp.onNeedPrivacyAuthorization(lambda resolve, info: None)
    assert failure(weapp.requirePrivacyAuthorize()).endswith("privacy permission is not authorized")


def test_a_program_that_has_ended_does_not_ask_any_more(phone: Phone) -> None:
    with taropy.create("weapp", phone=phone) as ended:
        ended.onNeedPrivacyAuthorization(lambda resolve, info: resolve({"event": "disagree"}))
        assert failure(ended.requirePrivacyAuthorize()).endswith("privacy permission is not authorized")
    taropy.create("weapp", phone=phone).requirePrivacyAuthorize().result()
    assert [question.kind for question in phone.person.asked] == ["privacy"]


def test_a_program_may_take_its_time_to_ask() -> None:
    async def main() -> str:
        async with taropy.create("weapp") as t:

            async def ask(resolve: Any, info: Any) -> None:
                confirmed = (await t.showModal(title="Privacy")).confirm
                resolve({"event": "agree" if confirmed else "disagree"})

            t.onNeedPrivacyAuthorization(ask)
            return str((await t.requirePrivacyAuthorize()).errMsg)

    assert asyncio.run(main()) == "requirePrivacyAuthorize:ok"


def test_an_agreement_is_kept_with_the_phone(tmp_path: Path) -> None:
    with taropy.create("weapp", folder=tmp_path) as t:
        t.requirePrivacyAuthorize().result()
        t.openPrivacyContract().result()
        assert t.phone.privacy.opened == 1
    with taropy.create("weapp", folder=tmp_path) as t:
        assert not t.getPrivacySetting().result().needAuthorization
