"""What sets a field within an expression, of whatever value; and a class's own getters and private members."""

from __future__ import annotations

import json
import math

import pytest

from taropy.js import JSON, Array, Obj, Object, TypeError, add_to, class_getter, console, put, structuredClone


class Till(Object):
    def __init__(self) -> None:
        self.__coins = 3
        self.open = True

    @class_getter
    def name_of(cls) -> str:
        return cls.__name__

    def coins(self) -> int:
        return self.__coins


class Safe(Till):
    def __init__(self) -> None:
        super().__init__()
        self.__code = 7


def test_a_field_is_set_on_whatever_can_have_one() -> None:
    def function() -> None: ...

    for value in (Obj(), Till(), Array(), {}, function):
        assert put(value, "note", "a") == "a"
        assert (value["note"] if isinstance(value, dict) else value.note) == "a"  # type: ignore[attr-defined]
    items = Array([1])
    assert (put(items, 2, 5), len(items), put(items, "length", 1), items) == (5, 3, 1, [1])


def test_counting_gives_the_new_number() -> None:
    counts = Obj(n=1, text="5", nothing=None)
    assert [add_to(counts, "n", 1), add_to(counts, "n", -1), add_to(counts, "text", 1)] == [2, 1, 6]
    assert add_to(counts, "nothing", 1) == 1  # null is 0
    assert math.isnan(add_to(counts, "missing", 1))
    assert math.isnan(counts.missing)


@pytest.mark.parametrize("act", [lambda: put(None, "n", 1), lambda: add_to(None, "n", 1)])
def test_of_nothing_no_field_is_set(act: object) -> None:
    with pytest.raises(TypeError, match=r"Cannot (set|read) properties of undefined"):
        act()  # type: ignore[operator]


def test_private_members_are_listed_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    safe = Safe()
    assert (Object.keys(safe), JSON.stringify(safe), {**structuredClone(safe)}) == (
        ["open"],
        '{"open":true}',
        {"open": True},
    )
    assert json.loads(JSON.stringify(Object.assign(Obj(), safe))) == {"open": True}
    assert not safe.hasOwnProperty("_Till__coins")
    console.log(safe)
    assert capsys.readouterr().out == "Safe { open: true }\n"
    assert safe.coins() == 3


def test_a_getter_of_a_class_is_called_where_the_class_is_read() -> None:
    assert (Till.name_of, Safe.name_of) == ("Till", "Safe")
