"""Comparing, and what is asked of a value: `===`, `==`, `typeof`, `in`, `instanceof`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, declares_method, string_of, text_of
from . import library
from .arithmetic import helped
from .arity import is_cheap
from .standing import bare
from .translator import Translator
from .tree import Expr, Level, Refused
from .truths import is_truth
from .types import BOOLEAN, STRING

if TYPE_CHECKING:
    from tree_sitter import Node

#: What may be translated without anything being written for it.
_PLAIN = frozenset(["string", "number", "identifier", "member_expression"])
_KINDS_BY_TEST = {"string": "str", "boolean": "bool"}


def equality(t: Translator, left: Node, sign: str, right: Node) -> Expr:
    """`===`, `==` and their opposites."""
    for one, other in ((left, right), (right, left)):
        asked = asked_kind(t, one, string_of(other)) or _asked_absence(t, one, string_of(other))
        if asked is not None:
            return negated(asked) if sign[0] == "!" else asked
    held = asked_place(t, left, sign, right)
    if held is not None:
        return held
    value, literal, is_same = t.expr(left), t.expr(right), sign[0] == "="
    if value.reached is not None and literal.pure and (literal.type.kind == "nothing" or _is_there(literal)):
        test = compared(t, value.reached, literal, strict=len(sign) == 3)
        test = test if is_same else negated(test)
        asks_absence = literal.type.kind == "nothing"
        return test.unless(value.guards) if is_same is asks_absence else test.after(value.guards)
    found = compared(t, value, literal, strict=len(sign) == 3)
    return found if is_same else negated(found)


def compared(t: Translator, left: Expr, right: Expr, *, strict: bool = True) -> Expr:
    """Whether both are the same, strictly or after JavaScript's conversions."""
    pure = left.pure and right.pure
    left, right = _as_zero(left, right), _as_zero(right, left)
    for one, other in ((left, right), (right, left)):
        if other.text == "None" and of_native(t, one):
            return Expr(f"not {one.text}", Level.NOT, BOOLEAN, pure)
        if other.text == "None":
            return Expr(f"{one.at(Level.SUM)} is None", Level.COMPARE, BOOLEAN, pure)
        if strict and other.text in ("True", "False"):
            return Expr(f"{one.at(Level.SUM)} is {other.text}", Level.COMPARE, BOOLEAN, pure)
    sign = _sign(t, left, right, strict=strict)
    if sign is not None:
        return Expr(f"{left.at(Level.SUM)} {sign} {right.at(Level.SUM)}", Level.COMPARE, BOOLEAN, pure)
    return helped(t, "same" if strict else "eq", left, right, BOOLEAN)


def _as_zero(value: Expr, other: Expr) -> Expr:
    """A value that is compared with another, of which only matters whether it is 0 if the other is."""
    return attrs.evolve(value, text=value.or_zero) if value.or_zero and other.written == 0 else value


def _is_there(value: Expr) -> bool:
    """Whether it is surely neither null nor undefined."""
    return value.text != "None" and value.type.kind != "unknown" and not value.type.nullable


def _sign(t: Translator, left: Expr, right: Expr, *, strict: bool) -> str | None:
    """Python's operator that means the same for these two; None if there is none."""
    if left.type.kind == right.type.kind and left.type.kind in ("string", "number", "boolean"):
        return "=="
    for one, other in ((left, right), (right, left)):
        if one.type.literal not in (None, 0, 1) and strict:
            return "=="
        if strict and (one.type.kind == "string" or (one.type.name == "enum" and not t.strict)):
            return "=="
        if one.type.kind in ("object", "array", "instance", "map", "set") and strict:
            return "==" if other.type.kind in ("number", "string", "boolean") else "is"
        if strict and not t.strict and _is_no_truth(t, one, other):
            return "=="
        if not strict and not t.strict and isinstance(one.written, str) and _is_only_a_text(one.written, other):
            return "=="
    return None


def _is_no_truth(t: Translator, field: Expr, other: Expr) -> bool:
    """Whether a field of which nothing is known is hardly true or false: the program gives it neither of them.

    Python's `==` differs from `===` only where a truth meets 1 or 0.
    """
    named = _FIELD.fullmatch(field.text) if field.pure and field.type.kind == "unknown" else None
    if named is None or other.type.kind in ("boolean", "nothing"):
        return False
    beside = _FIELD.fullmatch(other.text)
    return not any(is_truth(t.module.program, each[1] or each[2]) for each in (named, beside) if each is not None)


def _is_only_a_text(text: str, other: Expr) -> bool:
    """Whether `==` with a text is true of nothing but this text: no number and no boolean becomes it."""
    return not library.is_number(text) and other.type.kind in ("unknown", "string", "number", "boolean")


_OPPOSITES = ((" is ", " is not "), (" == ", " != "), (" in ", " not in "))
#: `item.status`, and `get(item, "status")`, which may be nothing's: the field's name is the first or the second group.
_FIELD = re.compile(r"""[\w.\[\]]+\.([A-Za-z_]\w*)|(?:js_)?get\([\w.\[\]]+, "(\w+)"\)""")
#: A text in Python's code.
_WRITTEN = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')


def negated(value: Expr) -> Expr:
    """The opposite of a question."""
    code = _outermost(_WRITTEN.sub(lambda found: "_" * len(found[0]), value.text))
    for sign, opposite in _OPPOSITES:
        if value.level is Level.COMPARE and code.count(sign) == 1 and " if " not in code:
            before, after = value.text[: code.index(sign)], value.text[code.index(sign) + len(sign) :]
            return attrs.evolve(value, text=f"{before}{opposite}{after}")
    if value.text.startswith("not ") and value.level is Level.NOT:
        return Expr(f"bool({value.text[4:]})", type=BOOLEAN, pure=value.pure)
    return Expr(f"not {value.at(Level.NOT)}", Level.NOT, BOOLEAN, value.pure)


def _outermost(code: str) -> str:
    """The code with what stands in brackets blanked: `f(a is None) == b` asks whether two are equal."""
    depth, shown = 0, ""
    for char in code:
        depth -= char in ")]}"
        shown += "_" if depth else char
        depth += char in "([{"
    return shown


def asked_kind(t: Translator, node: Node, kind: str | None) -> Expr | None:
    """`typeof value === 'string'`."""
    while node.type == "parenthesized_expression":
        node = node.named_children[0]
    if node.type != "unary_expression" or node.children[0].type != "typeof" or kind is None:
        return None
    argument = node.child_by_field_name("argument")
    if argument is not None and is_elsewhere(t, argument):
        return Expr(str(kind == "undefined"), type=BOOLEAN, pure=True)
    refuse_undeclared(t, argument)
    value = t.expr(argument)
    inner = argument.child_by_field_name("object") if argument is not None else None
    if argument is not None and (is_native(t, argument) or (inner is not None and is_native(t, inner))):
        there = "object" if inner is None else "function"
        texts = {there: f"bool({value.text})", "undefined": f"not {value.text}"}
        return Expr(texts.get(kind, "False"), Level.NOT, BOOLEAN, pure=True)
    if _may_be_null(value) and kind in ("object", "undefined"):
        return _asked_of_null(t, value, kind)
    if kind == "undefined":
        return Expr(f"{value.at(Level.SUM)} is None", Level.COMPARE, BOOLEAN, value.pure)
    if kind == "function" and value.pure:
        return Expr(f"callable({value.at(Level.TERNARY)})", type=BOOLEAN, pure=True)
    if kind in _KINDS_BY_TEST:
        return Expr(f"isinstance({value.at(Level.TERNARY)}, {_KINDS_BY_TEST[kind]})", type=BOOLEAN, pure=value.pure)
    return Expr(f'{t.helper("typeof")}({value.at(Level.TERNARY)}) == "{kind}"', Level.COMPARE, BOOLEAN, value.pure)


def _may_be_null(value: Expr) -> bool:
    """Whether None is null there, by its type, and not undefined."""
    return value.type.null and (value.type.nullable or value.type.kind == "nothing")


def _asked_of_null(t: Translator, value: Expr, kind: str) -> Expr:
    """Whether a value that may be null is an object, as null is to `typeof`, or undefined, as it never is."""
    if kind == "undefined" and value.pure:
        return Expr("False", type=BOOLEAN, pure=True)
    return Expr(f'({kind_of(t, value).text}) == "{kind}"', Level.COMPARE, BOOLEAN, value.pure)


def kind_of(t: Translator, value: Expr) -> Expr:
    """`typeof value`: "object" of what is null by its type."""
    if value.text == "None" and value.type.null:
        return Expr('"object"', type=STRING, pure=True, written="object")
    if not _may_be_null(value):
        return Expr(f"{t.helper('typeof')}({value.at(Level.TERNARY)})", type=STRING, pure=value.pure)
    name = value.at(Level.SUM) if value.pure else t.fresh("found")
    asked = name if value.pure else f"({name} := {value.at(Level.TERNARY)})"
    return Expr(f'"object" if {asked} is None else {t.helper("typeof")}({name})', Level.TERNARY, STRING, value.pure)


def _asked_absence(t: Translator, node: Node, tag: str | None) -> Expr | None:
    """`Object.prototype.toString.call(value) === '[object Undefined]'`, of null and undefined."""
    arguments = node.child_by_field_name("arguments")
    if tag not in ("[object Undefined]", "[object Null]") or arguments is None or arguments.named_child_count != 1:
        return None
    if text_of(node.child_by_field_name("function") or node) != "Object.prototype.toString.call":
        return None
    value = t.expr(arguments.named_children[0])
    return Expr(f"{value.at(Level.SUM)} is None", Level.COMPARE, BOOLEAN, value.pure)


def refuse_undeclared(t: Translator, asked: Node | None) -> None:
    """`Refused` if `typeof` asks about a name that nothing declares: what stands for it would answer."""
    asked = bare(asked) if asked is not None else None
    if asked is not None and asked.type == "identifier" and _is_undeclared(t, asked):
        raise Refused(f"whether there is `{text_of(asked)}`, which nothing declares, is not known")


def _is_undeclared(t: Translator, node: Node) -> bool:
    return t.binding(text_of(node)) is None and t.expr(node).text == t.undeclared.get(text_of(node))


def is_native(t: Translator, node: Node) -> bool:
    """Whether a name is that of a platform's native object, which is an object on its platform, and nowhere else."""
    return node.type == "identifier" and text_of(node) in library.NATIVES and t.binding(text_of(node)) is None


def of_native(t: Translator, value: Expr) -> bool:
    """Whether it is a member of a platform's native object: what that has not is false, and is not None."""
    name, _, member = value.text.partition(".")
    native = name.removeprefix("js_")
    return member.isidentifier() and native in library.NATIVES & t.helpers and t.helper(native) == name


def is_elsewhere(t: Translator, node: Node) -> bool:
    """Whether a name is one of a web page's, which is nowhere here: its `typeof` is "undefined"."""
    return node.type == "identifier" and text_of(node) in library.ELSEWHERE and t.binding(text_of(node)) is None


def within(t: Translator, left: Node, right: Node) -> Expr:
    key, value = t.expr(left), t.expr(right)
    if value.type.is_object:
        return Expr(f"{key.at(Level.SUM)} in {value.at(Level.SUM)}", Level.COMPARE, BOOLEAN, key.pure and value.pure)
    return helped(t, "has_property", value, key, BOOLEAN)


#: What `indexOf` is compared with, and whether something is found there then.
_PLACES = {
    **dict.fromkeys([("===", "-1"), ("==", "-1"), ("<", "0"), ("<=", "-1")], False),
    **dict.fromkeys([("!==", "-1"), ("!=", "-1"), (">", "-1"), (">=", "0")], True),
}


def asked_place(t: Translator, left: Node, sign: str, right: Node) -> Expr | None:
    """`url.indexOf("?") > -1` as `"?" in url`; None for all else."""
    is_there = _PLACES.get((sign, text_of(right).strip("()")))
    function, arguments = left.child_by_field_name("function"), left.child_by_field_name("arguments")
    if is_there is None or function is None or arguments is None or left.type != "call_expression":
        return None
    inner, key = function.child_by_field_name("object"), function.child_by_field_name("property")
    given = [child for child in arguments.named_children if child.type != "comment"]
    if inner is None or key is None or text_of(key) not in ("indexOf", "lastIndexOf") or len(given) != 1:
        return None
    if (
        declares_method(t.module.parsed.root, text_of(key))
        or has_chain(left)
        or given[0].type == "spread_element"
        or not is_certain_to_be_still(inner, given[0])
    ):
        return None
    try:
        with t.out.aside() as lines:
            found = holds(t, t.expr(inner), t.expr(given[0]))
    except Refused:
        return None  # a module, or `super`, which is no value by itself
    if found is None or lines:
        return None
    return found if is_there else negated(found)


def has_chain(node: Node) -> bool:
    """Whether there is a `?.` in it."""
    return node.type == "optional_chain" or any(map(has_chain, node.children))


def is_certain_to_be_still(*nodes: Node) -> bool:
    """Whether these may be translated twice, and be evaluated the other way round."""
    return all(map(is_cheap, nodes)) and not any(node.type in FUNCTIONS for node in nodes)


def holds(t: Translator, value: Expr, item: Expr) -> Expr | None:
    """`item in value`, of a text or an array, where Python finds what JavaScript finds; None where it may not."""
    is_asked = value.type.kind in ("string", "array") or (value.type.kind == "unknown" and not t.strict)
    if not is_asked or not item.type.is_string or item.type.name == "enum":
        return None
    text = f"{item.at(Level.SUM)} in {value.at(Level.SUM)}"
    return Expr(text, Level.COMPARE, BOOLEAN, value.pure and item.pure)


def one_of(t: Translator, array: Node, arguments: Node) -> Expr | None:
    """`['a', 'b'].includes(kind)` as `kind in ("a", "b")`; None where `in` may find another thing than JavaScript."""
    nodes = [child for child in array.named_children if child.type != "comment"]
    asked = [child for child in arguments.named_children if child.type != "comment"]
    if array.type != "array" or not nodes or len(asked) != 1:
        return None
    if any(node.type not in _PLAIN for node in (*nodes, *asked)):
        return None
    items, value = [t.expr(node) for node in nodes], t.expr(asked[0])
    if not value.pure or not all(_is_found(t, item, value) for item in items):
        return None
    if len(items) == 1:
        return compared(t, value, items[0])
    text = f"{value.at(Level.SUM)} in ({', '.join(item.at(Level.TERNARY) for item in items)})"
    return Expr(text, Level.COMPARE, BOOLEAN, pure=True)


def _is_found(t: Translator, item: Expr, value: Expr) -> bool:
    """Whether Python finds a value equal to an item where JavaScript does, and nowhere else: 1 is true in Python."""
    if item.type.is_number and item.written is not None:
        return item.written not in (0, 1) or value.type.kind in ("number", "string")
    return item.pure and (item.type.is_string or (item.type.name == "enum" and not t.strict))


def is_made_by(t: Translator, value: Expr, kind: Expr) -> Expr:
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
    return helped(t, "instanceof", value, kind, BOOLEAN)
