"""A text that is to be one of a few, and is none, is refused with the one that was meant, wherever a test writes it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy import Phone

Write = Callable[[Phone], Any]


def setting(room: str, name: str, value: Any) -> Write:
    return lambda phone: setattr(getattr(phone, room), name, value)


WRONG: dict[str, tuple[Write, str]] = {
    "a scope that is denied": (
        lambda phone: phone.permissions.deny("scope.userLocaton"),
        "there is no scope 'scope.userLocaton'; did you mean 'scope.userLocation'?",
    ),
    "a scope without its prefix": (
        lambda phone: phone.permissions.grant("camera"),
        "there is no scope 'camera'; did you mean 'scope.camera'?",
    ),
    "a scope that is forgotten": (
        lambda phone: phone.permissions.reset("scope.camra"),
        "there is no scope 'scope.camra'; did you mean 'scope.camera'?",
    ),
    "a list of scopes": (
        lambda phone: phone.permissions.deny(["scope.camera"]),  # type: ignore[arg-type]
        "there is no scope ['scope.camera']; did you mean 'scope.camera'?",
    ),
    "a kind of question": (
        lambda phone: phone.person.script("modl", confirm=True),
        "the phone does not ask 'modl'; did you mean 'modal'?",
    ),
    "what an answer says": (
        lambda phone: phone.person.script("modal", confrim=True),
        "an answer to 'modal' has no 'confrim'; did you mean 'confirm'?",
    ),
    "an answer that has nothing to say": (
        lambda phone: phone.person.script("preview", cancel=True),
        "an answer to 'preview' has no 'cancel'; there are none",
    ),
    "a device": (
        lambda phone: Phone(device="iPhone 15"),
        "there is no device profile 'iPhone 15'; did you mean 'iPhone 15 Pro'?",
    ),
    "a permission of the device": (
        lambda phone: phone.system.set_permission("camra", "denied"),
        "there is no permission 'camra'; did you mean 'camera'?",
    ),
    "the state of one": (
        lambda phone: phone.system.set_permission("camera", "denid"),
        "a permission is never 'denid'; did you mean 'denied'?",
    ),
    "a permission that is read": (
        lambda phone: phone.system.permission("locaton"),
        "there is no permission 'locaton'; did you mean 'location'?",
    ),
    "a theme": (setting("system", "theme", "drak"), "phone.system has no theme 'drak'; did you mean 'dark'?"),
    "a language": (
        setting("system", "language", "zh-CN"),
        "phone.system has no language 'zh-CN'; did you mean 'zh_CN'?",
    ),
    "how it is held": (
        lambda phone: phone.rotate("landscpae"),
        "phone.system has no orientation 'landscpae'; did you mean 'landscape'?",
    ),
    "a size": (lambda phone: phone.system.size("potrait"), "no screen stands in 'potrait'; did you mean 'portrait'?"),
    "a type of network": (
        setting("network", "type", "wfii"),
        "'wfii' is no type of network; did you mean 'wifi'?",
    ),
    "a type whose speed it should have": (
        lambda phone: phone.network.behave_as("none"),
        "'none' is no type of network with a speed; there are 2g, 3g, 4g, 5g, wifi",
    ),
    "what becomes of requests": (
        setting("network", "unrouted", "fial"),
        "phone.network.unrouted is never 'fial'; did you mean 'fail'?",
    ),
    "what becomes of sockets": (
        setting("sockets", "unrouted", "pas"),
        "phone.sockets.unrouted is never 'pas'; did you mean 'pass'?",
    ),
    "what becomes of what was not recorded": (
        lambda phone: phone.network.replay("a.har", unmatched="fial"),  # type: ignore[arg-type]
        "unmatched is never 'fial'; did you mean 'fail'?",
    ),
    "a list of domains": (
        setting("network", "domains", {"requset": ["https://a.example"]}),
        "phone.network.domains has no 'requset'; did you mean 'request'?",
    ),
    "a method": (
        lambda phone: phone.network.route("PSOT", "/a"),
        "no request has the method 'PSOT'; did you mean 'POST'?",
    ),
    "a fault of the network": (
        lambda phone: phone.network.route("/a", error="refusd"),
        "'refusd' is no fault of a network; did you mean 'refused'?",
    ),
    "a form": (
        lambda phone: phone.forms.fill("adress", userName="Li"),
        "there is no form 'adress'; did you mean 'address'?",
    ),
    "a form that is read": (lambda phone: phone.forms["invoce"], "there is no form 'invoce'; did you mean 'invoice'?"),
    "a field of a form": (
        lambda phone: phone.forms.fill("address", usrName="Li"),
        "there is no field of address 'usrName'; did you mean 'userName'?",
    ),
    "a type of scan": (
        lambda phone: phone.scanner.answer("4711", "QR_COD"),
        "no scan is of the type 'QR_COD'; did you mean 'QR_CODE'?",
    ),
    "a kind of fetch": (
        lambda phone: phone.background_fetch.put("{}", "periodc"),
        "no data are fetched as 'periodc'; did you mean 'periodic'?",
    ),
    "a function that fails": (
        lambda phone: phone.faults.fail("reqest", "timeout"),
        "the phone has no function 'reqest'; did you mean 'request'?",
    ),
    "how often it fails": (
        lambda phone: phone.faults.fail("request", "timeout", tims=None),
        "a failure of 'request' has no 'tims'; did you mean 'times'?",
    ),
    "the number of a failure": (
        lambda phone: phone.faults.fail("request", "timeout", errCod=5),
        "a failure of 'request' has no 'errCod'; did you mean 'errCode'?",
    ),
    "a function in the log": (
        lambda phone: phone.log.of("reqest"),
        "Taro has no 'reqest'; did you mean 'request'?",
    ),
    "a manager in the log": (
        lambda phone: phone.log.of("FileSystemManger.readFile"),
        "Taro has no 'FileSystemManger'; did you mean 'FileSystemManager'?",
    ),
    "a manager's method in the log": (
        lambda phone: phone.log.of("FileSystemManager.readFiel"),
        "FileSystemManager has no 'readFiel'; did you mean 'readFile'?",
    ),
    "a function that reports": (
        lambda phone: phone.analysis.of("reportEvnt"),
        "nothing is reported by 'reportEvnt'; did you mean 'reportEvent'?",
    ),
    "a platform": (lambda phone: phone.app("wepp"), "there is no platform 'wepp'; did you mean 'weapp'?"),
    "a platform in capitals": (
        lambda phone: phone.native("WEAPP"),
        "there is no platform 'WEAPP'; did you mean 'weapp'?",
    ),
    "a platform at the vendors'": (
        lambda phone: phone.open_platform.register("wx1", platform="alipy"),
        "there is no platform 'alipy'; did you mean 'alipay'?",
    ),
    "a kind of code": (
        lambda phone: phone.open_platform.new_code("plugn", "weapp", "wx1", "li"),
        "there is no code for 'plugn'; did you mean 'plugin'?",
    ),
}


@pytest.mark.parametrize(("write", "told"), WRONG.values(), ids=WRONG)
def test_a_word_that_is_none_is_refused_with_what_was_meant(write: Write, told: str) -> None:
    with pytest.raises(ValueError) as caught:
        write(Phone(log=True))
    assert str(caught.value) == told


def test_what_is_near_to_none_is_told_what_there_is() -> None:
    with pytest.raises(ValueError, match=r"^there is no scope 'x'; there are .*scope\.writePhotosAlbum$"):
        Phone().permissions.deny("x")


def test_a_fetch_of_no_kind_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(ValueError, match="did you mean 'periodic'"):
        asyncio.run(Phone().background_fetch.fetch("perodic"))


def test_names_that_only_a_plugin_can_know_are_taken_as_they_are() -> None:
    phone = Phone(log=True)
    assert phone.log.of("payByFace") == []
    assert phone.log.of("PosTerminal.print") == []
    assert phone.app("kiosk").platform == "kiosk"
    assert phone.app("webapp", "wa").native_name == "wa"
    phone.native("webapp", "wa")
    assert phone.app("webapp").native_name == "wa"
    phone.faults.fail("request", "broke", errno=5, errcode=7, retryAfter=3)


def test_events_and_ways_to_share_are_told_where_they_are_slips() -> None:
    app = taropy.App(pages=["pages/a/a"])
    heard = []

    @app.page("pages/a/a")
    class A:
        def onTitleClick(self) -> None:
            heard.append("title")

        def onShareAppMessage(self, told: Any) -> dict[str, str]:
            return {"title": told["from"]}

    with taropy.create("weapp") as taro:
        app.launch(taro)
        with pytest.raises(ValueError, match=r"^no page hears of 'onTitelClick'; did you mean 'onTitleClick'\?$"):
            taro.phone.pages.tell("onTitelClick")
        taro.phone.pages.tell("onTitleClick")
        taro.phone.pages.tell("onOwnEvent")
        with pytest.raises(ValueError, match=r"^nobody shares a page by 'buton'; did you mean 'button'\?$"):
            asyncio.run(taro.phone.pages.share(by="buton"))
        assert asyncio.run(taro.phone.pages.share(by="button"))["title"] == "button"
    assert heard == ["title"]
