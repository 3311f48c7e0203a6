"""What the modules of a project hand to each other: a Taro that one re-exports is Taro in another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from .conditions import Condition
from .facts import Facts
from .modules import Exports
from .origins import GLOBAL, TARO, Origin, normal
from .project import Workspace

_MOST_STEPS = 50

Held = TypeVar("Held")


class Linker:
    """Follows imports and exports between the files of a project."""

    def __init__(self, facts: Iterable[Facts], workspace: Workspace) -> None:
        self.facts: dict[str, Facts] = {str(each.path): each for each in facts}
        self.workspace = workspace

    def origin(self, origin: Origin, file: Path) -> Origin:
        """Where a value comes from in the end; what leads out of the project stays as it is."""
        for _ in range(_MOST_STEPS):
            target = self._target(origin, file)
            if target is None or not origin.path:
                return origin
            name, *rest = origin.path
            found = self._export(target, name, frozenset())
            if found is None:
                return origin
            file, inner = found
            origin = normal(inner.then(*rest))
        return origin

    def condition(self, origin: Origin, file: Path) -> tuple[Path, Condition] | None:
        """The condition that a value is which another module exports, and in which file it stands."""
        return self._held(origin, file, lambda exports: exports.conditions)

    def text(self, origin: Origin, file: Path) -> str | None:
        """The text that a value is which another module exports."""
        held = self._held(origin, file, lambda exports: exports.texts)
        return held[1] if held is not None else None

    def home(self, specifier: str, name: str, file: Path) -> tuple[Path, str] | None:
        """The file in which what is imported under a name is declared, and its name there."""
        origin = Origin(specifier, (name,))
        for _ in range(_MOST_STEPS):
            target = self._target(origin, file)
            if target is None or len(origin.path) != 1:
                return None
            [name] = origin.path
            found = self._export(target, name, frozenset())
            if found is None:
                return (target.path, name) if name in target.exports.names else None
            file, origin = found
        return None

    def _held(
        self, origin: Origin, file: Path, table: Callable[[Exports], Mapping[tuple[str, ...], Held]]
    ) -> tuple[Path, Held] | None:
        for _ in range(_MOST_STEPS):
            target = self._target(origin, file)
            if target is None or not origin.path:
                return None
            held = table(target.exports).get(origin.path)
            if held is not None:
                return target.path, held
            name, *rest = origin.path
            found = self._export(target, name, frozenset())
            if found is None:
                return None
            file, inner = found
            origin = inner.then(*rest)
        return None

    def _target(self, origin: Origin, file: Path) -> Facts | None:
        if origin.module in (TARO, GLOBAL):
            return None
        path = self.workspace.resolve(origin.module, file)
        return self.facts.get(path) if path is not None else None

    def _export(self, facts: Facts, name: str, asked: frozenset[Path]) -> tuple[Path, Origin] | None:
        """What an export's value is, and in which file that is said."""
        found = facts.exports.origins.get(name)
        if found is not None:
            return facts.path, found
        for specifier in facts.exports.all_of:
            path = self.workspace.resolve(specifier, facts.path)
            other = self.facts.get(path) if path is not None else None
            if other is None:
                if normal(Origin(specifier)).module == TARO:
                    return facts.path, normal(Origin(specifier, (name,)))
            elif other.path not in asked and len(asked) < _MOST_STEPS:
                inner = self._export(other, name, asked | {facts.path})
                if inner is not None:
                    return inner
                if name in other.exports.names:
                    return facts.path, Origin(specifier, (name,))
        return None

    def known_to(self, facts: Facts) -> dict[tuple[str, str], Origin]:
        """What a file gets of Taro from the project's own modules, by specifier and name."""
        known = {}
        for each in facts.imports:
            path = self.workspace.resolve(each.specifier, facts.path)
            other = self.facts.get(path) if path is not None else None
            if other is None or not (other.exports.origins or other.exports.all_of):
                continue
            for name in self._asked_of(other, each.names):
                found = self.origin(Origin(each.specifier, (name,)), facts.path)
                if found.module == TARO or (found.module == GLOBAL and found.path[:1] != ("process",)):
                    known[(each.specifier, name)] = found
        return known

    @staticmethod
    def _asked_of(other: Facts, names: tuple[str, ...]) -> Iterable[str]:
        """The names that are imported; of a whole module all that it exports."""
        return names if names and "*" not in names else other.exports.origins

    # --- the graph ---------------------------------------------------------------------------------------------

    def graph(self) -> Mapping[str, list[str]]:
        """Which files each file imports when it is loaded."""
        return {path: list(dict.fromkeys(self._imported(each))) for path, each in self.facts.items()}

    def _imported(self, facts: Facts) -> Iterator[str]:
        for each in facts.imports:
            path = None if each.dynamic else self.workspace.resolve(each.specifier, facts.path)
            if path in self.facts and path is not None:
                yield path


def circles(graph: Mapping[str, list[str]]) -> list[list[str]]:
    """The groups of files that import each other in a circle, each in the order in which they do (Tarjan)."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found = []
    for start in graph:
        left = [(start, iter(graph[start]))] if start not in index else []
        while left:
            node, others = left[-1]
            if node not in index:
                index[node] = lowest[node] = len(index)
                stack.append(node)
                on_stack.add(node)
            for other in others:
                if other not in index:
                    left.append((other, iter(graph[other])))
                    break
                if other in on_stack:
                    lowest[node] = min(lowest[node], index[other])
            else:
                left.pop()
                if left:
                    lowest[left[-1][0]] = min(lowest[left[-1][0]], lowest[node])
                if lowest[node] == index[node]:
                    ring = _popped(stack, on_stack, node)
                    if len(ring) > 1 or node in graph[node]:
                        found.append(ring)
    return found


def _popped(stack: list[str], on_stack: set[str], node: str) -> list[str]:
    ring = [stack.pop()]
    while ring[-1] != node:
        ring.append(stack.pop())
    on_stack.difference_update(ring)
    return ring[::-1]
