"""What is said when options are wrong, before anything reaches the native object."""

from __future__ import annotations

import datetime
import re

import pytest
from natives import PLATFORMS, Everything

import taropy
from taropy import ParameterError, TaroError, spec
from taropy.runtime.own import OWN


@pytest.fixture
def native():
    return Everything()


@pytest.fixture
def taro(native):
    return taropy.create(native=native)


METHODS = "OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE, TRACE, CONNECT"

WRONG = [
    ("request", {}, "parameter.url should be String instead of Undefined"),
    ("request", {"url": None}, "parameter.url should be String instead of Null"),
    ("request", {"url": "u", "method": "FETCH"}, f"parameter.method should be one of {METHODS} instead of FETCH"),
    ("request", {"url": "u", "method": 5}, f"parameter.method should be one of {METHODS} instead of Number"),
    ("request", {"url": "u", "header": []}, "parameter.header should be Object instead of Array"),
    ("request", {"url": "u", "enableCache": "yes"}, "parameter.enableCache should be Boolean instead of String"),
    ("request", {"url": "u", "timeout": True}, "parameter.timeout should be Number instead of Boolean"),
    ("request", {"url": "u", "success": 5}, "parameter.success should be Function instead of Number"),
    ("request", {"url": "u", "fail": {}}, "parameter.fail should be Function instead of Object"),
    ("showActionSheet", {"itemList": "a"}, "parameter.itemList should be Array instead of String"),
    ("showActionSheet", {"itemList": ["a", 5]}, "parameter.itemList[1] should be String instead of Number"),
    ("setStorage", {"data": 1}, "parameter.key should be String instead of Undefined"),
    ("getStorage", {"key": b"x"}, "parameter.key should be String instead of ArrayBuffer"),
    ("getStorage", {"key": datetime.datetime(2026, 1, 1)}, "parameter.key should be String instead of Date"),
    ("showToast", {"title": print}, "parameter.title should be String instead of Function"),
    (
        "showToast",
        {"title": "x", "icon": "smile"},
        "parameter.icon should be one of success, error, loading, none instead of smile",
    ),
    (
        "batchSetStorage",
        {"kvList": [{"key": 1, "value": 1}]},
        "parameter.kvList[0].key should be String instead of Number",
    ),
    (
        "chooseImage",
        {"sizeType": ["huge"]},
        "parameter.sizeType[0] should be one of original, compressed instead of huge",
    ),
    ("sendSocketMessage", {"data": 5}, "parameter.data should be String|ArrayBuffer instead of Number"),
    ("login", "now", "parameter should be Object instead of String"),
    ("login", object(), "parameter should be Object instead of Object"),
    ("login", taropy.Promise.resolve(5), "parameter should be Object instead of Promise"),
    ("getStorage", 5, "parameter should be Object instead of Number"),
    ("getStorage", ["a"], "parameter should be Object instead of Array"),
    ("getStorage", print, "parameter should be Object instead of Function"),
]


@pytest.mark.parametrize(("api", "options", "fault"), WRONG)
def test_wrong_options_reject_with_what_is_wrong_in_native_words(taro, native, api, options, fault):
    with pytest.raises(ParameterError) as caught:
        getattr(taro, api)(options).result()
    assert caught.value.errMsg == f"{api}:fail parameter error: {fault}"
    assert native.calls == []


WRONG_ARGUMENTS = [
    ("setStorageSync", (), "parameter.key should be String instead of Undefined"),
    ("setStorageSync", (5, 1), "parameter.key should be String instead of Number"),
    ("getStorageSync", (None,), "parameter.key should be String instead of Null"),
    ("batchGetStorageSync", (["a", 1],), "parameter.keyList[1] should be String instead of Number"),
    ("arrayBufferToBase64", ("x",), "parameter.buffer should be ArrayBuffer instead of String"),
    ("reportMonitor", ("a", "b"), "parameter.value should be Number instead of String"),
    ("isVKSupport", ("v9",), "parameter.version should be one of v1, v2 instead of v9"),
    ("onMemoryWarning", (5,), "parameter.callback should be Function instead of Number"),
    ("onMemoryWarning", (), "parameter.callback should be Function instead of Undefined"),
    ("onMemoryWarning", (None,), "parameter.callback should be Function instead of Null"),
    ("createAnimation", ({"duration": "x"},), "parameter.duration should be Number instead of String"),
]


@pytest.mark.parametrize(("api", "arguments", "fault"), WRONG_ARGUMENTS)
def test_wrong_arguments_of_functions_that_return_their_value_raise(taro, native, api, arguments, fault):
    with pytest.raises(ParameterError) as caught:
        getattr(taro, api)(*arguments)
    assert caught.value.errMsg == f"{api}:fail parameter error: {fault}"
    assert native.calls == []


@pytest.mark.parametrize(
    ("api", "arguments", "named", "fault"),
    [
        ("nextTick", (), {}, "parameter.callback should be given instead of Undefined"),
        ("addInterceptor", (), {}, "parameter.interceptor should be given instead of Undefined"),
        ("preload", (), {}, "parameter.key should be given instead of Undefined"),
        ("getTabBar", (), {}, "parameter.page should be given instead of Undefined"),
        ("pxTransform", (), {"width": 10}, "there is no parameter width"),
        ("getEnv", (), {"of": 1}, "there is no parameter of"),
        ("pxTransform", (10,), {"size": 10}, "parameter.size is given twice"),
    ],
)
def test_taros_own_functions_refuse_wrong_arguments_in_the_same_words(taro, api, arguments, named, fault):
    with pytest.raises(ParameterError) as caught:
        getattr(taro, api)(*arguments, **named)
    assert caught.value.errMsg == f"{api}:fail parameter error: {fault}"


@pytest.mark.parametrize(
    ("api", "arguments"),
    [("getEnv", ()), ("pxTransform", (10,)), ("canIUse", ("login",)), ("getAppInfo", ()), ("canIUseWebp", ())],
)
def test_arguments_beyond_those_that_taros_own_functions_take_go_unread(taro, api, arguments):
    assert getattr(taro, api)(*arguments, 640, "more") == getattr(taro, api)(*arguments)


@pytest.mark.parametrize("api", sorted(name for name in OWN if spec.member(name).is_function))
@pytest.mark.parametrize("arguments", [(), (1,) * 9])
@pytest.mark.parametrize("named", [{}, {"stranger": 1}])
def test_no_message_shows_what_taros_own_functions_are_made_of(taro, api, arguments, named):
    said = refusal(lambda: getattr(taro, api)(*arguments, **named))
    assert said == "" or said.startswith(f"{api}:fail ")
    assert "<locals>" not in said
    assert "positional" not in said


def refusal(call):
    """What a call is refused with; nothing if it is not."""
    try:
        call()
    except TaroError as error:
        return error.errMsg
    return ""


# --- what a declaration lets a program leave out, or give otherwise ------------------------------------------------


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("api", ["showLoading", "showToast"])
@pytest.mark.parametrize("arguments", [(), ({},), ({"mask": True},)])
def test_a_toast_and_a_loading_sign_need_no_title(platform, api, arguments):
    native = Everything({"errMsg": f"{api}:ok"})
    taro = taropy.create(platform, native=native)
    if taro.canIUse(api):
        assert getattr(taro, api)(*arguments).result().errMsg == f"{api}:ok"
        assert native.called == [api]


def may_be_called_with_nothing():
    for name in spec.members():
        member = spec.member(name)
        if member.option is not None and all(each.params[0].optional for each in member.signatures if each.params):
            yield name


@pytest.mark.parametrize("api", sorted({*may_be_called_with_nothing()} - OWN.keys()))
def test_options_that_are_declared_optional_may_be_left_out_altogether(taro, native, api):
    if not taro.canIUse(api):
        pytest.skip("weapp does not have it")
    getattr(taro, api)()
    assert native.called == [api]


@pytest.mark.parametrize(
    ("api", "options"),
    [
        ("setWindowSize", {"width": "300", "height": "400"}),
        ("setWindowSize", {"width": 300, "height": 400}),
        ("makeBluetoothPair", {"deviceId": "d", "pin": "1", "timeout": "20000"}),
        ("openSingleStickerView", {"url": {}}),
        ("openSingleStickerView", {"url": "https://sticker.weixin.qq.com/a"}),
        ("joinVoIPChat", {"signature": "s", "nonceStr": "n", "timeStamp": 1, "groupId": "g", "roomType": {}}),
        ("startLocalServiceDiscovery", {}),
    ],
)
def test_what_taros_own_types_allow_is_right_where_they_are_corrected_too(taro, native, api, options):
    getattr(taro, api)(options)
    assert [(name, {key: arguments[0][key] for key in options}) for name, arguments in native.calls] == [(api, options)]


@pytest.mark.parametrize(
    ("api", "options", "fault"),
    [
        ("setWindowSize", {"width": True, "height": 1}, "parameter.width should be Number instead of Boolean"),
        ("startLocalServiceDiscovery", {"serviceType": 1}, "parameter.serviceType should be String instead of Number"),
        ("addFileToFavorites", {"fileName": "a"}, "parameter.filePath should be String instead of Undefined"),
    ],
)
def test_what_neither_allows_is_wrong(taro, native, api, options, fault):
    with pytest.raises(ParameterError, match=re.escape(fault)):
        getattr(taro, api)(options).result()
    assert native.calls == []


def test_a_session_may_be_asked_for_by_its_version_alone(taro, native):
    taro.createVKSession("v1")
    taro.createVKSession(version="v2", track={})
    assert [arguments for _, arguments in native.calls] == [({"version": "v1"},), ({"version": "v2", "track": {}},)]


def test_an_argument_with_an_unknown_name_is_refused(taro):
    with pytest.raises(ParameterError, match="there is no parameter kye"):
        taro.getStorageSync(kye="a")


def test_fail_and_complete_are_told_of_wrong_options(taro, native):
    called = []
    promise = taro.request(
        {"url": 5},
        success=lambda res: called.append("success"),
        fail=lambda err: called.append(("fail", err.errMsg)),
        complete=lambda err: called.append(("complete", err.errMsg)),
    )
    message = "request:fail parameter error: parameter.url should be String instead of Number"
    assert called == [("fail", message), ("complete", message)]
    with pytest.raises(ParameterError):
        promise.result()


@pytest.mark.anyio
async def test_in_a_loop_they_are_told_after_the_call_has_returned(taro):
    order = []
    promise = taro.request({"url": 5}, fail=lambda err: order.append("fail"))
    order.append("returned")
    with pytest.raises(ParameterError):
        await promise
    assert order == ["returned", "fail"]


def test_what_is_wrong_with_one_callback_is_told_to_the_other(taro):
    called = []
    taro.login(success=5, fail=lambda err: called.append(err.errMsg))
    assert called == ["login:fail parameter error: parameter.success should be Function instead of Number"]


def test_a_long_wrong_value_is_not_repeated_in_the_message(taro):
    with pytest.raises(ParameterError) as caught:
        taro.showToast(title="x", icon="i" * 1000).result()
    assert len(caught.value.errMsg) < 200


def test_methods_may_be_written_in_lower_case(taro, native):
    taro.request(url="u", method="post").result()
    assert native.calls[0][1][0]["method"] == "post"


def test_whole_and_broken_numbers_are_both_numbers(taro):
    assert taro.login(timeout=5).result() == taro.login(timeout=5.5).result()


def test_bytes_bytearrays_and_memoryviews_are_all_array_buffers(taro, native):
    for value in (b"x", bytearray(b"x"), memoryview(b"x")):
        taro.sendSocketMessage(data=value).result()
    assert len(native.calls) == 3


def test_tuples_are_arrays_too(taro):
    assert taro.showActionSheet(itemList=("a", "b")).result().errMsg == "showActionSheet:ok"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_words_are_the_same_on_every_platform(platform):
    t = taropy.create(platform, native=Everything())
    with pytest.raises(ParameterError) as caught:
        t.request(url=5).result()
    assert caught.value.errMsg == "request:fail parameter error: parameter.url should be String instead of Number"
    assert caught.value.platform == platform
