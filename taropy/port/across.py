"""Texts that reach a file from others of the project: what its functions are called with, what its imports stand for.

Only files that ask for a member of Taro by a name that they do not say themselves need this, which are few: their
neighbours are parsed once more, when they are asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from .linking import Linker
from .names import Binding, Names, Place, declared_names, specifiers_of, string_of, text_of
from .parse import parse
from .reaching import Calls, Reaching
from .scopes import names_of
from .source import Unreadable, read

if TYPE_CHECKING:
    pass

#: Where an export is imported: the file, the specifier there, the name of the export that it names.
Importer = tuple[Path, str, str]


class Across:
    """The files of a project, as far as texts come from one to another."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker
        self._files: dict[Path, Reaching | None] = {}

    def of(self, path: Path) -> Reaching | None:
        """Follows the texts of a file; None for one that is gone meanwhile."""
        if path not in self._files:
            try:
                self._files[path] = Reaching(names_of(parse(read(path)).root), path, self)
            except Unreadable:
                self._files[path] = None
        return self._files[path]

    def imported(self, binding: Binding, file: Path) -> tuple[Reaching, Binding] | None:
        """The declaration that an imported name stands for, and who follows the texts of its file."""
        name = binding.path[0] if len(binding.path) == 1 else None
        home = self._linker.home(binding.module, name, file) if name is not None else None
        there = self.of(home[0]) if home is not None else None
        found = _exported(there.names).get(home[1]) if there is not None and home is not None else None
        return (there, found) if there is not None and found is not None else None

    def calls(self, function: Binding, names: Names, file: Path) -> Calls:
        """The calls of an exported function in other files."""
        exports = [name for name, binding in _exported(names).items() if binding is function]
        importers = [each for name in exports for each in self._importers.get((file, name), ())]
        calls: list[tuple[Reaching, Place]] = []
        whole = True
        for path, specifier, name in importers:
            there = self.of(path)
            found = list(_calls(there.names, specifier, name)) if there is not None else []
            calls += [(there, call) for call in found if there is not None and call is not None]
            whole = whole and there is not None and None not in found
        return Calls(calls, whole=whole and bool(calls))

    @cached_property
    def _importers(self) -> dict[tuple[Path, str], list[Importer]]:
        """Who imports what: by the file in which an export is declared, and its name there."""
        found: dict[tuple[Path, str], list[Importer]] = defaultdict(list)
        for facts in self._linker.facts.values():
            for each in facts.imports:
                for name in each.names:
                    home = self._linker.home(each.specifier, name, facts.path)
                    if home is not None:
                        found[home].append((facts.path, each.specifier, name))
        return found


def _calls(names: Names, specifier: str, name: str) -> Iterator[Place | None]:
    """The calls of an imported function; None for a use that is no call, as where it is handed on."""
    for binding in names.bindings:
        if binding.kind != "import" or binding.module != specifier or binding.path != (name,):
            continue
        for place in names.references.get(binding.name, ()):
            if place.scope.find(binding.name) is binding:
                call = place.up
                is_called = call is not None and call.node.child_by_field_name("function") == place.node
                yield call if is_called else None


def _exported(names: Names) -> dict[str, Binding]:
    """The declarations of a file that it exports, by the names under which it does."""
    found = {outside: names.root.find(inside) for outside, inside in _export_names(names)}
    return {name: binding for name, binding in found.items() if binding is not None}


def _export_names(names: Names) -> Iterator[tuple[str, str]]:
    for place in names.watched.get("export_statement", ()):
        node = place.node
        if string_of(node.child_by_field_name("source")) is not None:
            continue
        declaration, value = node.child_by_field_name("declaration"), node.child_by_field_name("value")
        for clause in node.named_children:
            if clause.type == "export_clause":
                yield from ((text_of(outside), text_of(inside)) for inside, outside in specifiers_of(clause))
        if any(child.type == "default" for child in node.children):
            named = value if value is not None else declaration and declaration.child_by_field_name("name")
            if named is not None and named.type in ("identifier", "type_identifier"):
                yield "default", text_of(named)
        elif declaration is not None:
            yield from ((name, name) for name in declared_names(declaration))
