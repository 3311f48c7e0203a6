"""Arithmetic and order: Python's operators where they mean the same or raise, else the library's functions.

Of what is not known, Python's `-` and `<` give what JavaScript gives, or raise: of texts and of what is missing.
`*` and `%` don't, since `"5" * 2` is a text to Python; and `+` joins texts in programs that mean it. With `strict` only
what is known has Python's operators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import text_of
from .arity import is_cheap
from .literals import joined
from .translator import Translator
from .tree import Expr, Level, Refused
from .types import ANY, BOOLEAN, DECLARED_NUMBER, NATURAL, NUMBER, STRING, UNKNOWN, WHOLE, Type, product

if TYPE_CHECKING:
    from tree_sitter import Node

_HELPED = {
    "-": "minus", "*": "times", "/": "divided", "%": "remainder", "**": "power", "&": "bit_and", "|": "bit_or",
    "^": "bit_xor", "<<": "shift_left", ">>": "shift_right", ">>>": "shift_right_unsigned",
}  # fmt: skip
#: Comparisons of what is not below 0, for which only matters whether it is 0.
_ASKS_FOR_NONE = frozenset([(">", 0), ("<=", 0), ("<", 1), (">=", 1)])
_ORDER = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def operands(node: Node) -> tuple[Node, str, Node]:
    """Both sides and the sign between."""
    left, sign, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
    if left is None or sign is None or right is None:
        raise Refused("the text was not understood")
    return left, text_of(sign), right


def helped(t: Translator, name: str, left: Expr, right: Expr, type_: Type) -> Expr:
    """The call of the library's function for an operator."""
    pure = left.pure and right.pure
    return Expr(f"{t.helper(name)}({left.at(Level.TERNARY)}, {right.at(Level.TERNARY)})", type=type_, pure=pure)


def combined(t: Translator, left: Expr, sign: str, right: Expr) -> Expr:
    """`left sign right`, of what was translated already."""
    return plus(t, left, right) if sign == "+" else arithmetic(t, left, sign, right)


def arithmetic(t: Translator, left: Expr, sign: str, right: Expr) -> Expr:
    """`-`, `*`, `<` and the others, of numbers and of what is none."""
    if sign in _ORDER:
        return _ordered(t, left, sign, right)
    if sign not in _HELPED:
        raise Refused(f"the operator {sign} is not ported")
    whole = _are_whole(left, right)
    if sign == "-" and ((_counts(t, left) and _counts(t, right)) or _are_dates(left, right)):
        less = NATURAL if t.below.get(right.text) == left.text else WHOLE
        return _plain(left, "-", right, Level.SUM, less if whole else _outcome(left, right))
    if sign == "*" and _multiplies(t, left, right):
        return _plain(left, "*", right, Level.TERM, _product(left, right))
    if sign == "%" and _is_natural(left) and (right.type.literal or 0) > 0 and right.type.whole:
        return _plain(left, "%", right, Level.TERM, NATURAL)
    if sign == "/" and _counts(t, left) and right.type.literal:
        return _plain(left, "/", right, Level.TERM, NUMBER)
    if sign == "|" and right.type.literal == 0:
        return Expr(f"{t.helper('to_int32')}({left.at(Level.TERNARY)})", type=WHOLE)
    name = _HELPED[sign]
    gives_whole = name.startswith(("bit", "shift")) or (name == "remainder" and whole and bool(right.type.literal))
    return helped(t, name, left, right, WHOLE if gives_whole else NUMBER)


def _product(left: Expr, right: Expr) -> Type:
    return product(left.type, right.type) or _outcome(left, right)


def floored(t: Translator, arguments: Node) -> Expr | None:
    """`count // 3` for `Math.floor(count / 3)`, of what counts up from 0."""
    given = [child for child in arguments.named_children if child.type != "comment"]
    if len(given) != 1 or given[0].type != "binary_expression" or operands(given[0])[1] != "/":
        return None
    left, _, right = operands(given[0])
    count = t.expr(left) if right.type == "number" and is_cheap(left) else None
    by = t.expr(right) if count is not None and _is_natural(count) else None
    if count is None or by is None or not by.type.whole or not by.type.literal:
        return None
    return _plain(count, "//", by, Level.TERM, NATURAL)


def _plain(left: Expr, sign: str, right: Expr, level: Level, type_: Type) -> Expr:
    text = f"{left.at(level)} {sign} {right.at(Level(level + 1))}"
    return Expr(text, level, type_, left.pure and right.pure)


def _ordered(t: Translator, left: Expr, sign: str, right: Expr) -> Expr:
    """`left < right`: two of which one is a number, so that two texts are not compared by Python's rules."""
    if left.or_zero and (sign, right.written) in _ASKS_FOR_NONE:
        left = attrs.evolve(left, text=left.or_zero)
    numbers = _counts(t, left) and _counts(t, right) and "number" in (left.type.kind, right.type.kind)
    if not numbers and not _are_dates(left, right):
        return helped(t, _ORDER[sign], left, right, BOOLEAN)
    if left.guards and left.reached is not None and right.pure:
        return _ordered(t, left.reached, sign, right).after(left.guards)
    text = f"{left.at(Level.SUM)} {sign} {right.at(Level.SUM)}"
    return Expr(text, Level.COMPARE, BOOLEAN, left.pure and right.pure)


def _counts(t: Translator, value: Expr) -> bool:
    """Whether it is a number, or nobody says what it is, and Python raises for what is none. `any` may be a text."""
    kind = value.type.kind
    return value.type.is_number if t.strict else kind == "number" or (kind == "unknown" and value.type != ANY)


def _multiplies(t: Translator, left: Expr, right: Expr) -> bool:
    """Whether Python's `*` can't repeat a text or a list: of two numbers, or where one has a fraction."""
    if left.type.kind == right.type.kind == "number":
        return not t.strict or (left.type.is_number and right.type.is_number)
    broken = any(each.type.literal is not None and not each.type.whole for each in (left, right))
    return broken and _counts(t, left) and _counts(t, right)


def _are_whole(left: Expr, right: Expr) -> bool:
    return all(each.type.is_number and each.type.whole for each in (left, right))


def _is_natural(value: Expr) -> bool:
    return value.type == NATURAL or (value.type.whole and (value.type.literal or 0) > 0)


def _outcome(left: Expr, right: Expr) -> Type:
    """What the sum or the product of two numbers is."""
    if _is_natural(left) and _is_natural(right):
        return NATURAL
    if _are_whole(left, right):
        return WHOLE
    return DECLARED_NUMBER if _trusted(left) and _trusted(right) else NUMBER


def _trusted(value: Expr) -> bool:
    """Whether nothing says that it may be NaN: a whole number, or one that is declared or used as one."""
    return value.type.whole or value.type.name == DECLARED_NUMBER.name or value.type == UNKNOWN


def _are_dates(left: Expr, right: Expr) -> bool:
    return left.type.is_date and right.type.is_date


# --- adding ----------------------------------------------------------------------------------------------------


def addition(t: Translator, node: Node) -> Expr:
    """`a + b + …`: numbers are added; with a text among them, they become one text from there on."""
    parts = [t.expr(part) for part in _summands(node)]
    return summed(t, parts)


def summed(t: Translator, parts: list[Expr]) -> Expr:
    """The sum of these, from the left to the right."""
    total, texts = parts[0], [parts[0]] if parts[0].type.is_string else []
    for part in parts[1:]:
        if texts:
            texts.append(part)
        elif part.type.is_string and not texts:
            texts = [total, part]
        else:
            total = plus(t, total, part)
    return _text_of(t, texts) if texts else total


def added(t: Translator, part: Expr) -> Expr:
    """A value as it is added to a text: an object by its `valueOf`, if the program has any, as `+` asks for it."""
    may_be_own = part.type.kind in ("unknown", "object", "instance") and t.module.program.has_values_of
    if not may_be_own or part.text == "None":
        return part
    return Expr(f"{t.helper('primitive')}({part.at(Level.TERNARY)})", pure=part.pure)


def _text_of(t: Translator, parts: list[Expr]) -> Expr:
    parts = [added(t, part) for part in parts]
    if any(isinstance(part.written, str) for part in parts) or not all(part.type.is_string for part in parts):
        return joined(t, parts)
    return Expr(" + ".join(part.at(Level.SUM) for part in parts), Level.SUM, STRING, all(part.pure for part in parts))


def plus(t: Translator, left: Expr, right: Expr) -> Expr:
    """`left + right`: of what may be a text it may be one."""
    if left.type.is_string or right.type.is_string:
        return _text_of(t, [left, right])
    if _counts(t, left) and _counts(t, right) and left.type.kind == right.type.kind == "number":
        return _plain(left, "+", right, Level.SUM, _outcome(left, right))
    return helped(t, "plus", left, right, UNKNOWN)


def _summands(node: Node) -> list[Node]:
    found: list[Node] = []
    while node.type == "binary_expression" and operands(node)[1] == "+":
        left, _, right = operands(node)
        found.insert(0, right)
        node = left
    return [node, *found]
