"""What imports what in a package: every import in a file counts, in functions and for type checkers too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import taropy

ROOT = Path(taropy.__file__).parent


@cache
def modules() -> dict[str, Path]:
    """Every module of taropy by its dotted name below `taropy`, and its file; a package by its own name."""
    found = {path.relative_to(ROOT).with_suffix("").parts: path for path in ROOT.rglob("*.py")}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for parts, path in found.items()}


@cache
def imports(module: str) -> frozenset[str]:
    """The modules that a module imports, by their names below `taropy`."""
    tree = ast.parse(modules()[module].read_text("utf-8"))
    return frozenset(_targets(module, tree)) - {module}


def _targets(module: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            origin = _origin(module, node)
            if origin is not None:
                for alias in node.names:
                    inner = f"{origin}.{alias.name}".lstrip(".")
                    yield inner if inner in modules() else origin


def _origin(module: str, node: ast.ImportFrom) -> str | None:
    """Where the names come from, below `taropy`; None for what is none of ours."""
    if not node.level:
        name = node.module or ""
        return name.removeprefix("taropy").lstrip(".") if name.partition(".")[0] == "taropy" else None
    package = module.split(".")
    if modules()[module].name != "__init__.py":
        package = package[:-1]
    above = package[: len(package) - (node.level - 1)]
    return ".".join([*above, *([node.module] if node.module else [])])


def circles(names: frozenset[str]) -> list[frozenset[str]]:
    """The groups of modules, two or more, in which each reaches each other by imports."""
    reached = {name: _reached(name, names) for name in names}
    rings = {frozenset(other for other in reached[name] if name in reached[other]) | {name} for name in names}
    return sorted((ring for ring in rings if len(ring) > 1), key=sorted)


def _reached(start: str, names: frozenset[str]) -> frozenset[str]:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        for name in imports(ahead.pop()) & names - seen:
            seen.add(name)
            ahead.append(name)
    return frozenset(seen)
