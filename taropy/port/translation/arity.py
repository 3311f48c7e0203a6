"""How many arguments calls give, and how many a type says that they do."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from ..names import text_of
from .type_names import find

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module

_MOST_STEPS = 8
_DO_SOMETHING = frozenset(
    ["call_expression", "new_expression", "await_expression", "assignment_expression", "update_expression"]
)


@attrs.frozen
class Calls:
    """Some calls, by the fewest and the most arguments that they give; `most` is infinite where they spread a list."""

    fewest: float = math.inf
    most: float = 0

    def __or__(self, other: Calls) -> Calls:
        return Calls(min(self.fewest, other.fewest), max(self.most, other.most))


#: No call at all.
NEVER_CALLED = Calls()


def counted(arguments: Node | None) -> Calls:
    """A call with these arguments."""
    given = [each for each in arguments.named_children if each.type != "comment"] if arguments is not None else []
    spread = [index for index, each in enumerate(given) if each.type == "spread_element"]
    return Calls(spread[0], math.inf) if spread else Calls(len(given), len(given))


def declared(module: Module, type_: Node | None, steps: int = 0) -> Calls | None:
    """The calls that a type of functions allows; None where it says nothing of them: `Function`, `any`."""
    if type_ is None or steps > _MOST_STEPS:
        return None
    if type_.type in ("function_type", "call_signature"):
        return _of_signature(module, type_)
    if type_.type == "generic_type":
        type_ = type_.child_by_field_name("name") or type_
    if type_.type == "type_identifier":
        found = find(module, text_of(type_))
        return _of_declaration(found.module, found.node, steps) if found is not None else None
    if type_.type in ("type_annotation", "parenthesized_type", "union_type"):
        inner = (declared(module, each, steps + 1) for each in type_.named_children)
        return next((each for each in inner if each is not None), None)
    return None


def _of_declaration(module: Module, node: Node, steps: int) -> Calls | None:
    """What `type Listener = …` or `interface Listener { (…): … }` says."""
    body = node.child_by_field_name("body") if node.type == "interface_declaration" else None
    members = body.named_children if body is not None else []
    signature = next((each for each in members if each.type == "call_signature"), None)
    return declared(module, signature or node.child_by_field_name("value"), steps + 1)


def _of_signature(module: Module, node: Node) -> Calls:
    parameters = module.parameters_of(node)
    needed = sum(not (each.optional or each.is_rest) for each in parameters)
    return Calls(needed, math.inf if any(each.is_rest for each in parameters) else len(parameters))


def is_cheap(node: Node) -> bool:
    """Whether evaluating it does nothing but cost a little."""
    if node.type in _DO_SOMETHING:
        return False
    if node.type in ("arrow_function", "function_expression"):
        return True
    return all(is_cheap(child) for child in node.named_children)
