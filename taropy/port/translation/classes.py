"""Classes: fields in `__init__`, methods, properties, what is static."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ..names import text_of
from . import comments, fields, packages
from .class_init import FUNCTION_VALUES, Members, is_method, is_static, write_init
from .components import decorators_of, extends_component
from .declared import type_of_function
from .fields import name_of
from .functions import define, empty_getter
from .library import method as method_name
from .literals import field
from .private import PRIVATE, attribute_of, full_name
from .signing import of_field
from .texts import literal
from .translator import Function, Translator, expression, later, statement
from .tree import Expr, Level, Refused
from .types import UNKNOWN, Type

if TYPE_CHECKING:
    from tree_sitter import Node

_UNDECORATED = "decorators of components are not ported"


def _body_around(t: Translator) -> Node | None:
    return t.classes[-1].child_by_field_name("body") if t.classes else None


def field_type(t: Translator, key: str) -> Type:
    """The type that the class around declares for a field."""
    body = _body_around(t)
    for child in body.named_children if body is not None else ():
        if child.type == "public_field_definition" and name_of(child) == key and not is_method(child):
            declared = t.module.types.of(child.child_by_field_name("type"))
            value = child.child_by_field_name("value")
            if declared.kind != "unknown" or value is None:
                return declared
            kinds = {"number": "number", "string": "string", "array": "array", "true": "boolean", "false": "boolean"}
            kind = kinds.get(value.type) if t.module.is_typed else None
            return Type(kind) if kind is not None else UNKNOWN  # type: ignore[arg-type]
        if child.type == "method_definition" and name_of(child) == "constructor":
            for parameter in t.module.parameters_of(child):
                if parameter.is_field and text_of(parameter.pattern) == key:
                    return t.module.types.of(parameter.type)
    return UNKNOWN


def method_type(t: Translator, key: str) -> Type | None:
    """The type of a method of the class around."""
    body = _body_around(t)
    for child in body.named_children if body is not None else ():
        if name_of(child) == key and is_method(child):
            return type_of_function(
                t.module, child.child_by_field_name("value") or child if child.type != "method_definition" else child
            )
    return None


@statement("class_declaration", "abstract_class_declaration")
def class_declaration(t: Translator, node: Node) -> None:
    """`class Cart extends Base { … }`."""
    name = node.child_by_field_name("name")
    if name is None:
        raise Refused("the text was not understood")
    binding = t.binding(text_of(name))
    write_class(t, node, t.python(binding) if binding is not None else text_of(name))


@expression("class")
def class_value(t: Translator, node: Node) -> Expr:
    """`class { … }` as a value: the name of a class that is written before."""
    hint, t.hint = t.hint, ""
    name = node.child_by_field_name("name")
    binding = t.module.names.scopes[node.id].bindings.get(text_of(name)) if name is not None else None
    is_named = node.parent is not None and node.parent.type in ("pair", "variable_declarator", "assignment_expression")
    made = f"{hint[:1].upper()}{hint[1:]}" if is_named and hint else "Extended" if _heritage(node) else "Made"
    python = t.python(binding) if binding is not None else t.fresh(made)
    write_class(t, node, python)
    return Expr(python, pure=True)


def write_class(t: Translator, node: Node, python: str) -> None:
    """Writes a class under a name, and behind it what is made of the class itself."""
    body = node.child_by_field_name("body")
    if body is None:
        raise Refused("the text was not understood")
    if any(child.type == "decorator" for child in body.named_children):
        raise Refused("decorators of members are not ported", "what they do, in the method")
    decorators = decorators_of(node)
    applied = [_applied(t, decorator) for decorator in decorators]
    if None in applied and not extends_component(t, node):
        raise Refused(f"the decorator {text_of(decorators[applied.index(None)])[:40]} is not ported")
    base = _base(t, node, python)
    doc, t.doc = t.doc, None
    is_any = t.module.is_typed and base is not None and _is_any(t, node, base)
    mark = "  # type: ignore[misc]" if is_any else ""
    t.annotator.trusts = t.annotator.trusts or is_any
    for made in applied if None not in applied else ():
        t.out.write(f"@{t.helper('decorated')}({made})")
        t.classes_decorated.add(node.id)
    start = len(t.out.lines)
    t.out.write(f"class {python}({base or t.helper('Object')}):{mark}")
    t.classes.append(node)
    t.class_names[node.id] = python
    try:
        with t.inside(node), t.out.block():
            if doc is not None:
                comments.write_doc(t, doc)
            for decorator in decorators if None in applied else ():
                t.out.write(f"__undecorated__ = {t.refuse(decorator, Refused(_UNDECORATED, 'props for `mount`'))}")
            _members(t, Members(body), python, is_derived=base is not None)
        t.classes_left.add(node.id)
        for member in body.named_children:
            if _waits(t, member):
                _write_behind(t, node, member, python)
            elif _is_no_word(member) and any(f"def {_word_for(member)}(" in each.text for each in t.out.lines[start:]):
                t.out.write(f"setattr({python}, {literal(name_of(member))}, {python}.{_word_for(member)})")
    finally:
        t.classes.pop()


def _applied(t: Translator, decorator: Node) -> str | None:
    """What a decorator is; None if Python has not what it is of."""
    binding = t.binding(re.split(r"\W", text_of(decorator)[1:], maxsplit=1)[0])
    if binding is None:
        return None
    is_import = binding.kind == "import" and t.module.program.imported(binding.module, t.module) is None
    if is_import and packages.imported(t, binding) is None:
        return None
    try:
        return t.text(decorator.named_children[0])
    except Refused:
        return None


def _write_behind(t: Translator, node: Node, member: Node, python: str) -> None:
    """A static field, or a block, for which the class has to be there."""
    outer, t.current.this = t.current.this, python
    t.out.origin = t.line(member)
    try:
        with t.inside(node):
            if member.type == "class_static_block":
                inner = member.child_by_field_name("body") or member
                with t.inside(inner):
                    later.block(t, inner.children[1:-1])
                return
            key = member.child_by_field_name("name")
            own = full_name(t, key) if key is not None and key.type == PRIVATE else name_of(member)
            t.out.write(f"{field(Expr(python), own).text} = {t.text(member.child_by_field_name('value'))}")
    finally:
        t.current.this = outer


def _waits(t: Translator, member: Node) -> bool:
    """Whether it is set when the class is there: it is made of that, or is made after what is."""
    if member.type == "class_static_block":
        return True
    value = member.child_by_field_name("value")
    if (
        member.type != "public_field_definition"
        or not is_static(member)
        or value is None
        or value.type in FUNCTION_VALUES
    ):
        return False
    if _uses_this(value) or _mentions(value, text_of(_class_name(t))):
        return True
    earlier = member.parent.named_children if member.parent is not None else []
    blocks = [each for each in earlier if each.type == "class_static_block" and each.end_byte < member.start_byte]
    return bool(blocks) and not fields.is_still(value)


def _mentions(node: Node, name: str) -> bool:
    if node.type == "identifier" and text_of(node) == name:
        return True
    return any(_mentions(child, name) for child in node.named_children)


def _heritage(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type == "class_heritage"), None)


def _base(t: Translator, node: Node, python: str) -> str | None:
    heritage = _heritage(node)
    if heritage is None:
        return None
    clause = next((child for child in heritage.named_children if child.type != "implements_clause"), None)
    if clause is None:
        return None
    value = clause.child_by_field_name("value") if clause.type == "extends_clause" else clause
    base = t.expr(value)
    if base.type.kind == "class" and base.type.name in ("Array", "Map", "Set", "Promise", "Function", "Date", "RegExp"):
        raise Refused(f"a class that extends {base.type.name} is not ported", "a class that has one")
    if not base.pure:
        name = t.fresh(f"{python}Base")
        t.out.write(f"{name}{f': {t.annotator.any}' if t.module.is_typed else ''} = {base.at(Level.TERNARY)}")
        return name
    return base.at(Level.TERNARY)


def _is_any(t: Translator, node: Node, base: str) -> bool:
    """Whether checkers know nothing of a base: one that a call gives, and a parameter."""
    clause = _heritage(node)
    binding = t.binding(text_of(clause).removeprefix("extends").strip()) if clause is not None else None
    return base in t.current.made or (binding is not None and binding.kind == "parameter")


def _members(t: Translator, members: Members, python: str, *, is_derived: bool) -> None:
    done_init = False
    pending = []
    body = members.all
    for index, member in enumerate(body):
        if member.type == "comment":
            after = body[index + 1] if index + 1 < len(body) else None
            if after is not None and comments.is_doc(member) and is_method(after):
                t.doc = member
            elif (after is not None and after in members.fields) or (
                index and body[index - 1] in members.fields and body[index - 1].end_point[0] == member.start_point[0]
            ):
                pending.append(member)  # written with the field, in __init__
            else:
                comments.write(t, member)
            continue
        if member in members.fields or member.id in t.skipped:
            continue
        if (
            member is not members.constructor
            and not done_init
            and is_method(member)
            and not is_static(member)
            and members.constructor is None
            and members.fields
        ):
            write_init(t, members, is_derived=is_derived)
            done_init = True
        if member is members.constructor:
            write_init(t, members, is_derived=is_derived)
            done_init = True
        else:
            _member(t, member, python)
    if not done_init and (members.fields or members.constructor is not None):
        write_init(t, members, is_derived=is_derived)


def _member(t: Translator, member: Node, python: str) -> None:
    start = len(t.out.lines)
    t.out.origin = t.line(member)
    refusals, depth = len(t.refusals), t.out.depth
    try:
        if is_method(member):
            _method(t, member)
        elif member.type == "class_static_block":
            return  # which is written behind the class
        elif _waits(t, member):
            shown = f": {t.annotator.any}" if t.module.is_typed else ""
            t.out.write(f"{attribute(member)}{shown} = None")
        elif member.type == "public_field_definition":
            value = member.child_by_field_name("value")
            with t.function(Function(t.current.scope, this=python)):
                made = t.text(value) if value is not None else "None"
                t.out.write(f"{attribute(member)}{of_field(t, member, name_of(member))} = {made}")
        else:
            raise Refused("the text was not understood")
    except Refused as refused:
        del t.out.lines[start:], t.refusals[refusals:]
        t.out.depth = depth
        arguments = t.refuse(member, refused)
        t.doc = None
        accesses = any(child.type in ("get", "set") for child in member.children)
        if is_method(member) and attribute(member).isidentifier() and not (accesses and is_static(member)):
            if accesses:  # what is read is no method, and what is set is not forgotten
                t.out.write("@property")
            head = f"(self, *_: {t.annotator.any}) -> {t.annotator.any}" if t.module.is_typed else "(self, *_)"
            t.out.write(f"def {attribute(member)}{head}:")
            with t.out.block():
                t.out.write(f"raise {t.helper('NotPorted')}{arguments}")
        else:
            name = "__iter__" if name_of(member) == "[Symbol.iterator]" else attribute(member)
            t.out.write(f"{name if name.isidentifier() else '_'} = {t.helper('Unported')}{arguments}")
    comments.write_inner(t, member, start)


def _class_name(t: Translator) -> Node:
    return t.classes[-1].child_by_field_name("name") or t.classes[-1]


def _method(t: Translator, member: Node) -> None:
    name = name_of(member)
    key = member.child_by_field_name("name")
    if key is None or key.type == "computed_property_name":
        raise Refused("a method with a computed name is not ported")
    node = member if member.type == "method_definition" else member.child_by_field_name("value")
    if node is None:
        raise Refused("the text was not understood")
    words = {child.type for child in member.children}
    python = attribute(member)
    if _is_no_word(member):
        if is_static(member) or words & {"get", "set"}:
            raise Refused(f"the name {name} of a static member or an accessor is not ported", "a word")
        python = _word_for(member)
    decorators: tuple[str, ...] = ()
    first, this = "self", "self"
    if is_static(member):
        uses_this = _uses_this(node)
        first, this = ("cls", "cls") if uses_this else ("", "")
        decorators = ("@classmethod",) if uses_this else ("@staticmethod",)
    if is_static(member) and words & {"get", "set"}:
        first = f"cls: {t.annotator.any}" if t.module.is_typed else "cls"
        this, decorators = "cls", (f"@{t.helper('class_getter')}",)
        if "set" in words or _accessor(member, name, "set") is not None:
            raise Refused("a static setter is not ported", "a function")
    elif "get" in words:
        decorators = ("@property",)
    elif "set" in words:
        decorators = (f"@{python}.setter",)
        _before_setter(t, member, name, python)
    before = _before(member, name) if not words & {"get", "set"} else []
    if any(is_static(each) != is_static(member) for each in before):
        decorators = (f"@{t.helper('beside')}({python})", *decorators)
    function = Function(t.module.names.scopes.get(node.id), this=this or None, is_method=True)
    start = len(t.out.lines)
    define(t, node, python, first=first, function=function, decorators=decorators)
    if before:
        head = next(index for index in range(start, len(t.out.lines)) if "def " in t.out.lines[index].text)
        line = t.out.lines[head]
        t.out.lines[head] = attrs.evolve(line, text=f"{line.text}  # noqa: F811")
    t.out.write("")


def attribute(member: Node) -> str:
    """The name of a member in the class."""
    name, key = name_of(member), member.child_by_field_name("name")
    if key is not None and key.type == PRIVATE:
        return attribute_of(name)
    return method_name(name)


def _is_no_word(member: Node) -> bool:
    """Whether a method has a name that Python's attributes can't have, or that a class changes: `__get`."""
    key = member.child_by_field_name("name")
    if not is_method(member) or key is None or key.type == PRIVATE:
        return False
    return not attribute(member).isidentifier() or attribute(member)[:2] == "__"


def _word_for(member: Node) -> str:
    """The name in Python of a method whose own is no word, as `'a-b'`: one that no other member has."""
    siblings = member.parent.named_children if member.parent is not None else []
    name = re.sub(r"\W|^(?=\d)", "_", name_of(member).replace("__", "_"))
    while any(name_of(each) == name for each in siblings):
        name += "_"
    return name


def _before_setter(t: Translator, setter: Node, name: str, python: str) -> None:
    """Writes what Python needs before a setter: the getter that follows it, or one that gives nothing."""
    getter = _accessor(setter, name, "get")
    if getter is not None and getter.start_byte < setter.start_byte:
        return
    if getter is not None:
        _method(t, getter)
        t.skipped.add(getter.id)
        return
    empty_getter(t, python)
    t.out.write("")


def _accessor(member: Node, name: str, word: str) -> Node | None:
    """The class's getter or setter of a name."""
    siblings = member.parent.named_children if member.parent is not None else []
    same = (each for each in siblings if name_of(each) == name and is_static(each) == is_static(member))
    return next((each for each in same if any(part.type == word for part in each.children)), None)


def _before(member: Node, name: str) -> list[Node]:
    """The methods of this name that the class has before: of several the last one counts, here as there."""
    body = member.parent
    siblings = body.named_children if body is not None else []
    return [each for each in siblings[: siblings.index(member)] if is_method(each) and name_of(each) == name]


def _uses_this(node: Node) -> bool:
    if node.type in ("this", "super"):
        return True
    return any(
        _uses_this(child)
        for child in node.named_children
        if child.type not in ("class_declaration", "function_declaration")
    )


later.field_type = field_type
later.method_type = method_type
