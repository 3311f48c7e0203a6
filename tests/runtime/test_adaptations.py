"""What a platform's table does to a call on its way, seen from a native object."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import taropy


class Recorder:
    """A native object that notes how it was called and answers with what it was given."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers
        self.calls: list[tuple[str, Any]] = []

    def __getattr__(self, name: str) -> Any:
        if name not in self._answers:
            raise AttributeError(name)

        def native(options: dict[str, Any]) -> None:
            seen = {key: value for key, value in options.items() if key not in ("success", "fail", "complete")}
            self.calls.append((name, seen))
            options["success"](self._answers[name])

        return native


def on(platform: str, **answers: Any) -> tuple[Any, Recorder]:
    native = Recorder(**answers)
    return taropy.create(platform, native=native), native


def test_login_on_alipay_is_get_auth_code() -> None:
    taro, my = on("alipay", getAuthCode={"authCode": "abc", "errMsg": "getAuthCode:ok"})
    res = taro.login().result()
    assert (res.code, res.authCode, res.errMsg) == ("abc", "abc", "login:ok")
    assert my.calls == [("getAuthCode", {"scopes": "auth_base"})]


def test_login_on_swan_is_get_login_code() -> None:
    taro, swan = on("swan", getLoginCode={"code": "abc"})
    assert taro.login().result() == {"code": "abc", "errMsg": "login:ok"}
    assert swan.calls == [("getLoginCode", {})]


def test_a_result_that_is_already_in_the_common_shape_is_not_erased() -> None:
    taro, _ = on("alipay", getAuthCode={"code": "abc"})
    assert taro.login().result().code == "abc"


@pytest.mark.parametrize(("answer", "confirm"), [({"confirm": True}, True), ({"confirm": False}, False)])
def test_a_modal_on_alipay_is_a_confirm(answer: dict[str, bool], confirm: bool) -> None:
    taro, my = on("alipay", confirm=answer, alert={})
    res = taro.showModal(title="Delete?", content="For ever").result()
    assert (res.confirm, res.cancel) == (confirm, not confirm)
    name, seen = my.calls[0]
    assert name == "confirm"
    assert (seen["cancelButtonText"], seen["confirmButtonText"]) == ("取消", "确定")


@pytest.mark.parametrize("answer", [None, {}, {"success": True}], ids=["nothing", "an empty object", "success"])
def test_a_modal_with_one_button_is_an_alert_and_is_confirmed_whatever_it_answers(answer: Any) -> None:
    taro, my = on("alipay", confirm={}, alert=answer)
    res = taro.showModal(title="Done", showCancel=False, confirmText="OK").result()
    assert (res.confirm, res.cancel) == (True, False)
    assert my.calls[0][0] == "alert"
    assert my.calls[0][1]["buttonText"] == "OK"


def test_a_toast_on_alipay_has_content_and_type() -> None:
    taro, my = on("alipay", showToast={})
    taro.showToast(title="no", icon="error").result()
    taro.showToast(title="yes").result()
    assert my.calls == [
        ("showToast", {"title": "no", "icon": "error", "content": "no", "type": "fail"}),
        ("showToast", {"title": "yes", "content": "yes"}),
    ]


def test_an_error_toast_on_douyin_is_a_fail() -> None:
    taro, tt = on("tt", showToast={})
    taro.showToast(title="no", icon="error").result()
    assert tt.calls == [("showToast", {"title": "no", "icon": "fail"})]


def test_an_action_sheet_on_alipay_gives_the_declared_tap_index() -> None:
    taro, my = on("alipay", showActionSheet={"index": 1})
    assert taro.showActionSheet(itemList=["a", "b"]).result().tapIndex == 1
    assert my.calls[0][1]["items"] == ["a", "b"]


class OldAlipay:
    """`my` as it was before `my.request`."""

    def __init__(self) -> None:
        self.headers: Any = None

    def canIUse(self, name: str) -> bool:
        return name != "request"

    def httpRequest(self, options: dict[str, Any]) -> None:
        self.headers = options["headers"]
        options["success"]({"status": 201, "headers": {"x": "y"}, "data": {"id": 7}})


def test_a_request_on_alipay_goes_the_way_that_its_version_has() -> None:
    my = OldAlipay()
    res = taropy.create("alipay", native=my).request(url="https://x.test", header={"X-Token": "t"}).result()
    assert (res.statusCode, res.header, res.data.id) == (201, {"x": "y"}, 7)
    assert "status" not in res
    assert my.headers == {"content-type": "application/json", "x-token": "t"}


class AlipayStorage:
    """`my`'s storage, which takes one object."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def getStorageSync(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"APDataStorage": self.kept.get(options["key"])}

    def setStorageSync(self, options: dict[str, Any]) -> None:
        self.kept[options["key"]] = options["data"]

    def removeStorageSync(self, options: dict[str, Any]) -> None:
        self.kept.pop(options["key"], None)


def test_storage_on_alipay_takes_one_object() -> None:
    taro = taropy.create("alipay", native=AlipayStorage())
    taro.setStorageSync("key", {"a": 1})
    assert taro.getStorageSync("key").a == 1
    taro.removeStorageSync("key")
    assert taro.getStorageSync("key") == ""


def test_the_callers_options_are_not_changed() -> None:
    taro, _ = on("alipay", showToast={}, confirm={"confirm": True})
    options = {"title": "hello", "icon": "error"}
    taro.showToast(options).result()
    taro.showModal(options := {"title": "hello"}).result()
    assert options == {"title": "hello"}


def test_a_platform_may_require_less_than_the_declaration_and_take_anything() -> None:
    asked: list[Any] = []

    def answer(options: dict[str, Any]) -> None:
        asked.append({name: value for name, value in options.items() if not callable(value)})
        options["success"]({})

    native = SimpleNamespace(setNavigationBarColor=answer, showToast=answer)
    with taropy.create("h5", native=native) as t:
        t.setNavigationBarColor(frontColor="#ffffff").result()
        t.showToast(title="Saved", icon="fail").result()
        assert asked == [{"frontColor": "#ffffff"}, {"title": "Saved", "icon": "fail"}]
        with pytest.raises(taropy.ParameterError, match="frontColor should be String instead of Number"):
            t.setNavigationBarColor(frontColor=5).result()
    with taropy.create("weapp", native=native) as t:
        with pytest.raises(taropy.ParameterError, match="backgroundColor should be String instead of Undefined"):
            t.setNavigationBarColor(frontColor="#ffffff").result()
        with pytest.raises(taropy.ParameterError, match="icon should be one of"):
            t.showToast(title="Saved", icon="fail").result()
