"""`try`, `catch` and `finally`, and what is jumped to.

What a `catch` gets is told by `caught(error)`, but where the program does nothing with it than to throw it again, which
is `raise`, and to print it, which `console` does with exceptions of Python's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..names import FUNCTIONS, Binding, Place, text_of
from .patterns import assign_pattern
from .statements import body_of
from .translator import Translator, statement
from .tree import Expr, Refused

if TYPE_CHECKING:
    from tree_sitter import Node

_PRINTING = frozenset(f"console.{name}" for name in ("debug", "error", "info", "log", "trace", "warn"))


@statement("try_statement")
def try_statement(t: Translator, node: Node) -> None:
    """`try`, `catch`, `finally`."""
    body, handler, last = (node.child_by_field_name(name) for name in ("body", "handler", "finalizer"))
    t.out.write("try:")
    body_of(t, body)
    if handler is not None:
        _catch(t, handler)
    if last is not None:
        t.out.write("finally:")
        _inside(t, last.child_by_field_name("body"), None)


def _catch(t: Translator, handler: Node) -> None:
    parameter, body = handler.child_by_field_name("parameter"), handler.child_by_field_name("body")
    if body is None:
        raise Refused("the text was not understood")
    t.out.origin = t.line(handler)
    with t.inside(handler):
        binding = t.binding(text_of(parameter)) if parameter is not None and parameter.type == "identifier" else None
        is_read = parameter is not None and (binding is None or t.is_read(binding))
        if not is_read or (binding is not None and all(_is_thrown(place) for place in _places(t, binding))):
            t.out.write("except Exception:")
            _inside(t, body, binding)
            return
        if binding is not None and _is_plain(t, binding):
            t.out.write(f"except Exception as {t.python(binding)}:")
            _inside(t, body, binding)
            return
        error = t.fresh("error") if binding is None or t.python(binding) != "error" else t.fresh("exception")
        t.out.write(f"except Exception as {error}:")
        with t.out.block():
            got = f"{t.helper('caught')}({error})"
            if binding is not None:
                t.out.write(f"{t.python(binding)} = {got}")
            elif parameter is not None:
                assign_pattern(t, parameter, Expr(got))
        _inside(t, body, binding)


def _inside(t: Translator, body: Node | None, binding: Binding | None) -> None:
    """The body of a `catch` that gets what a name stands for; of a `finally`, in which nothing was caught."""
    t.current.catching.append(binding)
    try:
        body_of(t, body)
    finally:
        t.current.catching.pop()


def _is_plain(t: Translator, binding: Binding) -> bool:
    """Whether nothing is done with what was caught that needs more than Python's exception.

    Python forgets its name at the end of the `except`, which no function and no other variable of that name may mind.
    """
    naming = t.module.naming
    home = naming.here[id(binding.scope.function() if binding.scope is not None else None)]
    if id(binding) in naming.captured or any(
        naming[each] == naming[binding] and each is not binding and each.kind != "caught" for each in home
    ):
        return False
    namesakes = [each for each in home if naming[each] == naming[binding]]
    return all(_is_thrown(place) or _is_printed(place) for each in namesakes for place in _places(t, each))


def _places(t: Translator, binding: Binding) -> Iterator[Place]:
    """Where a name is read; a place that is none of its own if it is set, too."""
    for place in t.module.names.references.get(binding.name, ()):
        if place.scope.find(binding.name) is binding:
            yield place
    yield from (Place(binding.node, "", None, binding.place.scope) for _ in binding.writes)


def _is_thrown(place: Place) -> bool:
    """Whether what was caught is thrown again there, in its own `catch`."""
    if place.up is None or place.up.kind != "throw_statement":
        return False
    around = next(each for each in place.around() if each.kind in ("catch_clause", "finally_clause", *FUNCTIONS))
    name = around.node.child_by_field_name("parameter") if around.kind == "catch_clause" else None
    return name is not None and text_of(name) == text_of(place.node)


def _is_printed(place: Place) -> bool:
    """Whether it is an argument of `console.log` and its kin."""
    call = place.up.up if place.up is not None and place.up.kind == "arguments" else None
    function = call.node.child_by_field_name("function") if call is not None else None
    return (
        function is not None
        and function.type == "member_expression"
        and text_of(function) in _PRINTING
        and place.scope.find("console") is None
    )


@statement("with_statement")
def with_statement(t: Translator, node: Node) -> None:
    """`with (object) { … }`, whose names nobody can tell."""
    raise Refused("`with` is not ported", "the object before each of its fields")
