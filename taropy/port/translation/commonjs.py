"""Modules as Node.js has them: `const a = require('./a')`, `module.exports = { a, b }`, `exports.a = …`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from ..names import Names, string_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

_WHOLE = "module.exports"
_OWNERS = ("exports", _WHOLE)


@attrs.frozen
class Given:
    """What a module exports under a name, which is `default` for all that it is, and the statement that does."""

    name: str
    value: Node
    statement: Node


def given_by(names: Names, root: Node) -> tuple[Given, ...]:
    """What a module exports by way of `exports`; nothing if it does anything else with that, or exports otherwise."""
    if any(node.type == "export_statement" for node in root.named_children):
        return ()
    found = [each for node in root.named_children for each in _of_statement(node)]
    statements = {each.statement.id for each in found}
    is_whole = any(each.name == "default" for each in found)
    repeats = len({each.name for each in found}) < len(found) or (is_whole and len(found) > 1)
    return () if repeats or len(statements) < _uses(names) else tuple(found)


def _uses(names: Names) -> int:
    """How often a module looks at what it exports."""
    places = [place for name in ("module", "exports") for place in names.references.get(name, ())]
    return sum(place.scope.find(text_of(place.node)) is None for place in places)


def _of_statement(statement: Node) -> Iterator[Given]:
    inner = statement.named_children[0] if statement.type == "expression_statement" else statement
    target, value = inner.child_by_field_name("left"), inner.child_by_field_name("right")
    if inner.type != "assignment_expression" or target is None or value is None:
        return
    owner, key = target.child_by_field_name("object"), target.child_by_field_name("property")
    if text_of(target) == _WHOLE and value.type == "object" and all(map(_is_named, value.named_children)):
        for part in value.named_children:
            if part.type != "comment":
                name = part.child_by_field_name("key") or part.child_by_field_name("name") or part
                yield Given(string_of(name) or text_of(name), part.child_by_field_name("value") or part, statement)
    elif text_of(target) == _WHOLE:
        yield Given("default", value, statement)
    elif target.type == "member_expression" and owner is not None and text_of(owner) in _OWNERS and key is not None:
        yield Given(text_of(key), value, statement)


def _is_named(part: Node) -> bool:
    if part.type in ("comment", "shorthand_property_identifier"):
        return True
    key = part.child_by_field_name("key")
    return part.type == "pair" and key is not None and key.type in ("property_identifier", "string")


# --- what is required ----------------------------------------------------------------------------------------------


def take_requires(names: Names) -> None:
    """Makes imports of the module's `const a = require('./a')` and `const { b } = require('./b')`."""
    for binding in names.root.bindings.values():
        specifier = required(binding.value) if binding.kind in ("const", "let", "var") else None
        if specifier is not None and not binding.writes and len(binding.path) < 2 and None not in binding.path:
            binding.kind, binding.module = "import", specifier


def required(node: Node | None) -> str | None:
    """The specifier of `require('./a')`; None for anything else."""
    function = node.child_by_field_name("function") if node is not None and node.type == "call_expression" else None
    arguments = node.child_by_field_name("arguments") if node is not None else None
    if function is None or arguments is None or text_of(function) != "require" or arguments.named_child_count != 1:
        return None
    return string_of(arguments.named_children[0])
