"""Operators: Python's own where both mean the same, else the library's functions that mean what JavaScript means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ..names import text_of
from .absent import or_undefined
from .arithmetic import addition, arithmetic, operands
from .comparing import (
    asked_place,
    equality,
    is_elsewhere,
    is_made_by,
    is_native,
    kind_of,
    negated,
    of_native,
    refuse_undeclared,
    within,
)
from .literals import NONE, as_text
from .private import PRIVATE, owner_name
from .translator import Translator, expression, later
from .tree import THERE, Expr, Level, Refused
from .types import BOOLEAN, NOTHING, NUMBER, STRING, UNKNOWN, WHOLE, Type, joined, of_number

if TYPE_CHECKING:
    from tree_sitter import Node

_COMPARISONS = frozenset(["<", "<=", ">", ">=", "in", "instanceof"])


@expression("binary_expression")
def binary(t: Translator, node: Node) -> Expr:
    """Both sides and what stands between them."""
    left, sign, right = operands(node)
    if sign in ("&&", "||", "??"):
        return logical(t, left, sign, right)
    if sign in ("===", "!==", "==", "!="):
        return equality(t, left, sign, right)
    if sign == "+":
        return addition(t, node)
    if sign == "in" and left.type == PRIVATE:
        return Expr(f"isinstance({t.text(right)}, {owner_name(t, left)})", type=BOOLEAN)
    if right.type == "binary_expression" and operands(right)[1] == "<" and sign in _COMPARISONS:
        # The grammar reads `a < b < c` as `a < (b < c)`.
        raise Refused("`<` after another comparison is not ported", "parentheses")
    if sign == "in":
        return within(t, left, right)
    if sign == "instanceof":
        return is_made_by(t, t.expr(left), t.expr(right))
    return asked_place(t, left, sign, right) or arithmetic(t, t.expr(left), sign, t.expr(right))


# --- truth -----------------------------------------------------------------------------------------------------


def condition(t: Translator, node: Node) -> Expr:
    """An expression of which only the truth matters."""
    while node.type == "parenthesized_expression":
        node = next(child for child in node.named_children if child.type != "comment")
    if node.type == "binary_expression":
        left, sign, right = operands(node)
        if sign in ("&&", "||"):
            word, level = (" and ", Level.AND) if sign == "&&" else (" or ", Level.OR)
            one, other = condition(t, left), condition(t, right)
            return Expr(f"{one.at(level)}{word}{other.at(Level(level + 1))}", level, BOOLEAN, one.pure and other.pure)
    if node.type == "unary_expression" and node.children[0].type == "!":
        return _not(t, node)
    return true_of(t, t.expr(node))


def true_of(t: Translator, value: Expr) -> Expr:
    """Whether a value is true: Python agrees, but for NaN, which a number may be."""
    if value.guards and value.reached is not None:
        return true_of(t, value.reached).after(value.steps)
    if value.or_zero:
        return attrs.evolve(value, text=value.or_zero, or_zero="")
    kind = value.type.kind
    if (kind == "number" and _may_be_nan(t, value.type)) or (kind == "unknown" and t.strict):
        return Expr(f"{t.helper('truthy')}({value.at(Level.TERNARY)})", type=BOOLEAN, pure=value.pure)
    return value


def _may_be_nan(t: Translator, type_: Type) -> bool:
    """Whether a number is the result of counting, and not one that the program only declares."""
    return not type_.whole and (type_.name != "declared" or t.strict)


def _not(t: Translator, node: Node) -> Expr:
    argument = node.child_by_field_name("argument")
    if argument is None:
        raise Refused("the text was not understood")
    inner = argument
    while inner.type == "parenthesized_expression":
        inner = next(child for child in inner.named_children if child.type != "comment")
    if inner.type == "unary_expression" and inner.children[0].type == "!":
        value = condition(t, inner.child_by_field_name("argument"))  # type: ignore[arg-type]
        return (
            value
            if value.type.is_boolean and value.level is not Level.AND and value.level is not Level.OR
            else (Expr(f"bool({value.at(Level.TERNARY)})", type=BOOLEAN, pure=value.pure))
        )
    value = condition(t, argument)
    return (
        negated(value)
        if value.level is Level.COMPARE
        else Expr(f"not {value.at(Level.NOT)}", Level.NOT, BOOLEAN, value.pure)
    )


def logical(t: Translator, left: Node, sign: str, right: Node) -> Expr:
    """`a && b`, `a || b`, `a ?? b`, as values."""
    return either(t, attrs.evolve(t.expr(left), or_zero=""), sign, t.expr(right))


def either(t: Translator, one: Expr, sign: str, other: Expr) -> Expr:
    """The same of what was translated already."""
    type_ = joined([one.type.sure if sign != "&&" else one.type, other.type])
    pure = one.pure and other.pure
    if sign == "??" and of_native(t, one):
        sign = "||"  # what a native object has not is false
    if sign == "??":
        return _coalesced(t, one, other, type_)
    if sign == "||" and one.guards and one.reached is not None and true_of(t, one.reached) is one.reached:
        one = one.reached.after(one.steps)  # what is not there is false, and so is what it would be read of
    tested = true_of(t, one)
    if tested is not one:
        first, second = (one, other) if sign == "||" else (other, one)
        if one.pure:
            return Expr(
                f"{first.at(Level.OR)} if {tested.text} else {second.at(Level.TERNARY)}", Level.TERNARY, type_, pure
            )
        name = t.fresh("found")
        tested = Expr(f"{t.helper('truthy')}({name} := {one.at(Level.TERNARY)})")
        first, second = (name, other.at(Level.TERNARY)) if sign == "||" else (other.at(Level.OR), name)  # type: ignore[assignment]
        return Expr(f"{first} if {tested.text} else {second}", Level.TERNARY, type_)
    word, level = (" and ", Level.AND) if sign == "&&" else (" or ", Level.OR)
    return Expr(f"{one.at(level)}{word}{other.at(Level(level + 1))}", level, type_, pure)


def _coalesced(t: Translator, one: Expr, other: Expr, type_: Type) -> Expr:
    if one.reached is not None and one.reached.pure:
        present = " and ".join([*one.guards, f"{one.reached.at(Level.COMPARE)}{THERE}"])
        text = f"{one.reached.at(Level.OR)} if {present} else {other.at(Level.TERNARY)}"
        return Expr(text, Level.TERNARY, type_)
    if one.pure:
        text = f"{other.at(Level.OR)} if {one.at(Level.SUM)} is None else {one.at(Level.TERNARY)}"
        return Expr(text, Level.TERNARY, type_, other.pure)
    if other.pure:
        return Expr(f"{t.helper('coalesce')}({one.at(Level.TERNARY)}, {other.at(Level.TERNARY)})", type=type_)
    name = t.fresh("found")
    text = f"{other.at(Level.OR)} if ({name} := {one.at(Level.TERNARY)}) is None else {name}"
    return Expr(text, Level.TERNARY, type_)


@expression("ternary_expression")
def ternary(t: Translator, node: Node) -> Expr:
    """`test ? a : b`."""
    test, one, other = (node.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))
    if test is None or one is None or other is None:
        raise Refused("the text was not understood")
    asked, first, second = condition(t, test), t.expr(one), t.expr(other)
    text = f"{first.at(Level.OR)} if {asked.at(Level.OR)} else {second.at(Level.TERNARY)}"
    pure = asked.pure and first.pure and second.pure
    return Expr(text, Level.TERNARY, joined([first.type, second.type]), pure)


# --- one side --------------------------------------------------------------------------------------------------


@expression("unary_expression")
def unary(t: Translator, node: Node) -> Expr:
    """`!a`, `-a`, `+a`, `~a`, `typeof a`, `void a`, `delete a.b`."""
    sign = node.children[0].type
    argument = node.child_by_field_name("argument")
    if sign == "!":
        return _not(t, node)
    if sign == "delete":
        return _deleted(t, argument)
    if sign == "typeof" and argument is not None and is_elsewhere(t, argument):
        return Expr('"undefined"', type=STRING, pure=True, written="undefined")
    if sign == "typeof":
        refuse_undeclared(t, argument)
    value = t.expr(argument)
    if sign == "typeof" and argument is not None and is_native(t, argument):
        return Expr(f'"object" if {value.text} else "undefined"', Level.TERNARY, STRING, pure=True)
    number = value.type.is_number
    if sign == "-" and number:
        written = -value.written if isinstance(value.written, float) else None
        if written == 0:
            return Expr("-0.0", Level.UNARY, NUMBER, pure=True, written=written)
        if written is not None:
            return Expr(f"-{value.at(Level.UNARY)}", Level.UNARY, of_number(written), value.pure, written)
    if sign == "void":
        return NONE if value.pure else Expr(f"{t.helper('void')}({value.at(Level.TERNARY)})", type=NONE.type)
    if sign == "typeof":
        return kind_of(t, value)
    if sign == "+" and number:
        return value
    if sign == "+":
        value = or_undefined(t, value)
    name, type_ = {"-": ("negative", NUMBER), "+": ("Number", NUMBER), "~": ("bit_not", WHOLE)}[sign]
    return Expr(f"{t.helper(name)}({value.at(Level.TERNARY)})", type=type_, pure=value.pure)


def _deleted(t: Translator, target: Node | None) -> Expr:
    base, key = target_parts(t, target)
    return Expr(f"{t.helper('delete')}({base}, {key})", type=BOOLEAN)


def target_parts(t: Translator, target: Node | None) -> tuple[str, str]:
    """The object and the key of a field or an item."""
    if target is None or target.type not in ("member_expression", "subscript_expression"):
        raise Refused("only fields and items can be deleted")
    base = t.text(target.child_by_field_name("object"))
    if target.type == "member_expression":
        return base, f'"{text_of(target.child_by_field_name("property"))}"'  # type: ignore[arg-type]
    return base, t.text(target.child_by_field_name("index"))


@expression("await_expression")
def awaited(t: Translator, node: Node) -> Expr:
    """`await promise`; of what may be none, by `Promise.resolve`."""
    parts = [child for child in node.named_children if child.type != "comment"]
    value = t.expr(parts[0] if parts else None)
    if not t.current.is_async:
        raise Refused("`await` outside of an async function is not ported", "an async function")
    is_promise = value.type.is_promise and not (value.type.item == NOTHING and _is_kept(node))
    if is_promise or (parts[0].type == "call_expression" and _is_of_package(t, value)):
        return Expr(f"await {value.at(Level.ATOM)}", Level.AWAIT, value.type.item or UNKNOWN)
    text = f"await {t.helper('Promise')}.resolve({value.at(Level.TERNARY)})"
    return Expr(text, Level.AWAIT, value.type)


def _is_kept(node: Node) -> bool:
    """Whether what an expression gives becomes a part of another, where checkers mind that a function gives nothing."""
    return node.parent is not None and node.parent.type in ("arguments", "array", "pair", "variable_declarator")


def _is_of_package(t: Translator, value: Expr) -> bool:
    """Whether a function of a package is called that Python has not: whoever writes it gives what can be awaited."""
    return re.split(r"\W", value.text, maxsplit=1)[0] in t.foreign


@expression("sequence_expression")
def sequence(t: Translator, node: Node) -> Expr:
    """`(a, b)`: all of them are evaluated, and the last one is the value."""
    *before, last = [t.expr(child) for child in node.named_children if child.type != "comment"]
    effects = [each.at(Level.TERNARY) for each in before if not each.pure]
    if not effects:
        return last
    return Expr(f"({', '.join([*effects, last.at(Level.TERNARY)])})[-1]", type=last.type)


def text_value(t: Translator, value: Expr) -> Expr:
    """A value as a text."""
    return as_text(t, value)


later.either = either
