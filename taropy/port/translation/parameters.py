"""The parameters of functions, as the program has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node

#: With these a constructor's parameter is a field too.
_MAKING_FIELDS = frozenset(["accessibility_modifier", "readonly"])


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


def parameters_of(node: Node) -> Iterator[Parameter]:
    """The parameters of a function; TypeScript's `this` is none."""
    single = node.child_by_field_name("parameter")
    if single is not None:
        yield Parameter(single)
        return
    listed = node.child_by_field_name("parameters")
    for child in listed.named_children if listed is not None else ():
        pattern = child.child_by_field_name("pattern")
        if pattern is None or pattern.type == "this":
            continue
        parts = {part.type for part in child.children}
        if "decorator" in parts:
            raise Refused("decorators are not ported")
        yield Parameter(
            pattern,
            child.child_by_field_name("type"),
            child.child_by_field_name("value"),
            child.type == "optional_parameter",
            not parts.isdisjoint(_MAKING_FIELDS),
        )
