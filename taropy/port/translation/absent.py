"""What is missing, where JavaScript's functions tell undefined from null: None is both, and to them it is null.

What is undefined by its type is handed to them as that: `Number(parts[1])` is NaN where there is no such part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import text_of
from . import library
from .literals import as_text
from .translator import Translator
from .tree import Expr, Level
from .types import UNKNOWN, Type

if TYPE_CHECKING:
    from tree_sitter import Node

#: Functions that make a number of what they are given, and those that make a text of it.
_OF_NUMBERS = frozenset(["Number", "isNaN", "isFinite"])
_OF_TEXTS = frozenset(["encodeURIComponent", "encodeURI", "decodeURIComponent", "decodeURI", "escape", "unescape"])
#: Methods that call a function with each item.
_VISIT = frozenset(
    [
        *("every", "filter", "find", "findIndex", "findLast", "findLastIndex", "flatMap", "forEach"),
        *("from", "map", "some", "then"),
    ]
)


def may_be_undefined(type_: Type) -> bool:
    """Whether None is undefined by its type. Of what is not known it is null: what a server left empty, mostly."""
    return not type_.null and (type_.kind == "nothing" or (type_.kind != "unknown" and type_.nullable))


def or_undefined(t: Translator, value: Expr) -> Expr:
    """A value for what tells undefined from null."""
    if value.text.startswith("*") or not may_be_undefined(value.type):
        return value
    text = t.helper("undefined") if value.text == "None" else f"{t.helper('or_undefined')}({value.at(Level.TERNARY)})"
    return Expr(text, type=value.type, pure=value.pure)


def told(t: Translator, name: str, given: list[Expr]) -> list[Expr]:
    """The arguments of a global function."""
    if not given or not (name in _OF_NUMBERS or name in _OF_TEXTS):
        return given
    first = given[0]
    if name in _OF_NUMBERS:
        first = or_undefined(t, first)
    elif may_be_undefined(first.type) and not first.text.startswith("*"):
        first = as_text(t, first)
    return [first, *given[1:]]


def callback(t: Translator, node: Node, method: str, item: Type = UNKNOWN) -> Expr | None:
    """`xs.map(Number)`: a function of JavaScript's that a method calls with each item; None for any other."""
    name = text_of(node)
    if node.type != "identifier" or method not in _VISIT or t.binding(name) is not None:
        return None
    if name == "String" and may_be_undefined(item):
        return Expr(t.helper("shown"), type=Type("function"), pure=True)
    if name not in _OF_NUMBERS | _OF_TEXTS or not may_be_undefined(item):
        return None
    value = Expr(t.fresh("item"), type=item, pure=True)
    [argument] = told(t, name, [value])
    helper = t.helper(name if name in library.CONVERTERS else library.FUNCTIONS[name][0])
    return Expr(f"lambda {value.text}: {helper}({argument.text})", Level.LAMBDA, Type("function"), pure=True)
