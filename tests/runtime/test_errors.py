"""What calls fail with: errors that read like the native error object."""

from __future__ import annotations

import copy
import pickle

import pytest

import taropy
from taropy import AggregateError, NotSupported, ParameterError, TaroError


@pytest.fixture
def error():
    fields = {"errMsg": "request:fail timeout", "errno": 5, "detail": {"host": "example.com"}}
    return TaroError("request:fail timeout", 2, api="request", platform="weapp", fields=fields)


def test_an_error_reads_by_attribute_and_by_key(error):
    assert error.errMsg == error["errMsg"] == error.get("errMsg") == str(error) == "request:fail timeout"
    assert error.errCode == error["errCode"] == 2
    assert error.errno == error["errno"] == 5
    assert ("errno" in error, "nothing" in error, error.get("nothing", 7)) == (True, False, 7)


def test_an_error_gives_the_native_object(error):
    native = {"errMsg": "request:fail timeout", "errCode": 2, "errno": 5, "detail": {"host": "example.com"}}
    assert dict(error) == {**error} == native
    assert list(error) == list(native)


def test_an_error_knows_what_failed_and_where(error):
    assert (error.api, error.platform) == ("request", "weapp")


def test_an_error_without_a_code_has_none():
    error = TaroError("login:fail")
    assert (error.errCode, "errCode" in error, dict(error)) == (None, False, {"errMsg": "login:fail"})


def test_a_field_that_is_not_there_is_an_attribute_or_key_error(error):
    with pytest.raises(AttributeError, match="has no 'errmsg'; it has errMsg, errCode"):
        error.errmsg  # noqa: B018
    with pytest.raises(KeyError):
        error["errmsg"]


def made():
    """One error of each kind."""
    yield TaroError("login:fail x", 3, api="login", platform="qq", fields={"errno": 5})
    yield ParameterError("login:fail parameter error: x", api="login", platform="tt")
    yield NotSupported("login", "h5", reason="platform", host="phone", supported_on=("weapp",))
    yield AggregateError([ValueError("x")])


@pytest.mark.parametrize("error", list(made()), ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("copied", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))], ids=["copy", "pickle"])
def test_errors_can_be_copied_and_sent_to_other_processes(error, copied):
    again = copied(error)
    assert type(again) is type(error)
    assert (str(again), dict(again), again.api, again.platform) == (str(error), dict(error), error.api, error.platform)


def test_all_errors_of_calls_are_taro_errors():
    assert all(issubclass(kind, TaroError) for kind in (ParameterError, NotSupported, AggregateError))
    assert issubclass(NotSupported, NotImplementedError)


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({}, "parameter.url should be String instead of Undefined"),
        ({"url": None}, "parameter.url should be String instead of Null"),
        ({"url": 5}, "parameter.url should be String instead of Number"),
        ({"url": "u", "timeout": True}, "parameter.timeout should be Number instead of Boolean"),
    ],
)
def test_wrong_options_are_told_of_in_the_native_form(on_phone, options, fault):
    with pytest.raises(ParameterError) as caught:
        on_phone.request(options).result()
    assert caught.value.errMsg == f"request:fail parameter error: {fault}"
    assert (caught.value.api, caught.value.platform) == ("request", "weapp")


def test_what_an_interceptor_promises_may_fail_with_anything():
    with taropy.create() as t:
        t.addInterceptor(lambda chain: taropy.Promise.reject({"errMsg": "request:fail offline", "errCode": 1}))
        with pytest.raises(TaroError) as caught:
            t.request("http://localhost").result()
    assert (caught.value.errMsg, caught.value.errCode) == ("request:fail offline", 1)
