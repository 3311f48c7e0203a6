"""The lines of a module's own statements that may come to an unported place while it is imported, made safe.

`store = make_store()` becomes `store = if_ported(lambda: make_store())`, and so do the static fields of a class; what
is no such line stands in a `with where_ported():`.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Collection, Iterator

import attrs

from .refusing import set_in
from .translator import Outermost, Translator
from .tree import Line, assignment

#: What begins lines that do nothing when a module is imported but give a name to something.
_HARMLESS = ("def ", "async def ", "@", "#", "import ", "from ", "skip_unported(", "js_skip_unported(")


def put(t: Translator, guarded: Collection[int]) -> list[Line]:
    """The lines of a module, those of the outermost statements with these indexes made safe."""
    found: list[Line] = []
    at = 0
    for index in sorted(guarded, key=lambda index: t.outermost[index].start):
        statement = t.outermost[index]
        found += t.out.lines[at : statement.start]
        for group in _groups(t.out.lines[statement.start : statement.end]):
            found += _safe(t, statement, group)
        at = statement.end
    return [*found, *t.out.lines[at:]]


def _groups(lines: list[Line], depth: int = 0) -> Iterator[list[Line]]:
    """The lines of each of Python's statements: an `else` belongs to its `if`, a decorator to its function."""
    group: list[Line] = []
    for line in lines:
        goes_on = line.depth > depth or not line.text or line.text.startswith(("else", "elif ", "except", "finally"))
        if group and not goes_on and not group[-1].text.startswith("@"):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _safe(t: Translator, statement: Outermost, group: list[Line]) -> list[Line]:
    first = group[0]
    if not first.text or first.text.startswith(_HARMLESS):
        return group
    if first.text.startswith("class "):
        return [first, *_safe_statics(t, group[1:])]
    made = _deferred(t, first.text) if len(group) == 1 else None
    if made is not None:
        return [Line(0, made, first.origin)]
    names = [t.python(binding) for binding in set_in(t.module, statement.node)]
    given = ", ".join(["globals()", *(f'"{name}"' for name in names)]) if names else ""
    head = Line(0, f"with {t.helper('where_ported')}({given}):", first.origin)
    return [head, *(Line(line.depth + 1 if line.text else 0, line.text, line.origin) for line in group)]


def _safe_statics(t: Translator, body: list[Line]) -> Iterator[Line]:
    """The lines of a class, its static fields made so that the class is there without them."""
    for group in _groups(body, depth=1):
        [first, *rest] = group
        made = None if rest else _deferred(t, first.text)
        yield from group if made is None else [attrs.evolve(first, text=made)]


def _deferred(t: Translator, text: str) -> str | None:
    """`name = if_ported(lambda: value)` for `name = value`; None for any other line."""
    if assignment(text) is None:
        return None
    code, comment = _parts(text)
    target, _, value = code.partition(" = ")
    return f"{target} = {_when_ported(t, value)}{comment}"


def _when_ported(t: Translator, value: str) -> str:
    """`if_ported(lambda: value)`; what comes to no unported place when it is made stays as it is."""
    if not _names(value) - t.helpers or value.startswith((f"{t.helper('Unported')}(", "lambda ", "lambda:")):
        return value
    return f"{t.helper('if_ported')}(lambda: {value})"


def _names(value: str) -> set[str]:
    return {each.id for each in ast.walk(ast.parse(value, mode="eval")) if isinstance(each, ast.Name)}


def _parts(text: str) -> tuple[str, str]:
    """A line's code, and the comment behind it with the space between."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            code = text[: token.start[1]]
            return code.rstrip(), text[len(code.rstrip()) :]
    return text, ""
