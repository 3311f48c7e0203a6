"""The constants of a module's code, which are where its functions turn: a limit of 1000 shows only from 1000 on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..names import string_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

#: So many of a module's numbers, and of its texts, are tried.
MOST = 12

_NOT_CODE = frozenset(["import_statement", "type_annotation", "interface_declaration", "type_alias_declaration"])


def constants_of(root: Node) -> Mapping[str, tuple[Any, ...]]:
    """Values of `number` and `string`: each number of the code with its neighbours, each text as it is."""
    numbers: dict[float, None] = {}
    texts: dict[str, None] = {}
    for node in _code(root):
        if node.type == "number":
            value = _number(text_of(node))
            if value is not None and len(numbers) < MOST:
                numbers[value] = None
        elif node.type == "string":
            text = string_of(node)
            if text is not None and "\\" not in text and len(texts) < MOST:
                texts[text] = None
    near = dict.fromkeys(value for number in numbers for value in (number, number - 1, number + 1))
    return {"number": tuple(near), "string": tuple(texts)}


def _code(node: Node) -> Iterator[Node]:
    """All parts but imports and types; a string's own parts are no code."""
    left = [node]
    while left:
        each = left.pop()
        if each.type in _NOT_CODE:
            continue
        yield each
        if each.type != "string":
            left.extend(reversed(each.named_children))


def _number(text: str) -> float | None:
    """The value of a number as it is written; None for those of other forms than Python's."""
    for read in (lambda digits: int(digits, 0), float):
        try:
            return read(text)
        except ValueError:
            continue
    return None
