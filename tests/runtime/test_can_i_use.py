"""`Taro.canIUse`, which is false exactly where a call would raise, with its full schema."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from natives import Everything

import taropy
from taropy import ParameterError


@pytest.fixture(scope="module")
def everything():
    return taropy.create("weapp", native=Everything())


YES = [
    "login",
    "request",
    "getSystemInfoSync",
    "eventCenter",
    "request.object.method.GET",
    "request.object.method.PATCH",
    "request.object.url",
    "request.object.dataType.json",
    "request.object.success",
    "request.success.statusCode",
    "showToast.object.image",
    "showToast.object.icon.success",
    "login.success.code",
    "getSystemInfo.success.screenWidth",
    "getSystemInfoSync.return.SDKVersion",
    "getSystemInfoSync.return.safeArea.top",
    "onMemoryWarning.callback.level",
    "onMemoryWarning",
    "chooseImage.object.sizeType",
    "CameraContext.onCameraFrame",
    "RequestTask.onChunkReceived",
]

NO = [
    "lgoin",
    "request.object.method.FETCH",
    "request.object.nothing",
    "request.object.url.GET",
    "request.nothing",
    "request.success.nothing",
    "showToast.object.icon.smile",
    "login.success.code.more",
    "login.return.code",
    "getSystemInfoSync.success.nothing",
    "onMemoryWarning.callback.nothing",
    "NoContext.method",
    "CameraContext.nothing",
    ".",
    "login.",
    "login..code",
    "_private",
    "__class__",
]


@pytest.mark.parametrize("schema", YES)
def test_what_there_is_can_be_used(everything, schema):
    assert everything.canIUse(schema) is True


@pytest.mark.parametrize("schema", NO)
def test_what_there_is_not_cannot(schema):
    with taropy.create("weapp") as on_phone:
        assert on_phone.canIUse(schema) is False


@pytest.mark.parametrize(
    "schema", ["login.success.code", "login.object.timeout", "RequestTask.onChunkReceived", "login"]
)
def test_nothing_of_a_function_that_the_host_lacks_can_be_used(schema):
    assert taropy.create("weapp", native=SimpleNamespace()).canIUse(schema) is False


def test_nothing_of_a_function_that_the_platform_lacks_can_be_used():
    t = taropy.create("h5", native=Everything())
    assert not t.canIUse("checkSession")
    assert not t.canIUse("checkSession.success.errMsg")


def test_a_field_that_names_its_platforms_is_to_be_had_there_only():
    tagged = "request.object.enableChunked"
    assert taropy.create("weapp", native=Everything()).canIUse(tagged)
    assert not taropy.create("rn", native=Everything()).canIUse(tagged)


def test_the_methods_of_an_object_are_to_be_had_where_it_is():
    makes = SimpleNamespace(createCameraContext=lambda: None)
    assert taropy.create("weapp", native=makes).canIUse("CameraContext.takePhoto")
    assert not taropy.create("weapp", native=SimpleNamespace()).canIUse("CameraContext.takePhoto")


def test_what_is_handed_through_from_the_native_object_can_be_used(native):
    native.aBrandNewFunction = print
    t = taropy.create(native=native)
    assert t.canIUse("aBrandNewFunction")
    assert not t.canIUse("aBrandNewFunction.object.x")


def test_without_a_schema_nothing_is_asked_for(everything):
    with taropy.create("weapp") as on_phone:
        assert on_phone.canIUse("") is False


@pytest.mark.parametrize("schema", [None, 5, b"login", ["login"]])
def test_a_schema_is_a_text(everything, schema):
    with pytest.raises(ParameterError, match="canIUse:fail parameter error"):
        everything.canIUse(schema)
