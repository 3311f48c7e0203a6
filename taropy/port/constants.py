"""Texts in constants: `const WEB = 'h5'`, `const ENVS = { web: 'h5' }`, `enum Env { Web = 'h5' }`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .names import Binding, Scope, key_of, string_of, text_of
from .origins import TRANSPARENT

if TYPE_CHECKING:
    from tree_sitter import Node


def texts_in(binding: Binding) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts that a constant holds: itself, or its fields, each with the steps to it."""
    if binding.kind == "enum":
        yield from _fields(binding.place.node.child_by_field_name("body"), "enum_assignment", "name")
        return
    value = binding.value if binding.kind == "const" and not binding.path else None
    while value is not None and value.type in TRANSPARENT:
        value = value.named_children[0]
    text = string_of(value)
    if text is not None:
        yield (), text
    elif value is not None and value.type == "object":
        yield from _fields(value, "pair", "key")


def text_at(node: Node, scope: Scope) -> str | None:
    """The text that a name or a member stands for, if it is one in a constant of the file."""
    holder = node
    steps: tuple[str, ...] = ()
    if node.type == "member_expression":
        name, inner = node.child_by_field_name("property"), node.child_by_field_name("object")
        if name is None or inner is None:
            return None
        holder, steps = inner, (text_of(name),)
    binding = scope.find(text_of(holder)) if holder.type == "identifier" else None
    return next((text for at, text in texts_in(binding) if at == steps), None) if binding is not None else None


def _fields(holder: Node | None, kind: str, key: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for part in holder.named_children if holder is not None else ():
        named, text = part.child_by_field_name(key), string_of(part.child_by_field_name("value"))
        name = key_of(named) if named is not None and part.type == kind else None
        if name is not None and text is not None:
            yield (name,), text
