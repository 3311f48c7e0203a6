"""The kinds of findings: their names, how much they matter, and what they say in general."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from .marks import kinds

Level = Literal["error", "warning", "note"]

LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@attrs.frozen
class Rule:
    """A kind of finding."""

    name: str
    level: Level
    title: str

    @property
    def section(self) -> str:
        """The part of the name before the slash, by which a report is divided."""
        return self.name.partition("/")[0]


_OWN = (
    Rule("missing/platform", "error", "The platform does not have it"),
    Rule("missing/native", "error", "The native object of another platform"),
    Rule("missing/method", "error", "The platform's object does not have the method"),
    Rule("missing/phone", "warning", "The platform has it, the phone does not simulate it"),
    Rule("missing/option", "warning", "The platform does not have the option"),
    Rule("missing/field", "warning", "The platform does not give the field"),
    Rule("missing/component", "warning", "The platform does not have the component"),
    Rule("missing/open-type", "warning", "The platform's buttons do not open this"),
    Rule("missing/attribute", "note", "The platform's component does not have the attribute"),
    Rule("unknown/member", "error", "No member of Taro"),
    Rule("unknown/foreign", "warning", "No member of Taro: another package brings it"),
    Rule("unknown/own", "note", "No member of Taro: the project sets it itself"),
    Rule("unknown/native", "note", "A native function that Taro does not have"),
    Rule("errmsg/never", "warning", "A message that no platform gives"),
    Rule("errmsg/unknown", "note", "A message of which nothing is known"),
    Rule("package/ported", "note", "A package that ported programs have in Python"),
    Rule("package/replaced", "note", "A package for which Python has another"),
    Rule("package/view", "note", "A package that is for what pages show"),
    Rule("package/unknown", "note", "A package of which nothing is known"),
    Rule("trap/native-object", "note", "A native object in place of Taro"),
    Rule("input/syntax", "warning", "A part that cannot be parsed; the rest is used"),
    Rule("input/huge", "warning", "A file that is left alone: it is huge"),
    Rule("input/minified", "note", "A file that is left alone: it is minified"),
    Rule("input/not-text", "warning", "A file that is left alone: it is not text"),
    Rule("input/unreadable", "warning", "What cannot be read"),
    Rule("input/template", "note", "A template of Vue's, which is not read"),
    Rule("input/vanished", "warning", "A file that was there and is gone"),
    Rule("input/outside", "note", "A link that leads out of what is looked at"),
    Rule("input/encoding", "note", "A file that is not in UTF-8"),
    Rule("input/cycle", "note", "Files that import each other in a circle"),
    Rule("input/settings", "warning", "Settings that cannot be read"),
    Rule("input/page", "warning", "A page of the app's config that has no file"),
)


def rules() -> Mapping[str, Rule]:
    """All rules, by their names."""
    language = {f"language/{key}": kind.title for key, kind in kinds("language").items()}
    traps = {f"trap/{key}": kind.title for key, kind in kinds("traps").items()}
    return {
        **{rule.name: rule for rule in _OWN},
        **{name: Rule(name, "warning", title) for name, title in language.items()},
        **{name: Rule(name, "note", title) for name, title in traps.items()},
    }
