"""The names of a ported module: snake_case where they are the program's own, and no word of Python's."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections import defaultdict
from collections.abc import Container
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..names import Binding, Names, Scope

if TYPE_CHECKING:
    from tree_sitter import Node

#: What a port imports of Python's library.
_IMPORTED = (
    "annotations", "functools", "os", "Any", "Callable", "Generic", "IntEnum", "Literal", "StrEnum", "TYPE_CHECKING",
    "TypeAlias", "TypeVar",
)  # fmt: skip

#: What a name of a program's can't be.
TAKEN = frozenset(
    [*keyword.kwlist, *(name for name in dir(builtins) if name[0].islower()), *_IMPORTED, "match_", "self", "cls"]
)

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|\d+|_+")
_CAMEL = re.compile(r"[a-z\d][A-Z]")


def snake(name: str) -> str:
    """`getUserInfo` as `get_user_info`; names of classes and constants stay as they are."""
    name = name.replace("$", "_")
    if name[:1].isupper() or not _CAMEL.search(name):
        return name
    start = name[: len(name) - len(name.lstrip("_"))]
    words = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name.lstrip("_"))
    return start + re.sub(r"([a-z\d])([A-Z])", r"\1_\2", words).lower()


def safe(name: str) -> str:
    """The name as Python reads it, for which `ﬁ` and `fi` are one; with a line behind it if it is Python's."""
    name = re.sub(r"\W", "_", unicodedata.normalize("NFKC", name))
    if not name or name[0].isdigit():
        name = f"_{name}"
    return f"{name}_" if name in TAKEN else name


def python_name(name: str) -> str:
    """What a function or a variable of the program's is called in the port, unless that is taken: `logIn`, `log_in`."""
    return safe(snake(name))


def target_of(file: PurePosixPath) -> PurePosixPath:
    """The Python file for a module: `user-center/index.ts` is `user_center/__init__.py`."""
    folders = [_part(part) for part in file.parts[:-1]]
    stem = re.sub(r"(?<!^)\.", "_", file.name.removesuffix(file.suffix))
    return PurePosixPath(*folders, "__init__.py" if stem == "index" else f"{_part(stem)}.py")


def _part(name: str) -> str:
    name = re.sub(r"\W", "_", snake(name[:1].lower() + name[1:]))
    name = f"_{name}" if name[:1].isdigit() else name
    return f"{name}_" if name in TAKEN and name not in ("type", "self", "input", "filter", "map", "list") else name


class Naming:
    """The Python name of each declaration of a module."""

    def __init__(self, names: Names) -> None:
        self.names: dict[int, str] = {}
        self.scopes: dict[int, Scope] = names.scopes
        self.used_in: dict[int, set[int]] = defaultdict(set)
        self.captured: set[int] = set()
        self.by_id: dict[int, Binding] = {id(binding): binding for binding in names.bindings}
        for places in names.references.values():
            for place in places:
                binding = place.scope.find(_text(place.node))
                if binding is not None:
                    self._used(binding, place.scope)
        for binding in names.bindings:
            for scope in binding.written_in:
                self._used(binding, scope)
        self.here: dict[int, list[Binding]] = defaultdict(list)
        for binding in sorted(names.bindings, key=lambda each: (_depth(each.scope), each.node.start_byte)):
            self._assign(binding)
        self.all: set[str] = set(self.names.values())

    def __getitem__(self, binding: Binding) -> str:
        return self.names[id(binding)]

    def fresh(self, name: str, *taken: Container[str]) -> str:
        """A name that no declaration has, and is in none of the others that are taken."""
        base = name = python_name(name)
        number = 2
        while name in self.all or any(name in each for each in taken):
            name = f"{base}_{number}"
            number += 1
        return name

    def unread(self, function: Node) -> str:
        """What the arguments are called in a function that it does not read."""
        scope = self.scopes.get(function.id)
        used = (self.names[each] for each in self.used_in.get(id(scope), ()) if each in self.names)
        own = (self[each] for each in self.here.get(id(scope), ()))
        return "__" if "_" in {*used, *own} else "_"

    def _used(self, binding: Binding, scope: Scope) -> None:
        home = binding.scope.function() if binding.scope is not None else None
        function: Scope | None = scope.function()
        while function is not None and function is not home:
            self.captured.add(id(binding))
            self.used_in[id(function)].add(id(binding))
            function = function.outer.function() if function.outer is not None else None

    def _assign(self, binding: Binding) -> None:
        scope = binding.scope
        function = scope.function() if scope is not None else None
        base = name = python_name(binding.name)
        outer = {self.names[each] for each in self.used_in[id(function)] if each in self.names}
        number = 2
        while name in outer or any(self._clashes(binding, other, name) for other in self.here[id(function)]):
            name = f"{base}_{number}"
            number += 1
        self.names[id(binding)] = name
        self.here[id(function)].append(binding)

    def _clashes(self, binding: Binding, other: Binding, name: str) -> bool:
        """Whether two declarations of one function can't share a name: they live at once, or are kept by a function."""
        if self.names[id(other)] != name or (other.scope is binding.scope and other.name == binding.name):
            return False
        if {id(binding), id(other)} & self.captured:
            return True
        return _is_within(binding.scope, other.scope) or _is_within(other.scope, binding.scope)


def _is_within(scope: Scope | None, outer: Scope | None) -> bool:
    while scope is not None:
        if scope is outer:
            return True
        scope = scope.outer
    return False


def _depth(scope: Scope | None) -> int:
    depth = 0
    while scope is not None:
        depth += 1
        scope = scope.outer
    return depth


def _text(node: object) -> str:
    return (node.text or b"").decode("utf-8", "replace")  # type: ignore[attr-defined]
