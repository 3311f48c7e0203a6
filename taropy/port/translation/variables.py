"""Declarations of variables: `const`, `let` and `var`, with patterns and `require`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import Binding, text_of
from . import components
from .borrowed import is_borrowed, is_only_handed_on
from .classes import write_class
from .commonjs import required
from .constructors import define_class, is_constructor
from .functions import define, kept_of, type_parameters
from .own_this import is_moved
from .patterns import assign_pattern, parts_of, target_name
from .shapes import called_with
from .signing import of_variable
from .translator import Translator, later, statement
from .tree import Level, Refused

if TYPE_CHECKING:
    from tree_sitter import Node


@statement("lexical_declaration", "variable_declaration")
def declaration(t: Translator, node: Node) -> None:
    """`const a = 1, b = 2`."""
    for child in node.named_children:
        if child.type == "variable_declarator":
            declarator(t, child)


def declarator(t: Translator, node: Node) -> None:
    """One of them."""
    target, made = node.child_by_field_name("name"), node.child_by_field_name("value")
    if target is None:
        raise Refused("the text was not understood")
    if made is not None and components.declared(t, target, made):
        return
    specifier = required(made)
    if specifier is not None and _is_import(t, node):
        return
    if specifier is not None and target.type == "object_pattern":
        _take_of_module(t, target, specifier)
        return
    if target.type != "identifier":
        if made is None:
            raise Refused("the text was not understood")
        assign_pattern(t, target, t.expr(made))
        return
    binding = t.binding(text_of(target))
    name = target_name(t, target)
    if made is None:
        if binding is not None and binding.kind == "var" and binding.node.id != target.id:
            return  # it is declared once more, and stays what it is
        if node.parent is None or node.parent.type != "variable_declaration" or not _was_declared(t, binding):
            t.out.write(f"{name}{of_variable(t, binding, node)} = None")
        return
    if made.type == "this" and t.current.this is None and is_only_handed_on(t, target):
        return
    if is_borrowed(t, target, made):
        return
    while made.type == "parenthesized_expression" and len(made.named_children) == 1:
        made = made.named_children[0]
    if made.type in ("arrow_function", "function_expression") and binding is not None and not binding.writes:
        own = made.child_by_field_name("name")
        if is_constructor(t.module, made):
            define_class(t, made, name)
            return
        if own is None:
            type_parameters(t, made, called_with(t, made))
            define(t, made, name, kept=kept_of(t, made))
            return
    is_nameless = made.type == "class" and made.child_by_field_name("name") is None
    if is_nameless and binding is not None and not binding.writes:
        write_class(t, made, name)
        return
    t.hint = text_of(target)
    if made.type == "object" and binding is not None and not binding.writes and not is_moved(t, binding):
        t.objects[made.id], t.object_bindings[name] = name, binding
    result = t.expr(made)
    t.set_type(binding, result.type)
    shown = of_variable(t, binding, node, result.type)
    if result.text.startswith(f"{shown[2:]}("):
        shown = ""  # which its class says
    t.out.write(f"{name}{shown} = {result.at(Level.TERNARY)}")


def _take_of_module(t: Translator, pattern: Node, specifier: str) -> None:
    """`const { a, b: c } = require('./a')` in a function."""
    for part in parts_of(pattern):
        if not isinstance(part.key, str) or part.default is not None:
            raise Refused("a module as a value is not ported", "its functions by name")
        assign_pattern(t, part.target, later.required(t, specifier, part.key))


def _is_import(t: Translator, declarator: Node) -> bool:
    """Whether what is declared was taken for an import: `const a = require('./a')`."""
    own = [each for each in t.module.names.root.bindings.values() if each.place.node.id == declarator.id]
    return bool(own) and all(each.kind == "import" for each in own)


def _was_declared(t: Translator, binding: Binding | None) -> bool:
    return binding is not None and id(binding) in t.vars
