"""Where types are declared: in a module, in one that it imports them from, in a namespace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import absolute
from ..names import imported_names, specifiers_of, string_of, text_of
from ..parse import parse
from ..project import Workspace
from ..source import Unreadable, read

if TYPE_CHECKING:
    from tree_sitter import Node

#: So many modules are gone through on the way to a declaration.
_MOST_STEPS = 20

_TYPES = frozenset(["interface_declaration", "type_alias_declaration", "enum_declaration"])
_NAMESPACES = frozenset(["internal_module", "module"])
_SUFFIXES = (".ts", ".tsx", ".d.ts", "/index.ts", "/index.tsx", "/index.d.ts")


class Project:
    """The modules that types may come from, each read once."""

    def __init__(self) -> None:
        self._workspace = Workspace(())
        self._modules: dict[Path, Module | None] = {}

    def module(self, path: Path) -> Module | None:
        """A module; None for one that cannot be read."""
        if path not in self._modules:
            try:
                self._modules[path] = Module(self, path, parse(read(path)).root)
            except Unreadable:
                self._modules[path] = None
        return self._modules[path]

    def imported(self, specifier: str, path: Path) -> Module | None:
        """The module that an import means."""
        for place in self._workspace.project_of(path).places(specifier, path):
            for suffix in _SUFFIXES:
                file = absolute(Path(f"{place}{suffix}"))
                if file.is_file():
                    return self.module(file)
        return None


class Module:
    """The types that a module, or a namespace in one, has by name."""

    def __init__(self, project: Project, path: Path, body: Node, outer: Module | None = None) -> None:
        self.path = path
        self.body = body
        self._project = project
        self._outer = outer

    def find(self, name: str, steps: int = 0) -> tuple[Node, Module] | None:
        """What a name of a type stands for here: its declaration, and the module that this is written in."""
        if steps > _MOST_STEPS:
            return None
        if name in self._declared:
            return self._declared[name], self
        if name in self._imported:
            specifier, inside = self._imported[name]
            there = self._project.imported(specifier, self.path)
            return there.exported(inside, steps + 1) if there is not None else None
        return self._outer.find(name, steps + 1) if self._outer is not None else None

    def exported(self, name: str, steps: int = 0) -> tuple[Node, Module] | None:
        """What the module gives to others under a name."""
        found = self.find(self._exported.get(name, name), steps)
        if found is not None or steps > _MOST_STEPS:
            return found
        others = (self._project.imported(specifier, self.path) for specifier in self._all_of)
        return next((each for other in others if other and (each := other.exported(name, steps + 1))), None)

    def namespace(self, name: str) -> Module | None:
        """A namespace: one that is declared, or a module that is imported whole."""
        if name in self._whole:
            return self._project.imported(self._whole[name], self.path)
        found = self.find(name)
        if found is None or found[0].type not in _NAMESPACES:
            return None
        node, module = found
        body = node.child_by_field_name("body")
        return Module(self._project, module.path, body, module) if body is not None else None

    def statements(self) -> Iterator[tuple[Node, Node]]:
        """The statements, and what is declared in those that export or declare."""
        for statement in self.body.named_children:
            inner = statement.child_by_field_name("declaration") or statement
            while inner.type in ("ambient_declaration", "expression_statement") and inner.named_children:
                inner = inner.named_children[0]
            yield statement, inner

    @cached_property
    def _declared(self) -> Mapping[str, Node]:
        found = {}
        for _, node in self.statements():
            name = node.child_by_field_name("name")
            if node.type in _TYPES | _NAMESPACES and name is not None:
                found[text_of(name)] = node
        return found

    @cached_property
    def _imported(self) -> Mapping[str, tuple[str, str]]:
        """The names that come from other modules: the specifier, and the name there."""
        return {local: (specifier, name) for specifier, local, name in self._clauses() if specifier and name != "*"}

    @cached_property
    def _whole(self) -> Mapping[str, str]:
        return {local: specifier for specifier, local, name in self._clauses() if specifier and name == "*"}

    @cached_property
    def _exported(self) -> Mapping[str, str]:
        """What is called otherwise by those who import it."""
        return {local: name for specifier, local, name in self._clauses() if not specifier}

    def _clauses(self) -> Iterator[tuple[str, str, str]]:
        """Imports and exports: the specifier, if there is one, the name on this side, and that on the other."""
        for statement, node in self.statements():
            specifier = string_of(statement.child_by_field_name("source")) or ""
            for child in statement.named_children:
                if child.type == "export_clause":
                    yield from ((specifier, text_of(outside), text_of(name)) for name, outside in specifiers_of(child))
                elif child.type == "import_clause":
                    yield from ((specifier, local, name) for local, name in imported_names(child, types=True))
            if any(child.type == "default" for child in statement.children):
                value = statement.child_by_field_name("value") or node.child_by_field_name("name")
                yield "", "default", text_of(value) if value is not None else "default"

    @cached_property
    def _all_of(self) -> list[str]:
        return [
            specifier
            for statement, _ in self.statements()
            if statement.type == "export_statement"
            and (specifier := string_of(statement.child_by_field_name("source")))
            and not any(child.type in ("export_clause", "namespace_export") for child in statement.named_children)
        ]
