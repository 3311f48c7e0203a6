"""Types, as far as a port needs them: what annotations say, and what follows from how a value is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

import attrs

from ..names import key_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

Kind = Literal[
    "unknown",
    "number",
    "string",
    "boolean",
    "array",
    "object",
    "instance",
    "class",
    "promise",
    "function",
    "map",
    "set",
    "date",
    "regexp",
    "error",
    "enum",
    "nothing",
]


@attrs.frozen
class Type:
    """What is known of a value. `whole` numbers are never NaN and have no fraction; `item` is what is in it.

    `item` is an array's item, what a promise is resolved with, what a function returns. What may be missing is
    `nullable`, and then nothing but its absence is certain; a field that is so since it may be left out, and whose type
    has no null, is `optional`; what is null where it is missing, and not undefined, is `null`. `literal` is the number
    that it always is, `takes` what a function is called with.
    """

    kind: Kind = "unknown"
    item: Type | None = None
    fields: Mapping[str, Type] = attrs.field(factory=dict)
    nullable: bool = False
    whole: bool = False
    name: str = ""
    literal: float | None = None
    optional: bool = attrs.field(default=False, eq=False)
    null: bool = attrs.field(default=False, eq=False)
    takes: tuple[Type, ...] = attrs.field(default=(), eq=False)

    def __getattr__(self, name: str) -> bool:
        """`is_number`, …: whether it is surely of this kind."""
        if name.startswith("is_"):
            return not self.nullable and self.kind == name[3:]
        raise AttributeError(name)

    @property
    def sure(self) -> Type:
        """The type of a value that was found to be there."""
        return attrs.evolve(self, nullable=False)


UNKNOWN = Type()
#: What a program says that may be anything, and so counts with whatever it is.
ANY = Type(name="any")
#: The type of what is being asked already: it adds nothing to an answer.
NEVER = Type(name="never")
#: The name of an array that is made of a table, which is anything to mypy if any of its items is.
TABLE = "table"
NUMBER = Type("number")
#: What a program only says that it is a number: nothing says that it may be NaN.
DECLARED_NUMBER = Type("number", name="declared")
WHOLE = Type("number", whole=True)
#: A whole number that is not below 0: a counter, a length. `%` means the same of these in Python.
NATURAL = Type("number", whole=True, name="natural")
STRING = Type("string")
#: The text of a number, of which each character is one unit.
DIGITS = Type("string", name="digits")
BOOLEAN = Type("boolean")
OBJECT = Type("object")
ARRAY = Type("array")
#: What a regular expression finds: nothing, or the texts of its groups, of which some may have found none.
MATCH = Type("array", item=Type("string", nullable=True), nullable=True)
#: What has the methods of an array, as far as the program shows it: a package's lists have others too.
USED_ARRAY = Type("array", name="used")
NOTHING = Type("nothing")
NULL = Type("nothing", null=True)
PROMISE = Type("promise")
FUNCTION = Type("function")
#: A package that is imported whole: its members are had by name, and it can't be called.
PACKAGE = Type("class", name="package")

_PREDEFINED = {
    "any": ANY,
    "number": DECLARED_NUMBER,
    "string": STRING,
    "boolean": BOOLEAN,
    "void": NOTHING,
    "undefined": NOTHING,
}
_NAMED: Mapping[str, Type] = {
    "Date": Type("date"),
    "RegExp": Type("regexp"),
    "Function": FUNCTION,
    "Error": Type("error"),
    "Object": OBJECT,
}
_GENERIC: Mapping[str, Kind] = {
    "Array": "array",
    "ReadonlyArray": "array",
    "Promise": "promise",
    "PromiseLike": "promise",
    "Map": "map",
    "Set": "set",
    "Record": "object",
}
_SAME = frozenset(["Readonly", "Required", "NonNullable", "Awaited"])
_MOST_DEEP = 12


class TypeReader:
    """Reads the annotations of a module. `named` finds what a name of a type stands for: its declaration, or a type."""

    def __init__(self, named: Callable[[str], Type | Node | None]) -> None:
        self.named = named
        self.depth: int = 0
        self._known: dict[int, Type] = {}  # by the ids of the annotations

    def of(self, node: Node | None) -> Type:
        """The type that an annotation, or a type in one, says."""
        if node is None or self.depth > _MOST_DEEP:
            return UNKNOWN
        if self.depth:
            return self._read(node)
        known = self._known.get(node.id)
        if known is None:
            known = self._known[node.id] = self._read(node)
        return known

    def _read(self, node: Node) -> Type:
        self.depth += 1
        try:
            handler = _HANDLERS.get(node.type)
            return handler(self, node) if handler is not None else UNKNOWN
        finally:
            self.depth -= 1

    def inner(self, node: Node) -> Type:
        """The type of the only part."""
        parts = [child for child in node.named_children if child.type != "comment"]
        return self.of(parts[0]) if parts else UNKNOWN

    def predefined(self, node: Node) -> Type:
        """`number`, `string`, …"""
        return _PREDEFINED.get(text_of(node), UNKNOWN)

    def name(self, node: Node) -> Type:
        """The name of a type: one of JavaScript's, or one that the program declares."""
        name = text_of(node)
        found = self.named(name)
        if found is None:
            return _NAMED.get(name, Type(_GENERIC[name]) if name in _GENERIC else UNKNOWN)
        if isinstance(found, Type):
            return found
        if found.type == "interface_declaration":
            return self.interface(found, name)
        return self.of(found.child_by_field_name("value"))

    def interface(self, node: Node, name: str) -> Type:
        """An interface's fields, and those of the interfaces that it extends."""
        fields: dict[str, Type] = {}
        for child in node.named_children:
            if child.type == "extends_type_clause":
                for base in child.named_children:
                    fields.update(self.of(base).fields)
        body = self.of(node.child_by_field_name("body"))
        return body if body.kind == "function" else Type("object", fields={**fields, **body.fields}, name=name)

    def generic(self, node: Node) -> Type:
        """`Array<string>`, `Promise<void>`, `Partial<Options>`."""
        name = text_of(node.child_by_field_name("name") or node.named_children[0])
        arguments = node.child_by_field_name("type_arguments") or node.named_children[-1]
        parts = [child for child in arguments.named_children if child.type != "comment"]
        first = parts[0] if parts else None
        if name in _SAME or name == "Partial":
            whole = self.of(first)
            fields = {key: left_out(each) for key, each in whole.fields.items()}
            return attrs.evolve(whole, fields=fields) if name == "Partial" else whole
        kind = _GENERIC.get(name)
        if kind is None:
            return self.name(node.child_by_field_name("name") or node.named_children[0])
        return Type(kind, item=self.of(parts[-1] if kind in ("map", "object") and parts else first))

    def array(self, node: Node) -> Type:
        """`T[]`."""
        return Type("array", item=self.inner(node))

    def union(self, node: Node) -> Type:
        """`A | B`: of one kind, or of none that is known."""
        members = [child for child in _members(node) if child.type != "comment"]
        parts = [self.of(child) for child in members]
        present = [part for part in parts if part.kind != "nothing"]
        absent = {text_of(child) for child, part in zip(members, parts, strict=True) if part.kind == "nothing"}
        nullable = bool(absent) or any(part.nullable for part in present)
        kinds = {part.kind for part in present}
        if len(kinds) != 1:
            return UNKNOWN
        first = present[0]
        if len(present) > 1:
            first = Type(first.kind, whole=all(part.whole for part in present), name=_name_of(present))
        return attrs.evolve(first, nullable=nullable, null=absent == {"null"})

    def intersection(self, node: Node) -> Type:
        """`A & B`: the fields of both."""
        parts = [self.of(child) for child in node.named_children if child.type != "comment"]
        if any(part.kind != "object" for part in parts):
            return UNKNOWN
        return Type("object", fields={name: each for part in parts for name, each in part.fields.items()})

    def literal(self, node: Node) -> Type:
        """`'weapp'`, `1`, `true`, `null` as a type."""
        child = node.named_children[0] if node.named_children else node
        found = {"string": STRING, "number": WHOLE, "true": BOOLEAN, "false": BOOLEAN, "unary_expression": NUMBER,
                 "null": NULL}  # fmt: skip
        return found.get(child.type, NOTHING)

    def object_(self, node: Node) -> Type:
        """`{ name: string, age?: number }`."""
        fields: dict[str, Type] = {}
        item = None
        for part in node.named_children:
            name = part.child_by_field_name("name")
            if part.type == "property_signature" and name is not None:
                found = self.of(part.child_by_field_name("type"))
                optional = any(child.type == "?" for child in part.children)
                fields[key_of(name) or ""] = left_out(found) if optional else found
            elif part.type == "method_signature" and name is not None:
                fields[text_of(name)] = self.of(part)
            elif part.type == "index_signature":
                item = self.of(part.child_by_field_name("type"))
            elif part.type == "call_signature":
                return self.of(part)
        return Type("object", item=item, fields=fields)

    def function(self, node: Node) -> Type:
        """`(id: string) => Promise<User>`."""
        listed = node.child_by_field_name("parameters")
        takes: list[Type] = []
        for child in listed.named_children if listed is not None else ():
            pattern = child.child_by_field_name("pattern")
            if pattern is None or pattern.type == "this":
                continue
            if pattern.type == "rest_pattern":
                break
            type_ = self.of(child.child_by_field_name("type"))
            takes.append(left_out(type_) if child.type == "optional_parameter" else type_)
        return Type("function", item=self.of(node.child_by_field_name("return_type")), takes=tuple(takes))


def _members(union: Node) -> list[Node]:
    """The members of a union, which the grammar nests to the left."""
    found: list[Node] = []
    for child in union.named_children:
        found.extend(_members(child) if child.type == "union_type" else [child])
    return found


_HANDLERS: Mapping[str, Callable[[TypeReader, Node], Type]] = {
    "array_type": TypeReader.array,
    "asserts_annotation": lambda reader, node: NOTHING,
    "call_signature": TypeReader.function,
    "function_type": TypeReader.function,
    "generic_type": TypeReader.generic,
    "intersection_type": TypeReader.intersection,
    "literal_type": TypeReader.literal,
    "method_signature": TypeReader.function,
    "object_type": TypeReader.object_,
    "interface_body": TypeReader.object_,
    "parenthesized_type": TypeReader.inner,
    "predefined_type": TypeReader.predefined,
    "readonly_type": TypeReader.inner,
    "template_literal_type": lambda reader, node: STRING,
    "tuple_type": lambda reader, node: ARRAY,
    "type_annotation": TypeReader.inner,
    "type_identifier": TypeReader.name,
    "type_predicate_annotation": lambda reader, node: BOOLEAN,
    "type_predicate": lambda reader, node: BOOLEAN,
    "union_type": TypeReader.union,
}


_BY_NAME = {
    "string": STRING,
    "number": NUMBER,
    "whole": WHOLE,
    "boolean": BOOLEAN,
    "array": ARRAY,
    "nothing": NOTHING,
    "texts": Type("array", item=STRING),
    "object": OBJECT,
    "promise": PROMISE,
}


def of_name(name: str | None) -> Type:
    """The type that the tables of the library mean by a word."""
    return _BY_NAME.get(name or "", UNKNOWN)


def left_out(type_: Type) -> Type:
    """The type of a field that may be left out."""
    return attrs.evolve(type_, nullable=True, null=False, optional=type_.kind != "unknown" and not type_.nullable)


def of_number(amount: float) -> Type:
    """The type of a number that is written out."""
    return Type("number", whole=amount.is_integer() and abs(amount) < 2**53, literal=amount)


def product(left: Type, right: Type) -> Type | None:
    """The type of a product of two numbers that are written out: 3.5 * 10 is 35.0 in Python, and none of its ints."""
    if left.literal is None or right.literal is None:
        return None
    made = of_number(left.literal * right.literal)
    return made if left.whole and right.whole else attrs.evolve(made, whole=False)


def widened(type_: Type) -> Type:
    """The type of a variable that begins with such a value."""
    if type_.name == NATURAL.name:
        return WHOLE
    return type_ if type_.literal is None else attrs.evolve(type_, literal=None)


def enum_type(node: Node) -> Type:
    """What an enum's members are: texts, or numbers."""
    body = node.child_by_field_name("body")
    values = [child.child_by_field_name("value") for child in body.named_children] if body is not None else []
    if any(value is not None and value.type in ("string", "template_string") for value in values):
        return Type("string", name="enum")
    return Type("number", whole=True, name="enum")


def joined(types: list[Type]) -> Type:
    """The type of a value that is one of these."""
    present = [each for each in types if each.kind != "nothing"]
    if not present or any(each.kind != present[0].kind for each in present):
        return UNKNOWN
    missing = [each for each in types if each.kind == "nothing" or each.nullable]
    first = present[0]
    if any(each != first for each in present):
        first = Type(first.kind, whole=all(each.whole for each in present), name=_name_of(present))
    return attrs.evolve(first, nullable=bool(missing), null=bool(missing) and all(each.null for each in missing))


def _name_of(types: list[Type]) -> str:
    """The name that all of these have."""
    return types[0].name if all(each.name == types[0].name for each in types) else ""
