"""`Map` and `Set` against a plain model, changed while they are gone through. JavaScript's side is in `answers`."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taropy.js import Array, Map, Obj, Set, WeakMap, WeakSet

keys = st.sampled_from([0, 1, -0.0, 1.0, True, False, "1", "", None, float("nan")])
changes = st.lists(st.tuples(st.sampled_from(["set", "set", "delete", "clear"]), keys, st.integers()), max_size=25)


def is_same(left: Any, right: Any) -> bool:
    if left != left and right != right:
        return True
    return isinstance(left, bool) == isinstance(right, bool) and left == right


class Model:
    """A map as a list of pairs."""

    def __init__(self) -> None:
        self.pairs: list[list[Any]] = []

    def change(self, deed: str, key: Any, value: Any) -> None:
        found = next((pair for pair in self.pairs if is_same(pair[0], key)), None)
        if deed == "clear":
            self.pairs = []
        elif deed == "delete":
            self.pairs = [pair for pair in self.pairs if pair is not found]
        elif found:
            found[1] = value
        else:
            self.pairs.append([key, value])


@given(changes)
def test_a_map_is_pairs_of_which_no_two_keys_are_the_same(deeds: list[tuple[str, Any, int]]) -> None:
    made, model = Map[Any, Any](), Model()
    for deed, key, value in deeds:
        {"set": lambda: made.set(key, value), "delete": lambda: made.delete(key), "clear": made.clear}[deed]()  # noqa: B023
        model.change(deed, key, value)
    assert [value for _, value in made] == [value for _, value in model.pairs]
    assert all(is_same(left, right) for (left, _), (right, _) in zip(made, model.pairs, strict=True))
    assert made.size == len(made) == len(model.pairs)
    assert all(made.has(key) and made.get(key) == value for key, value in model.pairs)


@given(st.lists(st.tuples(st.sampled_from(["add", "delete"]), st.integers(0, 6)), max_size=30))
def test_a_set_that_changes_is_gone_through_as_javascript_does(deeds: list[tuple[str, int]]) -> None:
    """One deed after each value; the model goes from place to place, over what was taken out."""
    made = Set([0, 1, 2])
    log: list[int | None] = [0, 1, 2]
    seen, expected, place, left = [], [], 0, iter(deeds)
    for value in made:
        seen.append(value)
        while log[place] is None:
            place += 1
        expected.append(log[place])
        place += 1
        deed, number = next(left, ("delete", -1))
        made.add(number) if deed == "add" else made.delete(number)
        if deed == "add" and number not in log:
            log.append(number)
        elif deed == "delete":
            log = [None if each == number else each for each in log]
    assert seen == expected
    assert not [each for each in log[place:] if each is not None]


def test_objects_are_keys_by_what_they_are_and_not_by_what_they_hold() -> None:
    first, second = [1], [1]
    made = Map([[first, "a"], [second, "b"], [Obj(), "c"], [(1,), "d"]])
    assert made.get(first) == "a"
    assert made.get(second) == "b"
    assert made.get([1]) is None
    assert made.size == 4


def test_they_read_like_python_s_own() -> None:
    made = Map([["a", 1]])
    assert "a" in made
    assert bool(Map())
    assert repr(made) == "Map([['a', 1]])"
    assert repr(Set([1, "a"])) == "Set([1, 'a'])"
    assert 1 in Set([1])
    assert [key for key, _ in made] == ["a"]


def test_a_weak_map_keeps_nothing_alive() -> None:
    known, seen = WeakMap(), WeakSet()
    key, array = Obj(a=1), Array([1])
    known.set(key, "value").set(array, "other")
    seen.add(key)
    assert known.get(key) == "value"
    gone = weakref.ref(key)
    del key
    gc.collect()
    assert gone() is None
    assert known.get(array) == "other"


def test_a_weak_map_keeps_what_python_can_t_watch() -> None:
    plain = {"a": 1}
    known = WeakMap([[plain, 5]])
    assert known.get(plain) == 5
    assert known.delete(plain)
    with pytest.raises(TypeError):
        known.set(5, 1)
