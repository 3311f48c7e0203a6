"""Setting variables, fields and items, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import text_of
from . import library
from .arithmetic import added, combined, operands
from .arity import is_cheap
from .comparing import compared
from .literals import NONE, field, joined
from .operators import logical
from .patterns import assign_pattern, is_constant, items_of, refuse_change, target_name
from .standing import bare
from .translator import Translator, later
from .tree import Expr, Level, Refused

if TYPE_CHECKING:
    from tree_sitter import Node


def assign(t: Translator, node: Node) -> bool:
    """`a = b` as a line; `a = b = c` too."""
    target, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if target is None or right is None:
        raise Refused("the text was not understood")
    while target.type in ("non_null_expression", "parenthesized_expression") and target.named_children:
        target = target.named_children[0]
    if target.type == "array_pattern" and right.type == "array" and _swaps(t, target, right):
        return True
    _hold(t, target, right)
    t.hint = _hint(target)
    if right.type == "assignment_expression" and _is_plain_target(t, right):
        assign(t, right)
        made = t.expr(right.child_by_field_name("left"))
    else:
        made = t.expr(right)
    if target.type == "identifier" and is_constant(t, target):
        refuse_change(t, made)
    elif target.type == "identifier":
        t.out.write(f"{target_name(t, target)} = {made.at(Level.TERNARY)}")
    elif target.type in ("member_expression", "subscript_expression"):
        place = place_of(t, target)
        t.out.write(f"{place} = {made.at(Level.TERNARY)}")
    else:
        assign_pattern(t, target, made)
    return True


def _is_plain_target(t: Translator, node: Node) -> bool:
    """Whether what an assignment sets can be read once more: a name, or a field of one."""
    target = node.child_by_field_name("left")
    return target is not None and (target.type in ("object_pattern", "array_pattern") or is_pure(t, target))


def refuse_place(t: Translator, target: Node) -> None:
    """Raises `Refused` for a field that no port sets."""
    inner = target.child_by_field_name("object")
    if inner is None:
        return
    if text_of(inner) in ("module", "exports", "module.exports"):
        raise Refused("CommonJS exports are not ported", "a name of the module")
    if inner.type == "identifier":
        binding = t.binding(text_of(inner))
        if binding is not None and binding.kind == "enum":
            raise Refused(f"fields of a {binding.kind} are not ported", "a variable of the module")
        if binding is None and text_of(inner) in library.OBJECTS:
            raise Refused(f"`{text_of(inner)}` is every program's, and is not changed", "a function of the module")
    if inner.type == "super":
        raise Refused("a field of `super` that is set is not ported", "`this`")
    if text_of(inner).endswith(".prototype"):
        raise Refused("prototypes are not ported", "a method of the class")


def place_of(t: Translator, target: Node) -> str:
    """A field or an item that is set."""
    key = target.child_by_field_name("property")
    inner = target.child_by_field_name("object")
    if target.type == "member_expression" and key is not None and text_of(key) == "length" and inner is not None:
        return f"{t.text(inner, Level.ATOM)}.length"
    refuse_place(t, target)
    if target.type == "subscript_expression" and inner is not None:
        return _item_place(t, inner, target.child_by_field_name("index"))
    if inner is not None and key is not None and inner.type == "call_expression" and inner.id not in t.known:
        name = t.fresh("holder")
        t.out.write(f"{name} = {t.text(inner)}")
        return field(Expr(name), text_of(key)).text
    if inner is not None and key is not None and bare(inner).type == "identifier":
        base = t.expr(bare(inner))
        if base.text in ("Taro", "js_Taro") and base.text == t.helper("Taro"):
            return field(base, text_of(key)).text
    return t.text(target, Level.ATOM)


def _item_place(t: Translator, inner: Node, index: Node | None) -> str:
    """An item that is set: what its index does is done before the value is made, as JavaScript does."""
    holder, at = t.expr(inner), t.expr(index)
    if not holder.pure:
        name = t.fresh("holder")
        t.out.write(f"{name} = {holder.at(Level.TERNARY)}")
        holder = Expr(name, pure=True)
    if not at.pure:
        name = t.fresh("index")
        t.out.write(f"{name} = {at.at(Level.TERNARY)}")
        at = Expr(name, pure=True)
    return f"{holder.at(Level.ATOM)}[{at.at(Level.TERNARY)}]"


def _hold(t: Translator, target: Node, right: Node) -> None:
    """Keeps in lines before what of the target the right side changes, since JavaScript looks there first."""
    if target.type not in ("member_expression", "subscript_expression") or is_cheap(right):
        return
    for name, local in (("object", "holder"), ("index", "index")):
        part = target.child_by_field_name(name)
        if part is not None and _may_be_changed(t, part, right):
            t.known.pop(part.id, None)  # of another place where the same statement is written
            made = t.expr(part)
            kept = t.fresh(local)
            t.out.write(f"{kept} = {made.at(Level.TERNARY)}")
            t.known[part.id] = attrs.evolve(made, text=kept, level=Level.ATOM, pure=True, guards=(), reached=None)


def _may_be_changed(t: Translator, part: Node, right: Node) -> bool:
    """Whether a name or a field may be another one when the right side, which does something, has been evaluated."""
    if part.type == "identifier":
        binding = t.binding(text_of(part))
        here, inside = t.scope.function(), range(right.start_byte, right.end_byte)
        return binding is not None and any(
            scope.function() is not here or node.start_byte in inside
            for node, scope in zip(binding.written_by, binding.written_in, strict=True)
        )
    if part.type == "member_expression" and text_of(part.child_by_field_name("property") or part) in (
        t.module.program.changes.reset
    ):
        return True
    parts = (part.child_by_field_name(name) for name in ("object", "index"))
    return any(each is not None and _may_be_changed(t, each, right) for each in parts)


def _hint(target: Node) -> str:
    key = target.child_by_field_name("property")
    return text_of(key if key is not None else target) if target.type in ("identifier", "member_expression") else ""


def _swaps(t: Translator, target: Node, right: Node) -> bool:
    """`[a, b] = [b, a]`."""
    parts = items_of(target)
    values = [child for child in right.named_children if child.type != "comment"]
    if len(parts) != len(values) or any(child.type == "spread_element" for child in values):
        return False
    if any(part is None or part.is_rest or part.default is not None for part in parts):
        return False
    if any(part is not None and is_constant(t, part.target) for part in parts):
        return False
    names = [
        target_name(t, part.target) if part.target.type == "identifier" else t.text(part.target)
        for part in parts
        if part
    ]
    t.out.write(f"{', '.join(names)} = {', '.join(t.text(child) for child in values)}")
    return True


def augment(t: Translator, node: Node) -> bool:
    """`a += b` as a line."""
    left, sign, right = operands(node)
    left = bare(left)
    _hold(t, left, right)
    name = steady(t, left)
    if left.type == "identifier":
        target_name(t, left)
    place = place_of(t, left) if left.type != "identifier" else name.text
    sign = sign[:-1]
    if sign in ("??", "||", "&&"):
        if sign == "??":
            t.out.write(f"if {compared(t, name, NONE).text}:")
            with t.out.block():
                t.out.write(f"{place} = {t.text(right)}")
        else:
            made = logical(t, left, sign, right)
            t.out.write(f"{place} = {made.text}")
        return True
    made = t.expr(right)
    if sign == "+" and name.type.is_string:
        amount = made if made.type.is_string else joined(t, [added(t, made)])
        t.out.write(f"{place} += {amount.at(Level.TERNARY)}")
        return True
    result = combined(t, name, sign, made)
    in_place = result.text.startswith(f"{name.text} {sign} ")
    t.out.write(f"{place} {sign}= {made.at(Level.TERNARY)}" if in_place else f"{place} = {result.text}")
    return True


def count(t: Translator, node: Node) -> bool:
    """`i++` as a line."""
    argument, sign = node.child_by_field_name("argument"), node.child_by_field_name("operator")
    if argument is None or sign is None:
        raise Refused("the text was not understood")
    argument = bare(argument)
    name = steady(t, argument)
    if argument.type == "identifier":
        target_name(t, argument)
    place = name.text if argument.type == "identifier" else place_of(t, argument)
    t.out.write(f"{place} {text_of(sign)[0]}= 1")
    return True


def steady(t: Translator, target: Node) -> Expr:
    """What is read and set then; whatever is called to find it is called once, in lines before."""
    if target.type == "identifier" or is_pure(t, target):
        return t.expr(target)
    for field_name, name in (("object", "holder"), ("index", "index")):
        part = target.child_by_field_name(field_name)
        made = t.expr(part) if part is not None else None
        if part is not None and made is not None and not made.pure:
            local = t.fresh(name)
            t.out.write(f"{local} = {made.at(Level.TERNARY)}")
            t.known[part.id] = attrs.evolve(made, text=local, level=Level.ATOM, pure=True, guards=(), reached=None)
    return t.expr(target)


def is_pure(t: Translator, node: Node) -> bool:
    """Whether an expression can be read more than once."""
    with t.out.aside():
        return t.expr(node).pure


later.assign = assign
