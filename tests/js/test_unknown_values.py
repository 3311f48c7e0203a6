"""Methods and fields of values of which it is not known what they are; and what stands for what was not ported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from taropy.js import (
    Array,
    NotPorted,
    NotPortedWarning,
    Obj,
    Object,
    TypeError,
    Unported,
    has_property,
    invoke,
    length,
    not_ported,
)


class Cart(Object):
    """A ported class."""

    def add(self, count: int) -> str:
        return f"added {count}"


@pytest.mark.parametrize(
    ("value", "name", "arguments", "answer"),
    [
        ("a,b", "split", [","], ["a", "b"]),
        (Array([1, 2, 3]), "slice", [1], [2, 3]),
        (5.25, "toFixed", [1], "5.3"),
        (True, "toString", [], "true"),
        (25.0, "toString", [], "25"),
        (Array([1, 2]), "toString", [], "1,2"),
        (Obj(replace=lambda text: text + "!"), "replace", ["x"], "x!"),
        (Cart(), "add", [2], "added 2"),
    ],
)
def test_a_method_is_that_of_the_value(value: Any, name: str, arguments: list[Any], answer: Any) -> None:
    assert invoke(value, name, *arguments) == answer


@pytest.mark.parametrize(
    ("value", "name"), [(None, "trim"), (5, "trim"), (Obj(), "run"), ("x", "push"), (True, "toFixed")]
)
def test_a_method_that_it_has_not_is_a_type_error(value: Any, name: str) -> None:
    with pytest.raises(TypeError):
        invoke(value, name)


@pytest.mark.parametrize(
    ("value", "key", "answer"),
    [
        (Obj(a=None), "a", True),
        (Obj(), "a", False),
        (Obj({"1": 0}), 1, True),
        (Array([1]), 0, True),
        (Array([1]), 1, False),
        (Array([1]), "length", True),
        (Cart(), "add", True),
        (Cart(), "remove", False),
    ],
)
def test_a_field_is_there_or_not(value: Any, key: Any, answer: bool) -> None:
    assert has_property(value, key) is answer


def test_what_is_no_object_has_no_fields_to_ask_for() -> None:
    with pytest.raises(TypeError, match="Cannot use 'in' operator"):
        has_property("text", "a")


def test_the_length_of_an_object_is_its_field() -> None:
    values = [Obj(length=3), Obj(), "👍", Array([1])]
    assert [length(value) for value in values] == [3, None, 2, 1]


@pytest.mark.parametrize(
    "use",
    [
        lambda name: name(),
        lambda name: name.format("x"),
        lambda name: name["x"],
        lambda name: bool(name),
        lambda name: name == 1,
        lambda name: list(name),
        lambda name: name + 1,
        lambda name: setattr(name, "x", 1),
    ],
)
def test_whatever_is_done_with_what_was_not_ported_raises_and_warns(use: Callable[[Any], Any]) -> None:
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match=r"not ported: the package x: import x"):
        use(Unported("the package x", "import x"))


def test_a_place_that_was_not_ported_says_why_and_what_stood_there() -> None:
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted) as raised:
        not_ported("generators are not ported", "yield 1")
    assert (raised.value.reason, raised.value.original) == ("generators are not ported", "yield 1")
    assert repr(Unported("the package x")) == "<not ported: the package x>"
