"""Functions that a circle of modules asks for before it is run: JavaScript hoists them, Python runs a module in order.

`a` imports `b`, which imports `a` and reads a function of it while it is imported itself: `debounce(refresh, 500)`. In
JavaScript the function is there by then. In the port it is where it stands before the imports of the circle's modules.
`const refresh = () => …` is not hoisted, and is there only if another module of the circle was first; it is moved too,
so that any module can be the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..names import FUNCTIONS, Binding, Place
from .program import Module
from .standing import callee, property_of
from .translator import Outermost, Translator
from .tree import Line

if TYPE_CHECKING:
    from tree_sitter import Node


#: What the lines begin with of which a function is made.
_OF_FUNCTIONS = ("def ", "async def ", "@", "#")


def hoisted(t: Translator) -> list[Line]:
    """The lines of those functions, with the comments before them, in their order."""
    if not t.module.program.is_in_ring(t.module):
        return []
    written = {node.id: each for each in t.outermost if (node := _function(t, each)) is not None}
    asked = _asked(t.module, set(written))
    return [line for id_, each in written.items() if id_ in asked for line in _lines(t, each)]


def _function(t: Translator, statement: Outermost) -> Node | None:
    """What declares a function, if that is all that a statement does."""
    node = statement.node.child_by_field_name("declaration") or statement.node
    if node.type == "lexical_declaration" and node.named_child_count == 1:
        node = node.named_children[0]
    elif node.type != "function_declaration":
        return None
    outer = [line.text for line in t.out.lines[statement.start : statement.end] if not line.depth and line.text]
    return node if outer and all(text.startswith(_OF_FUNCTIONS) for text in outer) else None


def _lines(t: Translator, statement: Outermost) -> list[Line]:
    start = statement.start
    while start and t.out.lines[start - 1].text.startswith("#"):
        start -= 1
    return t.out.lines[start : statement.end]


def _asked(module: Module, functions: set[int]) -> set[int]:
    """Those of a module's functions that others of its circle read while they are imported, and what these call."""
    asked: set[int] = set()
    left = list(_read_by_others(module))
    while left:
        function = left.pop().place.node
        if function.id in functions - asked:
            asked.add(function.id)
            left += _mentioned(module, function)
    return asked


def _read_by_others(module: Module) -> Iterator[Binding]:
    program = module.program
    for binding in module.names.root.bindings.values():
        for other, name in program.importers.get(id(binding), ()):
            if program.are_in_one_ring(module, other) and any(_read_at_once(other, name)):
                yield binding
    for other, name in program.whole.get(str(module.path), ()):
        if program.are_in_one_ring(module, other):
            for place in _read_at_once(other, name):
                found = module.find(property_of(place.up.node)) if place.up is not None else None
                if found is not None and found.module is module and found.binding is not None:
                    yield found.binding


def _read_at_once(module: Module, binding: Binding, runs: dict[int, bool] | None = None) -> Iterator[Place]:
    """Where a name is read when its module is imported: outside of functions, or in one that is read so itself.

    `runs` tells of functions whether they are; of one that is being looked at it says no.
    """
    runs = {} if runs is None else runs
    for place in module.names.references.get(binding.name, ()):
        if place.scope.find(binding.name) is binding:
            around = [each.node.id for each in place.around() if each.kind in FUNCTIONS and not _is_called(each)]
            if not around or _runs(module, around[-1], runs):
                yield place


def _is_called(function: Place) -> bool:
    """Whether it is called where it is written: `(() => …)()`."""
    call = next((each for each in function.around() if each.kind != "parenthesized_expression"), None)
    called = callee(call.node) if call is not None and call.kind == "call_expression" else None
    return called == function.node


def _runs(module: Module, function: int, runs: dict[int, bool]) -> bool:
    if function not in runs:
        owner = module.owners.get(function)
        runs[function] = False
        runs[function] = owner is not None and any(_read_at_once(module, owner, runs))
    return runs[function]


def _mentioned(module: Module, function: Node) -> Iterator[Binding]:
    inside = range(function.start_byte, function.end_byte)
    for name, binding in module.names.root.bindings.items():
        if any(place.node.start_byte in inside for place in module.names.references.get(name, ())):
            yield binding
