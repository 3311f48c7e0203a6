"""What `caught` makes of what Python and taropy raise."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy.js import Error, Obj, RangeError, TypeError, caught, instanceof, throw

MISSING: Any = None


def endless() -> Any:
    return endless()


#: What a program does, and the name and the message of the error that it catches.
RAISED: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: MISSING.code, "TypeError", "Cannot read properties of undefined (reading 'code')"),
    (lambda: MISSING(), "TypeError", "undefined is not a function"),
    (lambda: [*MISSING], "TypeError", ""),
    (lambda: MISSING[0], "TypeError", "undefined is not subscriptable"),
    (lambda: len(MISSING), "TypeError", "Cannot read properties of undefined (reading 'length')"),
    (lambda: zork, "ReferenceError", "name 'zork' is not defined"),  # type: ignore[name-defined]  # noqa: F821
    (endless, "RangeError", "Maximum call stack size exceeded"),
    (lambda: {}["a"], "KeyError", "'a'"),
    (lambda: 1 / 0, "ZeroDivisionError", "division by zero"),
    (lambda: int("x"), "ValueError", "invalid literal for int() with base 10: 'x'"),
    (lambda: throw(RangeError("far")), "RangeError", "far"),
]


@pytest.mark.parametrize(("code", "name", "message"), RAISED)
def test_python_s_own_exceptions_are_caught_as_javascript_s(code: Any, name: str, message: str) -> None:
    try:
        code()
    except Exception as error:
        got = caught(error)
    assert got.name == name
    assert got.message == message or not message
    assert instanceof(got, Error)
    assert got.code is None
    assert got.stack.startswith(f"{name}: ")


def test_the_exception_that_was_is_the_cause() -> None:
    with pytest.raises(KeyError) as raised:
        {}["a"]
    got = caught(raised.value)
    assert got.cause is raised.value
    with pytest.raises(Error) as again:
        throw(got)
    assert again.value is got


def test_javascript_s_errors_are_python_s_of_the_same_kind() -> None:
    assert isinstance(TypeError("x"), builtins.TypeError)
    assert isinstance(RangeError("x"), ValueError)
    with pytest.raises(ValueError, match="far"):
        throw(RangeError("far"))


def test_what_a_failed_call_gives_is_an_object_and_no_error() -> None:
    got = caught(taropy.TaroError("login:fail cancel", 5, fields={"errno": 7}))
    assert got == {"errMsg": "login:fail cancel", "errCode": 5, "errno": 7}
    assert got.message is None
    assert isinstance(got, Obj)
    assert not instanceof(got, Error)


def test_the_same_value_comes_out_that_was_thrown_in() -> None:
    for value in (Obj(a=1), "text", 0, None, Error("x")):
        with pytest.raises(Exception) as raised:
            throw(value)
        assert caught(raised.value) is value


def test_an_exception_that_is_raised_again_is_the_same_value() -> None:
    def fails() -> None:
        try:
            MISSING.code()
        except Exception as error:
            caught(error).seen = True
            raise

    with pytest.raises(AttributeError) as raised:
        fails()
    assert caught(raised.value).seen is True
    assert caught(raised.value) is caught(raised.value)
