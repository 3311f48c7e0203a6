"""`arguments`: what a function was called with, for functions that read it themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, text_of
from .placed import around
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module

#: What has `arguments` of its own; an arrow function reads those of the function around it.
_OWNERS = FUNCTIONS - {"arrow_function"}
_THROUGH = frozenset(["as_expression", "non_null_expression", "parenthesized_expression", "satisfies_expression"])
_SETTING = frozenset(["assignment_expression", "augmented_assignment_expression", "update_expression"])
_BORROWED = frozenset(
    ["Array.prototype.slice.call", "[].slice.call", "Array.prototype.map.call", "Array.prototype.join.call"]
)
_NO_LIST = Refused("`arguments` as a value is not ported", "`[...arguments]`, which is an array")


@attrs.frozen
class Given:
    """The name that the arguments of a function have; the names of its parameters, where these are all that goes on."""

    name: str
    names: tuple[str, ...] = ()


def reads_arguments(module: Module, node: Node) -> bool:
    """Whether a function looks at its `arguments`."""
    return node.type in _OWNERS and next(_uses(module, node), None) is not None


def uses_of(module: Module, function: Node) -> list[Node]:
    """The places where a function looks at its `arguments`; `Refused` if one makes a value of them."""
    found = list(_uses(module, function))
    for use in found:
        if not _is_list(use) and not _is_kept(module, use):
            raise _NO_LIST
    return found


def is_any_read(uses: list[Node]) -> bool:
    """Whether some of the arguments are looked at, and not just counted and handed on."""
    kinds = ("spread_element", "arguments", "for_in_statement", "member_expression")
    return any((up := bare(use).parent) is None or up.type not in kinds for use in uses)


def bare(use: Node) -> Node:
    """An expression with the casts and parentheses around it."""
    while use.parent is not None and use.parent.type in _THROUGH:
        use = use.parent
    return use


def called_with_all(use: Node) -> Node | None:
    """The callee of `f(...arguments)`; None for any other use."""
    spread = use.parent
    arguments = spread.parent if spread is not None and spread.type == "spread_element" else None
    call = arguments.parent if arguments is not None and arguments.named_child_count == 1 else None
    return call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None


def _uses(module: Module, function: Node) -> Iterator[Node]:
    for use in module.index.mentions("arguments").within(function):
        if use.type == "identifier" and around(use, _OWNERS) == function:
            yield use


def _is_list(use: Node) -> bool:
    """Whether the arguments are read there as a list would be."""
    use = bare(use)
    up = use.parent
    if up is None:
        return False
    if up.type == "spread_element":
        return True
    if up.type in ("member_expression", "subscript_expression"):
        key, around = up.child_by_field_name("property"), up.parent
        is_set = around is not None and around.type in _SETTING and up in around.named_children[:1]
        return not is_set and (key is None or text_of(key) == "length")
    if up.type == "for_in_statement":
        return up.child_by_field_name("right") == use and any(child.type == "of" for child in up.children)
    return up.type == "arguments" and _is_gone_through(up, use)


def _is_gone_through(arguments: Node, use: Node) -> bool:
    """Whether a call reads a list: `f.apply(this, arguments)`, `Array.from(arguments)`, `[].slice.call(arguments)`."""
    call = arguments.parent
    function = call.child_by_field_name("function") if call is not None else None
    given = [child for child in arguments.named_children if child.type != "comment"]
    if function is None or function.type != "member_expression":
        return False
    method = text_of(function.child_by_field_name("property") or function)
    if method == "apply":
        return len(given) > 1 and given[1] == use
    return given[0] == use and (text_of(function) == "Array.from" or text_of(function) in _BORROWED)


def _is_kept(module: Module, use: Node) -> bool:
    """Whether they get a name by which they are read as a list."""
    up = bare(use).parent
    name = up.child_by_field_name("name") if up is not None and up.type == "variable_declarator" else None
    if name is None or name.type != "identifier":
        return False
    binding = next((each for each in module.names.bindings if each.node == name), None)
    if binding is None or binding.writes:
        return False
    places = module.names.references.get(binding.name, ())
    return all(_is_list(place.node) for place in places if place.scope.find(binding.name) is binding)
