"""What is called: the function of the program, and how many arguments it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of
from .given import reads_arguments
from .parameters import parameters_of
from .standing import bare
from .translator import Translator

if TYPE_CHECKING:
    from tree_sitter import Node


def called_function(t: Translator, function: Node) -> Node | None:
    """The function of the program that a name stands for, if it is always the same; one that is written there."""
    function = bare(function)
    if function.type in FUNCTIONS:
        return function
    binding = t.binding(text_of(function)) if function.type == "identifier" else None
    found = t.module.program.function_of(t.module, binding) if binding is not None else None
    return found[1] if found is not None else None


def left_out(t: Translator, function: Node, arguments: Node) -> int:
    """How many arguments a call leaves out that the function's parameters need: they are None then."""
    called = called_function(t, function)
    given = [child for child in arguments.named_children if child.type != "comment"]
    if called is None or reads_arguments(called) or any(child.type == "spread_element" for child in given):
        return 0
    needed = 0
    for index, parameter in enumerate(parameters_of(called)):
        if parameter.optional or parameter.default is not None or parameter.is_rest:
            break
        needed = index + 1
    return max(0, needed - len(given))


def takes_at_most(t: Translator, function: Node) -> int | None:
    """How many arguments the function takes; None if that is not known, or any number."""
    called = called_function(t, function)
    parameters = parameters_of(called) if called is not None else []
    is_open = called is None or reads_arguments(called) or any(each.is_rest for each in parameters)
    return None if is_open else len(parameters)
