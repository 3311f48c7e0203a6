"""Arguments made from the declared types of a module's exported functions, where there is no scenario.

Numbers and texts of its code are among them, since that is where functions turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ..files import absolute
from ..names import FUNCTIONS, string_of, text_of
from ..parse import parse
from ..source import read
from .constants import constants_of
from .sides import Playing

if TYPE_CHECKING:
    from tree_sitter import Node

    from ...phone import Phone

#: The values of each basic type, edges first.
VALUES: Mapping[str, tuple[Any, ...]] = {
    "string": ("", "a b", "12px", "中文👍"),
    "number": (0, 1, -1, 2.5, 1e21),
    "boolean": (False, True),
    "undefined": (None,),
    "void": (None,),
    "null": (None,),
    "any": (None, "text", 7),
    "unknown": (None, "text", 7),
}

#: So many times a function is called at most.
MOST_CALLS = 60
_DEEPEST = 8


class _Unknown(Exception):
    """A type of which no value can be made."""


@attrs.frozen
class Generated:
    """What was made of a module: calls, by name and arguments, and the functions that are left out, with the reason."""

    calls: tuple[tuple[str, tuple[Any, ...]], ...]
    left_out: Mapping[str, str]

    async def play(self, program: Playing, phone: Phone) -> None:
        """The scenario: every call, one after the other."""
        for name, arguments in self.calls:
            await program.call(name, *arguments)

    def told(self) -> str:
        """What was made, in words."""
        counts: dict[str, int] = {}
        for name, _ in self.calls:
            counts[name] = counts.get(name, 0) + 1
        lines = [f"{name}: {count} call{'s' if count > 1 else ''} from its types" for name, count in counts.items()]
        return "\n".join([*lines, *(f"{name}: not called, {reason}" for name, reason in self.left_out.items())])


def generated(file: Path) -> Generated:
    """Calls of the functions that a module exports."""
    root = parse(read(absolute(file))).root
    types = {name: node for node in _declarations(root) if (name := _name_of(node))}
    constants = constants_of(root)
    values = {kind: _distinct([*edges, *constants.get(kind, ())]) for kind, edges in VALUES.items()}
    calls: list[tuple[str, tuple[Any, ...]]] = []
    left_out: dict[str, str] = {}
    for name, function in _exported(root):
        try:
            calls += [(name, arguments) for arguments in _Arguments(types, values).of(function)]
        except _Unknown as reason:
            left_out[name] = str(reason)
    return Generated(tuple(calls), left_out)


def _declarations(root: Node) -> Iterator[Node]:
    for statement in root.named_children:
        node = statement.child_by_field_name("declaration") or statement
        if node.type in ("interface_declaration", "type_alias_declaration", "enum_declaration"):
            yield node


def _name_of(node: Node) -> str:
    name = node.child_by_field_name("name")
    return "" if name is None else text_of(name)


def _exported(root: Node) -> Iterator[tuple[str, Node]]:
    for statement in root.named_children:
        declaration = statement.child_by_field_name("declaration")
        if statement.type != "export_statement" or declaration is None:
            continue
        if any(child.type == "default" for child in statement.children):
            continue
        if declaration.type == "function_declaration":
            yield _name_of(declaration), declaration
        for child in declaration.named_children:
            value = child.child_by_field_name("value") if child.type == "variable_declarator" else None
            if value is not None and value.type in FUNCTIONS:
                yield _name_of(child), value


class _Arguments:
    """Makes arguments; `types` are those that the module declares, `values` those of each basic type."""

    def __init__(self, types: Mapping[str, Node], values: Mapping[str, list[Any]]) -> None:
        self._types = types
        self._values = values

    def of(self, function: Node) -> list[tuple[Any, ...]]:
        """Arguments for some calls: the first value of each parameter, and then another in one's place, by turns."""
        listed = function.child_by_field_name("parameters")
        given = [self._of_parameter(each) for each in (listed.named_children if listed is not None else ())
                 if each.type in ("required_parameter", "optional_parameter")]  # fmt: skip
        first = tuple(values[0] for values in given)
        changed = [
            [(*first[:index], value, *first[index + 1 :]) for value in values[1:]] for index, values in enumerate(given)
        ]
        return [first, *islice(_by_turns(changed), MOST_CALLS - 1)]

    def _of_parameter(self, parameter: Node) -> tuple[Any, ...]:
        pattern, annotation = parameter.child_by_field_name("pattern"), parameter.child_by_field_name("type")
        name = "?" if pattern is None else text_of(pattern)
        if pattern is not None and pattern.type == "rest_pattern":
            return ()
        default = parameter.child_by_field_name("value")
        if annotation is None:
            values = self._of_default(default, name)
        else:
            values = tuple(self._of_type(annotation.named_children[0], name, 0))
        return (*values, None) if parameter.type == "optional_parameter" or default is not None else values

    def _of_default(self, default: Node | None, name: str) -> tuple[Any, ...]:
        kinds = {"string": "string", "template_string": "string", "number": "number", "true": "boolean",
                 "false": "boolean"}  # fmt: skip
        if default is None or default.type not in kinds:
            raise _Unknown(f"since {name} has no type")
        return tuple(self._values[kinds[default.type]])

    def _of_type(self, node: Node, name: str, depth: int) -> list[Any]:
        text = text_of(node)
        if depth > _DEEPEST:
            raise _Unknown(f"since the type of {name} goes too deep")
        if text in self._values:
            return self._values[text]
        match node.type:
            case "literal_type":
                return [_literal(node)]
            case "union_type":
                return self._of_union(node, name, depth)
            case "array_type":
                return _arrays(self._of_type(node.named_children[0], name, depth + 1))
            case "readonly_type" | "parenthesized_type":
                return self._of_type(node.named_children[0], name, depth)
            case "object_type":
                return self._of_fields(node, name, depth)
            case "generic_type":
                return self._of_generic(node, name, depth)
            case "type_identifier" if text in self._types:
                return self._of_declared(self._types[text], name, depth)
        raise _Unknown(f"since nothing can be made for {name}: {text}")

    def _of_union(self, node: Node, name: str, depth: int) -> list[Any]:
        return _distinct([value for each in node.named_children for value in self._of_type(each, name, depth + 1)])

    def _of_generic(self, node: Node, name: str, depth: int) -> list[Any]:
        kind = text_of(node.named_children[0])
        inner = [self._of_type(each, name, depth + 1) for each in node.named_children[1].named_children]
        if kind in ("Array", "ReadonlyArray"):
            return _arrays(inner[0])
        if kind in ("Partial", "Readonly", "Required"):
            return inner[0]
        if kind == "Record":
            return [{}, {str(inner[0][-1]): inner[1][-1]}]
        raise _Unknown(f"since nothing can be made for {name}: {text_of(node)}")

    def _of_declared(self, node: Node, name: str, depth: int) -> list[Any]:
        if node.type == "type_alias_declaration":
            value = node.child_by_field_name("value")
            assert value is not None  # the grammar has one
            return self._of_type(value, name, depth + 1)
        body = node.child_by_field_name("body")
        if node.type == "enum_declaration" or body is None or node.child_by_field_name("type_parameters") is not None:
            raise _Unknown(f"since nothing can be made for {name}: {_name_of(node)}")
        return self._of_fields(body, name, depth)

    def _of_fields(self, node: Node, name: str, depth: int) -> list[Any]:
        """An object with the first value of every field, one without what may be missing, some with another field."""
        needed: dict[str, list[Any]] = {}
        optional: dict[str, list[Any]] = {}
        for field in node.named_children:
            if field.type == "comment":
                continue
            annotation = field.child_by_field_name("type")
            if field.type != "property_signature" or annotation is None:
                raise _Unknown(f"since nothing can be made for {name}: {text_of(field)}")
            may_lack = any(child.type == "?" for child in field.children)
            try:
                values = self._of_type(annotation.named_children[0], name, depth + 1)
            except _Unknown:
                if not may_lack:
                    raise
            else:
                (optional if may_lack else needed)[_name_of(field)] = values
        whole = {**needed, **optional}
        first = {key: values[0] for key, values in whole.items()}
        least = {key: values[0] for key, values in needed.items()}
        changed = [[{**first, key: value} for value in values[1:]] for key, values in whole.items()]
        return [first, *([least] if optional else []), *islice(_by_turns(changed), MOST_CALLS)]


def _literal(node: Node) -> Any:
    text = text_of(node)
    inner = node.named_children[0] if node.named_children else None
    if inner is not None and inner.type == "string":
        return string_of(inner)
    if text in ("true", "false"):
        return text == "true"
    try:
        return None if text in ("null", "undefined") else float(text) if "." in text else int(text)
    except ValueError:
        raise _Unknown(f"since {text} is no plain value") from None


def _arrays(values: list[Any]) -> list[Any]:
    return [[], values[:1], values]


def _by_turns(lists: Sequence[Sequence[Any]]) -> Iterator[Any]:
    """The first of each list, then the second of each, as long as there are any."""
    nothing = object()
    return (value for turn in zip_longest(*lists, fillvalue=nothing) for value in turn if value is not nothing)


def _distinct(values: Sequence[Any]) -> list[Any]:
    return [value for index, value in enumerate(values) if not any(_same(value, one) for one in values[:index])]


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other
