"""Which statements of a module may come to an unported place when it is imported, over all modules of a program.

A name *stands for* something unported (`const api = axios.create()`), *inherits* from some (a class, whose statics may
be its base's), or it *leads to* some when it is called: a function in which a place was refused, or that calls such a
function. A statement of a module reaches one if it does something with a name of the first kind, reads of one of the
second, or calls something with a name of the third. More is suspected than is so: what is suspected wrongly runs as
it would.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, Binding, Place, text_of
from .class_init import is_static
from .library import NATIVES
from .program import Module, Program
from .refusing import set_in
from .standing import is_set
from .translator import Translator
from .wholes import module_of

if TYPE_CHECKING:
    from tree_sitter import Node

#: A declaration: the module's path, and the name there; None for the default export that has no name.
Key = tuple[str, str | None]

#: What is done with a value where it is a part of one of these.
_USES = frozenset(
    ["member_expression", "subscript_expression", "call_expression", "new_expression", "binary_expression",
     "ternary_expression", "template_substitution", "unary_expression", "spread_element", "if_statement",
     "for_in_statement", "for_statement", "while_statement", "switch_statement", "augmented_assignment_expression",
     "update_expression"]
)  # fmt: skip
_CALLS = frozenset(["call_expression", "new_expression"])
_STILL = frozenset(
    ["function_declaration", "generator_function_declaration", "class_declaration", "abstract_class_declaration",
     "import_statement", "enum_declaration", "interface_declaration", "type_alias_declaration", "ambient_declaration"]
)  # fmt: skip


class Unported(IntEnum):
    """What a name has to do with what is unported."""

    NOTHING = 0
    LEADS_TO = 1
    INHERITS = 2
    STANDS_FOR = 3


@attrs.frozen
class Mention:
    """A name that a statement mentions: whether something is done with its value, and whether a call has part in it.

    `is_set` ones only have a member set, and `is_base` ones are what a class is derived of.
    """

    key: Key
    used: bool
    called: bool
    at_once: bool
    is_set: bool
    is_base: bool

    def reaches(self, kind: Unported) -> bool:
        """Whether what is done with the name at once comes to something unported, if the name is of this kind."""
        if self.is_base or not (self.at_once and self.used):
            return False
        return kind is Unported.STANDS_FOR or (kind is Unported.INHERITS and not self.is_set)


@attrs.define(eq=False)
class Statement:
    """A statement of a module: what it declares and mentions, and whether a place in it was refused."""

    index: int
    declares: list[Key]
    mentions: list[Mention]
    runs: bool
    calls: bool
    refused: bool
    unported: bool
    reaches: bool = False

    def look(self, known: Mapping[Key, Unported]) -> Unported:
        """What its names are, by what others are known to be."""
        found = [(each, known.get(each.key, Unported.NOTHING)) for each in self.mentions]
        found = [(each, kind) for each, kind in found if kind]
        if any(each.reaches(kind) or (self.runs and each.called) for each, kind in found):
            self.reaches = True
        if self.refused and self.runs and self.calls:
            self.reaches = True
        if self.unported or (self.reaches and self.runs):
            return Unported.STANDS_FOR
        if any(each.is_base and kind >= Unported.INHERITS for each, kind in found):
            return Unported.INHERITS
        least = Unported.LEADS_TO if found or self.refused else Unported.NOTHING
        return max((kind for each, kind in found if self.runs and each.at_once), default=least)


def reaching_unported(program: Program, made: Mapping[str, Translator]) -> dict[str, list[int]]:
    """For each module that is to be imported with care the indexes of those of its outermost statements."""
    if not any(t.refusals or t.foreign or NATIVES & t.helpers for t in made.values()):
        return {}
    known: dict[Key, Unported] = {}
    statements: dict[str, list[Statement]] = {}
    for path, t in made.items():
        reader = _Reader(program, t)
        statements[path] = list(reader.statements())
        known.update(dict.fromkeys(reader.foreign, Unported.STANDS_FOR))
    known.update({("", name): Unported.STANDS_FOR for name in NATIVES})  # what the phone has of them is not all
    changed = True
    while changed:
        changed = False
        for of_module in statements.values():
            for statement in of_module:
                kind = statement.look(known)
                for key in statement.declares:
                    if kind > known.get(key, Unported.NOTHING):
                        known[key] = kind
                        changed = True
    found = {path: [each.index for each in of_module if each.reaches] for path, of_module in statements.items()}
    return {path: indexes for path, indexes in found.items() if indexes}


class _Reader:
    """Reads the statements of one module."""

    def __init__(self, program: Program, t: Translator) -> None:
        self.program = program
        self.t = t
        self.module: Module = t.module
        self.path = str(t.module.path)
        self.root = t.module.names.root

    @property
    def foreign(self) -> list[Key]:
        """The names of packages that Python has not."""
        imported = [
            binding.name
            for binding in self.root.bindings.values()
            if binding.kind == "import" and self.t.python(binding) in self.t.foreign
        ]
        return [(self.path, name) for name in (*imported, *self.t.undeclared)]

    def statements(self) -> Iterator[Statement]:
        """The statements, by their place in the translator's list."""
        lines = sorted(each.line for each in self.t.refusals)
        for index, outermost in enumerate(self.t.outermost):
            node = outermost.node
            inner = node.child_by_field_name("declaration") or node
            first, last = node.start_point[0] + 1, node.end_point[0] + 1
            at = bisect_right(lines, first - 1)
            written = self.t.out.lines[outermost.start : outermost.end]
            yield Statement(
                index,
                declares=self._declared(node),
                mentions=self._mentions.get(node.id, []),
                runs=inner.type not in _STILL,
                calls=_calls(node),
                refused=at < len(lines) and lines[at] <= last,
                unported=any(re.match(r"\w+ = (?:js_)?Unported\(", line.text) for line in written if not line.depth),
            )

    def _declared(self, node: Node) -> list[Key]:
        inside = range(node.start_byte, node.end_byte)
        own = [name for name, binding in self.root.bindings.items() if binding.node.start_byte in inside]
        set_here = [binding.name for binding in set_in(self.module, node)]
        default: list[str | None] = [None] if any(child.type == "default" for child in node.children) else []
        return [(self.path, name) for name in [*own, *set_here, *default]]

    @cached_property
    def _mentions(self) -> dict[int, list[Mention]]:
        """What each of the module's statements mentions, by the statement's node."""
        found: dict[int, list[Mention]] = {}
        for name, places in self.module.names.references.items():
            for place in places:
                binding = place.scope.find(name)
                if binding is None and name in self.t.undeclared:
                    key: Key | None = (self.path, name)
                elif binding is None and name in NATIVES:
                    key = ("", name)
                elif binding is not None and binding.scope is self.root:
                    key = self._key(place, binding)
                else:
                    continue
                statement, mention = _mention(place, key)
                if mention is not None:
                    found.setdefault(statement.id, []).append(mention)
        return found

    def _key(self, place: Place, binding: Binding) -> Key | None:
        if binding.kind != "import":
            return self.path, binding.name
        other = self.program.imported(binding.module, self.module)
        if other is None:
            return self.path, binding.name
        whole = module_of(self.module, binding)
        name = self._member(place) if whole is not None else binding.path[0] or "default"
        found = (whole or other).find(name) if name is not None else None
        if found is None:  # of a module whole, what is read of it tells; a name that is not there is unported
            return None if whole is not None else (self.path, binding.name)
        if found.binding is not None and found.binding.kind == "import":
            return str(found.module.path), found.binding.name
        return str(found.module.path), found.binding.name if found.binding is not None else None

    @staticmethod
    def _member(place: Place) -> str | None:
        """The name that is read of a module that is imported whole."""
        up = place.up.node if place.up is not None and place.up.kind == "member_expression" else None
        key = up.child_by_field_name("property") if up is not None else None
        return text_of(key) if key is not None else None


def _mention(place: Place, key: Key | None) -> tuple[Node, Mention | None]:
    """How a name is mentioned: from the inside out, functions around it end what is done at once."""
    used = called = is_base = False
    at_once = True
    statement = place.node
    for around in place.around():
        if around.kind == "program":
            break
        statement = around.node
        if around.kind in FUNCTIONS or _is_made_later(around.node):
            at_once = used = called = False
        elif around.kind == "class_heritage":
            is_base = True
        elif around.kind in _CALLS:
            called = used = True
        elif around.kind in _USES or (around.kind == "variable_declarator" and _takes_apart(around.node)):
            used = True
    if key is None:
        return statement, None
    return statement, Mention(
        key, used, called, at_once, is_set=place.up is not None and is_set(place.up.node), is_base=is_base
    )


def _is_made_later(node: Node) -> bool:
    """Whether it is a field that each instance has of its own."""
    return node.type == "public_field_definition" and not is_static(node)


def _calls(node: Node) -> bool:
    """Whether a statement calls something, outside of the functions in it."""
    return node.type in _CALLS or (node.type not in FUNCTIONS and any(map(_calls, node.named_children)))


def _takes_apart(declarator: Node) -> bool:
    name = declarator.child_by_field_name("name")
    return name is not None and name.type in ("object_pattern", "array_pattern")
