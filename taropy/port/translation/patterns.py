"""Destructuring: the names of a pattern, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import key_of, text_of
from . import texts
from .access import length_of
from .arity import is_cheap
from .comparing import compared
from .literals import field
from .translator import Translator
from .tree import Expr, Level, Refused
from .types import DIGITS, OBJECT, UNKNOWN, widened

if TYPE_CHECKING:
    from tree_sitter import Node


@attrs.frozen
class Part:
    """A field or an item that a pattern takes: by which key, for which name or pattern, with which default."""

    key: str | Node | None
    target: Node
    default: Node | None = None
    is_rest: bool = False


def parts_of(pattern: Node) -> list[Part]:
    """The parts of an object's pattern."""
    found = []
    for child in pattern.named_children:
        if child.type == "comment":
            continue
        if child.type == "shorthand_property_identifier_pattern":
            found.append(Part(text_of(child), child))
        elif child.type == "object_assignment_pattern":
            left = child.child_by_field_name("left")
            if left is None:
                raise Refused("the text was not understood")
            found.append(Part(text_of(left), left, child.child_by_field_name("right")))
        elif child.type == "pair_pattern":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if key is None or value is None:
                raise Refused("the text was not understood")
            name = key_of(key)
            target, default = _with_default(value)
            found.append(Part(name if name is not None else key, target, default))
        elif child.type == "rest_pattern":
            found.append(Part(None, child.named_children[0], is_rest=True))
        else:
            raise Refused("this pattern is not ported")
    return found


def _with_default(node: Node) -> tuple[Node, Node | None]:
    if node.type in ("assignment_pattern", "object_assignment_pattern"):
        left = node.child_by_field_name("left")
        if left is not None:
            return left, node.child_by_field_name("right")
    return node, None


def items_of(pattern: Node) -> list[Part | None]:
    """The parts of an array's pattern; None where nothing is taken."""
    found: list[Part | None] = []
    before = "["
    for child in pattern.children[1:]:
        if child.type == ",":
            if before in ("[", ","):
                found.append(None)
        elif child.is_named and child.type != "comment":
            if child.type == "rest_pattern":
                found.append(Part(None, child.named_children[0], is_rest=True))
            else:
                target, default = _with_default(child)
                found.append(Part(None, target, default))
        before = child.type if child.type != "comment" else before
    return found


def is_simple_pattern(pattern: Node) -> bool:
    """Whether a parameter is a name, or a pattern of names without defaults."""
    if pattern.type == "identifier":
        return True
    if pattern.type == "object_pattern":
        return all(
            child.type == "shorthand_property_identifier_pattern"
            or (
                child.type == "pair_pattern"
                and (child.child_by_field_name("value") or child).type == "identifier"
                and (child.child_by_field_name("key") or child).type == "property_identifier"
            )
            for child in pattern.named_children
        )
    if pattern.type == "array_pattern":
        parts = items_of(pattern)
        return all(
            part is None or (part.target.type == "identifier" and part.default is None and not part.is_rest)
            for part in parts
        )
    return False


def stand_for_parts(t: Translator, pattern: Node, whole: Expr) -> None:
    """Has each name of a simple pattern stand for the part of the parameter that it is."""
    if pattern.type == "object_pattern":
        for part in parts_of(pattern):
            _stand(t, part.target, _read(t, whole, part.key))
    else:
        for index, each in enumerate(items_of(pattern)):
            if each is not None:
                _stand(t, each.target, Expr(f"{whole.text}[{index}]", type=whole.type.item or UNKNOWN, pure=True))


def _stand(t: Translator, target: Node, value: Expr) -> None:
    binding = t.binding(text_of(target))
    if binding is None or binding.writes:
        raise Refused("a part of a parameter that is set later is not ported here")
    t.standing_for[id(binding)] = value


def assign_pattern(t: Translator, target: Node, value: Expr, declares: bool = True) -> None:
    """Gives the names of a pattern, or one name, their values."""
    if target.type == "object_pattern":
        _assign_object(t, target, value)
    elif target.type == "array_pattern":
        _assign_array(t, target, value)
    elif target.type in ("identifier", "shorthand_property_identifier_pattern"):
        if is_constant(t, target):
            refuse_change(t, value)
            return
        name = target_name(t, target)
        binding = t.binding(text_of(target))
        t.set_type(binding, value.type)
        t.out.write(f"{name} = {value.at(Level.TERNARY)}")
    elif target.type in ("member_expression", "subscript_expression"):
        t.out.write(f"{t.text(target)} = {value.at(Level.TERNARY)}")
    else:
        raise Refused("this pattern is not ported")


def is_constant(t: Translator, target: Node) -> bool:
    """Whether a name that is set is a constant, and has its value already."""
    binding = t.binding(text_of(target))
    return binding is not None and binding.kind == "const" and binding.node.id != target.id


def refuse_change(t: Translator, value: Expr) -> None:
    """What JavaScript does where a constant is set: the value is made, and there is an error."""
    if not value.pure:
        t.out.write(value.text)
    t.out.write(f'{t.helper("throw")}({t.helper("TypeError")}("Assignment to constant variable."))')


def target_name(t: Translator, target: Node) -> str:
    """The Python name of what is set; `Refused` for what is none of the program's variables."""
    binding = t.binding(text_of(target))
    if binding is None:
        raise Refused(f"`{text_of(target)}` is declared nowhere in the program", "a variable of the module")
    if binding.kind == "import" or id(binding) in t.standing_for:
        raise Refused(f"`{text_of(target)}` can't be set here")
    return t.python(binding)


def _assign_object(t: Translator, pattern: Node, value: Expr) -> None:
    parts = parts_of(pattern)
    if not parts:  # of null and undefined, an error all the same
        t.out.write(f"{t.helper('rest')}({value.at(Level.TERNARY)})")
    whole = _held(t, value, len(parts))
    taken: list[str] = []
    for part in parts:
        if part.is_rest:
            rest = f"{t.helper('rest')}({', '.join([whole.text, *taken])})"
            assign_pattern(t, part.target, Expr(rest, type=OBJECT))
            continue
        taken.append(texts.literal(part.key) if isinstance(part.key, str) else _computed(t, part.key))
        _assign_part(t, part, whole, _read(t, whole, part.key))


def _computed(t: Translator, key: Node | None) -> str:
    return t.text(key.named_children[0] if key is not None else None)


def _read(t: Translator, whole: Expr, key: str | Node | None) -> Expr:
    if not isinstance(key, str):
        return Expr(f"{whole.at(Level.ATOM)}[{_computed(t, key)}]")
    if key == "length":
        return length_of(t, whole)
    return field(whole, key, whole.type.fields.get(key, UNKNOWN))


def _held(t: Translator, value: Expr, count: int) -> Expr:
    """The value under a name, if it is needed more than once."""
    if value.pure or count <= 1:
        return Expr(value.at(Level.ATOM), type=value.type, pure=value.pure)
    name = t.fresh("res" if value.text.startswith("await ") else "value")
    t.out.write(f"{name} = {value.at(Level.TERNARY)}")
    return Expr(name, type=value.type, pure=True)


def _assign_part(t: Translator, part: Part, whole: Expr, found: Expr) -> None:
    if part.default is None:
        assign_pattern(t, part.target, found)
        return
    default = t.expr(part.default)
    if default.pure and isinstance(part.key, str) and part.target.type != "object_pattern":
        keeps = found.type.kind in ("unknown", default.type.kind) and t.module.is_typed
        type_ = widened(default.type) if keeps else UNKNOWN
        assign_pattern(t, part.target, attrs.evolve(_or_default(t, whole, part.key, found, default), type=type_))
        return
    if part.target.type in ("identifier", "shorthand_property_identifier_pattern"):
        name = target_name(t, part.target)
    else:
        name = t.fresh("value")
    if isinstance(part.key, str) and not _is_empty(part.default) and not found.type.optional:  # null stays
        missing = t.helper("undefined")
        t.out.write(f"{name} = {t.helper('field')}({whole.text}, {texts.literal(part.key)}, {missing})")
        t.out.write(f"if {name} is {missing}:")
    else:
        t.out.write(f"{name} = {found.at(Level.TERNARY)}")
        t.out.write(f"if {compared(t, Expr(name, pure=True), Expr('None')).text}:")
    with t.out.block():
        t.out.write(f"{name} = {default.at(Level.TERNARY)}")
    if part.target.type in ("object_pattern", "array_pattern"):
        assign_pattern(t, part.target, Expr(name, pure=True))


def _is_empty(node: Node) -> bool:
    """Whether a default is `{}` or `[]`, which is given for null, too: programs hand on None for what is not there."""
    return node.type in ("object", "array") and not node.named_children


def _or_default(t: Translator, whole: Expr, key: str, found: Expr, default: Expr) -> Expr:
    """`{ key = default }`: the field if there is one, also if it is null, which its type may exclude."""
    name = texts.literal(key)
    if whole.type.kind not in ("object", "unknown") or not whole.pure or key == "length" or t.strict:
        return Expr(f"{t.helper('field')}({whole.text}, {name}, {default.at(Level.TERNARY)})")
    test = f"{name} in {whole.at(Level.SUM)}"
    if found.type.optional:
        test = f"{found.at(Level.SUM)} is not None"
    return Expr(f"{found.at(Level.OR)} if {test} else {default.at(Level.TERNARY)}", Level.TERNARY)


def _assign_array(t: Translator, pattern: Node, value: Expr) -> None:
    parts = items_of(pattern)
    if not parts:  # of what can't be gone through, an error all the same
        t.out.write(f"{t.helper('unpack')}({value.once}, 0)")
        return
    if parts[-1] is not None and parts[-1].is_rest:
        whole = _held(t, Expr(f"{t.helper('Array')}.from_({value.at(Level.TERNARY)})"), 2)
    elif all(
        part is not None
        and (part.default is None or (part.target.type == "identifier" and is_cheap(part.default)))
        and part.target.type in ("identifier", "member_expression", "subscript_expression")
        and not is_constant(t, part.target)
        for part in parts
    ):
        _unpack(t, [part for part in parts if part is not None], value)
        return
    else:
        whole = _held(t, Expr(f"{t.helper('Array')}({t.helper('unpack')}({value.once}, {len(parts)}))"), 2)
    for index, part in enumerate(parts):
        if part is None:
            continue
        found = f"{whole.text}.slice({index})" if part.is_rest else f"{whole.text}[{index}]"
        _assign_part(t, part, whole, Expr(found, pure=True))


def _unpack(t: Translator, parts: list[Part], value: Expr) -> None:
    """`a, b = …`, and then the defaults, which are nothing but values."""
    names = [_target(t, part.target) for part in parts]
    trailing = "," if len(names) == 1 else ""
    t.out.write(f"{', '.join(names)}{trailing} = {t.helper('unpack')}({value.once}, {len(names)})")
    for name, part in zip(names, parts, strict=True):
        if value.type.item == DIGITS and part.target.type == "identifier" and part.default is None:
            t.set_type(t.binding(text_of(part.target)), attrs.evolve(DIGITS, nullable=True))
        if part.default is not None:
            t.out.write(f"if {compared(t, Expr(name, pure=True), Expr('None')).text}:")
            with t.out.block():
                t.out.write(f"{name} = {t.text(part.default)}")


def _target(t: Translator, target: Node) -> str:
    return target_name(t, target) if target.type == "identifier" else t.text(target)
