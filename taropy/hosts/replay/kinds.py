"""What of two values is the same, and in what they differ; both as traces have them.

Some are another in every run by their nature: times, and the ports of servers on this computer; and what a host has
named itself: codes, ids, temporary files. Two of the same kind are the same. A program that is played gets the names of
the trace, so there those have to be the same. A mask is the same as any text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

import attrs

from ...masking import MASK
from .standing import NAMED, SHORTEST
from .values import Json, mark_of

Recognized = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

# By what they look like, whole texts.
_TIMES_TOLD: tuple[Recognized, ...] = (
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?.*"), "a time"),
    (re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"), "a time"),
    (re.compile(r"1[4-9]\d{8}(\d{3})?"), "a time"),
)
_DRAWN: tuple[Recognized, ...] = (
    (re.compile(r"blob:.*"), "a blob's URL"),
    (re.compile(r"data:image/\w+;base64,[\w+/=]{16,}"), "a picture"),
    (re.compile(rf"{NAMED}[^?#]*?(\.\w{{1,5}})?"), lambda found: f"a temporary file{found[1] or ''}"),
    (re.compile(r"file-\d{13}"), "a file's name with its time"),
    (re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE), "an id"),
    (re.compile(r"[0-9a-f]{16,}", re.IGNORECASE), "an id"),
    (re.compile(r"(?=(?:\D*\d){3})(?=.*[A-Z])(?=.*[a-z])(?:[\w+=-]{20,}|[\w+/-]{22,}={1,2})"), "an id"),
)
# Within a text.
_WITHIN: tuple[Recognized, ...] = (
    (re.compile(r"\b(localhost|127\.0\.0\.1):\d+"), r"\1:PORT"),
    (re.compile(r"\$taroTimestamp=\d+"), "$taroTimestamp=TIME"),
    (re.compile(r"\b1[4-9]\d{11}\b"), "TIME"),
)
# By their names: texts, numbers, and what was measured.
_CODES = frozenset({
    "code", "authcode", "openid", "unionid", "anonymouscode", "anonymous_code", "swanid", "encrypteddata", "iv",
    "signature", "rawdata", "etag", "cloudid", "cryptocode",
})  # fmt: skip
_NUMBERED = frozenset({"requestid", "sockettaskid"})
_TIMES = re.compile(r"(?i)(^|.*[a-z_])(timestamp|time|date|expires|since)$")
# How long after the page's beginning an event of a browser was.
_OF_EVENT = "timestamp"
_TIME_NUMBERS = ((1e9, 4e9), (1e12, 4e12))
_MEASURED = frozenset({"profile", "cost", "exceptiontime"})
# What is made of a content, and is no name.
_DIGESTS = frozenset({"digest", "md5", "sha1", "sha256", "hash"})

#: Headers that are about one transfer, which the phone's router writes by itself.
OF_THE_WIRE = frozenset({"content-length", "content-encoding", "transfer-encoding", "connection", "date"})
#: What every event of a browser has, beside what it tells.
_OF_EVENTS = frozenset({
    "bubbles", "cancelBubble", "cancelable", "composed", "defaultPrevented", "eventPhase", "isTrusted", "lastEventId",
    "origin", "ports", "returnValue", "timeStamp",
})  # fmt: skip


@attrs.frozen
class Difference:
    """Where two values differ: `path` as `data.items[2].id`, and what stands there, "nothing" where there is none."""

    path: str
    recorded: str
    other: str


def differences(recorded: Json, other: Json, path: str = "", *, anew: bool = False) -> Iterator[Difference]:
    """In what the two differ. `anew`: whether the other is from another run, which has drawn names of its own."""
    if recorded == MASK or _as_kind(path, recorded, anew=anew) == _as_kind(path, other, anew=anew):
        return
    marks = [mark_of(each) if isinstance(each, dict) else None for each in (recorded, other)]
    if marks[0] is not None or marks[1] is not None:
        if marks[0] != marks[1] or not _same_marked(marks[0], recorded, other, anew=anew):
            yield Difference(path, shown(recorded), shown(other))
    elif isinstance(recorded, dict) and isinstance(other, dict):
        for name in sorted({*recorded, *other}):
            place = f"{path}.{name}" if path else name
            if name not in recorded or name not in other:
                yield Difference(
                    place, *(shown(each[name]) if name in each else "nothing" for each in (recorded, other))
                )
            else:
                yield from differences(recorded[name], other[name], place, anew=anew)
    elif isinstance(recorded, list) and isinstance(other, list) and len(recorded) == len(other):
        for at, (one, two) in enumerate(zip(recorded, other, strict=True)):
            yield from differences(one, two, f"{path}[{at}]", anew=anew)
    else:
        yield Difference(path, shown(recorded), shown(other))


def _same_marked(mark: str | None, *both: Mapping[str, Json], anew: bool) -> bool:
    recorded, other = both
    if mark == "$function":
        return True
    if mark == "$object":
        return bool(recorded["$object"] == other["$object"])
    if mark == "$error":
        one, two = (each.get("result") or {"message": each.get("message"), **each.get("fields", {})} for each in both)
        return not any(differences(one, two, anew=anew))
    return recorded == other


def _as_kind(path: str, value: Json, *, anew: bool) -> Any:
    """The value, or what kind of passing value it is."""
    name = re.split(r"[.\[]", path)[-1].lower() if not path.endswith("]") else ""
    if name in _MEASURED:
        return ("measured",)
    if anew and name in _NUMBERED and isinstance(value, str | int):
        return ("an id",)
    if isinstance(value, str):
        return _text_as_kind(name, value, anew=anew)
    if isinstance(value, bool):
        return (value,)  # which is not the number
    if (
        isinstance(value, int | float)
        and _TIMES.fullmatch(name)
        and (_is_moment(value) or (anew and name == _OF_EVENT))
    ):
        return ("a time",)
    return value if not isinstance(value, dict | list) else (id(value),)


def _text_as_kind(name: str, text: str, *, anew: bool) -> Any:
    if name in _DIGESTS:
        return text
    if anew and name in _CODES and len(text) >= SHORTEST:
        return ("an id",)
    for pattern, kind in (*_TIMES_TOLD, *_DRAWN) if anew else _TIMES_TOLD:
        found = pattern.fullmatch(text)
        if found is not None:
            return (kind if isinstance(kind, str) else kind(found),)
    for pattern, kind in _WITHIN:
        text = pattern.sub(kind, text)
    return text


def _is_moment(value: float) -> bool:
    return any(least < value < most for least, most in _TIME_NUMBERS)


def shown(value: Json) -> str:
    """A value in a message: as JSON, and not too long."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 120 else f"{text[:100]}… ({len(text)} characters)"


def is_ignored(what: str, patterns: Collection[str]) -> bool:
    """Whether it is not to count: `getSystemInfo.model`, by `getSystemInfo.*` or `*.model`."""
    return any(fnmatchcase(what, pattern) for pattern in patterns)


def comparable(tree: Json) -> Json:
    """The value without what is another run's: the numbers of objects, headers about the wire, a browser's events."""
    if isinstance(tree, list):
        return [comparable(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    if "$object" in tree:
        return {"$object": 0}
    passed_over = _OF_EVENTS if "isTrusted" in tree else ()
    return {
        name: _without_wire(each) if name in ("header", "headers") else comparable(each)
        for name, each in tree.items()
        if name not in passed_over
    }


def _without_wire(headers: Json) -> Json:
    if not isinstance(headers, dict):
        return comparable(headers)
    return {name: comparable(each) for name, each in headers.items() if name.lower() not in OF_THE_WIRE}
