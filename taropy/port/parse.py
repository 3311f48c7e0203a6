"""Parsing TypeScript, JavaScript and their JSX forms with tree-sitter, which the extra `port` brings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import attrs

from .source import Position, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node, Parser

SUFFIXES = frozenset([".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts"])

#: In these `<T>value` is a cast and no JSX.
CASTING = frozenset([".ts", ".mts", ".cts"])

#: So many of a file's faults are told; where there are more, it is most likely in another language.
MOST_FAULTS = 3


@attrs.frozen
class Parsed:
    """A file's syntax tree, and where it has none: there the grammar did not understand the text."""

    source: Source
    root: Node
    faults: tuple[Position, ...] = ()


def parse(source: Source) -> Parsed:
    """Parses a file. `MissingExtra` where tree-sitter is not installed.

    The grammar of TSX reads everything but casts in angle brackets; a file that may have these and is not understood
    is read with TypeScript's.
    """
    root = _parser("tsx").parse(source.text).root_node
    if root.has_error and source.path.suffix in CASTING:
        other = _parser("typescript").parse(source.text).root_node
        if not other.has_error or _count(other) < _count(root):
            root = other
    if not root.has_error:
        return Parsed(source, root)
    return Parsed(source, root, tuple(source.position(node.start_point) for node in _some_faults(root)))


@cache
def _parser(language: str) -> Parser:
    try:
        import tree_sitter
        import tree_sitter_typescript as grammar
    except ModuleNotFoundError as error:
        from ..extras import MissingExtra

        raise MissingExtra("port", error.name or "tree_sitter") from error
    parser: Parser = tree_sitter.Parser(tree_sitter.Language(getattr(grammar, f"language_{language}")()))
    return parser


def _count(root: Node) -> int:
    return sum(1 for _ in _faults(root))


def _some_faults(root: Node) -> list[Node]:
    found = [node for _, node in zip(range(MOST_FAULTS), _faults(root), strict=False)]
    return found or [root]


def _faults(root: Node) -> Iterator[Node]:
    """The innermost nodes that are errors, in the order of the text: those around them only say that there are some."""
    left = [root]
    while left:
        node = left.pop()
        inner = [child for child in node.children if child.has_error or child.is_missing]
        if not inner and (node.is_error or node.is_missing):
            yield node
        left.extend(reversed(inner))
