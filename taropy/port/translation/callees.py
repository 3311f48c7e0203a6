"""What is called: the function of the program, and how many arguments it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of
from .given import reads_arguments
from .program import Module
from .standing import bare
from .translator import Translator

if TYPE_CHECKING:
    from tree_sitter import Node


def called_function(t: Translator, function: Node) -> Node | None:
    """The function of the program that a name stands for, if it is always the same; one that is written there."""
    found = _called(t, function)
    return found[1] if found is not None else None


def _called(t: Translator, function: Node) -> tuple[Module, Node] | None:
    function = bare(function)
    if function.type in FUNCTIONS:
        return t.module, function
    binding = t.binding(text_of(function)) if function.type == "identifier" else None
    return t.module.program.function_of(t.module, binding) if binding is not None else None


def left_out(t: Translator, function: Node, arguments: Node) -> int:
    """How many arguments a call leaves out that the function's parameters need: they are None then."""
    called = _called(t, function)
    given = [child for child in arguments.named_children if child.type != "comment"]
    if called is None or reads_arguments(*called) or any(child.type == "spread_element" for child in given):
        return 0
    module, node = called
    needed = 0
    for index, parameter in enumerate(module.parameters_of(node)):
        if parameter.optional or parameter.default is not None or parameter.is_rest:
            break
        needed = index + 1
    return max(0, needed - len(given))


def takes_at_most(t: Translator, function: Node) -> int | None:
    """How many arguments the function takes; None if that is not known, or any number."""
    called = _called(t, function)
    if called is None or reads_arguments(*called):
        return None
    module, node = called
    parameters = module.parameters_of(node)
    return None if any(each.is_rest for each in parameters) else len(parameters)
