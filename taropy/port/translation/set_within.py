"""Setting names, fields and items within an expression: by lines before it where these change nothing else that the
statement reads, else by a function of taropy.js, which keeps JavaScript's order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of
from . import texts
from .arithmetic import combined, operands
from .operators import logical
from .private import PRIVATE, full_name
from .setting import is_pure, refuse_place
from .standing import bare, property_of
from .translator import Translator, expression, later
from .tree import Expr, Level, Refused
from .types import NUMBER, Type

if TYPE_CHECKING:
    from tree_sitter import Node

_PLACES = ("member_expression", "subscript_expression")


@expression("assignment_expression")
def assignment(t: Translator, node: Node) -> Expr:
    """`(a = b)` within an expression."""
    target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
    target = bare(target) if target is not None else None
    if target is not None and target.type in _PLACES:
        return _field_set(t, node, target, value)
    if target is None or target.type != "identifier":
        raise Refused("this pattern is not ported within an expression", "a line of its own before it")
    name = t.expr(target)
    made = t.expr(value)
    _may_be_set(t, target)
    return Expr(f"{name.text} := {made.at(Level.TERNARY)}", Level.WALRUS, made.type)


def _field_set(t: Translator, node: Node, target: Node, value: Node | None) -> Expr:
    """`(this.tasks = []).push(task)` by a line before, `start(this.task = make())` by `put`."""
    if _comes_first(node, target) and is_pure(t, target):
        later.assign(t, node)
        return t.expr(target)
    made = t.expr(value)
    return Expr(_put(t, target, made), type=made.type)


def _put(t: Translator, target: Node, made: Expr) -> str:
    base, key = _parts(t, target)
    return f"{t.helper('put')}({base}, {key}, {made.at(Level.TERNARY)})"


def _parts(t: Translator, target: Node) -> tuple[str, str]:
    """The object and the key of what is set."""
    refuse_place(t, target)
    base, key = t.text(target.child_by_field_name("object")), target.child_by_field_name("property")
    if key is None:
        return base, t.text(target.child_by_field_name("index"))
    return base, texts.literal(full_name(t, key) if key.type == PRIVATE else texts.unescaped(text_of(key)))


@expression("augmented_assignment_expression")
def augmented(t: Translator, node: Node) -> Expr:
    """`(a += b)` within an expression."""
    left, sign, right = operands(node)
    target = bare(left)
    if target.type not in ("identifier", *_PLACES):
        raise Refused("this is not set within an expression", "a line of its own before it")
    name = t.expr(target)
    if target.type == "identifier":
        _may_be_set(t, target)
    elif not name.pure:
        raise Refused("an operator that sets what is found by a call is not ported", "two lines")
    if sign in ("||=", "&&=", "??=") and target.type != "identifier":
        return _set_if(t, target, name, sign, t.expr(right))
    made = logical(t, target, sign[:-1], right) if sign in ("||=", "&&=", "??=") else None
    made = combined(t, name, sign[:-1], t.expr(right)) if made is None else made
    if target.type != "identifier":
        return Expr(_put(t, target, made), type=made.type)
    return Expr(f"{name.text} := {made.at(Level.TERNARY)}", Level.WALRUS, made.type)


def _set_if(t: Translator, target: Node, name: Expr, sign: str, made: Expr) -> Expr:
    """`this.cache ??= make()`: set only where it is missing, so that what is there is kept and nothing is made."""
    return later.either(t, name, sign[:-1], Expr(_put(t, target, made), type=made.type))


@expression("update_expression")
def update(t: Translator, node: Node) -> Expr:
    """`i++`, `--i` within an expression."""
    argument, sign = node.child_by_field_name("argument"), node.child_by_field_name("operator")
    if argument is None or sign is None:
        raise Refused("the text was not understood")
    mark, target = text_of(sign)[0], bare(argument)
    is_first = node.children[0].type == text_of(sign)
    if target.type in _PLACES:
        return _field_counted(t, node, target, mark, is_first=is_first)
    _may_be_set(t, target)
    name = t.expr(target)
    number = name.text if name.type.is_number else f"{t.helper('number')}({name.text})"
    type_ = name.type if name.type.is_number else NUMBER
    changed = f"({name.text} := {number} {mark} 1)"
    return Expr(changed, type=type_) if is_first else _before(changed, mark, type_)


def _before(changed: str, mark: str, type_: Type) -> Expr:
    """The number that it was, made of the one that it is."""
    return Expr(f"{changed} {'-' if mark == '+' else '+'} 1", Level.SUM, type_)


def _field_counted(t: Translator, node: Node, target: Node, mark: str, *, is_first: bool) -> Expr:
    """`return this.last++` by lines before, `next(this.last++)` too, `while (this.left-- > 0)` by `add_to`."""
    if not (_comes_first(node, target) and is_pure(t, target)):
        base, key = _parts(t, target)
        changed = f"{t.helper('add_to')}({base}, {key}, {'-' if mark == '-' else ''}1)"
        return Expr(changed, type=NUMBER) if is_first else _before(changed, mark, NUMBER)
    refuse_place(t, target)
    value = t.expr(target)
    before = "" if is_first else t.fresh("before")
    if before:
        t.out.write(f"{before} = {value.text}")
    t.out.write(f"{value.text} {mark}= 1")
    return Expr(before or value.text, type=value.type, pure=True)


def _may_be_set(t: Translator, target: Node) -> None:
    binding = t.binding(text_of(target))
    if binding is None or binding.kind in ("import", "class", "function"):
        raise Refused("this name can't be set within an expression")
    if id(binding) in t.standing_for:
        raise Refused("a part of a parameter that is set is not ported here")


# --- order -------------------------------------------------------------------------------------------------------

#: What is around an expression and evaluates it first, or after what is looked at; and what is a whole statement.
_AROUND = frozenset(
    [
        *("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"),
        *("await_expression", "member_expression", "subscript_expression", "call_expression", "new_expression"),
        *("arguments", "array", "object", "pair", "template_string", "template_substitution", "binary_expression"),
        *("ternary_expression", "variable_declarator", "assignment_expression", "unary_expression"),
    ]
)
_WHOLE = frozenset(
    ["return_statement", "expression_statement", "if_statement", "lexical_declaration", "variable_declaration",
     "throw_statement", "arrow_function"]
)  # fmt: skip
_LITERALS = frozenset(
    ["number", "string", "true", "false", "null", "undefined", "this", "regex", "property_identifier", "identifier",
     "shorthand_property_identifier", "super", "string_fragment", "escape_sequence"]
) | FUNCTIONS  # fmt: skip


def _comes_first(node: Node, target: Node) -> bool:
    """Whether a statement evaluates an expression once, and nothing before it that setting the target may change."""
    setting = node
    while node.parent is not None:
        around = node.parent
        if around.type in _WHOLE:
            return _is_first_of(around, node)
        if around.type not in _AROUND or not all(_is_steady(each, setting, target) for each in _earlier(around, node)):
            return False
        if _is_asked(around, node):
            return False
        node = around
    return False


def _is_first_of(statement: Node, node: Node) -> bool:
    if statement.type == "if_statement":
        return statement.child_by_field_name("condition") == node
    if statement.type == "arrow_function":
        return statement.child_by_field_name("body") == node
    if statement.type == "expression_statement" and statement.parent.type == "for_statement":  # type: ignore[union-attr]
        return False
    return next(child for child in statement.named_children if child.type != "comment") == node


def _earlier(around: Node, node: Node) -> list[Node]:
    """What is evaluated before a part of an expression, of what stands around it."""
    if around.type == "variable_declarator":
        return []
    return [child for child in around.named_children if child.end_byte <= node.start_byte and child.type != "comment"]


def _is_asked(around: Node, node: Node) -> bool:
    """Whether a part is evaluated only if another has a certain value."""
    if around.type == "ternary_expression":
        return around.child_by_field_name("condition") != node
    sign = around.child_by_field_name("operator")
    is_choice = around.type == "binary_expression" and sign is not None and text_of(sign) in ("&&", "||", "??")
    is_chain = any(child.type in ("optional_chain", "?.") for child in around.children)
    is_part = around.child_by_field_name("left") != node if is_choice else is_chain
    return is_part and _earlier(around, node) != []


def _is_steady(node: Node, setting: Node, target: Node) -> bool:
    """Whether an expression gives the same, and does nothing, whether a field is set before it or after."""
    if node.type in _LITERALS:
        return setting.type == "update_expression" or node.type != "identifier" or _is_cheap_set(setting)
    if node.type == "member_expression":
        inner = node.child_by_field_name("object")
        is_other = target.type == "member_expression" and property_of(node) != property_of(target)
        return is_other and inner is not None and _is_steady(inner, setting, target)
    if node.type in ("object", "array", "pair", "parenthesized_expression", "template_string", "template_substitution"):
        return all(_is_steady(child, setting, target) for child in node.named_children)
    return False


def _is_cheap_set(setting: Node) -> bool:
    """Whether nothing is called for the value that is set."""
    value = setting.child_by_field_name("right")
    return value is not None and value.type in _LITERALS
