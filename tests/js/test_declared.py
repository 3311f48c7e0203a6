"""`TypedObj`, `OpenObj` and `members`: declarations of TypeScript's, in Python."""

from __future__ import annotations

import json
from enum import IntEnum, StrEnum

import pytest

from taropy.js import JSON, Array, Obj, Object, OpenObj, TypedObj, for_in, members, typeof


class Line(TypedObj):
    price: float
    items: Array[str]


class Order(Line, OpenObj):
    note: str | None


class Status(StrEnum):
    Open = "open"
    Paid = "paid"


class Level(IntEnum):
    Low = 0
    High = 5
    Top = 5


class Gift(TypedObj):
    price: float
    note: str | None


@pytest.mark.parametrize("kind", [TypedObj, OpenObj, Gift, Line, Order])
def test_what_a_declaration_makes_is_a_plain_object(kind: type[TypedObj]) -> None:
    made = kind(price=1, note="gift")
    assert type(made) is Obj
    assert made == {"price": 1, "note": "gift"}
    assert json.dumps(made) == '{"price": 1, "note": "gift"}'
    made["10"] = made["9"] = True
    assert list(made) == ["9", "10", "price", "note"]
    assert kind() == {}


def test_a_field_named_items_is_no_method_of_dicts_whoever_declares_it() -> None:
    for made in (Line(items=Array(["a"])), Order(items=Array(["a"]))):
        assert json.dumps(made) == '{"items": ["a"]}'
        assert {**made} == {"items": ["a"]}


def test_only_an_open_declaration_spreads_other_objects() -> None:
    assert Order({"price": 1}, None, note="gift") == {"price": 1, "note": "gift"}
    with pytest.raises(TypeError, match="argument"):
        Gift({"price": 1}, note="gift")  # type: ignore[call-arg]


def test_a_declared_field_that_is_missing_reads_as_none() -> None:
    order: Order = Order(price=2)
    assert (order.price, order.note) == (2, None)


def test_a_declaration_keeps_what_it_says_for_those_who_ask() -> None:
    assert Order.__annotations__ == {"note": "str | None"}
    assert issubclass(Order, Line)


def test_an_enum_is_an_object_of_its_members() -> None:
    assert members(Status) == {"Open": "open", "Paid": "paid"}
    assert members(Status) is members(Status)
    assert typeof(members(Status)) == "object"
    assert Object.values(members(Status)) == ["open", "paid"]
    assert members(Status)["Gone"] is None


def test_an_enum_of_numbers_has_its_names_by_number_and_the_last_of_a_number_counts() -> None:
    assert list(for_in(members(Level))) == ["0", "5", "Low", "High", "Top"]
    assert members(Level)[0] == "Low"
    assert members(Level)[Level.High] == "Top"
    assert JSON.stringify(members(Level)) == '{"0":"Low","5":"Top","Low":0,"High":5,"Top":5}'
