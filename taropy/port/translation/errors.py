"""`try`, `catch` and `finally`, and what is jumped to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import text_of
from .patterns import assign_pattern
from .statements import body_of, one
from .translator import Translator, statement
from .tree import Expr, Refused

if TYPE_CHECKING:
    from tree_sitter import Node


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
        body_of(t, last.child_by_field_name("body"))


def _catch(t: Translator, handler: Node) -> None:
    parameter, body = handler.child_by_field_name("parameter"), handler.child_by_field_name("body")
    if body is None:
        raise Refused("the text was not understood")
    t.out.origin = t.line(handler)
    with t.inside(handler):
        binding = t.binding(text_of(parameter)) if parameter is not None and parameter.type == "identifier" else None
        is_read = parameter is not None and (binding is None or t.is_read(binding))
        if not is_read:
            t.out.write("except Exception:")
            body_of(t, body)
            return
        error = t.fresh("error") if binding is None or t.python(binding) != "error" else t.fresh("exception")
        t.out.write(f"except Exception as {error}:")
        with t.out.block():
            got = f"{t.helper('caught')}({error})"
            if binding is not None:
                t.out.write(f"{t.python(binding)} = {got}")
            elif parameter is not None:
                assign_pattern(t, parameter, Expr(got))
        body_of(t, body)


@statement("labeled_statement", "with_statement")
def labelled(t: Translator, node: Node) -> None:
    """Labels and `with` are refused; a label that nobody jumps to is left out."""
    label, body = node.child_by_field_name("label"), node.child_by_field_name("body")
    if label is not None and body is not None and not _jumps(body, text_of(label)):
        one(t, body)
        return
    raise Refused("labels and `with` are not ported", "a function that returns")


def _jumps(node: Node, label: str) -> bool:
    """Whether a label is jumped to from within."""
    target = node.child_by_field_name("label") if node.type in ("break_statement", "continue_statement") else None
    if target is not None and text_of(target) == label:
        return True
    return any(_jumps(child, label) for child in node.named_children)
