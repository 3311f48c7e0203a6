"""Which messages platforms give, and whether one that a program compares can ever come.

What is known stands in `data/messages.json`, with its source: the descriptions in the spec, the phone's own code, and
recordings of taro-h5 in a browser. What is not there is not known, which is said so; only what contradicts the form of
all messages is said never to come.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

import attrs

from .. import spec
from .hints import nearest
from .marks import FOLDER
from .source import START
from .support import is_member
from .texts import Compared

_FORM = re.compile(r"^(\w+):(.*)$", re.DOTALL)

#: What comes after the function's name in every message: `ok`, or `fail` and a reason.
_OUTCOME = re.compile(r"^(ok$|fail($|[ :]))")

FORM = "messages are `{name}:ok` or `{name}:fail …` on every platform (the phone's core/answers.py, Taro's adapters)"


@attrs.frozen
class Verdict:
    """That a text never comes, or that nobody here knows."""

    key: Literal["never", "unknown"]
    text: str
    write: str = ""


@attrs.frozen
class _Known:
    """What is known: the reasons of functions, and those that the phone gives whatever function, with their sources."""

    functions: Mapping[str, Mapping[str, list[str]]]
    reasons: Mapping[str, list[str]]


@cache
def _known() -> _Known:
    found = json.loads((FOLDER / "messages.json").read_text("utf-8"))
    return _Known(found["functions"], found["reasons"])


def judged(compared: Compared) -> Verdict | None:
    """What is to be said of a compared text; None for one that some platform is known to give."""
    return _judged(attrs.evolve(compared, at=START))


@cache
def _judged(compared: Compared) -> Verdict | None:
    form = _FORM.match(compared.text) if compared.how != "matches" else None
    if form is not None and re.match(r"\s?(ok|fail|cancel|success|error|timeout)", form[2]):
        return _of_whole(form[1], form[2], compared)
    return _of_part(compared)


def sources_of(text: str, api: str | None = None) -> list[str]:
    """Where it is said that messages have this part: those of one function, or of any."""
    return sorted({source for reason, sources in _reasons(api) if text in reason for source in sources})


def _reasons(api: str | None) -> Iterator[tuple[str, list[str]]]:
    """Whole outcomes, `fail auth deny`, with their sources."""
    known = _known()
    functions = known.functions.values() if api is None else [known.functions.get(api, {})]
    for reasons in functions:
        for reason, sources in reasons.items():
            yield _outcome(reason), sources
    for reason, sources in known.reasons.items():
        yield _outcome(reason), sources


def _outcome(reason: str) -> str:
    """A reason that begins with a colon follows `fail` at once."""
    return f"fail{reason}" if reason.startswith(":") else f"fail {reason}".rstrip()


def _of_whole(name: str, rest: str, compared: Compared) -> Verdict | None:
    if not is_member(name) and nearest(name) is not None:
        right = nearest(name)
        text = f"{compared.text!r} never comes: no function is called {name}, and its messages begin with `{right}:`"
        return Verdict("never", text, f"{right}:{rest}")
    if compared.api is not None and compared.api != name:
        text = f"{compared.text!r} is compared with a message of {compared.api}'s, which begins with `{compared.api}:`"
        return Verdict("unknown", text, f"{compared.api}:{rest}")
    if not is_member(name):
        text = f"{compared.text!r}: Taro has no function {name}; nothing is known of what the platform says"
        return Verdict("unknown", text)
    if not _OUTCOME.match(rest) and not (compared.how != "equals" and "fail".startswith(rest)):
        text = f"{compared.text!r} never comes: {FORM.format(name=name)}"
        return Verdict("never", text, _nearest_outcome(name, rest))
    if rest in ("ok", "fail") or _is_said(rest, name, compared):
        return None
    return Verdict("unknown", f"{compared.text!r}: no source that taropy has says that any platform gives it")


def _nearest_outcome(name: str, rest: str) -> str:
    """What was meant, most likely: `chooseImage:cancel` is `chooseImage:fail cancel`."""
    word = rest.strip().removeprefix("fail").strip(" :")
    if word in ("success", "ok"):
        return f"{name}:ok"
    return f"{name}:fail {word}".rstrip() if word != "error" else f"{name}:fail"


def _is_said(rest: str, name: str, compared: Compared) -> bool:
    for reason, _ in _reasons(name):
        whole, is_open = reason.removesuffix("…"), reason.endswith("…")
        if rest == whole or (compared.how != "equals" and (whole.startswith(rest) or rest in whole)):
            return True
        if is_open and whole.strip() != "fail" and (rest.startswith(whole) or whole.startswith(rest)):
            return True
    return False


def _of_part(compared: Compared) -> Verdict | None:
    """`includes('cancel')`, `/deny/`: a part of a message, which any function may have."""
    text = compared.text
    if compared.how == "matches":
        return None if _matches(text) else _nobody_knows(compared)
    if compared.how == "contains" or (compared.how == "ends"):
        whole = text.partition(":")[2] or text
        if text in (":", ":ok", "ok", ":fail", "fail") or sources_of(whole.strip(), _declared(compared.api)):
            return None
        return _nobody_knows(compared)
    if compared.how == "starts" and is_member(text.rstrip(":")):
        return None
    if any(text == reason for reason in _bare()):
        return None
    return _nobody_knows(compared)


def _bare() -> Iterator[str]:
    """Messages without a function's name, as h5 has them."""
    return iter(_known().reasons)


def _declared(api: str | None) -> str | None:
    return api if api is not None and spec.has(api) else None


def _matches(pattern: str) -> bool:
    """Whether a pattern finds anything in a known message; one that Python reads otherwise may."""
    try:
        found = re.compile(pattern)
    except re.error:
        return True
    return any(found.search(f"x:{reason}") for reason, _ in _reasons(None)) or found.search("x:ok") is not None


def _nobody_knows(compared: Compared) -> Verdict:
    return Verdict("unknown", f"{compared.text!r}: no source that taropy has says that a message has it")
