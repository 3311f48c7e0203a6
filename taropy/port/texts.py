"""The texts of native messages that a program compares: `err.errMsg === 'login:fail cancel'`, and in what way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import attrs

from .names import Names, Place, Scope, string_of, text_of
from .origins import AWAITED, REASON, TARO, Origin, Origins
from .source import Position, Source

if TYPE_CHECKING:
    from tree_sitter import Node

How = Literal["equals", "contains", "starts", "ends", "matches"]

#: What native messages look like: the function's name, and how it went.
MESSAGE = re.compile(r"^\w+:\s?(ok|fail|cancel|success|error|timeout)\b", re.IGNORECASE)

_METHODS: dict[str, How] = {
    "includes": "contains", "indexOf": "contains", "startsWith": "starts", "endsWith": "ends",
    "search": "matches", "match": "matches",
}  # fmt: skip


@attrs.frozen(slots=False)
class Compared:
    """A text that a message is compared with; `api` is the function that the message is of, where the program says."""

    text: str
    how: How
    at: Position
    api: str | None = None


def compared_in(source: Source, names: Names, origins: Origins) -> list[Compared]:
    """Each comparison of a native message in the file, in the order of the text."""
    finder = _Finder(source, names, origins)
    found = [*finder.equalities(), *finder.methods(), *finder.cases()]
    return sorted(found, key=lambda each: each.at)


class _Finder:
    def __init__(self, source: Source, names: Names, origins: Origins) -> None:
        self.source = source
        self.names = names
        self.origins = origins

    def equalities(self) -> Iterator[Compared]:
        for place in self.names.watched.get("binary_expression", ()):
            node = place.node
            if node.child_count < 2 or node.children[1].type not in ("===", "==", "!==", "!="):
                continue
            sides = [node.child_by_field_name("left"), node.child_by_field_name("right")]
            for side, other in (sides, sides[::-1]):
                text = string_of(other)
                if text and side is not None:
                    yield from self._compared(text, "equals", side, place)

    def methods(self) -> Iterator[Compared]:
        for place in self.names.watched.get("call_expression", ()):
            function, arguments = (
                place.node.child_by_field_name("function"),
                place.node.child_by_field_name("arguments"),
            )
            if function is None or arguments is None or function.type != "member_expression":
                continue
            name, whole = function.child_by_field_name("property"), function.child_by_field_name("object")
            given = next(iter(arguments.named_children), None)
            how = _METHODS.get(text_of(name)) if name is not None else None
            if how is not None and whole is not None and given is not None:
                text = _pattern(given) if given.type == "regex" else string_of(given)
                if text:
                    yield from self._compared(text, "matches" if given.type == "regex" else how, whole, place)
            elif given is not None and whole is not None and whole.type == "regex" and name and text_of(name) == "test":
                yield from self._compared(_pattern(whole), "matches", given, place)

    def cases(self) -> Iterator[Compared]:
        for place in self.names.watched.get("switch_statement", ()):
            subject = place.node.child_by_field_name("value")
            body = place.node.child_by_field_name("body")
            inner = next(iter(subject.named_children), None) if subject is not None else None
            for case in body.named_children if body is not None else ():
                text = string_of(case.child_by_field_name("value"))
                if text and inner is not None:
                    yield from self._compared(text, "equals", inner, place, case)

    def _compared(self, text: str, how: How, what: Node, place: Place, at: Node | None = None) -> Iterator[Compared]:
        is_message, api = self._message(what, place.scope)
        if is_message or (how == "equals" and MESSAGE.match(text)):
            yield Compared(text, how, self.source.position((at or place.node).start_point), api)

    def _message(self, node: Node, scope: Scope) -> tuple[bool, str | None]:
        """Whether an expression is a native message, and of which function."""
        while node.type in ("parenthesized_expression", "non_null_expression", "as_expression"):
            node = node.named_children[0]
        if node.type == "binary_expression" and node.children[1].type in ("||", "??"):
            left = node.child_by_field_name("left")  # `(err.errMsg || '')`
            return self._message(left, scope) if left is not None else (False, None)
        origin = self.origins.of(node, scope)
        if origin is not None and origin.path[-1:] == ("errMsg",):
            return True, _api(origin)
        name = node.child_by_field_name("property") if node.type == "member_expression" else None
        return name is not None and text_of(name) == "errMsg", None


def _api(origin: Origin) -> str | None:
    is_answer = origin.path[-2:-1] in ((REASON,), (AWAITED,))
    return origin.path[0] if origin.module == TARO and is_answer and len(origin.path) == 4 else None


def _pattern(node: Node) -> str:
    pattern = node.child_by_field_name("pattern")
    return text_of(pattern) if pattern is not None else ""
