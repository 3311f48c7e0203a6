"""Objects that are written out with getters and setters: a class with these as properties, and its one instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import key_of, text_of
from .functions import define, empty_getter
from .library import method
from .objects import can_be_keyword, fields_of
from .own_this import is_accessor
from .translator import Function, Translator, later
from .tree import Expr, Refused

if TYPE_CHECKING:
    from tree_sitter import Node


def with_accessors(t: Translator, node: Node) -> Expr:
    """`{ get total() { … } }`."""
    keys = [_key(part) for part in node.named_children if part.type != "comment"]
    accessors = {key: part for part in node.named_children if is_accessor(part) and (key := _key(part))}
    for name in accessors:
        if not can_be_keyword(name) or name[:2] == "__":
            raise Refused(f"the getter {name} of an object is not ported", "a class with a property")
    hint, t.hint = t.hint, ""
    made = t.fresh("".join(word[:1].upper() + word[1:] for word in hint.split("_")) or "Made")
    is_unsure = None in keys  # a key is computed, or an object spread: what makes the object has the order
    fields, _ = fields_of(t, node, accessors=is_unsure)
    t.out.write(f"class {made}({t.helper('Accessors')}):")
    with t.out.block():
        if not is_unsure and keys[-len(accessors) :] != [*accessors]:
            names = ", ".join(f'"{name}"' for name in dict.fromkeys(each for each in keys if each))
            t.out.write(f"__keys__ = ({names},)")
            t.out.write("")
        for name in accessors:
            _write(t, node, name)
    return Expr(f"{made}({fields})")


def _key(part: Node) -> str | None:
    if part.type == "shorthand_property_identifier":
        return text_of(part)
    key = part.child_by_field_name("key") or part.child_by_field_name("name")
    return key_of(key) if key is not None and key.type != "computed_property_name" else None


def _write(t: Translator, node: Node, name: str) -> None:
    """The getter of a name, which gives nothing if there is none, and its setter."""
    parts = [part for part in node.named_children if is_accessor(part) and _key(part) == name]
    getter, setter = (
        next((part for part in parts if any(child.type == word for child in part.children)), None)
        for word in ("get", "set")
    )
    python = method(name)
    if getter is not None:
        _define(t, getter, python, "@property")
    else:
        empty_getter(t, python)
    if setter is not None:
        t.out.write("")
        _define(t, setter, python, f"@{python}.setter")
    t.out.write("")


def _define(t: Translator, part: Node, python: str, decorator: str) -> None:
    function = Function(t.module.names.scopes.get(part.id), this="self")
    define(t, part, python, first="self", function=function, decorators=(decorator,))


later.with_accessors = with_accessors
