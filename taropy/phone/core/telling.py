"""How parts of the phone show themselves: `<Network wifi>`. In a line, with secrets masked, and raising nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import Any

from ...masking import MASK, is_secret, masked_text

#: Longer texts are cut.
LONGEST = 40


def told(kind: str, state: Callable[[], Iterable[str]]) -> str:
    """`<Kind word, word>`. It says what raised, and raises nothing: a repr is asked for where things are wrong."""
    try:
        words = ", ".join(state())
    except Exception as error:
        words = f"whose state raised {type(error).__name__}"
    return f"<{kind} {words}>" if words else f"<{kind}>"


class Showing:
    """What shows itself in a line: `<Kind word, word>`."""

    def in_words(self) -> Iterator[str]:
        """What is to be said of its state, in a word or two each; nothing may be made for that."""
        yield from ()

    def __repr__(self) -> str:
        return told(type(self).__name__, self.in_words)


def quoted(text: object) -> str:
    """A text of a program's or a person's, in quotes."""
    shown = masked_text(str(text))
    return repr(shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…")


def count(number: int, what: str) -> str:
    """`3 pages`, `1 page`."""
    return f"{number} {what[:-1] if number == 1 and what.endswith('s') else what}"


def words_of(names: Iterable[str], get: Callable[[str], Any]) -> Iterator[str]:
    """What there is, by name: texts, flags that are set, and how many of what are collected; numbers are left out."""
    for name in names:
        value, called = get(name), name.replace("_", " ")
        if value is True:
            yield called
        elif isinstance(value, str) and value:
            yield f"{called} {MASK if is_secret(name) else quoted(value)}"
        elif isinstance(value, Sized) and not isinstance(value, str | bytes) and len(value):
            yield count(len(value), called)
