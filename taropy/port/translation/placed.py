"""What stands where in a module, found once: who asks what stands within a node has no need to walk through it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from ..parse import Parsed

_QUERY = """
    (comment) @comment
    [(identifier) (shorthand_property_identifier)] @name
    [(assignment_expression) (augmented_assignment_expression)] @setting
    (call_expression) @call
    (return_statement) @return
"""


class Placed:
    """Nodes in the order of the text."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes: list[Node] = list(nodes)
        self._starts = [node.start_byte for node in self.nodes]

    def within(self, node: Node) -> list[Node]:
        """Those that stand within a node; itself, if it is one of them."""
        return self.nodes[bisect_left(self._starts, node.start_byte) : bisect_left(self._starts, node.end_byte)]


_NOWHERE = Placed(())


class Index:
    """The nodes of a module that are asked for, by what they are."""

    def __init__(self, parsed: Parsed) -> None:
        found = parsed.captures(_QUERY)
        self.comments: Placed = Placed(found.get("comment", ()))
        self.calls: list[Node] = found.get("call", [])
        self.settings: list[Node] = found.get("setting", [])
        self._names = found.get("name", [])
        self._returns = found.get("return", [])

    @cached_property
    def returning(self) -> frozenset[int]:
        """The functions that return a value by a `return` of their own, by their ids."""
        functions = (around(each, FUNCTIONS) for each in self._returns if each.named_child_count)
        return frozenset(each.id for each in functions if each is not None)

    def mentions(self, name: str) -> Placed:
        """Where a name stands for a value, be it read there, set or declared."""
        return self._mentions.get(name, _NOWHERE)

    @cached_property
    def _mentions(self) -> dict[str, Placed]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self._names:
            found[text_of(node)].append(node)
        return {name: Placed(nodes) for name, nodes in found.items()}


def around(node: Node, kinds: Collection[str]) -> Node | None:
    """The innermost node of these kinds that another stands within."""
    up = node.parent
    while up is not None and up.type not in kinds:
        up = up.parent
    return up
