"""What pages show: JSX stands as a comment that says where it is, and as what it is given.

    # src/pages/cart/index.tsx:52: onClick of <Button>
    def on_click(item):
        remove(item.id)

    # view: src/pages/cart/index.tsx:40-88
    #   the sum of all
    return view(items=items, submit=submit, on_click=on_click)

Comments in it are below that line. It is given the names of the function around that it reads, and the handlers that
are written in it. A handler takes what the view makes itself, as the item of a list, before what the event gives it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, Binding, Place, text_of
from . import comments
from .components import is_provided
from .functions import define
from .literals import name_of
from .naming import snake
from .objects import can_be_keyword
from .translator import Translator, expression
from .tree import Expr, Level, Refused

if TYPE_CHECKING:
    from tree_sitter import Node

JSX = frozenset(["jsx_element", "jsx_self_closing_element", "jsx_fragment"])
_TAGS = frozenset(["jsx_opening_element", "jsx_closing_element", "jsx_self_closing_element"])
#: What comments begin with that are JSX themselves.
_PARTS = ("# <", "# {")
_WRAPPED = frozenset(["parenthesized_expression", "jsx_expression", "as_expression", "non_null_expression"])


@expression(*JSX)
def view(t: Translator, node: Node) -> Expr:
    """JSX, as what it is given."""
    shown = _Shown(t, node)
    given = shown.names()
    for handler in shown.handlers():
        name = _write_handler(t, shown, handler, given)
        given[name] = name
    for context, value in shown.provided():
        t.out.write(f"{t.helper('provide')}({context}, {value})")
    first, last = t.line(node), int(node.end_point[0]) + 1
    t.viewed.update(range(first, last + 1))
    lines = f"{first}-{last}" if last > first else str(first)
    t.out.write(f"# view: {_path(t)}:{lines}")
    for comment in comments.all_in(t.module.index, node):
        _keep(t, comment)
    arguments = [f"{name}={value}" for name, value in given.items() if can_be_keyword(name)]
    return Expr(f"{t.helper('view')}({', '.join(arguments)})")


def _keep(t: Translator, comment: Node) -> None:
    """Writes what a view's comment says of a part of it; a part that is commented out goes as the view does."""
    lines = comments.comment_lines(t, comment)
    if lines and not lines[0].text.startswith(_PARTS):
        t.out.lines.extend(attrs.evolve(line, text=line.text.replace("#", "#  ", 1)) for line in lines)


def _path(t: Translator) -> str:
    """The module, as it is called in its project."""
    project = t.module.program.workspace.project_of(t.module.path)
    return Path(os.path.relpath(t.module.path, project.root)).as_posix()


@attrs.frozen
class _Handler:
    """A function that is written in JSX as an attribute's value; `made` are the view's own names that it reads."""

    node: Node
    attribute: str
    element: str
    made: tuple[Binding, ...]


class _Shown:
    """What stands in a piece of JSX."""

    def __init__(self, t: Translator, node: Node) -> None:
        self._t = t
        self._node = node
        self._handlers = list(self._found(node, ""))

    def handlers(self) -> list[_Handler]:
        """The functions that are attributes' values, in the order of the text."""
        return self._handlers

    def names(self) -> dict[str, str]:
        """What it reads of the functions around it, outside of its handlers: by name, the expression."""
        taken = [handler.node for handler in self._handlers]
        found: dict[str, str] = {}
        for place, binding in self._read():
            is_local = binding.scope is not None and binding.scope.function().outer is not None
            if not is_local or _is_within(binding.node, self._node) or _is_tag(place.node):
                continue
            if not any(_is_within(place.node, handler) for handler in taken):
                found.setdefault(self._t.python(binding), name_of(self._t, place.node).at(Level.TERNARY))
        return found

    def provided(self) -> Iterator[tuple[str, str]]:
        """The contexts that it gives a value, and the values."""
        for element in _all(self._node, _TAGS - {"jsx_closing_element"}):
            name = element.child_by_field_name("name")
            if name is None or not text_of(name).endswith(".Provider"):
                continue
            inner = name.named_children[0]
            binding = self._t.binding(text_of(inner))
            value = _attributes(element).get("value")
            if binding is None or value is None or not is_provided(self._t, binding):
                continue
            try:
                yield name_of(self._t, inner).text, self._t.text(value)
            except Refused as refused:
                self._t.refuse(element, refused)

    def _found(self, node: Node, element: str) -> Iterator[_Handler]:
        if node.type in _TAGS:
            name = node.child_by_field_name("name")
            element = text_of(name) if name is not None else ""
            for attribute, value in _attributes(node).items():
                if attribute == "ref":
                    self._t.note(node, f"<{element}> is not there, and its ref keeps the value that it begins with")
                if value.type in ("arrow_function", "function_expression") and not self._t.module.shows(value):
                    yield _Handler(value, attribute, element, self._made_for(value))
        for child in node.named_children:
            if not (child.type in FUNCTIONS and not self._t.module.shows(child)):
                yield from self._found(child, element)

    def _made_for(self, handler: Node) -> tuple[Binding, ...]:
        """The view's own names that a handler reads: parameters of `list.map(item => …)` and the like."""
        found: dict[int, Binding] = {}
        for place, binding in self._read():
            own = _is_within(binding.node, handler)
            if _is_within(place.node, handler) and _is_within(binding.node, self._node) and not own:
                found[binding.node.start_byte] = binding
        return tuple(binding for _, binding in sorted(found.items()))

    def _read(self) -> Iterator[tuple[Place, Binding]]:
        """The names that stand in it, and what they are declared as."""
        places = [
            place
            for of_name in self._t.module.names.references.values()
            for place in of_name
            if _is_within(place.node, self._node)
        ]
        for place in sorted(places, key=lambda each: each.node.start_byte):
            binding = place.scope.find(text_of(place.node))
            if binding is not None and binding.kind != "import":
                yield place, binding


def _write_handler(t: Translator, shown: _Shown, handler: _Handler, given: dict[str, str]) -> str:
    """Writes a handler as a function, and gives its name."""
    wanted = name = snake(handler.attribute.replace("-", "_").replace(":", "_"))
    number = 2
    while name in given or t.module.naming.fresh(name, t.current.made) != name:
        name = f"{wanted}_{number}"
        number += 1
    t.current.made.add(name)
    t.out.origin = t.line(handler.node)
    t.out.write(f"# {_path(t)}:{t.line(handler.node)}: {handler.attribute} of <{handler.element}>")
    start = len(t.out.lines)
    annotation = f": {t.annotator.any}" if handler.made and t.module.is_typed else ""
    made = ", ".join(f"{t.python(binding)}{annotation}" for binding in handler.made)
    try:
        define(t, handler.node, name, first=made)
    except Refused as refused:
        del t.out.lines[start:]
        t.out.write(f"{name} = {t.helper('Unported')}{t.refuse(handler.node, refused)}")
    return name


def _attributes(element: Node) -> dict[str, Node]:
    """The attributes whose values are expressions."""
    found: dict[str, Node] = {}
    for child in element.named_children:
        if child.type != "jsx_attribute" or len(child.named_children) != 2:
            continue
        value = child.named_children[1]
        while value.type in _WRAPPED and value.named_children:
            value = next((each for each in value.named_children if each.type != "comment"), value.named_children[0])
        found[text_of(child.named_children[0])] = value
    return found


def _all(node: Node, kinds: frozenset[str]) -> Iterator[Node]:
    if node.type in kinds:
        yield node
    for child in node.named_children:
        yield from _all(child, kinds)


def _is_within(node: Node, around: Node) -> bool:
    return bool(around.start_byte <= node.start_byte < around.end_byte)


def _is_tag(node: Node) -> bool:
    """Whether it is the name of an element."""
    up = node.parent
    while up is not None and up.type in ("member_expression", "nested_identifier"):
        node, up = up, up.parent
    return up is not None and up.type in _TAGS and up.child_by_field_name("name") == node
