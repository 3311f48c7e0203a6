"""What stands for the names that a phone draws anew in every run, so that two recordings have the same.

Temporary files are numbered in the order of their first use, and so is what a function gives for a server alone: codes,
encrypted data, signatures. Wherever such a value comes up again, what stands for it does. The first moment that the
phone tells is `EPOCH`, and others are as far from it as they were, roughly. What a server has sent as `data` is left as
it is, since a program may know it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TypeGuard

from .values import Json, roughly

#: `wxfile://tmp_91….png`, `http://tmp/…`, `https://resource/store_…`, `/data/…/temp/…`: what a phone has named itself.
NAMED = r"(?:\w+://(?:(?:usr|user|resource)/)?\.?(?:tmp|temp|store|saved)|/data/[\w./-]*/(?:temp|cache))[_/]"
_FILE = re.compile(rf"(?P<place>{NAMED})[^\s\"'?#<>]*?(?P<ending>\.\w{{1,5}})?")
_BLOB = re.compile(r"(?P<place>blob:[^\s\"'<>]*/)[^\s\"'<>/]+")
_TOKEN = re.compile(rf"blob:[^\s\"'<>]+|{NAMED}[^\s\"'?#<>]*|[\w+/=.-]{{10,}}")
_HTTP_DATE = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")
#: Fields of an answer that only a server can read.
_DRAWN = frozenset({
    "code", "authCode", "anonymousCode", "anonymous_code", "encryptedData", "iv", "signature", "cloudID", "encryptCode",
})  # fmt: skip
#: Of such a length is what is drawn; shorter ones, as "OK", say something.
SHORTEST = 10
#: Longer texts are contents, and not looked through.
_LONGEST = 65_536


#: The moment that stands for the first one, in milliseconds: Tue, 14 Nov 2023 22:13:20 GMT.
EPOCH = 1_700_000_000_000
_DATE = "Tue, 14 Nov 2023 22:13:20 GMT"
_MOMENTS = re.compile(r"(.*[a-z_])?(timestamp|time|date)", re.IGNORECASE)
#: Within these, all numbers are moments, or lengths of time.
_MEASURED = frozenset({"profile"})
_RANDOM = frozenset({"sec-websocket-accept"})


class Standing:
    """What stands for which value in one recording."""

    def __init__(self) -> None:
        self._first: float | None = None
        self._of: dict[str, str] = {}
        self._counts: Counter[str] = Counter()

    def answer(self, tree: Json) -> Json:
        """An answer, with what stands for its names."""
        if isinstance(tree, dict):
            for name in sorted(_DRAWN & tree.keys()):
                text = tree[name]
                if isinstance(text, str) and len(text) >= SHORTEST:
                    self._stand(text, f"{name}-", "")
        return self.told(tree)

    def told(self, tree: Json, name: str = "") -> Json:
        """What the phone tells otherwise."""
        if isinstance(tree, dict) and name in _MEASURED:
            return {each: self._measured(number) for each, number in tree.items()}
        if isinstance(tree, dict):
            return {each: self.value(one) if each == "data" else self.told(one, each) for each, one in tree.items()}
        if isinstance(tree, list):
            return [self.told(each, name) for each in tree]
        if isinstance(tree, str) and name.lower() == "date" and _HTTP_DATE.fullmatch(tree):
            return _DATE
        if isinstance(tree, str) and name.lower() in _RANDOM:
            return self._stand(tree, f"{name.lower()}-", "")
        if _is_number(tree) and _MOMENTS.fullmatch(name):
            moment = self._moment(tree)
            # Browsers tell of an event how long after the page's beginning it was.
            return roughly(tree) if moment == tree and name == "timeStamp" else moment
        return self.value(tree)

    def _measured(self, number: Json) -> Json:
        moment = self._moment(number) if _is_number(number) else number
        return roughly(number) if moment is number and isinstance(number, float) else moment

    def _moment(self, number: float) -> float:
        """A moment in milliseconds or seconds; any other number as it is."""
        for unit in (1, 1000):
            if 1.4e12 < number * unit < 2.5e12:
                self._first = number * unit if self._first is None else self._first
                away = number * unit - self._first
                return (EPOCH + (roughly(away) if away > 0 else -roughly(-away))) // unit
        return number

    def value(self, tree: Json) -> Json:
        """Any other value."""
        if isinstance(tree, str):
            return _TOKEN.sub(lambda found: self._token(found[0]), tree) if len(tree) <= _LONGEST else tree
        if isinstance(tree, list):
            return [self.value(each) for each in tree]
        if isinstance(tree, dict):
            return {name: self.value(each) for name, each in tree.items()}
        return tree

    def _token(self, text: str) -> str:
        known = self._of.get(text)
        if known is not None:
            return known
        found = _BLOB.fullmatch(text) or _FILE.fullmatch(text)
        if found is None:
            return text
        return self._stand(text, found["place"], found.groupdict().get("ending") or "")

    def _stand(self, text: str, before: str, after: str) -> str:
        if text not in self._of:
            self._counts[before] += 1
            self._of[text] = f"{before}{self._counts[before]}{after}"
        return self._of[text]


class AsItCame(Standing):
    """Nothing stands for anything: what a run has drawn is told as it came."""

    def answer(self, tree: Json) -> Json:
        return tree

    def told(self, tree: Json, name: str = "") -> Json:
        return tree

    def value(self, tree: Json) -> Json:
        return tree


def _is_number(value: Json) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


class Meaning:
    """What the names of a trace are in another run, learnt from what that has answered."""

    def __init__(self) -> None:
        self._is: dict[str, str] = {}

    def learn(self, recorded: Json, come: object) -> None:
        """Compares an answer of the trace with one that has come."""
        if isinstance(recorded, str) and isinstance(come, str):
            if recorded != come:
                self._is.setdefault(recorded, come)
        elif isinstance(recorded, list) and isinstance(come, list):
            for one, other in zip(recorded, come, strict=False):
                self.learn(one, other)
        elif isinstance(recorded, dict) and isinstance(come, Mapping):
            for name, each in recorded.items():
                self.learn(each, come.get(name))

    def of(self, tree: Json) -> Json:
        """A value of the trace with the names of that run."""
        if isinstance(tree, str):
            return (
                _TOKEN.sub(lambda found: self._is.get(found[0], found[0]), tree)
                if tree not in self._is
                else self._is[tree]
            )
        if isinstance(tree, list):
            return [self.of(each) for each in tree]
        if isinstance(tree, dict):
            return {name: self.of(each) for name, each in tree.items()}
        return tree
