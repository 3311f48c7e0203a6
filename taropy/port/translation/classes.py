"""Classes: fields in `__init__`, methods, properties, what is static."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import text_of
from . import comments, fields
from .calls import arguments_of
from .components import decorators_of, extends_component
from .declared import type_of_function
from .fields import name_of
from .functions import define
from .library import method as method_name
from .parameters import parameters_of
from .signatures import Signature
from .signing import of_field
from .translator import Function, Translator, later, statement
from .tree import Level, Refused
from .types import UNKNOWN, Type

if TYPE_CHECKING:
    from tree_sitter import Node

_UNDECORATED = "decorators of components are not ported"
_FUNCTIONS = ("arrow_function", "function_expression")


class Members:
    """The members of a class, as the program has them."""

    def __init__(self, body: Node) -> None:
        self.all: list[Node] = [
            child
            for child in body.named_children
            if child.type not in ("method_signature", "abstract_method_signature", "index_signature")
        ]
        self.fields: list[Node] = [
            child
            for child in self.all
            if child.type == "public_field_definition" and not is_static(child) and not _is_method(child)
        ]
        self.constructor: Node | None = next(
            (child for child in self.all if child.type == "method_definition" and name_of(child) == "constructor"), None
        )


def is_static(node: Node) -> bool:
    """Whether it belongs to the class itself."""
    return any(child.type == "static" for child in node.children)


def _is_method(node: Node) -> bool:
    """Whether it is a method, or a field that holds a function for good."""
    value = node.child_by_field_name("value")
    return node.type == "method_definition" or (value is not None and value.type in _FUNCTIONS)


def _body_around(t: Translator) -> Node | None:
    return t.classes[-1].child_by_field_name("body") if t.classes else None


def field_type(t: Translator, key: str) -> Type:
    """The type that the class around declares for a field."""
    body = _body_around(t)
    for child in body.named_children if body is not None else ():
        if child.type == "public_field_definition" and name_of(child) == key and not _is_method(child):
            declared = t.module.types.of(child.child_by_field_name("type"))
            value = child.child_by_field_name("value")
            if declared.kind != "unknown" or value is None:
                return declared
            kinds = {"number": "number", "string": "string", "array": "array", "true": "boolean", "false": "boolean"}
            kind = kinds.get(value.type) if t.module.is_typed else None
            return Type(kind) if kind is not None else UNKNOWN  # type: ignore[arg-type]
        if child.type == "method_definition" and name_of(child) == "constructor":
            for parameter in parameters_of(child):
                if parameter.is_field and text_of(parameter.pattern) == key:
                    return t.module.types.of(parameter.type)
    return UNKNOWN


def method_type(t: Translator, key: str) -> Type | None:
    """The type of a method of the class around."""
    body = _body_around(t)
    for child in body.named_children if body is not None else ():
        if name_of(child) == key and _is_method(child):
            return type_of_function(
                t.module, child.child_by_field_name("value") or child if child.type != "method_definition" else child
            )
    return None


@statement("class_declaration", "abstract_class_declaration")
def class_declaration(t: Translator, node: Node) -> None:
    """`class Cart extends Base { … }`."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        raise Refused("the text was not understood")
    decorators = decorators_of(node)
    if any(child.type == "decorator" for child in body.named_children) or (
        decorators and not extends_component(t, node)
    ):
        raise Refused("decorators are not ported")
    if any(_is_private(child) for child in body.named_children):
        raise Refused("private members with # are not ported", "members with a line before their name")
    binding = t.binding(text_of(name))
    python = t.python(binding) if binding is not None else text_of(name)
    base = _base(t, node)
    doc, t.doc = t.doc, None
    t.out.write(f"class {python}({base or t.helper('Object')}):")
    t.classes.append(node)
    try:
        with t.inside(node), t.out.block():
            if doc is not None:
                comments.write_doc(t, doc)
            for decorator in decorators:
                t.out.write(f"__undecorated__ = {t.refuse(decorator, Refused(_UNDECORATED, 'props for `mount`'))}")
            _members(t, Members(body), python, is_derived=base is not None)
        for member in body.named_children:
            if _waits(member, text_of(name)):
                with t.inside(node), t.function(Function(t.current.scope, this=python)):
                    t.out.write(f"{python}.{name_of(member)} = {t.text(member.child_by_field_name('value'))}")
    finally:
        t.classes.pop()


def _waits(member: Node, name: str) -> bool:
    """Whether a static field is made of the class itself, so that it is set when that is there."""
    value = member.child_by_field_name("value")
    if member.type != "public_field_definition" or not is_static(member) or value is None or value.type in _FUNCTIONS:
        return False
    return _uses_this(value) or _mentions(value, name)


def _mentions(node: Node, name: str) -> bool:
    if node.type == "identifier" and text_of(node) == name:
        return True
    return any(_mentions(child, name) for child in node.named_children)


def _is_private(node: Node) -> bool:
    name = node.child_by_field_name("name")
    return name is not None and name.type == "private_property_identifier"


def _base(t: Translator, node: Node) -> str | None:
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
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
        raise Refused("a class that extends what a call gives is not ported")
    return base.at(Level.TERNARY)


def _members(t: Translator, members: Members, python: str, *, is_derived: bool) -> None:
    done_init = False
    pending = []
    body = members.all
    for index, member in enumerate(body):
        if member.type == "comment":
            after = body[index + 1] if index + 1 < len(body) else None
            if after is not None and comments.is_doc(member) and _is_method(after):
                t.doc = member
            elif (after is not None and after in members.fields) or (
                index and body[index - 1] in members.fields and body[index - 1].end_point[0] == member.start_point[0]
            ):
                pending.append(member)  # written with the field, in __init__
            else:
                comments.write(t, member)
            continue
        if member in members.fields:
            continue
        if (
            member is not members.constructor
            and not done_init
            and _is_method(member)
            and not is_static(member)
            and members.constructor is None
            and members.fields
        ):
            _init(t, members, is_derived=is_derived)
            done_init = True
        if member is members.constructor:
            _init(t, members, is_derived=is_derived)
            done_init = True
        else:
            _member(t, member, python)
    if not done_init and (members.fields or members.constructor is not None):
        _init(t, members, is_derived=is_derived)


def _member(t: Translator, member: Node, python: str) -> None:
    start = len(t.out.lines)
    t.out.origin = t.line(member)
    refusals, depth = len(t.refusals), t.out.depth
    try:
        if _is_method(member):
            _method(t, member)
        elif member.type == "public_field_definition" and _waits(member, text_of(_class_name(t))):
            shown = f": {t.annotator.any}" if t.module.is_typed else ""
            t.out.write(f"{method_name(name_of(member))}{shown} = None")
        elif member.type == "public_field_definition":
            value = member.child_by_field_name("value")
            with t.function(Function(t.current.scope, this=python)):
                made = t.text(value) if value is not None else "None"
                t.out.write(f"{method_name(name_of(member))}{of_field(t, member, name_of(member))} = {made}")
        elif member.type == "class_static_block":
            raise Refused("a static block of a class is not ported", "lines behind the class")
        else:
            raise Refused("the text was not understood")
    except Refused as refused:
        del t.out.lines[start:], t.refusals[refusals:]
        t.out.depth = depth
        arguments = t.refuse(member, refused)
        t.doc = None
        accesses = any(child.type in ("get", "set") for child in member.children)
        if _is_method(member) and name_of(member).isidentifier() and not (accesses and is_static(member)):
            if accesses:  # what is read is no method, and what is set is not forgotten
                t.out.write("@property")
            head = f"(self, *_: {t.annotator.any}) -> {t.annotator.any}" if t.module.is_typed else "(self, *_)"
            t.out.write(f"def {method_name(name_of(member))}{head}:")
            with t.out.block():
                t.out.write(f"raise {t.helper('NotPorted')}{arguments}")
        else:
            t.out.write(f"{method_name(name_of(member)) or '_'} = {t.helper('Unported')}{arguments}")
    comments.write_inner(t, member, start)


def _class_name(t: Translator) -> Node:
    return t.classes[-1].child_by_field_name("name") or t.classes[-1]


def _method(t: Translator, member: Node) -> None:
    name = name_of(member)
    key = member.child_by_field_name("name")
    if key is None or key.type == "computed_property_name":
        raise Refused("a method with a computed name is not ported")
    if key.type == "string":
        name = name[1:-1]
    node = member if member.type == "method_definition" else member.child_by_field_name("value")
    if node is None:
        raise Refused("the text was not understood")
    words = {child.type for child in member.children}
    decorators: tuple[str, ...] = ()
    first, this = "self", "self"
    if is_static(member):
        uses_this = _uses_this(node)
        first, this = ("cls", "cls") if uses_this else ("", "")
        decorators = ("@classmethod",) if uses_this else ("@staticmethod",)
    if "get" in words:
        decorators = (*decorators, "@property")
    elif "set" in words:
        decorators = (f"@{method_name(name)}.setter",) if _has_getter(member, name) else ()
        if not decorators:
            raise Refused("a setter without a getter is not ported", "a method")
    if is_static(member) and words & {"get", "set"}:
        raise Refused("a static getter or setter is not ported", "a function")
    function = Function(t.module.names.scopes.get(node.id), this=this or None)
    start = len(t.out.lines)
    define(t, node, method_name(name), first=first, function=function, decorators=decorators)
    if not words & {"get", "set"} and any(is_static(each) == is_static(member) for each in _before(member, name)):
        head = next(index for index in range(start, len(t.out.lines)) if "def " in t.out.lines[index].text)
        line = t.out.lines[head]
        t.out.lines[head] = attrs.evolve(line, text=f"{line.text}  # noqa: F811")
    t.out.write("")


def _before(member: Node, name: str) -> list[Node]:
    """The methods of this name that the class has before: of several the last one counts, here as there."""
    body = member.parent
    siblings = body.named_children if body is not None else []
    return [each for each in siblings[: siblings.index(member)] if _is_method(each) and name_of(each) == name]


def _has_getter(member: Node, name: str) -> bool:
    return any(any(part.type == "get" for part in each.children) for each in _before(member, name))


def _uses_this(node: Node) -> bool:
    if node.type == "this":
        return True
    return any(
        _uses_this(child)
        for child in node.named_children
        if child.type not in ("class_declaration", "function_declaration")
    )


def _init(t: Translator, members: Members, *, is_derived: bool) -> None:
    constructor = members.constructor
    if constructor is None:
        scope = t.current.scope
        t.out.write(
            f"def __init__(self{_passed_on(t) if is_derived else ''}){' -> None' if t.module.is_typed else ''}:"
        )
        with t.function(Function(scope, this="self")), t.out.block():
            if is_derived:
                t.out.write("super().__init__(*arguments)")
            fields.write(t, members.all, members.fields, {}, t.classes[-1])
        t.out.write("")
        return
    function = Function(
        t.module.names.scopes.get(constructor.id), this="self", is_constructor=True, is_derived=is_derived
    )
    body = constructor.child_by_field_name("body")
    statements = [child for child in body.named_children if child.type != "comment"] if body is not None else []
    hands_on = is_derived and bool(statements) and _hands_all_on(statements[0]) and not parameters_of(constructor)
    if is_derived and not (statements and _is_super(statements[0])):
        raise Refused("a constructor that does something before `super()` is not ported", "the lines after it")

    def begin(signature: Signature) -> None:
        if is_derived:
            call = statements[0].named_children[0]
            given = "*arguments" if hands_on else arguments_of(t, call.child_by_field_name("arguments"))  # type: ignore[arg-type]
            t.out.write(f"super().__init__({given})")
            t.skipped.add(statements[0].id)
        for each in signature.fields:
            own, _, name = each.partition("\0")
            t.out.write(f"{fields.own(own)} = {name or own}")
        sets = fields.set_at_once(t, members.fields, constructor, is_derived=is_derived)
        fields.write(t, members.all, members.fields, sets, t.classes[-1])

    first = f"self{_passed_on(t)}" if hands_on else "self"
    define(t, constructor, "__init__", first=first, function=function, begin=begin)
    t.out.write("")


def _passed_on(t: Translator) -> str:
    return f", *arguments: {t.annotator.any}" if t.module.is_typed else ", *arguments"


def _is_super(node: Node) -> bool:
    call = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
    function = call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None
    return function is not None and function.type == "super"


def _hands_all_on(node: Node) -> bool:
    """Whether it is `super(...arguments)`."""
    call = node.named_children[0] if node.named_children else node
    arguments = call.child_by_field_name("arguments")
    return _is_super(node) and arguments is not None and text_of(arguments) == "(...arguments)"


later.field_type = field_type
later.method_type = method_type
