"""`Map` and `Set` against a plain model, changed while they are gone through. JavaScript's side is in `answers`."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taropy.js import Array, Error, Map, Math, Obj, Set, WeakMap, WeakSet, divided, text

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


def test_values_of_all_kinds_come_to_a_set_while_it_is_gone_through() -> None:
    coming: list[Any] = [True, 1, -0.0, Obj(), "b"]
    made, seen, left = Set(["a"]), [], iter(coming)
    for value in made:
        seen.append(value)
        made.delete(value)
        made.add(next(left, "b"))
        if len(seen) > len(coming):
            break
    assert seen == ["a", *coming]
    assert str(seen[3]) == "0"
    assert [*made] == ["b"]


def test_who_goes_through_a_map_is_told_of_changes_however_many_have_given_up_before() -> None:
    made = Map([[0, "a"], [1, "b"], [2, "c"]])
    keys = made.keys()
    assert next(keys) == 0
    assert [next(made.keys()) for _ in range(100)] == [0] * 100
    made.delete(1)
    made.set(3, "d")
    assert [*keys] == [2, 3]


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


# --- operations of sets, which Node.js has from version 22 on -----------------------------------------------------

LETTERS = Set("abc")


@pytest.mark.parametrize(
    ("made", "values"),
    [
        (LETTERS.union(Set("dcb")), "abcd"),
        (LETTERS.intersection(Set("cbx")), "bc"),
        (LETTERS.intersection(Set("cbaxyz")), "abc"),
        (LETTERS.intersection(Set("cb")), "cb"),  # as they come in the smaller one
        (LETTERS.difference(Set("bx")), "ac"),
        (LETTERS.difference(Set("bxyz")), "ac"),
        (LETTERS.symmetricDifference(Set("bx")), "acx"),
        (LETTERS.union(Map([["x", 1]])), "abcx"),
        (LETTERS.difference(Set()), "abc"),
    ],
)
def test_sets_make_others(made: Set[str], values: str) -> None:
    assert list(made) == list(values)
    assert list(LETTERS) == list("abc")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (LETTERS.isSubsetOf(Set("abcd")), True),
        (LETTERS.isSubsetOf(Set("abd")), False),
        (LETTERS.isSubsetOf(Set("xyzu")), False),
        (LETTERS.isSupersetOf(Set("ab")), True),
        (LETTERS.isSupersetOf(Set("ax")), False),
        (LETTERS.isSupersetOf(Set("abcd")), False),
        (LETTERS.isDisjointFrom(Set("xyzuvw")), True),
        (LETTERS.isDisjointFrom(Set("xyzua")), False),
        (LETTERS.isDisjointFrom(Set("xc")), False),
        (LETTERS.isDisjointFrom(Set()), True),
    ],
)
def test_sets_are_compared(answer: bool, expected: bool) -> None:
    assert answer is expected


def test_a_set_takes_any_object_with_size_has_and_keys() -> None:
    ended = []

    def keys() -> Obj:
        steps = iter([Obj(value="b", done=False), Obj(value="x", done=False), Obj(done=True)])
        return Obj({"return": lambda: ended.append(True)}, next=lambda: next(steps))

    like = Obj(size=2, has=lambda value: value == "b", keys=keys)
    assert list(LETTERS.union(like)) == ["a", "b", "c", "x"]
    assert list(LETTERS.difference(like)) == ["a", "c"]
    assert not ended
    assert LETTERS.isSupersetOf(like) is False
    assert LETTERS.isDisjointFrom(like) is False
    assert ended == [True, True]  # who has seen enough, says so


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (Array("abc"), "TypeError"),
        (None, "TypeError"),
        ("abc", "TypeError"),
        (Obj(size="many", has=len, keys=len), "TypeError"),
        (Obj(size=-1, has=len, keys=len), "RangeError"),
        (Obj(size=1, keys=len), "TypeError"),
        (Obj(size=1, has=len), "TypeError"),
        (Obj(size=0, has=bool, keys=lambda: 5), "TypeError"),
        (Obj(size=0, has=bool, keys=lambda: Obj(next=lambda: 5)), "TypeError"),
    ],
)
def test_a_set_refuses_what_is_not_like_one(other: Any, kind: str) -> None:
    with pytest.raises(Error) as error:
        LETTERS.union(other)
    assert error.value.name == kind


def test_what_is_missing_in_a_map_is_made() -> None:
    counts: Map[Any, Any] = Map([["a", 1]])
    assert (counts.getOrInsert("a", 5), counts.getOrInsert("b", 5)) == (1, 5)
    assert counts.getOrInsertComputed("cc", len) == 2
    assert str(counts.getOrInsertComputed(-0.0, lambda key: key)) == "0"
    assert list(counts) == [["a", 1], ["b", 5], ["cc", 2], [0, 0]]
    with pytest.raises(TypeError):
        counts.getOrInsertComputed("a", None)
    key = Obj()
    marks = WeakMap([[key, 1]])
    assert (marks.getOrInsert(key, 2), marks.getOrInsertComputed(LETTERS, len)) == (1, 3)
    with pytest.raises(TypeError):
        marks.getOrInsert("a", 1)


def test_items_are_grouped_in_a_map() -> None:
    groups = Map.groupBy(Array([1, 2, 3]), lambda item, index: item % 2 == 1)
    assert list(groups) == [[True, [1, 3]], [False, [2]]]
    assert list(Map.groupBy("aba", lambda letter: letter).keys()) == ["a", "b"]


# --- what test262 asks of sums, which no Node.js has --------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "total"),
    [
        ([1e20, 0.1, -1e20], "0.1"),
        ([0.1] * 10, "1"),
        ([1e308, 1e308, -1e308], "1e+308"),
        ([1e308, 1e308], "Infinity"),
        ([float("inf"), float("-inf")], "NaN"),
        ([0, -0.0], "0"),
    ],
)
def test_a_sum_is_rounded_once(numbers: list[float], total: str) -> None:
    assert text(Math.sumPrecise(Array(numbers))) == total


def test_a_sum_of_nothing_is_minus_0_and_of_a_text_an_error() -> None:
    assert [1 / each for each in (divided(1, Math.sumPrecise([])), divided(1, Math.sumPrecise([-0.0])))] == [-0.0, -0.0]
    with pytest.raises(TypeError):
        Math.sumPrecise(["1"])
