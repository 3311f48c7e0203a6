"""Parsing TypeScript, JavaScript and their JSX forms with tree-sitter, which the extra `port` brings."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs

from .source import Position, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node, Parser, Query

SUFFIXES = frozenset([".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts"])

#: In these `<T>value` is a cast and no JSX.
CASTING = frozenset([".ts", ".mts", ".cts"])

#: So many of a file's faults are told; where there are more, it is most likely in another language.
MOST_FAULTS = 3


#: The grammar reads `await f<T>(x)` as a call of `await f`, and `!f<T>(x)` of `!f`.
_MISREAD = """
    (call_expression
      function: [(await_expression) (unary_expression) (binary_expression)]
      type_arguments: (type_arguments) @types)
"""
_MAY_BE_MISREAD = re.compile(rb">\s*\(")
_NO_BREAK = re.compile(rb"[^\r\n]")


@attrs.frozen
class Parsed:
    """A file's syntax tree, and where it has none: there the grammar did not understand the text.

    `text` is what was parsed: the source's, but for type arguments that the grammar misreads, which are blanks.
    `language` is the grammar that it was read with.
    """

    source: Source
    root: Node
    faults: tuple[Position, ...] = ()
    text: bytes = attrs.field(repr=False, kw_only=True)
    language: str = attrs.field(kw_only=True)

    def captures(self, query: str) -> dict[str, list[Node]]:
        """The nodes that a query of tree-sitter's finds, by what it calls them, in the order of the text.

        That takes less than a walk does, after which every node would be there as an object of Python's.
        """
        found = _captures(self.language, query, self.root)
        return {name: sorted(nodes, key=lambda node: node.start_byte) for name, nodes in found.items()}


def parse(source: Source) -> Parsed:
    """Parses a file. `MissingExtra` where tree-sitter is not installed.

    The grammar of TSX reads everything but casts in angle brackets; a file that may have these and is not understood
    is read with TypeScript's.
    """
    language = "tsx"
    root, text = _read(language, source.text)
    if root.has_error and source.path.suffix in CASTING:
        other, of_other = _read("typescript", source.text)
        if not other.has_error or _count(other) < _count(root):
            language, root, text = "typescript", other, of_other
    faults = [source.position(node.start_point) for node in _some_faults(root)] if root.has_error else []
    return Parsed(source, root, tuple(faults), text=text, language=language)


def parse_text(source: Source, text: bytes) -> Parsed:
    """Parses a text that stands for a file's."""
    root, text = _read("typescript", text)
    faults = [source.position((0, 0))] if root.has_error else []
    return Parsed(source, root, tuple(faults), text=text, language="typescript")


def _read(language: str, text: bytes) -> tuple[Node, bytes]:
    """The tree of a text, and the text, without the type arguments that the grammar misreads."""
    parser = _parser(language)
    root = parser.parse(text).root_node
    while _MAY_BE_MISREAD.search(text) and (misread := _captures(language, _MISREAD, root).get("types")):
        for node in misread:
            blanks = _NO_BREAK.sub(b" ", text[node.start_byte : node.end_byte])
            text = text[: node.start_byte] + blanks + text[node.end_byte :]
        root = parser.parse(text).root_node
    return root, text


def _captures(language: str, query: str, root: Node) -> dict[str, list[Node]]:
    from tree_sitter import QueryCursor

    return QueryCursor(_query(language, query)).captures(root)


@cache
def _query(language: str, query: str) -> Query:
    from tree_sitter import Query

    grammar = _parser(language).language
    assert grammar is not None
    return Query(grammar, query)


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
