"""Two changes of one text are brought together as git does it: nothing that either side wrote is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taropy.port.merging import Merge, merged

NAMES = ("mine", "other")

# What was, what one side and the other made of it, and what comes of both: a letter is a line.
CLEAN = [
    ("abc", "abc", "abc", "abc"),
    ("abc", "Xbc", "abc", "Xbc"),
    ("abc", "abc", "abX", "abX"),
    ("abc", "Xbc", "abY", "XbY"),
    ("abc", "bc", "abcY", "bcY"),
    ("abc", "aXbc", "abYc", "aXbYc"),
    ("abc", "Xbc", "Xbc", "Xbc"),
    ("abc", "", "abc", ""),
    ("", "X", "", "X"),
    ("abcde", "abXde", "aYcdeZ", None),
    ("abcdefg", "aXcdefg", "abcdeYg", "aXcdeYg"),
]


def lines(letters: str) -> str:
    return "".join(f"{letter}\n" for letter in letters)


@pytest.mark.parametrize(("base", "mine", "other", "both"), CLEAN)
def test_changes_that_do_not_meet_are_both_there(base: str, mine: str, other: str, both: str | None) -> None:
    found = merged(lines(base), lines(mine), lines(other), names=NAMES)
    if both is None:
        assert found.conflicts
    else:
        assert found == Merge(lines(both), ())


def test_changes_of_the_same_lines_stand_between_marks() -> None:
    assert merged(lines("abcd"), lines("aXcd"), lines("aYcd"), names=NAMES) == Merge(
        "a\n<<<<<<< mine\nX\n=======\nY\n>>>>>>> other\nc\nd\n", ((2, 6),)
    )


def test_a_last_line_without_an_end_keeps_its_mark_on_a_line_of_its_own() -> None:
    found = merged("a", "b", "c", names=NAMES)
    assert found.text == "<<<<<<< mine\nb\n=======\nc\n>>>>>>> other\n"


texts = st.text(alphabet="abcd", max_size=12).map(lines)


@given(texts, texts)
def test_a_side_that_has_changed_nothing_takes_what_the_other_has(base: str, other: str) -> None:
    assert merged(base, base, other, names=NAMES) == Merge(other, ())
    assert merged(base, other, base, names=NAMES) == Merge(other, ())
    assert merged(base, other, other, names=NAMES) == Merge(other, ())


@given(texts, texts, texts)
def test_every_line_that_a_side_has_added_is_in_the_end_there(base: str, mine: str, other: str) -> None:
    found = merged(base, mine, other, names=NAMES)
    for letter in "abcd":
        more = max(each.count(letter) - base.count(letter) for each in (mine, other))
        assert found.text.split().count(letter) >= more
