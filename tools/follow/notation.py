"""Types of the spec's JSON on one line, written as TypeScript writes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tools.spec.facts import Json


def text(type_: Any) -> str:
    """A type, such as `"GET" | request.Method` or `(res: login.Result) => void`; for no type, `nothing`."""
    if type_ is None:
        return "nothing"
    if isinstance(type_, str):
        return type_
    shape = next(key for key in _WRITERS if key in type_)
    return _WRITERS[shape](type_)


def parts(type_: Any) -> list[str]:
    """The alternatives of a union, each as text; any other type is its own only one."""
    alternatives = type_["union"] if isinstance(type_, dict) and "union" in type_ else [type_]
    return [text(item) for item in alternatives]


def signature(entry: Json) -> str:
    """`(key: string, data?: any) => void`."""
    return f"({', '.join(map(_named, entry['params']))}) => {text(entry['returns'])}"


def _named(entry: Json) -> str:
    dots = "..." if entry.get("rest") else ""
    mark = "?" if entry.get("optional") else ""
    return f"{dots}{entry['name']}{mark}: {text(entry['type'])}"


def _joined(key: str, sign: str) -> Callable[[Json], str]:
    return lambda type_: sign.join(_closed(item) for item in type_[key])


def _closed(type_: Any) -> str:
    """A type as part of another: what would read differently there stands in brackets."""
    shown = text(type_)
    ambiguous = isinstance(type_, dict) and type_.keys() & {"union", "intersection", "function"}
    return f"({shown})" if ambiguous else shown


def _ref(type_: Json) -> str:
    arguments = ", ".join(map(text, type_.get("args", [])))
    return f"{type_['ref']}<{arguments}>" if arguments else str(type_["ref"])


def _object(type_: Json) -> str:
    fields = [_named(field) for field in type_["object"]]
    if "index" in type_:
        fields.append(f"[key]: {text(type_['index'])}")
    fields += [signature(each) for each in type_.get("call", [])]
    fields += [f"new {signature(each)}" for each in type_.get("construct", [])]
    return f"{{ {'; '.join(fields)} }}" if fields else "{}"


_WRITERS: dict[str, Callable[[Json], str]] = {
    "literal": lambda type_: json.dumps(type_["literal"], ensure_ascii=False),
    "union": _joined("union", " | "),
    "intersection": _joined("intersection", " & "),
    "array": lambda type_: f"{_closed(type_['array'])}[]",
    "tuple": lambda type_: f"[{', '.join(map(text, type_['tuple']))}]",
    "ref": _ref,
    "keyof": lambda type_: f"keyof {text(type_['keyof'])}",
    "function": lambda type_: signature(type_["function"]),
    "object": _object,
    "param": lambda type_: str(type_["param"]),
}
