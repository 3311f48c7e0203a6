"""The parameters of functions, as the program has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node


@attrs.frozen
class Parameter:
    """A parameter as the program has it."""

    pattern: Node
    type: Node | None = None
    default: Node | None = None
    optional: bool = False
    is_field: bool = False

    @property
    def is_rest(self) -> bool:
        """Whether it takes all arguments that are left."""
        return self.pattern.type == "rest_pattern"


def parameters_of(node: Node) -> list[Parameter]:
    """The parameters of a function; TypeScript's `this` is none."""
    single = node.child_by_field_name("parameter")
    if single is not None:
        return [Parameter(single)]
    found = []
    listed = node.child_by_field_name("parameters")
    for child in listed.named_children if listed is not None else ():
        pattern = child.child_by_field_name("pattern")
        if pattern is None or pattern.type == "this":
            continue
        if any(part.type == "decorator" for part in child.named_children):
            raise Refused("decorators are not ported")
        is_field = any(part.type in ("accessibility_modifier", "readonly") for part in child.children)
        found.append(
            Parameter(
                pattern,
                child.child_by_field_name("type"),
                child.child_by_field_name("value"),
                child.type == "optional_parameter",
                is_field,
            )
        )
    return found
