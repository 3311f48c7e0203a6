"""What Python's `re` is asked in place of an ECMAScript engine, it answers as that engine does."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taropy.js import SyntaxError
from taropy.js.regexp_engines import Python
from taropy.js.regexp_nodes import LAST
from taropy.js.regexp_python import translated
from taropy.js.regexp_regress import Regress
from taropy.js.regexp_syntax import Untranslated
from taropy.js.utf16 import units

pytest.importorskip("regress")

LETTERS = "aAbB01 _-\n\u2028\ufeff\u0660é中👍\ud83d"
ATOMS = [
    *"aB0_-é中👍",
    ".",
    r"\d",
    r"\w",
    r"\s",
    r"\S",
    r"\W",
    r"\b",
    r"\B",
    "^",
    "$",
    "[ab]",
    "[^a]",
    "[^]",
    "[]",
    r"[\s\d]",
]
QUANTIFIERS = ["", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0}", "{2,}?"]

#: A run in two loops, which gives nothing back in regress 2026.9.1: see docs/guides/javascript.md.
RUN_IN_TWO_LOOPS = re.compile(r"[+*}?]\)[+*{][^()]*\)[+*{]")

atoms = st.sampled_from([*ATOMS, r"[\u0000-\uffff]", r"[\ud800-\udbff][\udc00-\udfff]", r"\1", r"\2", "[a-z中]"])


def grown(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{}{}".format, parts, parts),
        st.builds("{}|{}".format, parts, parts),
        st.builds(
            "{}{}){}".format,
            st.sampled_from(["(", "(?:", "(?=", "(?!", "(?<=", "(?<!"]),
            parts,
            st.sampled_from(QUANTIFIERS),
        ),
    )


repeated = st.builds("{}{}".format, atoms, st.sampled_from(QUANTIFIERS))
patterns = st.recursive(repeated, grown, max_leaves=7)
flags = st.sets(st.sampled_from("imsu")).map(lambda chosen: "".join(sorted(chosen)))


@settings(max_examples=400, deadline=None)
@given(patterns, flags, st.text(LETTERS, max_size=8))
def test_both_find_the_same(pattern: str, flags: str, text: str) -> None:
    assume(RUN_IN_TWO_LOOPS.search(pattern) is None)
    try:
        python = Python(*translated(pattern, flags))
        other = Regress(pattern, flags, "")
    except (SyntaxError, Untranslated):
        assume(False)
        raise
    text = text if "u" in flags else units(text)
    assume("u" not in flags or all(ord(letter) < LAST - 0x800 for letter in text))
    for start in range(len(text) + 1):
        for sticky in (False, True):
            assert python.find(text, start, sticky=sticky) == other.find(text, start, sticky=sticky), (start, sticky)
    assert [*python.find_all(text, 0)] == [*other.find_all(text, 0)]
