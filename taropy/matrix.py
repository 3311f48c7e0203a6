"""Which platform has what: the cells of `taropy support`, and the numbers of `taropy platforms`.

A cell is what two runtimes say to `Taro.canIUse`: one over the host, and one over a native object that has everything,
which shows what the platform would have over a host without gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from typing import Any, Literal

import attrs

from . import spec
from .phone import Phone
from .runtime.plugins import registry
from .runtime.taro import create

Cell = Literal["yes", "host", "no"]
CELLS: tuple[Cell, ...] = ("yes", "host", "no")

HostName = Literal["phone", "page", "none"]


class HasEverything:
    """A native object of which every function can be asked for, and none is meant to be called."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *_: None


@attrs.frozen
class Matrix:
    """What a set of platforms says to a set of schemas: `cells[schema][platform]`."""

    host: HostName
    platforms: tuple[str, ...]
    cells: Mapping[str, Mapping[str, Cell]]

    @property
    def answers(self) -> tuple[Cell, ...]:
        """What a cell can say here; where no host is asked, none can lack anything."""
        return CELLS if self.host != "none" else ("yes", "no")

    def totals(self) -> dict[Cell, dict[str, int]]:
        """How often each platform says each."""
        return {answer: {name: self._count(name, answer) for name in self.platforms} for answer in self.answers}

    def shares(self) -> dict[str, float]:
        """How much of what each platform has can be used, from 0 to 1."""
        having = {name: self._count(name, "yes") + self._count(name, "host") for name in self.platforms}
        return {name: self._count(name, "yes") / count if count else 1.0 for name, count in having.items()}

    def _count(self, platform: str, answer: Cell) -> int:
        return sum(row[platform] == answer for row in self.cells.values())


def matrix(schemas: Iterable[str], platforms: Iterable[str], host: HostName = "phone", **options: Any) -> Matrix:
    """The matrix of these; with `host` `"none"`, of what the platforms have by themselves. `options` are the host's."""
    names = tuple(platforms)
    with ExitStack() as stack:
        if host == "phone":
            options["phone"] = stack.enter_context(Phone())
        asks = {name: _asking(stack, name, host, options) for name in names}
        cells: dict[str, dict[str, Cell]] = {schema: {name: asks[name](schema) for name in names} for schema in schemas}
    return Matrix(host, names, cells)


def _asking(stack: ExitStack, platform: str, host: HostName, options: Mapping[str, Any]) -> Callable[[str], Cell]:
    """A function from schema to cell; what it needs goes with the stack."""
    ideal = stack.enter_context(create(platform, native=HasEverything()))
    real = ideal if host == "none" else stack.enter_context(create(platform, host=host, **options))

    undeclared = registry().platform(platform).undeclared

    def ask(schema: str) -> Cell:
        if "." not in schema and not spec.has(schema) and schema not in undeclared:
            return "no"  # although a native object that has everything has this, too
        if real.canIUse(schema):
            return "yes"
        return "host" if ideal.canIUse(schema) else "no"

    return ask
