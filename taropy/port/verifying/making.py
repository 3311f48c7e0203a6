"""Values made from declared types."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

import attrs

from ..names import string_of, text_of
from .declared import Module

if TYPE_CHECKING:
    from tree_sitter import Node

#: So many values are made of an object's type at most.
MOST_OBJECTS = 60

_DEEPEST = 10

#: Types that are what is in their brackets.
_SAME = frozenset(["Readonly", "NonNullable", "Promise"])


class UnknownType(Exception):
    """A type of which no value can be made."""


@attrs.frozen
class Callback:
    """A function that the program is given: each side gets one of its own, which notes its calls and gives `result`.

    An `is_async` one gives a promise of it.
    """

    result: Any = None
    is_async: bool = False


@attrs.frozen
class Field:
    """What a field can be, and whether it may be missing."""

    values: list[Any]
    optional: bool = False


@attrs.frozen
class Written:
    """A type as it is written: in which module, and what the names of type parameters stand for there."""

    node: Node
    module: Module
    bound: Mapping[str, Written | None] = attrs.field(factory=dict)

    def at(self, node: Node | None) -> Written:
        """A part of it."""
        assert node is not None  # the grammar has one
        return attrs.evolve(self, node=node)

    @property
    def parts(self) -> list[Written]:
        """The types in it."""
        return [self.at(child) for child in self.node.named_children if child.type != "comment"]


class Maker:
    """Makes values; `basic` are those of each basic type, edges first."""

    def __init__(self, basic: Mapping[str, Sequence[Any]]) -> None:
        self._basic = basic

    def values(self, written: Written, depth: int = 0) -> list[Any]:
        """Values of a type, the plainest first. `UnknownType` where none can be made."""
        text = text_of(written.node)
        if depth > _DEEPEST:
            raise UnknownType(f"{text}, which goes too deep")
        if text in self._basic and text not in written.bound:
            return list(self._basic[text])
        handler = _KINDS.get(written.node.type)
        if handler is None:
            raise UnknownType(text)
        return distinct(handler(self, written, depth))

    def values_of(self, basic: str) -> list[Any]:
        """The values of a basic type."""
        return list(self._basic[basic])

    def _only(self, written: Written, depth: int) -> list[Any]:
        return self.values(written.parts[0], depth)

    def _literal(self, written: Written, depth: int) -> list[Any]:
        text = text_of(written.node)
        inner = written.node.named_children[0] if written.node.named_children else None
        if inner is not None and inner.type == "string":
            return [string_of(inner)]
        if text in ("true", "false"):
            return [text == "true"]
        try:
            return [None if text in ("null", "undefined") else float(text) if "." in text else int(text)]
        except ValueError:
            raise UnknownType(text) from None

    def _union(self, written: Written, depth: int) -> list[Any]:
        return by_turns([self.values(part, depth + 1) for part in written.parts])

    def _array(self, written: Written, depth: int) -> list[Any]:
        return _arrays(self.values(written.parts[0], depth + 1))

    def _tuple(self, written: Written, depth: int) -> list[Any]:
        items = [self.values(part, depth + 1) for part in written.parts]
        return [[each[0] for each in items], [each[-1] for each in items]]

    def _function(self, written: Written, depth: int) -> list[Any]:
        return [self._callback(written, depth)]

    def _callback(self, written: Written, depth: int) -> Callback:
        """A callback that gives the last value of its type, nothing where that is not known."""
        returns = written.node.child_by_field_name("return_type")
        if returns is None:
            return Callback()
        node = returns.named_children[0] if returns.type == "type_annotation" else returns
        is_async = node.type == "generic_type" and text_of(node.child_by_field_name("name") or node) == "Promise"
        try:
            return Callback(self.values(written.at(node), depth + 1)[-1], is_async)
        except UnknownType:
            return Callback(is_async=is_async)

    def _lookup(self, written: Written, depth: int) -> list[Any]:
        """`Order['total']`."""
        holder, key = written.parts
        fields = self.fields(holder, depth + 1)
        names = [name for name in self.values(key, depth + 1) if name in fields]
        if not names:
            raise UnknownType(text_of(written.node))
        return by_turns([fields[name].values for name in names])

    def _keys(self, written: Written, depth: int) -> list[Any]:
        """`keyof Order`."""
        return list(self.fields(written.parts[0], depth + 1))

    # --- names -------------------------------------------------------------------------------------------------

    def _named(self, written: Written, depth: int) -> list[Any]:
        return self._declared(written, (), depth)

    def _generic(self, written: Written, depth: int) -> list[Any]:
        name, arguments = text_of(written.node.named_children[0]), written.at(written.node.named_children[1]).parts
        make = _GENERIC.get(name)
        if make is not None:
            return make(self, arguments, depth + 1)
        if name in _SAME:
            return self.values(arguments[0], depth + 1)
        if name in _CHOOSING:
            return _objects(self.fields(written, depth))
        return self._declared(written.at(written.node.named_children[0]), arguments, depth)

    def _declared(self, written: Written, arguments: Sequence[Written], depth: int) -> list[Any]:
        """The values of a type that the program declares, and of those of JavaScript that have some."""
        name = text_of(written.node)
        if name in written.bound:
            bound = written.bound[name]
            return list(self._basic["any"]) if bound is None else self.values(bound, depth + 1)
        found = self._find(written, arguments)
        if found is None:
            if name == "Date":
                return [datetime.datetime.fromtimestamp(seconds, datetime.UTC) for seconds in (0, 951_782_400.5)]
            if name in ("Function", "CallableFunction"):
                return [Callback()]
            raise UnknownType(name)
        if found.node.type == "enum_declaration":
            return list(enum_values(found.node))
        if found.node.type == "type_alias_declaration":
            return self.values(found.at(found.node.child_by_field_name("value")), depth + 1)
        return _objects(self.fields(written, depth, arguments))

    def _find(self, written: Written, arguments: Sequence[Written]) -> Written | None:
        """The declaration of a name, `Order` or `Shop.Order`."""
        module: Module | None = written.module
        *spaces, name = text_of(written.node).split(".")
        for space in spaces:
            module = module.namespace(space) if module is not None else None
        found = module.find(name) if module is not None else None
        if found is None:
            return None
        node, home = found
        return Written(node, home, bound_in(node, home, arguments))

    # --- objects -----------------------------------------------------------------------------------------------

    def fields(self, written: Written, depth: int, arguments: Sequence[Written] = ()) -> dict[str, Field]:
        """The fields of an object's type. `UnknownType` for what is none."""
        node = written.node
        if depth > _DEEPEST:
            raise UnknownType(f"{text_of(node)}, which goes too deep")
        match node.type:
            case "object_type" | "interface_body":
                return self._members(written, depth)
            case "parenthesized_type" | "readonly_type":
                return self.fields(written.parts[0], depth)
            case "intersection_type":
                return {name: each for part in written.parts for name, each in self.fields(part, depth + 1).items()}
            case "type_identifier" | "nested_type_identifier":
                return self._of_name(written, arguments, depth)
            case "generic_type":
                name, given = text_of(node.named_children[0]), written.at(node.named_children[1]).parts
                if name in _CHOOSING:
                    return _CHOOSING[name](self, given, depth + 1)
                if name in _SAME:
                    return self.fields(given[0], depth + 1)
                return self._of_name(written.at(node.named_children[0]), given, depth)
        raise UnknownType(text_of(node))

    def _of_name(self, written: Written, arguments: Sequence[Written], depth: int) -> dict[str, Field]:
        bound = written.bound.get(text_of(written.node))
        if bound is not None:
            return self.fields(bound, depth + 1)
        found = self._find(written, arguments)
        if found is None:
            raise UnknownType(text_of(written.node))
        if found.node.type == "type_alias_declaration":
            return self.fields(found.at(found.node.child_by_field_name("value")), depth + 1)
        if found.node.type != "interface_declaration":
            raise UnknownType(text_of(written.node))
        fields: dict[str, Field] = {}
        for clause in found.parts:
            if clause.node.type == "extends_type_clause":
                fields |= {name: each for base in clause.parts for name, each in self.fields(base, depth + 1).items()}
        return fields | self.fields(found.at(found.node.child_by_field_name("body")), depth)

    def _members(self, written: Written, depth: int) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        for part in written.parts:
            name = part.node.child_by_field_name("name")
            optional = any(child.type == "?" for child in part.node.children)
            try:
                if part.node.type == "index_signature":
                    fields |= {"key": Field(self._annotated(part, depth), optional=True)}
                elif part.node.type == "method_signature" and name is not None:
                    fields[_key(name)] = Field([self._callback(part, depth)], optional)
                elif part.node.type == "property_signature" and name is not None:
                    fields[_key(name)] = Field(self._annotated(part, depth), optional)
                else:
                    raise UnknownType(text_of(part.node))
            except UnknownType:
                if not optional:
                    raise
        return fields

    def _annotated(self, part: Written, depth: int) -> list[Any]:
        annotation = part.node.child_by_field_name("type")
        if annotation is None:
            return list(self._basic["any"])
        return self.values(part.at(annotation.named_children[0]), depth + 1)

    # --- what chooses among fields -----------------------------------------------------------------------------

    def _partial(self, given: Sequence[Written], depth: int) -> dict[str, Field]:
        return {name: attrs.evolve(each, optional=True) for name, each in self.fields(given[0], depth).items()}

    def _required(self, given: Sequence[Written], depth: int) -> dict[str, Field]:
        return {name: attrs.evolve(each, optional=False) for name, each in self.fields(given[0], depth).items()}

    def _pick(self, given: Sequence[Written], depth: int) -> dict[str, Field]:
        names = self.values(given[1], depth)
        return {name: each for name, each in self.fields(given[0], depth).items() if name in names}

    def _omit(self, given: Sequence[Written], depth: int) -> dict[str, Field]:
        names = self.values(given[1], depth)
        return {name: each for name, each in self.fields(given[0], depth).items() if name not in names}

    def _record(self, given: Sequence[Written], depth: int) -> list[Any]:
        keys, values = self.values(given[0], depth), self.values(given[1], depth)
        return [{}, {str(keys[-1]): values[-1]}, {str(key): values[0] for key in keys}]

    def _of_arrays(self, given: Sequence[Written], depth: int) -> list[Any]:
        return _arrays(self.values(given[0], depth))

    def _sets(self, given: Sequence[Written], depth: int) -> list[Any]:
        from ...js import Set

        return [Set(items) for items in self._of_arrays(given, depth)]

    def _maps(self, given: Sequence[Written], depth: int) -> list[Any]:
        from ...js import Map

        keys, values = self.values(given[0], depth), self.values(given[1], depth)
        return [Map(), Map([[key, values[0]] for key in keys]), Map([[keys[-1], values[-1]]])]


_KINDS: Mapping[str, Callable[[Maker, Written, int], list[Any]]] = {
    "array_type": Maker._array,
    "function_type": Maker._function,
    "generic_type": Maker._generic,
    "index_type_query": Maker._keys,
    "intersection_type": lambda maker, written, depth: _objects(maker.fields(written, depth)),
    "literal_type": Maker._literal,
    "lookup_type": Maker._lookup,
    "nested_type_identifier": Maker._named,
    "object_type": lambda maker, written, depth: _objects(maker.fields(written, depth)),
    "parenthesized_type": Maker._only,
    "readonly_type": Maker._only,
    "tuple_type": Maker._tuple,
    "type_identifier": Maker._named,
    "union_type": Maker._union,
}
_GENERIC: Mapping[str, Callable[[Maker, Sequence[Written], int], list[Any]]] = {
    "Array": Maker._of_arrays,
    "Map": Maker._maps,
    "ReadonlyArray": Maker._of_arrays,
    "Record": Maker._record,
    "Set": Maker._sets,
}
_CHOOSING: Mapping[str, Callable[[Maker, Sequence[Written], int], dict[str, Field]]] = {
    "Omit": Maker._omit,
    "Partial": Maker._partial,
    "Pick": Maker._pick,
    "Required": Maker._required,
}


def bound_in(declaration: Node, module: Module, arguments: Sequence[Written] = ()) -> dict[str, Written | None]:
    """What the type parameters of a declaration stand for: what is given for them, else their bounds, None for any."""
    bound: dict[str, Written | None] = {}
    parameters = declaration.child_by_field_name("type_parameters")
    for index, parameter in enumerate(parameters.named_children if parameters is not None else ()):
        name = parameter.child_by_field_name("name")
        limit = parameter.child_by_field_name("value") or parameter.child_by_field_name("constraint")
        if name is not None:
            limited = Written(limit.named_children[0], module, dict(bound)) if limit is not None else None
            bound[text_of(name)] = arguments[index] if index < len(arguments) else limited
    return bound


def enum_values(declaration: Node) -> Iterator[Any]:
    """The values of an enum's members. `UnknownType` for those that are computed."""
    following = 0
    body = declaration.child_by_field_name("body")
    for member in body.named_children if body is not None else ():
        value = member.child_by_field_name("value")
        if member.type == "comment":
            continue
        if value is None:
            yield following
            following += 1
        elif value.type == "string":
            yield string_of(value)
        elif value.type == "number" and text_of(value).isdecimal():
            yield int(text_of(value))
            following = int(text_of(value)) + 1
        else:
            raise UnknownType(f"an enum with {text_of(value)}")


def _key(name: Node) -> str:
    return string_of(name) or text_of(name)


def _objects(fields: Mapping[str, Field]) -> list[Any]:
    """An object with the first value of every field, one without what may be missing, some with another field."""
    first = {name: field.values[0] for name, field in fields.items()}
    least = {name: first[name] for name, field in fields.items() if not field.optional}
    changed = [[{**first, name: value} for value in field.values[1:]] for name, field in fields.items()]
    return [first, least, *islice(by_turns(changed), MOST_OBJECTS)]


def _arrays(values: list[Any]) -> list[Any]:
    return [[], values[:1], values]


def by_turns(lists: Sequence[Sequence[Any]]) -> list[Any]:
    """The first of each list, then the second of each, as long as there are any."""
    nothing = object()
    return [value for turn in zip_longest(*lists, fillvalue=nothing) for value in turn if value is not nothing]


def distinct(values: Sequence[Any]) -> list[Any]:
    """The values, each once; True and 1 are two."""
    return [value for index, value in enumerate(values) if not any(_same(value, one) for one in values[:index])]


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other
