"""`generator`, by which a port has JavaScript's `function*`; and `class_of`, `Object.prototype.toString`."""

from __future__ import annotations

from typing import Any

import pytest

from taropy.js import Array, Date, Error, Map, Obj, Promise, RegExp, class_of, generator, started, undefined, yield_all


@generator
def _count(limit: int, step: int) -> Any:
    seen = 0
    while seen < limit:
        seen += (yield seen) or step or 1
    return "done"


def test_a_generator_goes_on_step_by_step_and_takes_what_it_is_sent() -> None:
    steps = _count(5, 2, "more")
    told = [steps.next("lost"), steps.next(), steps.next(10), steps.next()]
    assert [(each.value, each.done) for each in told] == [(0, False), (2, False), ("done", True), (None, True)]


def test_arguments_that_are_missing_are_none() -> None:
    assert list(_count(3)) == [0, 1, 2]


def test_a_loop_that_ends_early_ends_the_generator() -> None:
    steps = _count(5)
    for _ in steps:
        break
    assert steps.next().done


def test_what_is_thrown_into_it_is_raised_where_it_waits() -> None:
    @generator
    def careful() -> Any:
        try:
            yield 1
        except Error as error:
            yield error.message

    steps = careful()
    steps.next()
    assert steps.throw(Error("bad")).value == "bad"
    with pytest.raises(Error, match="again"):
        steps.throw(Error("again"))


def test_what_is_sent_goes_on_to_the_generator_that_another_one_hands_on() -> None:
    @generator
    def outer() -> Any:
        yield from yield_all(Array(["a"]))
        return (yield from yield_all(_count(2)))

    steps = outer()
    assert [steps.next().value, steps.next().value, steps.next(5).value] == ["a", 0, "done"]


def test_a_function_without_yield_is_none() -> None:
    with pytest.raises(TypeError, match="no yield"):
        generator(lambda: 1)


@started
async def _later() -> None: ...


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        (None, "Null"),
        (undefined, "Undefined"),
        (True, "Boolean"),
        (1.5, "Number"),
        ("a", "String"),
        (Array(), "Array"),
        ([1], "Array"),
        (Obj(), "Object"),
        ({}, "Object"),
        (Date(0), "Date"),
        (RegExp("x"), "RegExp"),
        (Map(), "Map"),
        (Error("e"), "Error"),
        (len, "Function"),
        (_later, "AsyncFunction"),
        (Promise(lambda: None), "Promise"),
    ],
)
def test_the_class_of_a_value(value: Any, tag: str) -> None:
    assert class_of(value) == f"[object {tag}]"
