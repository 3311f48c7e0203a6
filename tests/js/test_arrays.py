"""An `Array` among Python's own things, and against plain models. JavaScript's side is in `answers`."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taropy.js import JSON, Array, Obj, Object, Set, caught, hole, undefined

items = st.lists(st.integers(-3, 3) | st.sampled_from(["", "a", None, True, 2.0]), max_size=8)
places = st.integers(-10, 10)


@given(items)
def test_it_is_a_list_to_all_that_reads_lists(values: list[Any]) -> None:
    array = Array(values)
    assert isinstance(array, list)
    assert [*array] == list(array) == array == values
    assert len(array) == array.length == len(values)
    assert json.loads(json.dumps(array)) == values
    for other in (copy.copy(array), copy.deepcopy(array), pickle.loads(pickle.dumps(array)), array[:]):
        assert type(other) is Array
        assert other == values
        assert other != array


@given(items, places, places)
def test_a_part_is_what_javascript_s_rules_say(values: list[Any], start: int, end: int) -> None:
    def clamped(place: int) -> int:
        return max(len(values) + place, 0) if place < 0 else min(place, len(values))

    expected = [values[index] for index in range(clamped(start), clamped(end))]
    assert Array(values).slice(start, end) == expected
    filled = ["x" if clamped(start) <= index < clamped(end) else value for index, value in enumerate(values)]
    assert Array(values).fill("x", start, end) == filled


@given(items, places, places, items)
def test_a_splice_takes_out_and_puts_in(values: list[Any], start: int, count: int, new: list[Any]) -> None:
    array = Array(values)
    first = max(len(values) + start, 0) if start < 0 else min(start, len(values))
    end = min(first + max(count, 0), len(values))
    assert array.toSpliced(start, count, *new) == values[:first] + new + values[end:]
    assert array == values
    assert array.splice(start, count, *new) == values[first:end]
    assert array == values[:first] + new + values[end:]


@given(st.lists(st.text(max_size=3) | st.integers(-20, 20), max_size=12))
def test_a_sort_is_by_utf_16_units(values: list[Any]) -> None:
    expected = sorted(values, key=lambda value: str(value).encode("utf-16-be", "surrogatepass"))
    assert Array(values).sort() == expected
    assert Array(values).toSorted() == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers()), max_size=20))
def test_a_sort_leaves_equal_ones_as_they_are(pairs: list[tuple[int, int]]) -> None:
    expected = sorted(pairs, key=lambda pair: pair[0])
    assert Array(pairs).sort(lambda left, right: left[0] - right[0]) == expected
    assert Array(pairs).sort(key=lambda pair: pair[0]) == expected
    assert Array(pairs).toSorted(key=lambda pair: pair[0]) == expected


def test_what_is_missing_is_sorted_to_the_end_and_asked_for_no_key() -> None:
    rows = Array([undefined, Obj(n=2), Obj(n=1)])
    rows[4] = Obj(n=0)
    rows.sort(key=lambda row: -row.n)
    assert [row.n for row in rows[:3]] == [2, 1, 0]
    assert rows[3:] == [undefined, hole]


@given(items)
def test_searching_tells_true_from_1_and_takes_2_for_2_0(values: list[Any]) -> None:
    def is_same(left: Any, right: Any) -> bool:
        return left == right and isinstance(left, bool) == isinstance(right, bool)

    for searched in (1, True, 2, "a", None):
        found = [index for index, value in enumerate(values) if is_same(value, searched)]
        assert Array(values).indexOf(searched) == (found[0] if found else -1)
        assert Array(values).lastIndexOf(searched) == (found[-1] if found else -1)
        assert Array(values).includes(searched) == bool(found)


class Shop:
    """Something with methods."""

    def __init__(self) -> None:
        self.seen: list[Any] = []

    def one(self, item: Any) -> None:
        self.seen.append(item)

    def all(self, *given: Any) -> None:
        self.seen.append(given)

    def with_default(self, item: Any, index: Any = "no") -> None:
        self.seen.append((item, index))


def test_methods_classes_and_built_in_functions_are_callbacks_too() -> None:
    shop, array = Shop(), Array(["a"])
    array.forEach(shop.one)
    array.forEach(shop.all)
    array.forEach(shop.with_default)
    array.forEach(shop.seen.append)
    array.forEach(partial(shop.one))
    assert shop.seen == ["a", ("a", 0, array), ("a", 0), "a", "a"]
    assert Array(["a", "bc"]).map(len) == [1, 2]
    assert Array([[1], [1, 1]]).map(Set).map(lambda each: each.size) == [1, 1]


@pytest.mark.parametrize("callback", [None, 5, "f", Obj(), Array()])
def test_what_is_no_function_is_refused_in_javascript_s_words(callback: Any) -> None:
    with pytest.raises(TypeError) as error:
        Array([1]).map(callback)
    assert caught(error.value).message.endswith("is not a function")


def test_a_missing_item_or_field_is_none_wherever_it_is() -> None:
    array = Array([1])
    assert (array[1], array[-1], array["1"], array["x"], array.foo, array[0.5]) == (None,) * 6
    assert array.constructor is None
    assert not hasattr(array, "__html__")


def test_holes_read_as_none_to_python_too() -> None:
    array = Array.ofLength(2)
    assert array[0] is None
    assert [item is None for item in (*array, *array.values())] == [True] * 4
    assert array == [None, None]


def test_what_is_made_of_holes_has_holes_if_javascript_keeps_them() -> None:
    holes = Array.of(1, hole, 3)
    assert holes.length == 3
    kept = [holes, holes.map(lambda item: item), holes[:], holes.concat([4]), Array([0]).concat(holes)]
    assert [Object.keys(each).length for each in kept] == [2, 2, 2, 3, 3]
    filled = [Array([*holes]), holes.toReversed(), Array.from_(holes), holes.with_(0, 5), holes.fill(0)]
    assert [Object.keys(each).length for each in filled] == [3] * 5


@pytest.mark.parametrize("change", [lambda xs: xs.__delitem__(1), lambda xs: setattr(xs, "length", 5)])
def test_an_array_that_gets_a_hole_later_gives_none_for_it(change: Callable[[Array[int]], None]) -> None:
    array = Array([1, 2, 3])
    change(array)
    seen: list[int] = []
    array.forEach(seen.append)
    assert (len(seen), [item for item in array if item is None]) == (len(seen), [None] * (len(array) - len(seen)))
    assert len(seen) < len(array)


def test_a_negative_index_is_the_name_of_a_field() -> None:
    array = Array([1, 2])
    array[-1] = 9
    assert (array[-1], array["-1"], array.length, array[1], "-1" in Object.keys(array)) == (9, 9, 2, 2, True)
    del array[-1]
    assert array[-1] is None


def test_only_the_same_array_is_equal() -> None:
    array = Array([1])
    assert array != Array([1])
    assert array == [1]
    assert array == [1]
    assert len({array, array, Array([1])}) == 2


def test_far_beyond_the_end_is_too_far() -> None:
    with pytest.raises(ValueError) as error:
        Array().length = 2**32
    assert caught(error.value).name == "RangeError"


def test_an_array_has_fields_that_are_no_items() -> None:
    prices = Array([3, 4])
    prices.total = 7
    prices["unit"] = "cent"
    assert (prices.total, prices["total"], prices.unit, prices.length) == (7, 7, "cent", 2)
    assert Object.keys(prices) == ["0", "1", "total", "unit"]
    assert prices == [3, 4]
    assert JSON.stringify(prices) == "[3,4]"
    del prices.total, prices["unit"], prices["unknown"]
    assert (prices.total, prices.unit) == (None, None)


def test_a_list_is_added_to_an_array() -> None:
    one: Array[Any] = Array([1])
    more, last = [2, "x"], ["c"]
    joined = one + more
    assert type(joined) is Array
    assert joined == [1, 2, "x"]
    assert one == [1]
    sparse: Array[Any] = Array()
    sparse[1] = "b"
    assert (sparse + last).filter(lambda _: True) == [None, "b", "c"]
    with pytest.raises(TypeError):
        one + "text"  # type: ignore[operator]
