"""What a message about an unknown name says beside it: the one place where "did you mean" comes from."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Set
from functools import lru_cache
from itertools import takewhile


class UnknownOptionWarning(UserWarning):
    """A call was given an option, or an object of the phone's a property, whose name is a slip of one that it knows.

    The option reached the native object all the same, and the property was set, as any other that nobody knows.
    """


# How near a name has to be where people look among a few, and among the 513 members of Taro, where chance finds more.
NEAR = 0.6
NEAR_IN_TARO = 0.75


def nearest(name: str, names: Collection[str], near: float = NEAR) -> str | None:
    """The name that was most likely meant; None if none is near. Private names are nobody's to use."""
    from difflib import get_close_matches

    public = [each for each in names if not each.startswith("_")]
    same = [each for each in public if each.lower() == name.lower()]
    close = same or get_close_matches(name, public, n=1, cutoff=near)
    return close[0] if close else None


def close_to(name: str, names: Collection[str], near: float = NEAR) -> str:
    """A hint at the nearest of the names, for error messages; nothing if none is near."""
    found = nearest(name, names, near)
    return f"; did you mean {found!r}?" if found is not None else ""


def check_word(word: object, words: Collection[str], wrong: str) -> None:
    """ValueError unless the word is one of these few: what is wrong, then the nearest; or all, if none is near.

    `wrong` has a place for the word, as "there is no scope {!r}".
    """
    if not (isinstance(word, str) and word in words):
        raise no_word(word, words, wrong)


def no_word(word: object, words: Collection[str], wrong: str) -> ValueError:
    """The error of `check_word`."""
    listed = sorted(words) if isinstance(words, Set) else words
    hint = close_to(str(word), listed) or f"; there are {', '.join(listed) or 'none'}"
    return ValueError(f"{wrong.format(word)}{hint}")


def check_slip(word: str, words: Collection[str], wrong: str) -> None:
    """ValueError if the word is a slip of the hand for one of these, where others may be right as well."""
    meant = None if word in words else misspelled(word, frozenset(words))
    if meant is not None:
        raise ValueError(f"{wrong.format(word)}; did you mean {meant!r}?")


def of_taro(name: str) -> str:
    """What to write for a name that Taro does not have: what is written of it, or a hint at the nearest member."""
    from . import spec
    from .sought import SOUGHT

    written = SOUGHT.get(name)
    return f"; {written}" if written is not None else close_to(name, spec.members(), NEAR_IN_TARO)


def of_taropy(name: str, public: Collection[str]) -> str:
    """The same for a name that is looked for in taropy itself, which has these."""
    from .sought import SOUGHT

    written = SOUGHT.get(name)
    return f"; {written}" if written is not None else close_to(name, public, NEAR_IN_TARO)


def no_attribute(message: str) -> AttributeError:
    """The error of an attribute that is missing, whose message says all that is to be said.

    With a name in it Python would add a "Did you mean" of its own, a second one, and it may be at a private name.
    """
    return AttributeError(message, name=None)


def tell_misread(error: BaseException, anywhere: bool = False) -> None:
    """Adds what was meant to Python's own error about an attribute that an object of taropy's does not have.

    Python 3.12 says it wherever it shows a traceback, so nothing is added there, unless what shows it does not ask
    Python. Before, only the interpreter itself says it, and not where pytest, a notebook or `traceback` show an error.
    """
    for each in _led_to(error):
        if isinstance(each, AttributeError) and each.name is not None and (anywhere or sys.version_info < (3, 12)):
            ours = any(kind.__module__.startswith("taropy.") for kind in type(each.obj).__mro__)
            found = nearest(each.name, dir(each.obj)) if ours else None
            if found is not None and len(each.args) == 1:
                each.args = (f"{each}. Did you mean: {found!r}?",)
                each.name = None  # or else the interpreter would say it again


def _led_to(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came of."""
    seen: set[int] = set()
    left: list[BaseException | None] = [error]
    while left:
        each = left.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            left += (each.__cause__, each.__context__)


# A shorter name is soon another word: `key` and `keys` differ in a letter, `data` and `date` do.
SHORTEST, SHORTEST_WITH_A_WRONG_LETTER = 4, 5


@lru_cache(maxsize=2048)
def misspelled(name: str, names: frozenset[str]) -> str | None:
    """The name of which this one is a slip of the hand; None if it is likelier another name.

    For names that are taken as they are, so that a wrong suspicion is worse than none: only the case is another, or one
    letter is missing, too many, wrong, or has changed places with the next.
    """
    lower = {each.lower(): each for each in sorted(names)}
    one = name.lower()
    if one in lower:
        return lower[one]
    return next((each for other, each in lower.items() if _is_slip(one, other)), None)


def tell_slip(of: str, name: str, names: frozenset[str]) -> bool:
    """Warns, at the program's line, if a property that it sets is a slip of one of these names; whether it is."""
    from .program import warn

    meant = None if name in names else misspelled(name, names)
    if meant is not None:
        warn(UnknownOptionWarning(f"{of} has no property {name!r}; did you mean {meant!r}?"))
    return meant is not None


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORTEST:
        return False
    length, same = len(one), _common(one, other)
    one, other = one[same:], other[same:]
    same = _common(one[::-1], other[::-1])
    one, other = one[: len(one) - same], other[: len(other) - same]
    if any(letter.isdigit() for letter in one + other):
        return False  # `enableHttp3` is no slip of `enableHttp2`
    match len(one), len(other):
        case (0, 1) | (1, 0):
            return True
        case 1, 1:
            return length >= SHORTEST_WITH_A_WRONG_LETTER
        case 2, 2:
            return one == other[::-1]
        case _:
            return False


def _common(one: str, other: str) -> int:
    """How many letters two names have in common, from the first on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
