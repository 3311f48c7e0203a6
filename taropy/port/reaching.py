"""Which texts can reach an expression: what is written there, in constants, lists, tables, types, and in calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import attrs

from .names import FUNCTIONS, Binding, Names, Place, Scope, string_of, text_of
from .origins import TRANSPARENT

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 12

#: Methods of lists that call a function with each item.
_OVER_ITEMS = frozenset(["forEach", "map", "filter", "some", "every", "find", "flatMap"])


@attrs.frozen
class Values:
    """Texts that can reach an expression, in the order of the program; `whole` if no others can."""

    texts: tuple[str, ...]
    whole: bool


UNKNOWN = Values((), False)


class Calls(NamedTuple):
    """Calls of a function, each with who follows the texts of its file; `whole` if there can be no others."""

    places: Sequence[tuple[Reaching, Place]]
    whole: bool


class Others(Protocol):
    """The other files of a project (see `across`)."""

    def imported(self, binding: Binding, file: Path) -> tuple[Reaching, Binding] | None:
        """The declaration that an imported name stands for, and who follows the texts of its file."""
        ...

    def calls(self, function: Binding, names: Names, file: Path) -> Calls:
        """The calls of an exported function in other files."""
        ...


class Reaching:
    """Follows the texts of a file; into the project's others as far as `others` leads."""

    def __init__(self, names: Names, path: Path, others: Others | None = None) -> None:
        self.names = names
        self.path = path
        self.others = others

    def values(self, node: Node | None, scope: Scope, depth: int = 0) -> Values:
        """The texts that an expression can be."""
        if node is None or depth > _DEEPEST:
            return UNKNOWN
        text = string_of(node)
        if text is not None:
            return Values((text,), True)
        match node.type:
            case "identifier":
                binding = scope.find(text_of(node))
                return self._of_binding(binding, depth) if binding is not None else UNKNOWN
            case "ternary_expression":
                sides = [node.child_by_field_name(side) for side in ("consequence", "alternative")]
                return _joined(self.values(side, scope, depth + 1) for side in sides)
            case "binary_expression" if node.children[1].type in ("||", "??"):
                sides = [node.child_by_field_name(side) for side in ("left", "right")]
                return _joined(self.values(side, scope, depth + 1) for side in sides)
            case "template_string" if [child.type for child in node.named_children] == ["template_substitution"]:
                return self.values(node.named_children[0].named_children[0], scope, depth + 1)
            case "member_expression" | "subscript_expression":
                return self._of_table(node, scope, depth)
            case kind if kind in TRANSPARENT:
                return self.values(node.named_children[0], scope, depth + 1)
            case _:
                return UNKNOWN

    def _of_binding(self, binding: Binding, depth: int) -> Values:
        scope = binding.place.scope
        if binding.kind == "import":
            there, found = self._imported(binding)
            return there._of_binding(found, depth + 1) if found is not None and depth < _DEEPEST else UNKNOWN
        if binding.kind == "parameter":
            return self._of_parameter(binding, depth)
        if binding.place.kind == "for_in_statement" and not binding.path:
            return self._items(binding.place.node.child_by_field_name("right"), scope, depth + 1)
        if binding.path or binding.value is None:
            return UNKNOWN
        return _joined(self.values(value, scope, depth + 1) for value in (binding.value, *binding.writes))

    def _of_table(self, node: Node, scope: Scope, depth: int) -> Values:
        """`METHODS[kind]`, `METHODS.get`: the texts of a constant object."""
        holder = node.child_by_field_name("object")
        binding = scope.find(text_of(holder)) if holder is not None and holder.type == "identifier" else None
        there, binding = self._imported(binding)
        table = _plain(binding.value) if binding is not None and not binding.writes else None
        if binding is None or table is None or table.type != "object":
            return UNKNOWN
        pairs = [pair for pair in table.named_children if pair.type == "pair"]
        name = node.child_by_field_name("property")
        if name is not None:
            pairs = [pair for pair in pairs if text_of(pair.named_children[0]) == text_of(name)]
        within = (pair.child_by_field_name("value") for pair in pairs)
        return _joined(there.values(value, binding.place.scope, depth + 1) for value in within)

    def _imported(self, binding: Binding | None) -> tuple[Reaching, Binding | None]:
        """The declaration that a name stands for, in another file if it is imported."""
        if binding is None or binding.kind != "import":
            return self, binding
        found = self.others.imported(binding, self.path) if self.others is not None else None
        return found if found is not None else (self, None)

    def _items(self, node: Node | None, scope: Scope, depth: int) -> Values:
        """The texts in a list."""
        node, there = _plain(node), self
        if node is not None and node.type == "identifier":
            there, binding = self._imported(scope.find(text_of(node)))
            node, scope = (_plain(binding.value), binding.place.scope) if binding is not None else (None, scope)
        if node is None or node.type != "array":
            return UNKNOWN
        items = (child for child in node.named_children if child.type != "comment")
        return _joined(there.values(item, scope, depth + 1) for item in items)

    # --- parameters --------------------------------------------------------------------------------------------

    def _of_parameter(self, binding: Binding, depth: int) -> Values:
        if binding.path:
            return UNKNOWN
        typed = _typed(binding)
        if typed is not None:
            return typed
        holder = binding.place.up
        if holder is not None and holder.kind == "arguments" and holder.up is not None and binding.index == 0:
            return self._of_item(holder.up.node, holder.scope, depth)
        return self._of_calls(binding, depth)

    def _of_item(self, call: Node, scope: Scope, depth: int) -> Values:
        """`['login', 'request'].forEach((name) => Taro[name])`."""
        function = call.child_by_field_name("function")
        name = function.child_by_field_name("property") if function is not None else None
        if function is None or name is None or text_of(name) not in _OVER_ITEMS:
            return UNKNOWN
        return self._items(function.child_by_field_name("object"), scope, depth + 1)

    def _of_calls(self, binding: Binding, depth: int) -> Values:
        """What the function is called with, in this file and in others."""
        name, is_exported = _name_and_export(binding)
        function = self.names.root.find(name) if name is not None else None
        if name is None:
            return UNKNOWN
        own = [
            (self, call)
            for call in self.names.watched.get("call_expression", ())
            if (called := call.node.child_by_field_name("function")) is not None
            and called.type == "identifier"
            and text_of(called) == name
        ]
        others = Calls((), whole=False)
        if is_exported and function is not None and self.others is not None:
            others = self.others.calls(function, self.names, self.path)
        given = [(each, call, _argument(call.node, binding.index)) for each, call in (*own, *others.places)]
        found = _joined(each.values(node, call.scope, depth + 1) for each, call, node in given if node is not None)
        return attrs.evolve(found, whole=found.whole and (others.whole or not is_exported))


def _argument(call: Node, index: int) -> Node | None:
    arguments = call.child_by_field_name("arguments")
    given = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    return given[index] if index < len(given) else None


def _name_and_export(binding: Binding) -> tuple[str | None, bool]:
    """The name of the function that a parameter is of, and whether other files can call it."""
    place = binding.place
    if place.kind in ("function_declaration", "generator_function_declaration"):
        name = place.node.child_by_field_name("name")
        return (
            text_of(name) if name is not None else None
        ), place.up is not None and place.up.kind == "export_statement"
    holder = place.up
    if place.kind in FUNCTIONS and holder is not None and holder.kind == "variable_declarator":
        name = holder.node.child_by_field_name("name")
        declaration = holder.up
        is_exported = (
            declaration is not None and declaration.up is not None and declaration.up.kind == "export_statement"
        )
        return (text_of(name) if name is not None else None), is_exported
    return None, True


def _typed(binding: Binding) -> Values | None:
    """The texts of a parameter whose type is some: `name: 'login' | 'request'`."""
    parameter = binding.node.parent
    annotation = parameter.child_by_field_name("type") if parameter is not None else None
    if annotation is None:
        return None
    texts, left = [], list(annotation.named_children)
    while left:
        node = left.pop()
        if node.type == "union_type":
            left.extend(node.named_children)
            continue
        text = string_of(node.named_children[0]) if node.type == "literal_type" else None
        if text is None:
            return None
        texts.append(text)
    return Values(tuple(reversed(texts)), True)


def _plain(node: Node | None) -> Node | None:
    """The expression without casts and brackets: `[…] as const`."""
    while node is not None and node.type in TRANSPARENT:
        node = node.named_children[0]
    return node


def _joined(found: Iterable[Values]) -> Values:
    values = list(found)
    texts = dict.fromkeys(text for each in values for text in each.texts)
    return Values(tuple(texts), bool(values) and all(each.whole for each in values))
