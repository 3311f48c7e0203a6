"""Gathers what calls fail with: from the descriptions of the spec, from the phone's code, and from recordings on h5.

A text of a function stands under its name; a reason that the phone's code gives without one, under `reasons`. Where a
text has a part that changes, it is cut there: what comes before is kept, with `…`.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from taropy import spec

ROOT = Path(__file__).parents[2]
PHONE = ROOT / "taropy/phone"
RECORDED = ROOT / "tests/h5/data"
COMMAND = "python -m tools.messages"

DESCRIBED = "the description of {name}"
ON_H5 = "a recording of taro-h5 in Chromium"

_MESSAGE = re.compile(r"`(\w+):fail([^`]*)`")
_ERR_MSG = re.compile(r'"errMsg": ?"((?:[^"\\]|\\.)*)"')

#: The calls that fail a native function, with its reason as first argument.
_FAILURES = frozenset(["Fail", "fail", "net_fail"])


def build() -> str:
    """The file's text."""
    functions: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    reasons: dict[str, set[str]] = defaultdict(set)
    for name, reason in _described():
        functions[name][reason].add(DESCRIBED.format(name=name))
    for name, reason in _recorded():
        functions[name][reason].add(ON_H5)
    for reason, file in _of_the_phone():
        reasons[reason].add(f"the phone ({file})")
    document = {
        "generated": COMMAND,
        "functions": {name: _sorted(functions[name]) for name in sorted(functions)},
        "reasons": _sorted(reasons),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _sorted(texts: dict[str, set[str]]) -> dict[str, list[str]]:
    return {text: sorted(texts[text]) for text in sorted(texts)}


def _described() -> Iterator[tuple[str, str]]:
    for member in spec.members():
        text = spec.member_text(member)
        for name, reason in _MESSAGE.findall(text.fails or "" if text is not None else ""):
            yield name, _cut(reason.strip())


def _recorded() -> Iterator[tuple[str, str]]:
    for file in sorted(RECORDED.glob("*.json")):
        for message in _ERR_MSG.findall(file.read_text("utf-8")):
            name, colon, rest = json.loads(f'"{message}"').partition(":fail")
            if colon and spec.has(name):
                yield name, rest.strip()


def _of_the_phone() -> Iterator[tuple[str, str]]:
    for file in sorted(PHONE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node.func) in _FAILURES and node.args:
                reason = _text(node.args[0])
                if reason:
                    yield _cut(reason), file.relative_to(PHONE).as_posix()
    for word in ("auth deny", "user deny", "system permission denied", "system deny"):
        yield word, "core/permissions.py"


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(node: ast.expr) -> str:
    """A text that is written out, up to its first part that changes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        first = node.values[0]
        start = str(first.value) if isinstance(first, ast.Constant) else ""
        return f"{start.rstrip()}…" if start else ""
    return ""


def _cut(reason: str) -> str:
    """A quoted address or the like changes from call to call."""
    return re.sub(r'\s*".*', "…", reason)
