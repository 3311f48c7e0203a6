"""Comments, carried to where they were: before a statement, behind one, or as a docstring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..names import text_of
from .placed import Index
from .translator import Translator
from .tree import Line

if TYPE_CHECKING:
    from tree_sitter import Node

#: Comments that are told to tools of JavaScript's.
DIRECTIVE = re.compile(
    r"^\W*(eslint|tslint|prettier|@ts-|ts-ignore|jshint|istanbul|stylelint|#region|#endregion|<reference|@flow|webpack\w+:)"
)
_TAG = re.compile(r"@(?P<tag>\w+)\s*(?:\{(?P<type>[^}]*)\}\s*)?(?P<rest>.*)", re.DOTALL)


def is_directive(node: Node) -> bool:
    """Whether a comment is told to a tool of JavaScript's, and means nothing in Python."""
    return DIRECTIVE.match(text_of(node)) is not None


def is_doc(node: Node) -> bool:
    """Whether it is one of `/** … */`."""
    return node.type == "comment" and text_of(node).startswith("/**") and len(text_of(node)) > 5


def lines_of(node: Node) -> list[str]:
    """What a comment says, without its marks."""
    text = text_of(node)
    if text.startswith("//"):
        return [text.lstrip("/").removeprefix(" ").rstrip()]
    lines = [re.sub(r"^\s*\*(?!\*) ?", "", line).rstrip() for line in text[2:-2].lstrip("*").split("\n")]
    lines = [line if index else line.strip() for index, line in enumerate(lines)]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    indent = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    return [lines[0].strip(), *(line[indent:] for line in lines[1:])] if lines else []


def comment_lines(t: Translator, node: Node) -> list[Line]:
    """A comment as lines of Python's."""
    if node.id in t.done:
        return []
    t.done.add(node.id)
    if is_directive(node):
        return []
    return [Line(t.out.depth, f"# {line}".rstrip(), t.line(node)) for line in lines_of(node) or [""]]


def write(t: Translator, node: Node) -> None:
    """Writes a comment where the translation stands."""
    t.out.lines.extend(comment_lines(t, node))


def write_behind(t: Translator, node: Node, start: int) -> None:
    """Writes a comment behind the last line, if that is code of the statement, else above it."""
    lines = comment_lines(t, node)
    if not lines:
        return
    last = t.out.lines[-1] if len(t.out.lines) > start else None
    if (
        last is not None
        and len(lines) == 1
        and last.depth == t.out.depth
        and "#" not in last.text
        and not last.text.endswith(":")
    ):
        t.out.lines[-1] = Line(last.depth, f"{last.text}  {lines[0].text}", last.origin)
    else:
        t.out.lines[start:start] = lines


def write_inner(t: Translator, node: Node, start: int) -> None:
    """Writes above a statement the comments within it that found no place."""
    found: list[Line] = []
    for comment in t.module.index.comments.within(node):
        if comment.id in t.done:
            continue
        if comment.end_byte == node.end_byte and len(t.out.lines) > start:
            write_behind(t, comment, start)
        else:
            found += comment_lines(t, comment)
    t.out.lines[start:start] = found


def all_in(index: Index, node: Node) -> list[Node]:
    """All comments within a node that are no directives."""
    return [each for each in index.comments.within(node) if not is_directive(each)]


def write_doc(t: Translator, node: Node) -> None:
    """Writes a JSDoc comment as the docstring of what is being defined."""
    if node.id in t.done:
        return
    t.done.add(node.id)
    lines = _doc_lines(lines_of(node))
    if not lines:
        return
    lines = [line.replace("\\", "\\\\").replace('"""', "'''") for line in lines]
    if lines[0].startswith('"'):
        lines[0] = f" {lines[0]}"
    if lines[-1].endswith('"'):
        lines[-1] += " "
    if len(lines) == 1:
        t.out.write(f'"""{lines[0]}"""')
        return
    t.out.write(f'"""{lines[0]}')
    for line in lines[1:]:
        t.out.lines.append(Line(t.out.depth if line else 0, line, t.line(node)))
    t.out.write('"""')


def _doc_lines(lines: list[str]) -> list[str]:
    """With the tags in words, and without the types that they say: these stand in the signature."""
    text = "\n".join(lines)
    head, *tags = re.split(r"(?m)^\s*(?=@\w)", text)
    found = [line.rstrip() for line in head.strip().split("\n")] if head.strip() else []
    told = [line for tag in tags if (line := _tag(tag))]
    if found and told:
        found.append("")
    return found + [line for each in told for line in each.split("\n")]


def _tag(text: str) -> str:
    found = _TAG.match(text.strip())
    if found is None:
        return text.strip()
    tag, rest = found["tag"], found["rest"].strip()
    if tag in ("param", "arg", "argument", "property"):
        name, _, said = rest.partition(" ")
        said = said.strip().removeprefix("-").strip()
        return f"{name.strip('[]')}: {said or found['type'] or ''}".rstrip(": ")
    if tag in ("return", "returns"):
        said = rest.removeprefix("-").strip() or found["type"] or ""
        return f"Returns {said}" if said else ""
    if tag in ("description", "desc", "summary"):
        return rest
    return f"{tag}: {rest or found['type'] or ''}".rstrip(": ")
