"""Operators: Python's own where both mean the same, else the library's functions that mean what JavaScript means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import string_of, text_of
from . import library
from .literals import NONE, as_text, joined
from .translator import Translator, expression, later
from .tree import Expr, Level, Refused
from .types import BOOLEAN, NUMBER, STRING, UNKNOWN, WHOLE, Type
from .types import joined as one_of

if TYPE_CHECKING:
    from tree_sitter import Node

_ARITHMETIC = {"-": ("minus", Level.SUM), "*": ("times", Level.TERM)}
_HELPED = {
    "/": "divided", "%": "remainder", "**": "power", "&": "bit_and", "|": "bit_or", "^": "bit_xor", "<<": "shift_left",
    ">>": "shift_right", ">>>": "shift_right_unsigned",
}  # fmt: skip
_ORDER = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_KINDS_BY_TEST = {"string": "str", "boolean": "bool"}


def operands(node: Node) -> tuple[Node, str, Node]:
    """Both sides and the sign between."""
    left, sign, right = (node.child_by_field_name(name) for name in ("left", "operator", "right"))
    if left is None or sign is None or right is None:
        raise Refused("the text was not understood")
    return left, text_of(sign), right


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
    if sign == "in":
        return _in(t, left, right)
    if sign == "instanceof":
        return _instanceof(t, t.expr(left), t.expr(right))
    return arithmetic(t, t.expr(left), sign, t.expr(right))


def arithmetic(t: Translator, left: Expr, sign: str, right: Expr) -> Expr:
    """`-`, `*`, `<` and the others, of numbers and of what is none."""
    numbers = left.type.is_number and right.type.is_number
    pure = left.pure and right.pure
    whole = numbers and left.type.whole and right.type.whole
    if sign in _ORDER:
        if numbers or (left.type.is_date and right.type.is_date):
            text = f"{left.at(Level.SUM)} {sign} {right.at(Level.SUM)}"
            return Expr(text, Level.COMPARE, BOOLEAN, pure)
        return _called(t, _ORDER[sign], left, right, BOOLEAN)
    if sign in _ARITHMETIC:
        name, level = _ARITHMETIC[sign]
        if numbers or (sign == "-" and left.type.is_date and right.type.is_date):
            after = Level(level + 1)
            return Expr(f"{left.at(level)} {sign} {right.at(after)}", level, WHOLE if whole else NUMBER, pure)
        return _called(t, name, left, right, NUMBER)
    if sign == "/" and numbers and isinstance(right.written, float) and right.written:
        return Expr(f"{left.at(Level.TERM)} / {right.at(Level.UNARY)}", Level.TERM, NUMBER, pure)
    helped = _HELPED.get(sign)
    if helped is None:
        raise Refused(f"the operator {sign} is not ported")
    if helped == "bit_or" and right.written == 0:
        return Expr(f"{t.helper('to_int32')}({left.at(Level.TERNARY)})", type=WHOLE)
    steady = helped == "remainder" and whole and bool(right.written)
    return _called(t, helped, left, right, WHOLE if steady or helped.startswith(("bit", "shift")) else NUMBER)


def _called(t: Translator, name: str, left: Expr, right: Expr, type_: Type) -> Expr:
    pure = left.pure and right.pure
    return Expr(f"{t.helper(name)}({left.at(Level.TERNARY)}, {right.at(Level.TERNARY)})", type=type_, pure=pure)


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


def _text_of(t: Translator, parts: list[Expr]) -> Expr:
    if any(isinstance(part.written, str) for part in parts) or not all(part.type.is_string for part in parts):
        return joined(t, parts)
    return Expr(" + ".join(part.at(Level.SUM) for part in parts), Level.SUM, STRING, all(part.pure for part in parts))


def plus(t: Translator, left: Expr, right: Expr) -> Expr:
    """`left + right`."""
    if left.type.is_number and right.type.is_number:
        whole = left.type.whole and right.type.whole
        pure = left.pure and right.pure
        return Expr(f"{left.at(Level.SUM)} + {right.at(Level.TERM)}", Level.SUM, WHOLE if whole else NUMBER, pure)
    if left.type.is_string or right.type.is_string:
        return _text_of(t, [left, right])
    return _called(t, "plus", left, right, UNKNOWN)


def _summands(node: Node) -> list[Node]:
    found: list[Node] = []
    while node.type == "binary_expression" and operands(node)[1] == "+":
        left, _, right = operands(node)
        found.insert(0, right)
        node = left
    return [node, *found]


# --- comparing -------------------------------------------------------------------------------------------------


def equality(t: Translator, left: Node, sign: str, right: Node) -> Expr:
    """`===`, `==` and their opposites."""
    for one, other in ((left, right), (right, left)):
        asked = _typeof(t, one, string_of(other))
        if asked is not None:
            return _negated(asked) if sign[0] == "!" else asked
    strict = len(sign) == 3
    found = compared(t, t.expr(left), t.expr(right), strict=strict)
    return _negated(found) if sign[0] == "!" else found


def compared(t: Translator, left: Expr, right: Expr, *, strict: bool = True) -> Expr:
    """Whether both are the same, strictly or after JavaScript's conversions."""
    pure = left.pure and right.pure
    for one, other in ((left, right), (right, left)):
        if other.text == "None":
            return Expr(f"{one.at(Level.SUM)} is None", Level.COMPARE, BOOLEAN, pure)
        if strict and other.text in ("True", "False"):
            return Expr(f"{one.at(Level.SUM)} is {other.text}", Level.COMPARE, BOOLEAN, pure)
    sign = _sign(left, right, strict=strict)
    if sign is not None:
        return Expr(f"{left.at(Level.SUM)} {sign} {right.at(Level.SUM)}", Level.COMPARE, BOOLEAN, pure)
    return _called(t, "same" if strict else "eq", left, right, BOOLEAN)


def _sign(left: Expr, right: Expr, *, strict: bool) -> str | None:
    """Python's operator that means the same for these two; None if there is none."""
    kinds = {left.type.kind, right.type.kind}
    sure = not left.type.nullable and not right.type.nullable
    if sure and len(kinds) == 1 and kinds <= {"string", "number", "boolean"}:
        return "=="
    if not strict:
        return None
    for one in (left, right):
        if one.type.is_string and one.type.name != "enum":
            return "=="
        if isinstance(one.written, float) and one.written not in (0, 1):
            return "=="
        if one.type.is_object or one.type.is_array or one.type.is_instance or one.type.is_map or one.type.is_set:
            return "is"
    return None


def _negated(value: Expr) -> Expr:
    for sign, opposite in ((" is ", " is not "), (" == ", " != ")):
        if value.level is Level.COMPARE and value.text.count(sign) == 1 and " if " not in value.text:
            return attrs.evolve(value, text=value.text.replace(sign, opposite))
    if value.text.startswith("not ") and value.level is Level.NOT:
        return Expr(f"bool({value.text[4:]})", type=BOOLEAN, pure=value.pure)
    return Expr(f"not {value.at(Level.NOT)}", Level.NOT, BOOLEAN, value.pure)


def _typeof(t: Translator, node: Node, kind: str | None) -> Expr | None:
    """`typeof value === 'string'`."""
    while node.type == "parenthesized_expression":
        node = node.named_children[0]
    if node.type != "unary_expression" or node.children[0].type != "typeof" or kind is None:
        return None
    argument = node.child_by_field_name("argument")
    if argument is not None and _is_elsewhere(t, argument):
        return Expr(str(kind == "undefined"), type=BOOLEAN, pure=True)
    if argument is not None and argument.type == "identifier" and _is_undeclared(t, argument):
        raise Refused(f"whether there is `{text_of(argument)}`, which nothing declares, is not known")
    value = t.expr(argument)
    inner = argument.child_by_field_name("object") if argument is not None else None
    if argument is not None and (_is_native(t, argument) or (inner is not None and _is_native(t, inner))):
        there = "object" if inner is None else "function"
        texts = {there: f"bool({value.text})", "undefined": f"not {value.text}"}
        return Expr(texts.get(kind, "False"), Level.NOT, BOOLEAN, pure=True)
    if kind == "undefined":
        return Expr(f"{value.at(Level.SUM)} is None", Level.COMPARE, BOOLEAN, value.pure)
    if kind == "function" and value.pure:
        return Expr(f"callable({value.at(Level.TERNARY)})", type=BOOLEAN, pure=True)
    if kind in _KINDS_BY_TEST:
        return Expr(f"isinstance({value.at(Level.TERNARY)}, {_KINDS_BY_TEST[kind]})", type=BOOLEAN, pure=value.pure)
    return Expr(f'{t.helper("typeof")}({value.at(Level.TERNARY)}) == "{kind}"', Level.COMPARE, BOOLEAN, value.pure)


def _is_undeclared(t: Translator, node: Node) -> bool:
    return t.binding(text_of(node)) is None and t.expr(node).text == t.undeclared.get(text_of(node))


def _is_native(t: Translator, node: Node) -> bool:
    """Whether a name is that of a platform's native object, which is an object on its platform, and nowhere else."""
    return node.type == "identifier" and text_of(node) in library.NATIVES and t.binding(text_of(node)) is None


def _is_elsewhere(t: Translator, node: Node) -> bool:
    """Whether a name is one of a web page's, which is nowhere here: its `typeof` is "undefined"."""
    return node.type == "identifier" and text_of(node) in library.ELSEWHERE and t.binding(text_of(node)) is None


def _in(t: Translator, left: Node, right: Node) -> Expr:
    key, value = t.expr(left), t.expr(right)
    if value.type.is_object:
        return Expr(f"{key.at(Level.SUM)} in {value.at(Level.SUM)}", Level.COMPARE, BOOLEAN, key.pure and value.pure)
    return _called(t, "has_property", value, key, BOOLEAN)


def _instanceof(t: Translator, value: Expr, kind: Expr) -> Expr:
    if kind.type.kind == "class" and kind.type.name not in (
        "Array",
        "Boolean",
        "Error",
        "Number",
        "Object",
        "Promise",
        "String",
    ):
        return Expr(f"isinstance({value.at(Level.TERNARY)}, {kind.text})", type=BOOLEAN, pure=value.pure)
    return _called(t, "instanceof", value, kind, BOOLEAN)


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
    kind = value.type.kind
    if (kind == "number" and not value.type.whole) or (kind == "unknown" and t.strict):
        return Expr(f"{t.helper('truthy')}({value.at(Level.TERNARY)})", type=BOOLEAN, pure=value.pure)
    return value


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
        _negated(value)
        if value.level is Level.COMPARE
        else Expr(f"not {value.at(Level.NOT)}", Level.NOT, BOOLEAN, value.pure)
    )


def logical(t: Translator, left: Node, sign: str, right: Node) -> Expr:
    """`a && b`, `a || b`, `a ?? b`, as values."""
    one, other = t.expr(left), t.expr(right)
    type_ = one_of([one.type.sure if sign != "&&" else one.type, other.type])
    pure = one.pure and other.pure
    if sign == "??":
        return _coalesced(t, one, other, type_)
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
    return Expr(text, Level.TERNARY, one_of([first.type, second.type]), pure)


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
    if sign == "typeof" and argument is not None and _is_elsewhere(t, argument):
        return Expr('"undefined"', type=STRING, pure=True, written="undefined")
    value = t.expr(argument)
    if sign == "typeof" and argument is not None and _is_native(t, argument):
        return Expr(f'"object" if {value.text} else "undefined"', Level.TERNARY, STRING, pure=True)
    number = value.type.is_number
    if sign == "-" and number:
        written = -value.written if isinstance(value.written, float) else None
        if written == 0:
            return Expr("-0.0", Level.UNARY, NUMBER, pure=True, written=written)
        if written is not None:
            return Expr(f"-{value.at(Level.UNARY)}", Level.UNARY, value.type, value.pure, written)
    if sign == "void":
        return NONE if value.pure else Expr(f"{t.helper('void')}({value.at(Level.TERNARY)})", type=NONE.type)
    if sign == "typeof":
        return Expr(f"{t.helper('typeof')}({value.at(Level.TERNARY)})", type=STRING, pure=value.pure)
    if sign == "+" and number:
        return value
    name, type_ = {"-": ("negative", NUMBER), "+": ("number", NUMBER), "~": ("bit_not", WHOLE)}[sign]
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
    if value.type.is_promise:
        return Expr(f"await {value.at(Level.ATOM)}", Level.AWAIT, value.type.item or UNKNOWN)
    text = f"await {t.helper('Promise')}.resolve({value.at(Level.TERNARY)})"
    return Expr(text, Level.AWAIT, value.type)


# --- setting, as an expression -----------------------------------------------------------------------------------


@expression("assignment_expression")
def assignment(t: Translator, node: Node) -> Expr:
    """`(a = b)` within an expression."""
    target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
    if target is not None and target.type in ("member_expression", "subscript_expression"):
        return _field_set(t, node, target)
    if target is None or target.type != "identifier":
        raise Refused("this pattern is not ported within an expression", "a line of its own before it")
    name = t.expr(target)
    made = t.expr(value)
    _may_be_set(t, target)
    return Expr(f"{name.text} := {made.at(Level.TERNARY)}", Level.WALRUS, made.type)


def _field_set(t: Translator, node: Node, target: Node) -> Expr:
    """`(this.tasks = []).push(task)`: a line before, if nothing of the statement comes before it."""
    if not _comes_first(node):
        raise Refused("setting a field within an expression is not ported", "a line of its own before it")
    later.assign(t, node)
    value = t.expr(target)
    if not value.pure:
        raise Refused("setting a field that is found by a call within an expression is not ported", "lines before it")
    return value


#: By which field of what is around it an expression is the first that is evaluated.
_FIRST = {
    "parenthesized_expression": None, "as_expression": None, "non_null_expression": None, "await_expression": None,
    "return_statement": None, "expression_statement": None, "member_expression": "object",
    "subscript_expression": "object", "call_expression": "function", "binary_expression": "left",
    "ternary_expression": "condition", "variable_declarator": "value", "if_statement": "condition",
    "lexical_declaration": None, "throw_statement": None, "arrow_function": "body",
}  # fmt: skip
_WHOLE = frozenset(
    [
        "return_statement",
        "expression_statement",
        "if_statement",
        "lexical_declaration",
        "throw_statement",
        "arrow_function",
    ]
)


def _comes_first(node: Node) -> bool:
    """Whether nothing of a statement is evaluated before an expression in it, and it once only."""
    while node.parent is not None:
        around = node.parent
        if around.type not in _FIRST:
            return False
        field = _FIRST[around.type]
        first = [child for child in around.named_children if child.type != "comment"]
        if (first[0] if field is None else around.child_by_field_name(field)) != node:
            return False
        if around.type in _WHOLE:
            return True
        node = around
    return False


def _may_be_set(t: Translator, target: Node) -> None:
    binding = t.binding(text_of(target))
    if binding is None or binding.kind in ("import", "class", "function"):
        raise Refused("this name can't be set within an expression")
    if id(binding) in t.standing_for:
        raise Refused("a part of a parameter that is set is not ported here")


@expression("augmented_assignment_expression")
def augmented(t: Translator, node: Node) -> Expr:
    """`(a += b)` within an expression."""
    left, sign, right = operands(node)
    if left.type != "identifier":
        raise Refused("setting a field within an expression is not ported", "a line of its own before it")
    _may_be_set(t, left)
    name = t.expr(left)
    if sign in ("||=", "&&=", "??="):
        made = logical(t, left, sign[:-1], right)
    else:
        made = combined(t, name, sign[:-1], t.expr(right))
    return Expr(f"{name.text} := {made.at(Level.TERNARY)}", Level.WALRUS, made.type)


def combined(t: Translator, left: Expr, sign: str, right: Expr) -> Expr:
    """`left sign right`, of what was translated already."""
    return plus(t, left, right) if sign == "+" else arithmetic(t, left, sign, right)


@expression("update_expression")
def update(t: Translator, node: Node) -> Expr:
    """`i++`, `--i` within an expression."""
    argument, sign = node.child_by_field_name("argument"), node.child_by_field_name("operator")
    if argument is None or sign is None:
        raise Refused("the text was not understood")
    if argument.type != "identifier":
        return _field_counted(t, node, argument, text_of(sign)[0])
    _may_be_set(t, argument)
    name = t.expr(argument)
    number = name.text if name.type.is_number else f"{t.helper('number')}({name.text})"
    mark = text_of(sign)[0]
    type_ = name.type if name.type.is_number else NUMBER
    changed = f"({name.text} := {number} {mark} 1)"
    if node.children[0].type == text_of(sign):
        return Expr(changed, type=type_)
    return Expr(f"{changed} {'-' if mark == '+' else '+'} 1", Level.SUM, type_)


@expression("sequence_expression")
def sequence(t: Translator, node: Node) -> Expr:
    """`(a, b)`: all of them are evaluated, and the last one is the value."""
    *before, last = [t.expr(child) for child in node.named_children if child.type != "comment"]
    effects = [each.at(Level.TERNARY) for each in before if not each.pure]
    if not effects:
        return last
    return Expr(f"({', '.join([*effects, last.at(Level.TERNARY)])})[-1]", type=last.type)


def _field_counted(t: Translator, node: Node, target: Node, mark: str) -> Expr:
    """`return this.last++`: lines before, if nothing of the statement comes before it."""
    value = t.expr(target)
    if not _comes_first(node) or not value.pure:
        raise Refused("counting a field within an expression is not ported", "a line of its own")
    if node.children[0].type == f"{mark}{mark}":
        t.out.write(f"{value.text} {mark}= 1")
        return value
    before = t.fresh("before")
    t.out.write(f"{before} = {value.text}")
    t.out.write(f"{value.text} {mark}= 1")
    return Expr(before, type=value.type, pure=True)


def text_value(t: Translator, value: Expr) -> Expr:
    """A value as a text."""
    return as_text(t, value)
