"""A module as text: its imports, what stands for what is not there, and its statements."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

import attrs

# The handlers of expressions and statements register themselves.
from . import (  # noqa: F401
    access,
    accessors,
    branches,
    calls,
    classes,
    declarations,
    enums,
    errors,
    exports,
    functions,
    guards,
    imports_later,
    jumps,
    literals,
    loops,
    namespaces,
    objects,
    operators,
    pages,
    set_within,
    variables,
)
from .headers import type_lines, words_of
from .hoisting import hoisted
from .imports import header
from .program import Module
from .statements import block
from .texts import literal
from .translator import Refusal, Translator
from .tree import Line

#: Names of one import that take more than this have several lines.
_LONGEST_NAMES = 72


@attrs.frozen
class Translated:
    """A module in Python: its text, for each of its lines that of the original, and what was not ported."""

    text: str
    origins: tuple[int, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[tuple[int, str], ...]
    helpers: frozenset[str]
    viewed: int = 0


def translate(module: Module, refused: frozenset[int] = frozenset(), *, strict: bool = False) -> Translator:
    """Translates a module, to be printed. The statements on the lines in `refused` are not ported."""
    t = Translator(module, refused, strict=strict)
    t.declare_vars(module.parsed.root)
    block(t, module.parsed.root.children)
    return t


def printed(t: Translator, guarded: Collection[int] = ()) -> Translated:
    """The text of a module. The statements of these indexes among its outermost ones may come to unported places."""
    foreign = _foreign(t)
    if foreign:
        t.helper("Unported")
    early = hoisted(t)
    moved = set(map(id, early))
    body = [line for line in (guards.put(t, guarded) if guarded else t.out.lines) if id(line) not in moved]
    words = words_of(t)
    imports, circle = header(t, words, parted=bool(early))
    top = [Line(0, line) for line in [*imports, *type_lines(t, words)]]
    top += [Line(0, f"{names} = {t.helper('Unported')}{shown}") for names, shown in _by_import(foreign)]
    top += [Line(0, f"{name} = {literal(address)}") for name, address in t.assets.items()]
    lines = [*_opening(body), *top, Line(0, ""), *early, *(Line(0, f"{line}  # noqa: E402") for line in circle), *body]
    text = "\n".join("    " * line.depth + line.text if line.text else "" for line in lines) + "\n"
    origins = tuple(line.origin for line in lines)
    refusals = tuple(sorted([*t.refusals, *foreign.values()], key=lambda each: each.line))
    return Translated(text, origins, refusals, tuple(t.notes), frozenset(t.helpers), len(t.viewed))


def _foreign(t: Translator) -> dict[str, Refusal]:
    """The names of packages that are left in the code, or that others import of this module."""
    if not t.foreign:
        return {}
    words = {word for line in t.out.lines for word in re.findall(r"\w+", line.text)}
    words |= {t.python(export.binding) for export in t.module.exports.values() if export.binding is not None}
    return {name: each for name, each in t.foreign.items() if name in words}


def _by_import(foreign: Mapping[str, Refusal]) -> Iterator[tuple[str, str]]:
    """The names, with what stands for them: those of one import have one line, `get = post = Unported(…)`."""
    for shown, names in groupby(foreign, lambda name: _shown(foreign[name])):
        line = ""
        for name in names:
            if line and len(line) + len(name) > _LONGEST_NAMES:
                yield line, shown
                line = ""
            line += f" = {name}" if line else name
        yield line, shown


def _shown(refusal: Refusal) -> str:
    return f"({literal(refusal.reason)}, {literal(refusal.original)})"


def _opening(lines: list[Line]) -> list[Line]:
    """The comments that a file begins with, which stay at its beginning."""
    found = []
    while lines and lines[0].text.startswith("#") and lines[0].origin <= 1:
        found.append(lines.pop(0))
    return found
