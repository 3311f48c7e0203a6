"""What a port carries over, and what then does something else. `data/traps.toml` says why, and what to write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .marks import Mark
from .names import Names, Place, key_of, string_of, text_of
from .origins import REASON, Origins
from .source import Source
from .uses import Computed, Use

if TYPE_CHECKING:
    from tree_sitter import Node

_PROMISE_METHODS = frozenset(["then", "catch", "finally"])
_EQUALITIES = frozenset(["==", "!=", "===", "!=="])

Found = Iterator[tuple[str, "Node", str]]


def traps_of(source: Source, names: Names, origins: Origins, uses: list[Use], computed: list[Computed]) -> list[Mark]:
    """Each trap of the file, in the order of the text."""
    found = [
        Mark(key, source.position(node.start_point), detail)
        for find in (_comparisons, _errors, _replaced, _loops, _calls, _elements)
        for key, node, detail in find(names, origins)
    ]
    found += [Mark("call-at-import", use.at, _name(use)) for use in uses if use.top]
    found += [Mark("computed-member", each.at, _values(each)) for each in computed]
    return sorted(found, key=lambda mark: mark.at)


def _name(use: Use) -> str:
    return use.origin.path[0] if use.origin.is_taro else ".".join(use.origin.path[:2])


def _values(computed: Computed) -> str:
    if not computed.values:
        return f"{computed.text}: nothing in the program says which"
    values = ", ".join(computed.values)
    return f"{computed.text}: {values}" if computed.whole else f"{computed.text}: {values}, and what else comes"


def _comparisons(names: Names, origins: Origins) -> Found:
    for place in names.watched.get("binary_expression", ()):
        node = place.node
        operator = node.children[1].type if node.child_count > 1 else ""
        if operator not in _EQUALITIES:
            continue
        sides = [side for side in (node.child_by_field_name("left"), node.child_by_field_name("right")) if side]
        kinds = [side.type for side in sides]
        if "undefined" in kinds or any(text_of(side)[1:-1] == "undefined" for side in sides if side.type == "string"):
            yield "compared-undefined", node, _one_line(node)
        elif operator in ("==", "!=") and not any(map(_is_word, sides)):
            yield "loose-null" if "null" in kinds else "loose-equality", node, _one_line(node)


def _is_word(side: Node) -> bool:
    """Whether a side of a comparison is a text that converting changes nothing of: no number, and not empty."""
    text = string_of(side)
    if text is None:
        return side.type == "unary_expression" and side.children[0].type == "typeof"
    return text.strip() != "" and not text.strip()[0].isdigit() and text.strip()[0] not in "+-."


def _errors(names: Names, origins: Origins) -> Found:
    for place in names.watched.get("member_expression", ()):
        name = place.node.child_by_field_name("property")
        if name is not None and text_of(name) == "message" and _is_reason(place.node, place, origins):
            yield "error-message", place.node, text_of(place.node)
    for binding in names.bindings:
        if binding.path == ("message",) and binding.kind in ("caught", "parameter", "const"):
            origin = origins.of_binding(binding)
            if origin is not None and origin.path[-2:-1] == (REASON,):
                yield "error-message", binding.node, "{ message }"
    for place in names.watched.get("spread_element", ()):
        inner = next(iter(place.node.named_children), None)
        origin = origins.of(inner, place.scope)
        if origin is not None and origin.path[-1:] == (REASON,) and place.up is not None and place.up.kind == "object":
            yield "spread-error", place.node, text_of(place.node)


def _is_reason(member: Node, place: Place, origins: Origins) -> bool:
    origin = origins.of(member.child_by_field_name("object"), place.scope)
    return origin is not None and origin.path[-1:] == (REASON,)


def _replaced(names: Names, origins: Origins) -> Found:
    for place in names.watched.get("assignment_expression", ()):
        target = place.node.child_by_field_name("left")
        name = target.child_by_field_name("property") if target is not None else None
        if target is not None and name is not None and text_of(name) in _PROMISE_METHODS:
            yield "replaced-then", target, text_of(target)
    for place in names.watched.get("method_definition", ()):
        key = place.node.child_by_field_name("name")
        if key is not None and key_of(key) == "then":
            yield "replaced-then", key, "then"


def _loops(names: Names, origins: Origins) -> Found:
    for place in names.watched.get("for_in_statement", ()):
        operator = place.node.child_by_field_name("operator")
        listed = place.node.child_by_field_name("right")
        if operator is not None and listed is not None and operator.type == "in" and _is_list(listed, place):
            yield "for-in-list", place.node, f"in {text_of(listed)}"


def _is_list(node: Node, place: Place) -> bool:
    """Whether an expression is known to be a list: written out, or a variable with such a value or type."""
    if node.type != "identifier":
        return node.type == "array"
    binding = place.scope.find(text_of(node))
    if binding is None or binding.path:
        return False
    typed = binding.node.parent.child_by_field_name("type") if binding.node.parent is not None else None
    declared = typed.named_children[0] if typed is not None and typed.named_child_count else None
    if declared is not None and (declared.type == "array_type" or text_of(declared).startswith("Array<")):
        return True
    return binding.value is not None and binding.value.type == "array"


def _calls(names: Names, origins: Origins) -> Found:
    for place in names.watched.get("call_expression", ()):
        function, arguments = place.node.child_by_field_name("function"), place.node.child_by_field_name("arguments")
        if function is None or arguments is None or function.type != "member_expression":
            continue
        name = text_of(function.child_by_field_name("property") or function)
        given = [text_of(child) for child in arguments.named_children if child.type != "comment"]
        if name == "sort" and not given:
            yield "sort-as-text", place.node, _one_line(place.node)
        elif name == "map" and given == ["parseInt"]:
            yield "map-parse-int", place.node, _one_line(place.node)


def _elements(names: Names, origins: Origins) -> Found:
    for place in names.watched.get("unary_expression", ()):
        argument = place.node.child_by_field_name("argument")
        if place.node.children[0].type == "delete" and argument is not None and argument.type == "subscript_expression":
            index = argument.child_by_field_name("index")
            if index is not None and index.type == "number":
                yield "delete-element", place.node, _one_line(place.node)
    for place in names.watched.get("subscript_expression", ()):
        index = place.node.child_by_field_name("index")
        if index is not None and index.type == "unary_expression" and text_of(index).startswith("-"):
            yield "negative-index", place.node, _one_line(place.node)


def _one_line(node: Node) -> str:
    text = " ".join(text_of(node).split())
    return text if len(text) <= 60 else f"{text[:57]}…"
