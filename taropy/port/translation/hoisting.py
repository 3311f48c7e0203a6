"""What a circle of modules asks for before it is run: JavaScript hoists functions, Python runs a module in order.

`a` imports `b`, which imports `a` and reads a function of it while it is imported itself: `debounce(refresh, 500)`. In
JavaScript the function is there by then. In the port it is where it stands before the imports of the circle's modules.
`const refresh = () => …` is not hoisted, nor is `const api = { refresh }`: they are there only if another module of the
circle was first. Values that nothing has to run for are moved too, so that any module can be the first.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, Binding, Place
from .program import Module
from .standing import callee, is_set, property_of
from .translator import Outermost, Translator
from .tree import Line, assignment

if TYPE_CHECKING:
    from tree_sitter import Node


#: What makes values of others without asking them for anything.
_MAKERS = frozenset(["Obj", "Array", "js_Obj", "js_Array"])
_FUNCTION = re.compile(r"(?:async )?def (\w+)")


@attrs.frozen
class _Declaration:
    """A statement that declares functions, or values for which nothing has to be run and what these are made of."""

    statement: Outermost
    functions: frozenset[str]
    values: frozenset[str]
    made_of: frozenset[str]

    @property
    def declares(self) -> frozenset[str]:
        """The names of both."""
        return self.functions | self.values


def hoisted(t: Translator) -> list[Line]:
    """The lines of those declarations, with the comments before them, in their order."""
    if not t.module.program.is_in_ring(t.module):
        return []
    read = list(_read_by_others(t))
    if not read:
        return []
    found = [each for statement in t.outermost if (each := _declaration(t, statement)) is not None]
    changed = {t.python(each) for each in t.module.names.root.bindings.values() if _is_changed(t.module, each)}
    asked = _asked(t, read, _complete([each for each in found if not each.values & changed]))
    return [line for each in found if each.declares & asked for line in _lines(t, each.statement)]


def _declaration(t: Translator, statement: Outermost) -> _Declaration | None:
    """What a statement declares, if that is all that it does."""
    functions: set[str] = set()
    values: set[str] = set()
    made_of: set[str] = set()
    for line in t.out.lines[statement.start : statement.end]:
        if line.depth or not line.text or line.text.startswith(("@", "#")):
            continue
        if function := _FUNCTION.match(line.text):
            functions.add(function[1])
            continue
        sets = assignment(line.text)
        names = _made_of(sets[1]) if sets is not None else None
        if sets is None or names is None:
            return None
        values.add(sets[0].id)
        made_of |= names
    if not functions | values:
        return None
    return _Declaration(statement, frozenset(functions), frozenset(values), frozenset(made_of - functions - values))


def _made_of(value: ast.expr) -> set[str] | None:
    """The names that a value is made of; None if anything is done to make it."""
    names: set[str] = set()
    left: list[ast.expr | None] = [value]  # None stands for what is spread into a dict
    while left:
        match left.pop():
            case ast.Constant() | ast.Lambda():
                pass
            case ast.Name(id=name):
                names.add(name)
            case ast.UnaryOp(operand=ast.Constant()):
                pass
            case ast.Dict(keys=keys, values=values):
                left += [*keys, *values]
            case ast.Call(func=ast.Name(id=maker), args=given, keywords=named) if maker in _MAKERS:
                left += [*given, *(each.value for each in named)]
            case _:
                return None
    return names


def _complete(found: list[_Declaration]) -> dict[str, _Declaration]:
    """By name the declarations that are made of nothing but what they have and each other."""
    kept = found
    while True:
        by_name = {name: each for each in kept for name in each.declares}
        complete = [each for each in kept if each.made_of <= by_name.keys()]
        if len(complete) == len(kept):
            return by_name
        kept = complete


def _lines(t: Translator, statement: Outermost) -> list[Line]:
    start = statement.start
    while start and t.out.lines[start - 1].text.startswith("#"):
        start -= 1
    return t.out.lines[start : statement.end]


def _asked(t: Translator, read: Iterable[str], declared: Mapping[str, _Declaration]) -> set[str]:
    """Those of the names that are declared so, and of what they mention."""
    asked: set[str] = set()
    left = list(read)
    while left:
        name = left.pop()
        if name in declared and name not in asked:
            asked.add(name)
            left += _mentioned(t, declared[name].statement.node)
    return asked


def _read_by_others(t: Translator) -> Iterator[str]:
    """The names of what other modules of the circle read while they are imported."""
    module, program = t.module, t.module.program
    known: list[tuple[str, int | str]] = [(t.python(each), id(each)) for each in module.names.root.bindings.values()]
    for python, key in [*known, (module.default_name, str(module.path))]:
        for other, name in program.importers.get(key, ()):
            if program.are_in_one_ring(module, other) and any(read_at_once(other, name)):
                yield python
    for other, name in program.whole.get(str(module.path), ()):
        if program.are_in_one_ring(module, other):
            for place in read_at_once(other, name):
                found = module.find(property_of(place.up.node)) if place.up is not None else None
                if found is not None and found.module is module:
                    yield found.python


def read_at_once(module: Module, binding: Binding, runs: dict[int, bool] | None = None) -> Iterator[Place]:
    """Where a name is read when its module is imported: outside of functions, or in one that is read so itself.

    `runs` tells of functions whether they are; of one that is being looked at it says no.
    """
    runs = {} if runs is None else runs
    for place in module.names.references.get(binding.name, ()):
        if place.scope.find(binding.name) is binding:
            around = [each.node.id for each in place.around() if each.kind in FUNCTIONS and not _is_called(each)]
            if not around or _runs(module, around[-1], runs):
                yield place


def _is_changed(module: Module, binding: Binding) -> bool:
    """Whether its module sets it, or a member of it, after it has declared it."""
    members = (each.up.node for each in read_at_once(module, binding) if each.up is not None)
    return bool(binding.writes) or any(is_set(each) for each in members)


def _is_called(function: Place) -> bool:
    """Whether it is called where it is written: `(() => …)()`."""
    call = next((each for each in function.around() if each.kind != "parenthesized_expression"), None)
    called = callee(call.node) if call is not None and call.kind == "call_expression" else None
    return called == function.node


def _runs(module: Module, function: int, runs: dict[int, bool]) -> bool:
    if function not in runs:
        owner = module.owners.get(function)
        runs[function] = False
        runs[function] = owner is not None and any(read_at_once(module, owner, runs))
    return runs[function]


def _mentioned(t: Translator, node: Node) -> Iterator[str]:
    inside = range(node.start_byte, node.end_byte)
    for name, binding in t.module.names.root.bindings.items():
        if any(place.node.start_byte in inside for place in t.module.names.references.get(name, ())):
            yield t.python(binding)
