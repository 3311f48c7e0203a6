"""`expect_unhandled`: errors that nothing in the program handles, and that a test wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import taropy
from taropy import Promise, TaroError
from taropy.testing import expect_unhandled


@pytest.fixture
def weapp() -> Iterator[Any]:
    """A runtime of its own."""
    with taropy.create("weapp") as t:
        yield t


def test_a_rejection_that_nobody_handles_is_expected_and_no_warning(weapp: Any) -> None:
    with expect_unhandled(TaroError) as caught:
        weapp.request(url="nope")
    assert caught.error.errMsg == 'request:fail invalid url "nope"'
    assert caught.errors == [caught.error]


def test_one_that_the_test_still_holds_counts_as_well(weapp: Any) -> None:
    with expect_unhandled(TaroError):
        held = weapp.request(url="nope")
    with pytest.raises(TaroError):
        held.result()


def test_what_a_callback_raises_is_expected(weapp: Any) -> None:
    with expect_unhandled(ZeroDivisionError, AttributeError) as caught:
        weapp.login(success=lambda res: 1 / 0)
        weapp.login(complete=lambda res: res.nothing)
    assert [type(error) for error in caught.errors] == [ZeroDivisionError, AttributeError]


def test_any_error_is_expected_where_none_is_named(weapp: Any) -> None:
    with expect_unhandled() as caught:
        weapp.login(success=lambda res: 1 / 0)
    assert isinstance(caught.error, ZeroDivisionError)


def test_what_is_no_error_is_expected_as_rejected() -> None:
    with expect_unhandled(taropy.Rejected) as caught:
        Promise.reject({"code": 7})
    assert caught.error.value == {"code": 7}


@pytest.mark.anyio
async def test_in_an_event_loop_it_waits_for_what_has_begun(weapp: Any) -> None:
    async with expect_unhandled(TaroError, match="invalid url") as caught:
        weapp.request(url="nope")
    assert len(caught.errors) == 1


@pytest.mark.anyio
async def test_in_an_event_loop_what_comes_later_is_missed_by_with_and_it_is_said_what_to_write(weapp: Any) -> None:
    with pytest.raises(AssertionError, match="in an event loop, `async with` waits for what has begun"):  # noqa: SIM117
        with expect_unhandled(TaroError):
            promise = weapp.request(url="nope")
    with pytest.raises(TaroError):
        await promise


def test_it_fails_if_none_has_come(weapp: Any) -> None:
    with pytest.raises(AssertionError, match="no KeyError or TypeError came up that nothing handled; in an event loop"):  # noqa: SIM117
        with expect_unhandled(KeyError, TypeError):
            weapp.login()


def test_what_is_handled_is_not_what_is_expected(weapp: Any) -> None:
    with pytest.raises(AssertionError, match="no TaroError came up that nothing handled"):  # noqa: SIM117
        with expect_unhandled(TaroError):
            weapp.request(url="nope").catch(lambda error: None)


def test_others_are_told_as_ever_and_named_where_the_expected_one_is_missing(weapp: Any) -> None:
    with (
        pytest.warns(taropy.UnhandledErrorWarning, match="division by zero"),
        pytest.raises(AssertionError, match=r"no KeyError came .*; what came: unhandled rejection: ZeroDivisionError"),
        expect_unhandled(KeyError),
    ):
        weapp.login(success=lambda res: 1 / 0)


def test_one_with_another_text_is_another(weapp: Any) -> None:
    with (
        pytest.warns(taropy.UnhandledErrorWarning, match="division by zero"),
        pytest.raises(AssertionError, match="no ZeroDivisionError that matches 'modulo' came up"),
        expect_unhandled(ZeroDivisionError, match="modulo"),
    ):
        weapp.login(success=lambda res: 1 / 0)


def test_what_was_left_before_is_none_of_it(weapp: Any) -> None:
    held = weapp.request(url="nope")
    with pytest.raises(AssertionError, match="no TaroError came up"), expect_unhandled(TaroError):
        weapp.login()
    held.catch(lambda error: None)


def test_what_the_test_raises_itself_is_raised(weapp: Any) -> None:
    with pytest.raises(LookupError, match="mine"), expect_unhandled(TaroError):
        raise LookupError("mine")


def test_the_inner_of_two_takes_it_first(weapp: Any) -> None:
    with expect_unhandled(TaroError) as outer, expect_unhandled(ZeroDivisionError) as inner:
        weapp.request(url="nope")
        weapp.login(success=lambda res: 1 / 0)
    assert (len(outer.errors), len(inner.errors)) == (1, 1)


def test_the_first_error_is_asked_for_too_early() -> None:
    with pytest.raises(AssertionError, match="no error came up"), expect_unhandled() as caught:
        caught.error  # noqa: B018


@pytest.mark.parametrize("kind", ["KeyError", 5, KeyError("x"), int])
def test_what_is_no_class_of_errors_is_refused(kind: Any) -> None:
    with pytest.raises(TypeError, match="takes classes of errors, and not"):
        expect_unhandled(kind)
