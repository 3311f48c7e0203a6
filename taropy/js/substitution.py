"""What `replace` puts in the place of what was found: a callback's answer, or a text with `$` patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .callbacks import called_with
from .conversions import shown, text
from .missing import is_nullish

_PATTERN = re.compile(r"\$(?:([$&`'])|(\d\d?))", re.ASCII)
_PATTERN_OF_NAMED = re.compile(r"\$(?:([$&`'])|(\d\d?)|<([^>]*)>)", re.ASCII)


def substitute(
    replacement: Any,
    matched: str,
    position: int,
    subject: str,
    groups: Sequence[str | None] = (),
    named: Mapping[str, str | None] | None = None,
) -> str:
    """The text that takes the place of `matched`, found in `subject` at `position`, with these groups.

    A function is called with the match, the groups, the position, the subject, and the named groups if there are any;
    one that gives nothing gives "undefined".
    """
    if callable(replacement):
        rest = () if named is None else (named,)
        return shown(called_with(replacement, (matched, *groups, position, subject, *rest)))
    template = text(replacement)
    if "$" not in template:
        return template
    pattern = _PATTERN if named is None else _PATTERN_OF_NAMED
    return pattern.sub(_filled_in(matched, position, subject, groups, named), template)


def _filled_in(
    matched: str, position: int, subject: str, groups: Sequence[str | None], named: Mapping[str, str | None] | None
) -> Callable[[re.Match[str]], str]:
    around = {
        "$": "$",
        "&": matched,
        "`": subject[:position],
        "'": subject[position + len(matched) :],
    }

    def fill(found: re.Match[str]) -> str:
        sign, digits = found[1], found[2]
        if sign is not None:
            return around[sign]
        if digits is not None:
            group = _group(digits, groups)
            return found[0] if group is None else group
        return "" if named is None else _text_of(named.get(found[3]))

    return fill


def _group(digits: str, groups: Sequence[str | None]) -> str | None:
    """The group that `$12` means: the twelfth, or the first and a 2; None if there is neither."""
    for length in range(len(digits), 0, -1):
        if 1 <= int(digits[:length]) <= len(groups):
            return _text_of(groups[int(digits[:length]) - 1]) + digits[length:]
    return None


def _text_of(group: Any) -> str:
    return "" if is_nullish(group) else text(group)


def replaced(subject: str, searched: str, replacement: Any, *, first_only: bool) -> str:
    """The text with something else in the place of another text, where that is first or everywhere."""
    if not callable(replacement):
        replacement = text(replacement)
        if "$" not in replacement:
            return subject.replace(searched, replacement, 1 if first_only else -1)
    parts = []
    end, place = 0, subject.find(searched)
    while place >= 0:
        parts += [subject[end:place], substitute(replacement, searched, place, subject)]
        end = place + len(searched)
        place = -1 if first_only else subject.find(searched, max(end, place + 1)) if place < len(subject) else -1
    return "".join([*parts, subject[end:]])
