"""What a ported module's text tells: comments that were kept, lines with names of taropy.js, whether it is Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import attrs

from taropy.port.formatting import check
from taropy.port.parse import parse
from taropy.port.porting import PortedModule
from taropy.port.source import read
from taropy.port.translation.comments import all_in, lines_of
from taropy.port.translation.placed import Index
from taropy.port.translation.translator import Refusal

#: The modules of taropy.js whose functions stand for operators and other things of the language, and further ones.
_OF_LANGUAGE = frozenset([".operators", ".access", ".missing"])
_MORE = frozenset(["text", "shown", "number", "integer", "truthy", "typeof", "length"])
_SHOWN = 30


@attrs.frozen
class Counted:
    """One module, counted. `lines` are those of code, imports apart."""

    source: Path
    valid: bool
    gate: bool
    comments: int
    kept: int
    lines: int
    operator_lines: int
    library_lines: int
    statements: int
    refusals: tuple[Refusal, ...]


@cache
def operators() -> frozenset[str]:
    """The names of taropy.js that stand where JavaScript has an operator, a field, or a conversion."""
    from taropy.js import _HOMES

    return frozenset(name for name, home in _HOMES.items() if home in _OF_LANGUAGE and name[:1].islower()) | _MORE


def counted(modules: Mapping[str, PortedModule]) -> Iterator[Counted]:
    """The modules, by their places in the order that they are given."""
    faults = check({path: module.text for path, module in modules.items()})
    for path, module in modules.items():
        yield _counted(module, passes=not faults[path])


def _counted(module: PortedModule, *, passes: bool) -> Counted:
    parsed = parse(read(module.source))
    comments = [list(lines_of(each)) for each in all_in(Index(parsed), parsed.root)]
    try:
        tree: ast.Module | None = ast.parse(module.text)
    except SyntaxError:
        tree = None
    lines = _lines(tree) if tree is not None else {}
    names = _imported(tree) if tree is not None else {}
    of_operators = {local for local, name in names.items() if name in operators()}
    return Counted(
        source=module.source,
        valid=tree is not None,
        gate=passes,
        comments=len(comments),
        kept=sum(_is_kept(lines_, module.text) for lines_ in comments),
        lines=len(lines),
        operator_lines=sum(1 for used in lines.values() if used & of_operators),
        library_lines=sum(1 for used in lines.values() if used & names.keys()),
        statements=module.statements,
        refusals=module.refusals,
    )


def _imported(tree: ast.Module) -> dict[str, str]:
    """The names that a module has of taropy.js, and what these are there."""
    statements = [each for each in tree.body if isinstance(each, ast.ImportFrom) and each.module == "taropy.js"]
    return {alias.asname or alias.name: alias.name for each in statements for alias in each.names}


def _lines(tree: ast.Module) -> dict[int, set[str]]:
    """The names that are read in each line of code."""
    lines: dict[int, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not isinstance(node, ast.Import | ast.ImportFrom):
            lines.setdefault(node.lineno, set())
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            lines.setdefault(node.lineno, set()).add(node.id)
        elif isinstance(node, ast.expr) and not isinstance(node, ast.Constant):
            lines.setdefault(node.lineno, set())
    return lines


def _is_kept(lines: list[str], text: str) -> bool:
    """Whether a comment's first line stands in the port, but for a tag and quotes, which are written otherwise."""
    first = next((line.strip() for line in lines if line.strip()), "")
    head = re.sub(r"^@\w+\s*(\{[^}]*\})?\s*", "", first).strip()
    return re.split(r'["\\]', head[:_SHOWN])[0].strip() in text
