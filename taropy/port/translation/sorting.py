"""`sort` by the difference of a field, as most comparators have it: by a key, which is asked for each item once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..names import Binding, text_of
from .arithmetic import operands
from .translator import Translator
from .tree import Expr, Level
from .types import Type

if TYPE_CHECKING:
    from tree_sitter import Node

_FIELD = re.compile(r"(?:\.\w+)+", re.ASCII)


def key_of(t: Translator, arguments: Node, item: Type) -> str | None:
    """The function that gives a key, for `(a, b) => b.total - a.total || a.id - b.id` of fields that are numbers."""
    given = [child for child in arguments.named_children if child.type != "comment"]
    body = given[0].child_by_field_name("body") if len(given) == 1 and given[0].type == "arrow_function" else None
    names = [text_of(each.pattern) for each in t.module.parameters_of(given[0])] if body is not None else []
    if body is None or len(names) != 2 or not all(map(str.isidentifier, names)):
        return None
    with t.inside(given[0]):
        first = t.scope.bindings.get(names[0])
        if first is None or first.writes:
            return None
        t.expect_type(first, item)
        keys = [_key(t, each, names, first) for each in _alternatives(body)]
    if not all(keys):
        return None
    shown = ", ".join(filter(None, keys))
    return f"lambda {t.python(first)}: {f'({shown})' if len(keys) > 1 else shown}"


def _alternatives(node: Node) -> list[Node]:
    """What is asked one after the other, until something is not 0."""
    while node.type == "parenthesized_expression" and len(node.named_children) == 1:
        node = node.named_children[0]
    if node.type == "binary_expression" and operands(node)[1] == "||":
        left, _, right = operands(node)
        return [*_alternatives(left), *_alternatives(right)]
    return [node]


def _key(t: Translator, node: Node, names: list[str], first: Binding) -> str | None:
    """`a.total` for `a.total - b.total`, `-a.total` for `b.total - a.total`."""
    if node.type != "binary_expression" or operands(node)[1] != "-":
        return None
    left, _, right = operands(node)
    owners = [text_of(side).partition(".")[0] for side in (left, right)]
    fields = {text_of(side)[len(owner) :] for side, owner in zip((left, right), owners, strict=True)}
    if sorted(owners) != sorted(names) or owners[0] == owners[1] or len(fields) > 1:
        return None
    is_rising = owners[0] == names[0]
    if not _FIELD.fullmatch(fields.pop()):
        return None
    value: Expr = t.expr(left if is_rising else right)
    if not value.type.is_number:
        return None
    return value.at(Level.TERNARY) if is_rising else f"-{value.at(Level.UNARY)}"
