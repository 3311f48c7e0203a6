"""Declarations of types: an object's fields as a `TypedObj`, another type's name as a `TypeAlias`."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..names import key_of, text_of
from . import comments
from .annotations import Annotator
from .protocols import is_protocol, method
from .translator import Translator, statement
from .type_names import TypeName, find, form_of, members_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module

_FIELDS = ("property_signature", "method_signature")


@statement("interface_declaration", "type_alias_declaration")
def type_declaration(t: Translator, node: Node) -> None:
    """A type; one that Python has no words for stays as a comment."""
    name = text_of(node.child_by_field_name("name") or node)
    is_known = t.module.declared_types.get(name) == node
    form = form_of(t.module, name, node) if is_known else "untold"
    if form == "shape":
        _shape(t, node, name)
        return
    if t.doc is not None:
        comments.write(t, t.doc)
    if form == "untold":
        as_comment(t, node)
    else:
        _alias(t, node, name, "Any" if form == "anything" else t.annotator.of(_said(node)))


def as_comment(t: Translator, node: Node) -> None:
    """The original as a comment, where Python has no words for it."""
    for line in text_of(node).splitlines():
        t.out.write(f"# {line}".rstrip())
    for comment in comments.all_in(t.module.index, node):
        t.done.add(comment.id)


def _alias(t: Translator, node: Node, name: str, text: str) -> None:
    """`type Mode = 'fast' | 'slow'`; of what Python has no words for, the name remains, and the original above it."""
    if text == "Any":
        as_comment(t, node)
    if text.startswith("Literal[") or text in ("str", "float", "bool"):
        t.out.write(f"{name} = {text}")
        return
    t.annotator.typing.add("TypeAlias")
    t.out.write(f"{name}: TypeAlias = {t.annotator.any if text == 'Any' else _quoted(text)}")


def _quoted(text: str) -> str:
    """As a text, which is not looked at when the module is run: what it names may come later."""
    return f"'{text}'" if '"' in text else f'"{text}"'


def _said(node: Node) -> Node | None:
    """What an alias stands for; of an interface of a function, its call."""
    body = node.child_by_field_name("body")
    calls = [child for child in body.named_children if child.type == "call_signature"] if body is not None else []
    return node.child_by_field_name("value") or (calls[0] if calls else None)


# --- shapes ------------------------------------------------------------------------------------------------------


def _shape(t: Translator, node: Node, name: str) -> None:
    doc, t.doc = t.doc, None
    parameters = t.annotator.parameters_of_declaration(node)
    t.annotator.parameters.append(parameters)
    try:
        bases, bodies, is_open = _parts_of(t, node)
        variables = [text for text in parameters.values() if text != "Any"]
        protocol = not is_open and is_protocol(t.module, node)
        if protocol:
            t.annotator.typing.add("Protocol")
            bases.append("Protocol")
        if is_open or not bases:
            bases.append(t.annotator.helper("OpenObj" if is_open else "TypedObj"))
        if variables:
            t.annotator.typing.add("Generic")
            bases.append(f"Generic[{', '.join(map(t.annotator.variable, variables))}]")
        t.out.write(f"class {name}({', '.join(bases)}):")
        with t.out.block():
            if doc is not None:
                comments.write_doc(t, doc)
            written = [_fields(t, body, has_methods=protocol) for body in bodies]
            if doc is None and not any(written):
                t.out.write("pass")
    finally:
        t.annotator.parameters.pop()


def _parts_of(t: Translator, node: Node) -> tuple[list[str], list[Node], bool]:
    """The declarations that a shape extends, the bodies that name its own fields, and whether it may have others."""
    extended, bodies = _split(node)
    named = {each.id: text for each in extended if (text := _base(t, node, each)) is not None}
    bases = [named[each.id] for each in _furthest(t.module, [each for each in extended if each.id in named])]
    is_open = len(named) < len(extended) or any(
        child.type in ("index_signature", "construct_signature", "call_signature")
        for each in bodies
        for child in each.named_children
    )
    return bases, bodies, is_open


def _split(node: Node) -> tuple[list[Node], list[Node]]:
    """What a declaration extends, and the bodies that name its own fields."""
    body, value = node.child_by_field_name("body"), node.child_by_field_name("value")
    if value is not None:
        members = members_of(value) if value.type == "intersection_type" else [value]
        bodies = [each for each in members if each.type == "object_type"]
        return [each for each in members if each.type != "object_type"], bodies
    clauses = [child for child in node.named_children if child.type == "extends_type_clause"]
    extended = [child for clause in clauses for child in clause.named_children if child.type != "comment"]
    return extended, [body] if body is not None else []


def _furthest(module: Module, extended: list[Node]) -> Iterator[Node]:
    """Those that no other extends or repeats: Python's classes have no base twice, and none before its own."""
    shapes: list[TypeName] = []
    for shape in (_shape_of(module, each) for each in extended):
        shapes += [shape] if shape is not None else []
    for index, (each, shape) in enumerate(zip(extended, shapes, strict=True)):
        is_repeated = any(other.node == shape.node for other in shapes[:index])
        if not is_repeated and not any(_extends(other, shape, set()) for other in shapes):
            yield each


def _extends(shape: TypeName, base: TypeName, seen: set[int]) -> bool:
    """Whether a declaration extends another, by itself or by what it extends."""
    for each in _split(shape.node)[0]:
        found = _shape_of(shape.module, each)
        if found is None or found.node.id in seen:
            continue
        seen.add(found.node.id)
        if found.node == base.node or _extends(found, base, seen):
            return True
    return False


def _shape_of(module: Module, base: Node) -> TypeName | None:
    """The declaration of a shape that a name means."""
    named = base.child_by_field_name("name") if base.type == "generic_type" else base
    found = find(module, text_of(named)) if named is not None else None
    return found if found is not None and found.form == "shape" else None


def _base(t: Translator, node: Node, base: Node) -> str | None:
    """A declaration that another extends: one that stands before it, or comes from a module that is run before."""
    found = _shape_of(t.module, base)
    if found is None:
        return None
    is_before = found.module is not t.module or found.node.start_byte < node.start_byte
    in_ring = found.module is not t.module and t.module.program.are_in_one_ring(t.module, found.module)
    is_apart = is_protocol(found.module, found.node) and not is_protocol(t.module, node)
    if not is_before or in_ring or is_apart:  # a protocol has a metaclass of its own
        return None
    written = ast.parse(t.annotator.of(base), mode="eval").body
    name = ast.unparse(written.value if isinstance(written, ast.Subscript) else written)
    t.annotator.run_time.add(name)
    if not isinstance(written, ast.Subscript):
        return name
    given = written.slice.elts if isinstance(written.slice, ast.Tuple) else [written.slice]
    return f"{name}[{', '.join(_argument(t, node, each) for each in given)}]"


def _argument(t: Translator, node: Node, given: ast.expr) -> str:
    """A type that a base is given: as a text, where it names what is not there yet, or only for checkers."""
    words = {each.id for each in ast.walk(given) if isinstance(each, ast.Name)}
    later = {name for name, own in t.module.declared_types.items() if own.start_byte >= node.start_byte}
    is_missing = words & ((t.annotator.imported.keys() - t.annotator.run_time) | later)
    return _quoted(ast.unparse(given)) if is_missing else ast.unparse(given)


def _fields(t: Translator, body: Node, *, has_methods: bool) -> bool:
    """Writes the fields that a body names, and tells whether there is any. A protocol `has_methods` beside them."""
    before: Node | None = None
    has_fields = False
    for child in body.named_children:
        start = len(t.out.lines)
        t.out.origin = t.line(child)
        if child.type == "comment":
            if before is not None and before.type != "comment" and before.end_point[0] == child.start_point[0]:
                comments.write_behind(t, child, start - 1)
            else:
                comments.write(t, child)
        elif child.type in _FIELDS:
            line = _field(t, child, body, has_methods=has_methods)
            has_fields |= line[0] != "#"
            t.out.write(line)
            comments.write_inner(t, child, start)
        else:
            t.out.write(f"# {' '.join(text_of(child).split())}")
        before = child
    return has_fields


def _field(t: Translator, member: Node, body: Node, *, has_methods: bool) -> str:
    """A field's line; as a comment where its name is none in Python, or would hide the type of another field."""
    name = key_of(member.child_by_field_name("name") or member) or ""
    is_name = name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("__")
    if not is_name or name in _words(t.annotator, body):
        return f"# {' '.join(text_of(member).split())}"
    is_method = member.type == "method_signature"
    if is_method and has_methods:
        return method(t.annotator, name, member)
    text = t.annotator.of(member if is_method else member.child_by_field_name("type"))
    is_optional = any(child.type == "?" for child in member.children)
    return f"{name}: {t.annotator.optional(text) if is_optional else text}"


def _words(annotator: Annotator, body: Node) -> set[str]:
    """The names that the annotations of a body's fields are made of."""
    return {"str", "float", "bool", "object", *annotator.typing, *annotator.helpers, *_type_names(body)}


def _type_names(node: Node) -> Iterator[str]:
    if node.type == "type_identifier":
        yield text_of(node)
    for child in node.named_children:
        yield from _type_names(child)
