"""Enums: of texts as a StrEnum, of whole numbers as an IntEnum, whose members are what TypeScript's are."""

from __future__ import annotations

import keyword
import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..names import key_of, string_of, text_of
from . import comments
from .texts import literal, unescaped
from .translator import Translator, statement
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node

Value = str | int

#: Of whole numbers these are Python's too, as long as the outcome fits what JavaScript counts bits in.
_OPERATORS: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul,
    "<<": operator.lshift, ">>": operator.rshift, "|": operator.or_, "&": operator.and_, "^": operator.xor,
}  # fmt: skip
_BITS = range(-(2**31), 2**31)
#: Names that an enum of Python's has for itself.
_TAKEN = frozenset(["mro", "name", "value"])


@statement("enum_declaration")
def enum_declaration(t: Translator, node: Node) -> None:
    """`enum Mode { A = 'a' }`."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    binding = t.binding(text_of(name)) if name is not None else None
    if name is None or binding is None or body is None:
        raise Refused("the text was not understood")
    members = _Members(body, text_of(name))
    t.standard.add(members.kind)
    doc, t.doc = t.doc, None
    t.out.write(f"class {t.python(binding)}({members.kind}):")
    with t.out.block():
        if doc is not None:
            comments.write_doc(t, doc)
        _write(t, body, members)


def _write(t: Translator, body: Node, members: _Members) -> None:
    before: Node | None = None
    for child in body.named_children:
        if child.type == "comment" and before is not None and before.end_point[0] == child.start_point[0]:
            comments.write_behind(t, child, len(t.out.lines) - 1)
        elif child.type == "comment":
            comments.write(t, child)
        else:
            t.out.origin = t.line(child)
            t.out.write(members.lines[child.id])
        before = child


class _Members:
    """The members of an enum: what each is, and the line that says so."""

    def __init__(self, body: Node, enum: str) -> None:
        self.enum = enum
        self.values: dict[str, Value] = {}
        self.lines: dict[int, str] = {}
        for child in body.named_children:
            if child.type != "comment":
                self._add(child)
        kinds = {isinstance(value, str) for value in self.values.values()}
        if len(kinds) > 1:
            raise Refused("an enum of texts and numbers is not ported", "a class with constants")
        self.kind = "StrEnum" if kinds == {True} else "IntEnum"

    def _add(self, member: Node) -> None:
        name = key_of(member.child_by_field_name("name") or member) or text_of(member)
        if not name.isidentifier() or keyword.iskeyword(name) or name in _TAKEN or name[0] == "_":
            raise Refused(f"an enum's member of the name {name} is not ported", "a class with constants")
        said = member.child_by_field_name("value")
        if said is not None:
            self.values[name], text = self._read(said)
        else:
            self.values[name] = self._following()
            text = str(self.values[name])
        self.lines[member.id] = f"{name} = {text}"

    def _following(self) -> int:
        last = [*self.values.values()][-1] if self.values else -1
        if isinstance(last, str):
            raise Refused("an enum of texts and numbers is not ported", "a class with constants")
        return last + 1

    def _read(self, node: Node) -> tuple[Value, str]:
        """The value of an expression, and how Python writes it."""
        string = string_of(node)
        if string is not None:
            return unescaped(string), literal(unescaped(string))
        written = text_of(node).replace("_", "").lower()
        if node.type == "number" and (written.isdecimal() or written.startswith(("0x", "0b", "0o"))):
            return int(written, 0 if written[1:2].isalpha() else 10), written
        if node.type == "parenthesized_expression" and node.named_child_count == 1:
            value, text = self._read(node.named_children[0])
            return value, f"({text})"
        if node.type == "unary_expression" and node.children[0].type in ("-", "~"):
            return self._negated(node)
        if node.type == "binary_expression":
            return self._counted(node)
        name = text_of(node).removeprefix(f"{self.enum}.")
        if name in self.values:
            return self.values[name], name
        raise Refused("an enum with computed values is not ported", "a class with constants")

    def _negated(self, node: Node) -> tuple[Value, str]:
        sign, argument = node.children[0].type, node.child_by_field_name("argument")
        value, text = self._read(argument) if argument is not None else ("", "")
        if isinstance(value, str):
            raise Refused("an enum with computed values is not ported", "a class with constants")
        return (-value if sign == "-" else ~value), f"{sign}{text}"

    def _counted(self, node: Node) -> tuple[Value, str]:
        left, sign, right = node.children[0], node.children[1].type, node.children[-1]
        (value, text), (other, other_text) = self._read(left), self._read(right)
        count = _OPERATORS.get(sign)
        if count is None or isinstance(value, str) or isinstance(other, str) or not 0 <= other < 2**31:
            raise Refused("an enum with computed values is not ported", "a class with constants")
        found = count(value, other) if sign not in ("<<", ">>") or other < 32 else 2**31
        if found not in _BITS or value not in _BITS:
            raise Refused("an enum with computed values is not ported", "a class with constants")
        return found, f"{text} {sign} {other_text}"
