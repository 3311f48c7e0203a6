"""An `Obj` among Python's own things: JSON, dicts, copies, sets. JavaScript's side is in `answers`."""

from __future__ import annotations

import asyncio
import copy
import inspect
import json
import pickle
import re
import sys
from collections.abc import Awaitable, Iterable, Mapping, MutableMapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import taropy.models.json
from taropy.js import (
    Array,
    ArrayBuffer,
    Map,
    Obj,
    Object,
    Promise,
    String,
    console,
    has_property,
    hole,
    is_undefined,
    shown,
    text,
    to_js,
    undefined,
)
from taropy.js.packages import lodash

DICT_METHODS = sorted(name for name in dir(dict) if not name.startswith("_"))

#: Keys as programs have them, among them indexes, names of dict's methods and texts that only look like indexes.
keys = st.one_of(
    st.sampled_from([*DICT_METHODS, "", "a", "b", "__proto__", "-1", "01", "1.5", "4294967294", "4294967295", "٣"]),
    st.integers(0, 30).map(str),
    st.text(max_size=3),
)
fields = st.dictionaries(keys, st.integers() | st.none() | st.text(max_size=2), max_size=12)


def in_javascript_s_order(names: Iterable[str]) -> list[str]:
    """The plain model: indexes by their number, and then the others as they came."""
    names = list(dict.fromkeys(names))
    indexes = [each for each in names if re.fullmatch("0|[1-9][0-9]{0,9}", each) and int(each) < 4294967295]
    return [*sorted(indexes, key=int), *(name for name in names if name not in indexes)]


# --- fields ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DICT_METHODS)
def test_a_field_may_have_the_name_of_a_dict_s_method(name: str) -> None:
    obj = Obj()
    assert getattr(obj, name) is None
    assert obj[name] is None
    setattr(obj, name, 5)
    assert getattr(obj, name) == obj[name] == 5
    assert json.loads(json.dumps(obj)) == {name: 5}
    delattr(obj, name)
    assert getattr(obj, name) is None
    assert json.dumps(obj) == "{}"


@given(st.lists(st.tuples(keys, st.integers()), max_size=20))
def test_writing_and_deleting_one_by_one_keeps_the_order(changes: list[tuple[str, int]]) -> None:
    obj, model = Obj(), dict[str, int]()
    for key, value in changes:
        if value % 5 == 0:
            del obj[key]
            model.pop(key, None)
        else:
            obj[key] = model[key] = value
    assert list(obj) == in_javascript_s_order(model)
    assert obj == model


@given(fields, fields)
def test_spreading_is_what_writing_one_by_one_is(first: dict[str, Any], second: dict[str, Any]) -> None:
    obj = Obj(first, Obj(second), last=1)
    assert list(obj) == in_javascript_s_order([*first, *second, "last"])
    assert obj == {**first, **second, "last": 1}


@given(fields)
def test_all_that_reads_dicts_reads_it(given_fields: dict[str, Any]) -> None:
    obj = Obj(given_fields)
    assert {**obj} == dict(obj) == given_fields
    assert json.loads(json.dumps(obj)) == given_fields
    assert json.loads(json.dumps([{"inner": obj}], indent=1, sort_keys=True)) == [{"inner": given_fields}]
    assert taropy.models.json.json_of(obj) == taropy.models.json.json_of({key: given_fields[key] for key in obj})
    for other in (copy.copy(obj), copy.deepcopy(obj), pickle.loads(pickle.dumps(obj))):
        assert type(other) is type(obj)
        assert other == given_fields
        assert list(other) == list(obj)


def test_keys_that_are_no_texts_are_those_texts() -> None:
    obj = Obj({1: "a", 2.0: "b", None: "c", False: "d"})
    assert {**obj} == {"1": "a", "2": "b", "null": "c", "false": "d"}
    assert obj[1] == obj["1"]
    assert 2 in obj
    del obj[2]
    assert 2 not in obj


def test_fields_given_by_name_and_spread_ones_mix() -> None:
    assert Obj({"a": 1}, None, Array([7]), a=2) == {"0": 7, "a": 2}
    assert [*Obj({"x": 1}, Obj({5: 0}))] == ["5", "x"]


def test_two_are_joined_and_neither_is_changed() -> None:
    state = Obj(a=1, b=2)
    joined = state | {"b": 3, "more": Obj(c=2), "1": 0}
    assert type(joined) is Obj
    assert list(joined) == ["1", "a", "b", "more"]
    assert joined.more.c == 2
    assert joined.missing is None
    assert state == {"a": 1, "b": 2}
    assert ({"a": 0, "items": [1]} | state).items == [1]
    assert state | None == {"a": 1, "b": 2}


def test_a_method_s_name_may_be_any_name() -> None:
    assert Obj(self=1, spread=2, fields=3, part=4) == {"self": 1, "spread": 2, "fields": 3, "part": 4}


def test_json_of_an_object_that_contains_itself_is_refused_as_of_a_dict() -> None:
    obj = Obj(items=1)
    obj.items = obj
    with pytest.raises(ValueError, match="Circular"):
        json.dumps(obj)
    assert "…" in repr(obj)


def test_many_indexes_in_any_order_are_sorted() -> None:
    obj = Obj(name="n")
    for number in [*range(0, 400, 3), *range(399, 0, -2)]:
        obj[number] = number
    numbers = [int(key) for key in obj if key != "name"]
    assert numbers == sorted(numbers)
    assert [*obj][-1] == "name"


@pytest.mark.parametrize("obj", [Obj(a=1), Obj(a=1, items=2)])
def test_pytest_shows_in_what_it_differs_from_a_dict(pytester: pytest.Pytester, obj: Obj) -> None:
    pytester.makepyfile(f"from taropy.js import Obj\ndef test_a(): assert {obj!r} == {{'a': 2, 'items': 2}}")
    told = pytester.runpytest_inprocess("-p", "no:randomly", "-p", "no:xdist").stdout.str()
    assert "representation of details failed" not in told
    assert "'a': 1" in told


# --- what it is --------------------------------------------------------------------------------------------------


def test_it_is_a_dict_and_a_mapping_and_nothing_else() -> None:
    obj = Obj(then=None)
    assert isinstance(obj, dict)
    assert isinstance(obj, Mapping)
    assert isinstance(obj, MutableMapping)
    assert not isinstance(obj, Awaitable)
    assert not inspect.isawaitable(obj)
    assert not callable(obj)
    assert obj.__class__ is Obj


def test_python_s_own_questions_are_answered_as_by_any_object() -> None:
    obj = Obj(a=1)
    assert not hasattr(obj, "__html__")
    with pytest.raises(AttributeError):
        obj.__nonsense__  # noqa: B018
    assert dir(obj) == ["a"]
    assert sys.getsizeof(obj) > 0


def test_it_equals_dicts_by_content_and_other_objects_not_at_all() -> None:
    obj = Obj(a=Obj(b=Array([1])))
    assert obj == {"a": {"b": [1]}}
    assert obj == {"a": {"b": [1]}}
    assert obj != {"a": {"b": [2]}}
    assert obj != Obj(obj)
    assert obj == obj
    assert len({obj, Obj(obj), obj}) == 2
    assert obj != 5


def test_a_class_does_not_extend_it() -> None:
    with pytest.raises(TypeError, match=r"let it extend taropy\.js\.Object"):

        class Cart(Obj):
            pass


def test_it_shows_what_it_is() -> None:
    assert repr(Obj({"content-type": "json"}, a=Array([1]), items=2)) == (
        "Obj({'content-type': 'json'}, a=Array([1]), items=2)"
    )


def test_a_promise_may_be_of_one_and_a_then_in_it_is_heard() -> None:
    async def main() -> None:
        obj = Obj(items=1, get=2)
        assert await Promise.resolve(obj) is obj
        assert await Promise.resolve(Obj(then=lambda resolve: resolve(7))) == 7

    asyncio.run(main())


# --- undefined ---------------------------------------------------------------------------------------------------


def test_undefined_is_told_from_none_only_where_that_is_asked() -> None:
    assert not undefined
    assert undefined == None  # noqa: E711
    assert hole == undefined
    assert undefined != 0
    assert is_undefined(undefined)
    assert not is_undefined(None)
    assert repr(undefined) == "undefined"
    assert copy.deepcopy([undefined])[0] is pickle.loads(pickle.dumps(undefined)) is undefined
    assert len({undefined, None}) == 1


@pytest.mark.parametrize(
    ("value", "told"), [(None, "undefined"), (undefined, "undefined"), (25.0, "25"), (True, "true"), ([1, None], "1,")]
)
def test_of_what_may_be_missing_a_text_says_undefined(value: Any, told: str) -> None:
    assert shown(value) == told
    assert text(None) == "null"


def test_undefined_is_one_value() -> None:
    with pytest.raises(TypeError):

        class Other(type(undefined)):  # type: ignore[misc]
            pass


# --- Object ------------------------------------------------------------------------------------------------------


class Cart(Object):
    """A ported class."""

    count: int

    def __init__(self) -> None:
        self.count = 1

    def add(self) -> int:
        self.count += 1
        return self.count


def test_a_ported_class_has_its_methods_and_misses_no_field() -> None:
    cart = Cart()
    assert cart.add() == 2
    assert cart.coupon is None
    assert cart.keys is None  # a static of `Object`, and of no cart
    cart["coupon"] = "SPRING"
    assert cart.coupon == cart["coupon"] == "SPRING"
    assert Object.keys(cart) == ["count", "coupon"]
    assert {**Obj(cart)} == {"count": 2, "coupon": "SPRING"}
    assert not hasattr(cart, "__html__")


class Sale(Cart):
    rate = 0.2


def test_a_static_that_a_class_lacks_is_none() -> None:
    missing: Any = Sale
    assert (missing.defaultProps, missing._instance) == (None, None)
    missing._instance = Sale()
    assert Sale._instance.rate == Sale.rate == 0.2  # type: ignore[attr-defined]  # pyright: ignore
    assert not hasattr(Sale, "__html__")  # which Python asks for


def test_what_a_class_lacks_is_not_in_its_instances() -> None:
    assert "rate" in Sale()
    assert has_property(Sale(), "add")
    assert not has_property(Sale(), "coupon")
    assert lodash.get(Obj({"a.b": 1, "a": Sale()}), "a.rate") == 0.2


def test_a_ported_class_is_no_pattern_no_list_and_no_map(capsys: pytest.CaptureFixture[str]) -> None:
    assert String.split("a1a", Sale()) == ["a1a"]
    assert not ArrayBuffer.isView(Sale())
    assert not lodash.isTypedArray(Sale())
    console.log(Sale())
    assert capsys.readouterr().out == "Sale { count: 1 }\n"


def test_what_is_frozen_stays_what_it_was_otherwise() -> None:
    frozen = Object.freeze(Obj(a=1, items=2))
    assert isinstance(frozen, Obj)
    assert (frozen.a, frozen.items, frozen.b) == (1, 2, None)
    assert json.dumps(frozen) == '{"a": 1, "items": 2}'
    assert Object.freeze(frozen) is frozen
    for change in (
        lambda: setattr(frozen, "a", 2),
        lambda: frozen.__setitem__("items", 2),
        lambda: delattr(frozen, "a"),
        lambda: Object.assign(frozen, {"c": 3}),
    ):
        with pytest.raises(TypeError, match="frozen"):
            change()
    assert frozen == {"a": 1, "items": 2}
    again = copy.deepcopy(frozen)
    again.a = 5
    assert again.a == 5


def test_a_frozen_instance_keeps_its_methods() -> None:
    class Shelf(Object):
        def __init__(self) -> None:
            self.books = Array([1])

        def push(self, book: int) -> int:
            return self.books.push(book)

    shelf = Object.freeze(Shelf())
    assert shelf.push(2) == 2
    assert isinstance(shelf, Shelf)
    with pytest.raises(TypeError, match="frozen"):
        shelf.books = Array()


@pytest.mark.parametrize(
    "change",
    [
        lambda xs: xs.push(1),
        lambda xs: xs.pop(),
        lambda xs: xs.sort(),
        lambda xs: xs.append(1),
        lambda xs: xs.__setitem__(0, 1),
        lambda xs: xs.__delitem__(0),
        lambda xs: setattr(xs, "length", 0),
        lambda xs: xs.splice(0, 1),
    ],
)
def test_a_frozen_array_takes_no_change(change: Any) -> None:
    frozen = Object.freeze(Array([3, 2]))
    with pytest.raises(TypeError, match="frozen"):
        change(frozen)
    assert frozen == [3, 2]


def test_what_python_has_no_place_for_is_refused() -> None:
    with pytest.raises(TypeError, match="write a class"):
        Object.create(Cart())
    with pytest.raises(TypeError, match="getter"):
        Object.defineProperty(Obj(), "a", Obj(get=lambda: 1, enumerable=True, configurable=True, writable=True))
    with pytest.raises(TypeError, match="writable"):
        Object.defineProperty(Obj(), "a", Obj(value=1))


def test_a_table_of_dicts_and_lists_becomes_objects_and_arrays() -> None:
    kept, call, known = Obj(kept=True), len, Map([["a", 1]])
    table = to_js({"b": [{"ml": 200}, kept], "1": {"keys": ()}, "call": call, "map": known, "text": "x", "none": None})
    assert type(table) is Obj
    assert list(table) == ["1", "b", "call", "map", "text", "none"]
    assert type(table.b) is Array
    assert table.b[0].ml == 200
    assert table.b[0].missing is None
    assert table.b[5] is None
    assert table.b[1] is kept
    assert type(table["1"].keys) is Array
    assert (table.call, table.map, table.text, table.none) == (call, known, "x", None)
