"""The examples in docs/examples: one program for each function, named after it.

Its first line says where it runs: `# Runs on: weapp, qq`, or `# Runs on: every platform`. `TARO_ENV` picks one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs

from taropy import spec

HEAD = "# Runs on: "
EVERY = "every platform"


class ExampleError(Exception):
    """A file in docs/examples that is no example."""


@attrs.frozen
class Example:
    """A program, and the platforms on which it runs."""

    name: str
    source: str
    platforms: tuple[str, ...]


Examples = Mapping[str, Example]


def read(folder: Path) -> Examples:
    """All examples by name. ExampleError for one that no member is called as, or that names no platforms."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.py")) if not path.stem.startswith("_")}


def _read(path: Path) -> Example:
    if not spec.has(path.stem):
        raise ExampleError(f"{path.name}: Taro has no {path.stem!r}")
    source = path.read_text("utf-8")
    head = source.partition("\n")[0]
    if not head.startswith(HEAD):
        raise ExampleError(f"{path.name}: the first line has to begin with {HEAD!r}")
    return Example(path.stem, source, _platforms(head.removeprefix(HEAD).strip(), path.name))


def _platforms(named: str, file: str) -> tuple[str, ...]:
    if named == EVERY:
        return spec.PLATFORMS
    platforms = tuple(named.split(", "))
    if unknown := [name for name in platforms if name not in spec.PLATFORMS]:
        raise ExampleError(f"{file}: there is no platform {', '.join(unknown)}")
    return platforms
