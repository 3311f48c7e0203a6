"""What a name stands for by what the program does with it: methods that only texts have, or only arrays.

A value of another kind would raise in JavaScript where such a method is called of it, so a program that runs has none.
What is asked whether it is a text or an array may be both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..names import FUNCTIONS, Binding, Place, text_of
from . import library
from .looks import look
from .types import STRING, UNKNOWN, USED_ARRAY, Type

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module

#: Methods of texts that nothing else has.
_OF_TEXTS = frozenset(
    ["substring", "substr", "charAt", "charCodeAt", "codePointAt", "toLowerCase", "toUpperCase", "toLocaleLowerCase",
     "toLocaleUpperCase", "padStart", "padEnd", "startsWith", "endsWith", "localeCompare", "trim", "trimStart",
     "trimEnd", "trimLeft", "trimRight", "replaceAll"]
)  # fmt: skip
#: Methods of arrays, that are given a function.
_OF_ARRAYS = frozenset(["map", "filter", "some", "every", "find", "findIndex", "reduce", "reduceRight", "flatMap"])


_MAY_NOT_RUN = frozenset(
    ["catch_clause", "do_statement", "for_in_statement", "for_statement", "switch_case", "switch_default",
     "while_statement"]
)  # fmt: skip


def is_of_texts(name: str, given: Sequence[Type]) -> bool:
    """Whether a method that is called with these arguments is surely one of a text."""
    first = given[0].kind if given else "unknown"
    if name in ("match", "matchAll", "search"):
        return first == "regexp"
    if name == "replace":
        return first == "regexp" or (first == "string" and len(given) == 2)
    if name == "split":
        return first in ("string", "regexp")
    return name in _OF_TEXTS


def is_of_arrays(name: str, arguments: Node) -> bool:
    """Whether a method that is called with these arguments is surely one of an array."""
    first = next((child for child in arguments.named_children if child.type != "comment"), None)
    return name in _OF_ARRAYS and first is not None and first.type in FUNCTIONS


def used_as(module: Module, binding: Binding) -> Type:
    """A text or an array, if the methods say so that are called of a name."""
    found = UNKNOWN
    for place in module.names.references.get(binding.name, ()):
        if place.scope.find(binding.name) is not binding:
            continue
        if _is_asked(place) or _is_of_neither(place):
            return UNKNOWN
        used = _used_at(module, place) if _is_certain(place) else UNKNOWN
        if used != UNKNOWN and found not in (UNKNOWN, used):
            return UNKNOWN
        found = used if used != UNKNOWN else found
    return found


def _is_asked(place: Place) -> bool:
    """Whether a program asks there what kind of value it is: `typeof x`, `Array.isArray(x)`, `x instanceof Date`."""
    up = place.up
    if up is not None and up.kind == "unary_expression":
        return up.node.children[0].type == "typeof"
    if up is not None and up.kind == "binary_expression":
        return any(child.type == "instanceof" for child in up.node.children)
    call = up.up if up is not None and up.kind == "arguments" else None
    function = call.node.child_by_field_name("function") if call is not None else None
    return function is not None and text_of(function).rpartition(".")[2].startswith("is")


def _is_certain(place: Place) -> bool:
    """Whether a place is run whenever its function is: it stands in no branch, no loop and no function within."""
    inner = place
    for around in place.around():
        if around.kind in FUNCTIONS or around.kind == "program":
            return True
        if around.kind in _MAY_NOT_RUN:
            return False
        if around.kind in ("if_statement", "ternary_expression") and not _is_part(around, "condition", inner):
            return False
        if around.kind == "binary_expression" and _decides(around.node) and not _is_part(around, "left", inner):
            return False
        inner = around
    return True


def _is_part(around: Place, field: str, inner: Place) -> bool:
    part = around.node.child_by_field_name(field)
    return part is not None and part.start_byte <= inner.node.start_byte < part.end_byte


def _decides(node: Node) -> bool:
    return any(child.type in ("&&", "||", "??") for child in node.children)


def _is_of_neither(place: Place) -> bool:
    """Whether a field is used there that neither texts nor arrays have."""
    up = place.up
    if up is None or up.kind != "member_expression" or up.node.child_by_field_name("object") != place.node:
        return False
    name = text_of(up.node.child_by_field_name("property") or up.node)
    return name != "length" and not library.has("String", name) and not library.has("Array", name)


def _used_at(module: Module, place: Place) -> Type:
    member = place.up
    call = member.up if member is not None and member.kind == "member_expression" else None
    if member is None or call is None or call.kind != "call_expression":
        return UNKNOWN
    name, arguments = member.node.child_by_field_name("property"), call.node.child_by_field_name("arguments")
    if call.node.child_by_field_name("function") != member.node or name is None or arguments is None:
        return UNKNOWN
    given = [look(module, child, place.scope) for child in arguments.named_children if child.type != "comment"]
    if member.node.child_by_field_name("object") != place.node:
        return UNKNOWN
    if is_of_arrays(text_of(name), arguments):
        return USED_ARRAY
    return STRING if is_of_texts(text_of(name), given) else UNKNOWN
