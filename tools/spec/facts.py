"""From what the extractor printed to values: tags read, empty keys left out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]

#: Upstream's tag is an identifier, so it cannot hold the hyphen that the platform's name has.
PLATFORM_NAMES = {"harmony_hybrid": "harmony-hybrid"}


def members(declarations: Json) -> dict[str, Json]:
    """The members of TaroStatic by name; each with its group and its tags as values."""
    return {name: _with_tags(raw) for name, raw in sorted(declarations["members"].items())}


def types(declarations: Json) -> dict[str, Json]:
    """The named types by their path below Taro, tags read on the type, its fields and its methods."""
    return {name: _type(raw) for name, raw in sorted(declarations["types"].items())}


def _type(raw: Json) -> Json:
    entry = _with_tags(raw)
    if "methods" in entry:
        entry["methods"] = {name: _with_tags(method) for name, method in entry["methods"].items()}
    if "fields" in entry and "values" in entry:
        # Bare names make a set of literals only when they are alone; among fields they are fields without a type.
        entry["fields"] += [{"name": name, "type": "any"} for name in entry.pop("values")]
    return entry


def _with_tags(raw: Json) -> Json:
    """`raw` with its tags as keys of their own, at every depth: fields of nested objects have tags as well."""
    entry = {key: _nested(value) for key, value in raw.items() if key != "tags"}
    return entry | read_tags(raw.get("tags", {}))


def _nested(value: Any) -> Any:
    if isinstance(value, dict):
        return _with_tags(value) if "tags" in value else {key: _nested(item) for key, item in value.items()}
    return [_nested(item) for item in value] if isinstance(value, list) else value


def read_tags(tags: dict[str, str]) -> Json:
    """The facts in a comment's tags; sentences in them are dropped."""
    facts = {_KEYS.get(tag, tag): _READERS[tag](text) for tag, text in tags.items()}
    return {key: value for key, value in facts.items() if value is not _NOTHING}


_NOTHING: Any = object()


def _supported(text: str) -> Any:
    """`weapp, alipay 10.2.33+` names two platforms; the versions behind a name are not kept."""
    words = [part.split()[0] for part in re.split(r"[,\n]", text) if part.split()]
    return sorted({PLATFORM_NAMES.get(word, word) for word in words}) or _NOTHING


def _default(text: str) -> Any:
    text = text.removeprefix(":").strip()
    for candidate in (text, text.replace("'", '"')):
        try:
            value = json.loads(candidate)
        except ValueError:
            continue
        return _NOTHING if _is_sentence(value) else value
    return _NOTHING if _is_sentence(text) or not text else text


def _is_sentence(value: Any) -> bool:
    return isinstance(value, str) and not value.isascii()


def _link(text: str) -> Any:
    found = re.search(r"https?://\S+", text)
    return found[0] if found else _NOTHING


def _version(text: str) -> Any:
    found = re.search(r"\d+(\.\d+)+", text)
    return found[0] if found else _NOTHING


def _flag(text: str) -> bool:
    return True


_KEYS = {"ignore": "ignored"}
_READERS: dict[str, Callable[[str], Any]] = {
    "default": _default,
    "supported": _supported,
    "see": _link,
    "since": _version,
    "deprecated": _flag,
    "ignore": _flag,
}
