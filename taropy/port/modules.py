"""What a module takes from others and gives to them: imports, exports, re-exports, in both of JavaScript's systems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from .conditions import Condition, Conditions
from .constants import texts_in
from .names import (
    FUNCTIONS,
    Names,
    Place,
    Scope,
    declared_names,
    is_type_only,
    key_of,
    specifiers_of,
    string_of,
    text_of,
)
from .origins import CALLED, Origin, Origins
from .source import Position, Source

if TYPE_CHECKING:
    from tree_sitter import Node


def package_name(specifier: str) -> str:
    """The package that a module is of: `lodash` of `lodash/get`, `@tarojs/api` of `@tarojs/api/dist`."""
    return "/".join(specifier.split("/")[: 2 if specifier.startswith("@") else 1])


@attrs.frozen(slots=False)
class Import:
    """A module that is imported, and where; `names` are those that are taken from it, `dynamic` ones come later."""

    specifier: str
    at: Position
    names: tuple[str, ...] = ()
    dynamic: bool = False


@attrs.frozen(slots=False)
class Exports:
    """What a module exports: by name where it comes from, if from elsewhere, the condition or the text that it is.

    A name with `CALLED` behind it stands for what a call of that function gives. `all_of` are the modules of which it
    exports everything.
    """

    names: frozenset[str] = frozenset()
    origins: dict[str, Origin] = attrs.field(factory=dict)
    conditions: dict[tuple[str, ...], Condition] = attrs.field(factory=dict)
    texts: dict[tuple[str, ...], str] = attrs.field(factory=dict)
    all_of: tuple[str, ...] = ()


def imports_of(source: Source, names: Names) -> list[Import]:
    """The modules that a file imports, re-exports or requires, in the order of the text."""
    found = [*_statements(source, names), *_calls(source, names)]
    return sorted(found, key=lambda each: each.at)


def _statements(source: Source, names: Names) -> Iterator[Import]:
    for kind in ("import_statement", "export_statement"):
        for place in names.watched.get(kind, ()):
            node = place.node
            specifier = string_of(node.child_by_field_name("source")) or _required(node)
            if specifier is not None and not is_type_only(node):
                yield Import(specifier, source.position(node.start_point), tuple(_taken(node)))


def _required(node: Node) -> str | None:
    for child in node.named_children:
        if child.type == "import_require_clause":
            return string_of(child.child_by_field_name("source"))
    return None


def _taken(statement: Node) -> Iterator[str]:
    for child in statement.named_children:
        if child.type == "import_clause":
            yield from _of_clause(child)
        elif child.type == "export_clause":
            yield from (text_of(name) for name, _ in specifiers_of(child))


def _of_clause(clause: Node) -> Iterator[str]:
    for child in clause.named_children:
        if child.type == "named_imports":
            yield from (text_of(name) for name, _ in specifiers_of(child))
        else:
            yield "default" if child.type == "identifier" else "*"


def _calls(source: Source, names: Names) -> Iterator[Import]:
    for place in names.watched.get("call_expression", ()):
        function, arguments = place.node.child_by_field_name("function"), place.node.child_by_field_name("arguments")
        if function is None or arguments is None:
            continue
        is_dynamic = function.type == "import"
        if not is_dynamic and (function.type != "identifier" or text_of(function) != "require"):
            continue
        specifier = string_of(next(iter(arguments.named_children), None))
        if specifier is not None and (is_dynamic or place.scope.find("require") is None):
            yield Import(specifier, source.position(place.node.start_point), dynamic=is_dynamic)


class Exporting:
    """Reads the exports of a file."""

    def __init__(self, root: Node, names: Names, origins: Origins, conditions: Conditions) -> None:
        self.root = root
        self.names = names
        self.origins = origins
        self.conditions = conditions
        self.scope: Scope = names.root
        self.found: dict[str, Origin] = {}
        self.known: dict[tuple[str, ...], Condition] = {}
        self.texts: dict[tuple[str, ...], str] = {}
        self.exported: set[str] = set()

    def exports(self) -> Exports:
        """All that the file exports."""
        all_of = [text for statement in self.root.named_children if (text := self._statement(statement)) is not None]
        for place in self.names.watched.get("assignment_expression", ()):
            self._common(place)
        return Exports(frozenset(self.exported), self.found, self.known, self.texts, tuple(all_of))

    def _statement(self, node: Node) -> str | None:
        """Takes an export in; returns the module of which the statement exports everything."""
        if node.type != "export_statement" or is_type_only(node):
            return None
        specifier = string_of(node.child_by_field_name("source"))
        clauses = [child for child in node.named_children if child.type in ("export_clause", "namespace_export")]
        for clause in clauses:
            self._clause(clause, specifier)
        if specifier is not None and not clauses:
            return specifier
        declaration, value = node.child_by_field_name("declaration"), node.child_by_field_name("value")
        is_default = any(child.type == "default" for child in node.children)
        if is_default:
            self._value("default", value or (declaration and declaration.child_by_field_name("name")))
        elif declaration is not None:
            for name in declared_names(declaration):
                self._name(name, name)
        return None

    def _clause(self, clause: Node, specifier: str | None) -> None:
        if clause.type == "namespace_export":
            if specifier is not None:
                self._origin(text_of(clause.named_children[0]), Origin(specifier))
            return
        for name, outside in specifiers_of(clause):
            if specifier is not None:
                self._origin(text_of(outside), self.origins.imported(specifier, (text_of(name),)))
            else:
                self._name(text_of(outside), text_of(name))

    def _common(self, place: Place) -> None:
        """`module.exports = …`, `exports.name = …`."""
        target, value = place.node.child_by_field_name("left"), place.node.child_by_field_name("right")
        if target is None or target.type != "member_expression":
            return
        text = text_of(target)
        if text == "module.exports":
            self._value("default", value)
            self._object(value)
        elif text.startswith(("exports.", "module.exports.")):
            self._value(text.rpartition(".")[2], value)

    def _object(self, value: Node | None) -> None:
        for part in value.named_children if value is not None and value.type == "object" else ():
            if part.type == "shorthand_property_identifier":
                self._name(text_of(part), text_of(part))
            elif part.type == "pair":
                key = part.child_by_field_name("key")
                name = key_of(key) if key is not None else None
                if name is not None:
                    self._value(name, part.child_by_field_name("value"))

    def _name(self, outside: str, name: str) -> None:
        self._origin(outside, self.origins.of_name(name, self.scope))
        for steps, condition in self.conditions.of_export(name, self.scope):
            self.known[(outside, *steps)] = condition
        binding = self.scope.find(name)
        for steps, text in texts_in(binding) if binding is not None else ():
            self.texts[(outside, *steps)] = text

    def _value(self, outside: str, value: Node | None) -> None:
        self.exported.add(outside)
        if value is None:
            return
        if value.type in ("identifier", "type_identifier"):
            self._name(outside, text_of(value))
            return
        self._origin(outside, self.origins.of(value, self.scope))
        if value.type == "object":
            self._fields(outside, value)
            return
        condition = self.conditions.read(value, self.scope)
        if condition is not None:
            self.known[(outside,)] = condition
        elif value.type in FUNCTIONS:
            called = self.conditions.of_function(value, self.scope)
            if called is not None:
                self.known[(outside, CALLED)] = called

    def _fields(self, outside: str, value: Node) -> None:
        """`export default { isH5: process.env.TARO_ENV === 'h5' }`."""
        for part in value.named_children:
            key, inner = part.child_by_field_name("key"), part.child_by_field_name("value")
            name = key_of(key) if key is not None else None
            if name is None or inner is None:
                continue
            condition = self.conditions.read(inner, self.scope)
            if condition is not None:
                self.known[(outside, name)] = condition

    def _origin(self, outside: str, origin: Origin | None) -> None:
        self.exported.add(outside)
        if origin is not None:
            self.found[outside] = origin
