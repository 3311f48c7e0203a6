"""Calls of a module's exported functions, made from the types of their parameters, where there is no scenario.

Numbers and texts of its code are among the arguments, since that is where functions turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ..files import absolute
from ..names import FUNCTIONS, text_of
from ..source import Unreadable, read
from .constants import constants_of
from .declared import Module, Project
from .making import Maker, UnknownType, Written, bound_in, by_turns, distinct
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
    "object": ({},),
}

#: So many times a function is called at most.
MOST_CALLS = 60

#: How far the clock goes on after each call, in seconds: time for what is put off.
AFTERWARDS = 10

_DEFAULTS = {"string": "string", "template_string": "string", "number": "number", "true": "boolean", "false": "boolean"}


@attrs.frozen
class Generated:
    """What was made of a module: calls, by name and arguments, and the functions that are left out, with the reason."""

    calls: tuple[tuple[str, tuple[Any, ...]], ...]
    left_out: Mapping[str, str]

    async def play(self, program: Playing, phone: Phone) -> None:
        """The scenario: every call, one after the other, and the time that timers of it may take.

        The phone has no network: made-up calls ask no server.
        """
        phone.network.type = "none"
        for name, arguments in self.calls:
            await program.call(name, *arguments)
            phone.clock.advance(AFTERWARDS)
            await program.idle()

    def told(self) -> str:
        """What was made, in words."""
        counts: dict[str, int] = {}
        for name, _ in self.calls:
            counts[name] = counts.get(name, 0) + 1
        lines = [f"{name}: {count} call{'s' if count > 1 else ''} from its types" for name, count in counts.items()]
        return "\n".join([*lines, *(f"{name}: not called, {reason}" for name, reason in self.left_out.items())])


def generated(file: Path) -> Generated:
    """Calls of the functions that a module exports. `Unreadable` for a file that is none that a person wrote."""
    path = absolute(file)
    read(path)  # says why, where a project has no module of a file
    module = Project().module(path)
    if module is None:
        raise Unreadable("vanished", "is gone")
    constants = constants_of(module.body)
    maker = Maker({kind: distinct([*edges, *constants.get(kind, ())]) for kind, edges in VALUES.items()})
    calls: list[tuple[str, tuple[Any, ...]]] = []
    left_out: dict[str, str] = {}
    for name, function in _exported(module):
        try:
            calls += [(name, arguments) for arguments in _arguments(maker, module, function)]
        except UnknownType as reason:
            left_out[name] = str(reason)
    return Generated(tuple(calls), left_out)


def _exported(module: Module) -> Iterator[tuple[str, Node]]:
    for statement, declaration in module.statements():
        if statement.type != "export_statement" or any(child.type == "default" for child in statement.children):
            continue
        if declaration.type == "function_declaration":
            yield _name_of(declaration), declaration
        for child in declaration.named_children:
            value = child.child_by_field_name("value") if child.type == "variable_declarator" else None
            if value is not None and value.type in FUNCTIONS:
                yield _name_of(child), value


def _name_of(node: Node) -> str:
    name = node.child_by_field_name("name")
    return "" if name is None else text_of(name)


def _arguments(maker: Maker, module: Module, function: Node) -> list[tuple[Any, ...]]:
    """Arguments for some calls: the first value of each parameter, and then another in one's place, by turns."""
    bound = bound_in(function, module)
    given = [_of_parameter(maker, Written(each, module, bound)) for each in _parameters(function)]
    first = tuple(values[0] for values in given)
    changed = [
        [(*first[:index], value, *first[index + 1 :]) for value in values[1:]] for index, values in enumerate(given)
    ]
    return [first, *islice(by_turns(changed), MOST_CALLS - 1)]


def _parameters(function: Node) -> list[Node]:
    listed = function.child_by_field_name("parameters")
    found = listed.named_children if listed is not None else ()
    return [each for each in found if each.type in ("required_parameter", "optional_parameter") and not _is_rest(each)]


def _is_rest(parameter: Node) -> bool:
    pattern = parameter.child_by_field_name("pattern")
    return pattern is not None and pattern.type == "rest_pattern"


def _of_parameter(maker: Maker, parameter: Written) -> Sequence[Any]:
    node = parameter.node
    pattern, annotation = node.child_by_field_name("pattern"), node.child_by_field_name("type")
    name = "?" if pattern is None else " ".join(text_of(pattern).split())
    default = node.child_by_field_name("value")
    if annotation is not None:
        try:
            values = maker.values(parameter.at(annotation.named_children[0]))
        except UnknownType as reason:
            raise UnknownType(f"since nothing can be made for {name}: {reason}") from None
    elif default is not None and default.type in _DEFAULTS:
        values = maker.values_of(_DEFAULTS[default.type])
    else:
        raise UnknownType(f"since {name} has no type")
    return [*values, None] if node.type == "optional_parameter" or default is not None else values
