"""Statements one after the other, and those of one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of
from . import comments, components
from .access import link
from .arithmetic import operands
from .comparing import compared
from .constructors import define_class, is_constructor
from .functions import define, kept_of, yield_each
from .literals import NONE
from .members import is_error
from .operators import condition
from .refusing import refuse
from .setting import assign, augment, count
from .translator import STATEMENTS, Outermost, Translator, later, statement
from .tree import Expr, Level, Refused

if TYPE_CHECKING:
    from tree_sitter import Node

_UNKNOWN = {"ERROR": "the text was not understood"}
_DOCUMENTED = frozenset(
    [
        "function_declaration",
        "class_declaration",
        "abstract_class_declaration",
        "interface_declaration",
        "type_alias_declaration",
        "enum_declaration",
    ]
)
_FUNCTIONS = frozenset(["function_declaration", "generator_function_declaration"])
_MAY_BE_FUNCTIONS = _FUNCTIONS | {"export_statement"}
#: What calls a function, or may give one to what does.
_CALLING = frozenset(
    [
        "abstract_class_declaration",
        "call_expression",
        "class_declaration",
        "new_expression",
        "shorthand_property_identifier",
    ]
)


def block(t: Translator, nodes: Sequence[Node]) -> None:
    """Statements one after the other, with the comments between them."""
    ordered = hoisted(t, [node for node in nodes if node.is_named])
    for index, node in enumerate(ordered):
        if node.id in t.skipped:
            continue
        if node.type != "comment":
            one(t, node)
            continue
        before = ordered[index - 1] if index else None
        after = ordered[index + 1] if index + 1 < len(ordered) else None
        if before is not None and before.type != "comment" and before.end_point[0] == node.start_point[0]:
            comments.write_behind(t, node, t.last_start)
        elif after is not None and comments.is_doc(node) and defines(after):
            t.doc = node
        else:
            comments.write(t, node)


def defines(node: Node) -> bool:
    """Whether a statement is a function, a class or a type, which have docstrings."""
    node = node.child_by_field_name("declaration") or node.child_by_field_name("value") or node
    if node.type in _DOCUMENTED:
        return True
    if node.type == "lexical_declaration" and node.named_child_count == 1:
        value = node.named_children[0].child_by_field_name("value")
        return value is not None and value.type in ("arrow_function", "function_expression")
    return node.type in ("method_definition", "arrow_function")


def hoisted(t: Translator, nodes: list[Node]) -> list[Node]:
    """The statements with functions before what uses them, where what stands before them runs."""
    if not any(node.type in _MAY_BE_FUNCTIONS for node in nodes):
        return nodes
    moved: list[Node] = []
    place = None
    for index, node in enumerate(nodes):
        inner = node.child_by_field_name("declaration") or node
        if inner.type in _FUNCTIONS:
            name = text_of(inner.child_by_field_name("name") or inner)
            if place is not None and any(map(t.module.index.mentions(name).within, nodes[:index])):
                moved += [*_comments_before(nodes, index), node]
        elif place is None and _runs(node):
            place = index
    if not moved or place is None:
        return nodes
    ids = {node.id for node in moved}
    place -= len(_comments_before(nodes, place))
    kept = [node for node in nodes if node.id not in ids]
    at = sum(1 for node in nodes[:place] if node.id not in ids)
    return [*kept[:at], *moved, *kept[at:]]


def _comments_before(nodes: list[Node], index: int) -> list[Node]:
    found: list[Node] = []
    while (
        index
        and nodes[index - 1].type == "comment"
        and not (index > 1 and nodes[index - 2].end_point[0] == nodes[index - 1].start_point[0])
    ):
        index -= 1
        found.insert(0, nodes[index])
    return found


def _runs(node: Node) -> bool:
    """Whether a statement runs code at once that may call a function: it is no declaration of one, nor of a type."""
    inner = node.child_by_field_name("declaration") or node
    if inner.type in (
        "comment",
        "import_statement",
        "function_declaration",
        "generator_function_declaration",
        "interface_declaration",
        "type_alias_declaration",
        "enum_declaration",
        "function_signature",
        "ambient_declaration",
    ):
        return False
    if inner.type == "export_statement" and node.child_by_field_name("value") is None:
        return False
    return _calls(inner, node)


def _calls(node: Node, up: Node) -> bool:
    if node.type in _CALLING:
        return True
    if node.type == "identifier" and up.type in ("pair", "array", "variable_declarator", "arguments"):
        return up.child_by_field_name("name") != node
    return node.type not in FUNCTIONS and any(_calls(child, node) for child in node.named_children)


def one(t: Translator, node: Node) -> None:
    """One statement; a raising line in its place if it can't be ported."""
    t.hint = ""  # what the statement before has left
    start = t.last_start = len(t.out.lines)
    t.out.origin = t.line(node)
    doc, refusals = t.doc, len(t.refusals)
    made, depth = set(t.current.made), t.out.depth
    try:
        handler = STATEMENTS.get(node.type)
        if handler is None:
            raise Refused(
                f"{node.type.replace('_', ' ')} is not ported"
                if node.type != "ERROR"
                else "the text was not understood"
            )
        if node.has_error and any(child.type == "ERROR" or child.is_missing for child in node.children):
            raise Refused("the text was not understood")
        if t.line(node) in t.refused_lines and node.type not in ("export_statement",):
            raise Refused("what came of it did not pass the check of names")
        if node.id in t.instead:
            t.instead[node.id]()
        else:
            handler(t, node)
    except Refused as refused:
        del t.out.lines[start:], t.refusals[refusals:]
        t.out.depth = depth
        t.current.made = made
        if doc is not None:
            comments.write(t, doc)
        refuse(t, node, refused)
    t.doc = None
    t.last_start = start
    comments.write_inner(t, node, start)
    up = node.parent
    if up is not None and up.type == "program":
        t.outermost.append(Outermost(node, start, len(t.out.lines)))


@statement("empty_statement", "hash_bang_line", "function_signature", "debugger_statement")
def nothing(t: Translator, node: Node) -> None:
    """What does nothing."""


@statement("ambient_declaration")
def ambient(t: Translator, node: Node) -> None:
    """`declare const wx`: nothing is made."""


@statement("statement_block")
def inner_block(t: Translator, node: Node) -> None:
    """A block by itself."""
    with t.inside(node):
        block(t, node.children[1:-1])


def body_of(t: Translator, node: Node | None) -> None:
    """The body of a branch or a loop."""
    if node is None:
        raise Refused("the text was not understood")
    with t.out.block():
        if node.type == "statement_block":
            inner_block(t, node)
        else:
            one(t, node)


@statement("expression_statement")
def expression_statement(t: Translator, node: Node) -> None:
    """An expression as a line."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if parts and parts[0].type == "string":
        return  # 'use strict'
    if parts and parts[0].type == "internal_module":
        STATEMENTS["internal_module"](t, parts[0])
        return
    if parts and components.defines_page(parts[0]) and len(t.functions) == 1:
        name = t.module.page_config = t.module.naming.fresh("page_config")
        t.out.write(f"{name} = {t.text(parts[0])}")
        return
    if later.common_exports(t, node):
        return
    value(t, parts[0] if parts else None)


def value(t: Translator, node: Node | None) -> None:
    """An expression of which only the effect matters."""
    if node is None:
        raise Refused("the text was not understood")
    while node.type == "parenthesized_expression":
        node = next(child for child in node.named_children if child.type != "comment")
    special = {
        "assignment_expression": assign,
        "augmented_assignment_expression": augment,
        "update_expression": count,
        "unary_expression": _effect_of_unary,
        "binary_expression": _effect_of_logical,
        "ternary_expression": _effect_of_ternary,
        "sequence_expression": _sequence,
        "yield_expression": yield_each,
    }.get(node.type)
    if special is not None and special(t, node):
        return
    if node.type == "call_expression":
        guards: list[str] = []
        text = link(t, node, guards).alone
        if guards:
            t.out.write(f"if {' and '.join(guards)}:")
            with t.out.block():
                t.out.write(text)
            return
    else:
        text = t.expr(node).text
        text = text[1:-1] if node.type == "yield_expression" else text
    if text not in ("None",):
        t.out.write(text)


def _sequence(t: Translator, node: Node) -> bool:
    for child in node.named_children:
        value(t, child)
    return True


def _effect_of_unary(t: Translator, node: Node) -> bool:
    sign, argument = node.children[0].type, node.child_by_field_name("argument")
    if sign == "void":
        value(t, argument)
        return True
    if sign == "delete" and argument is not None and argument.type in ("member_expression", "subscript_expression"):
        t.out.write(f"del {t.text(argument, Level.ATOM)}")
        return True
    return False


def _effect_of_logical(t: Translator, node: Node) -> bool:
    """`ready && start()` as a line."""
    left, sign, right = operands(node)
    if sign not in ("&&", "||", "??"):
        return False
    test = condition(t, left) if sign != "??" else compared(t, t.expr(left), NONE)
    text = test.text if sign != "||" else f"not {test.at(Level.NOT)}"
    t.out.write(f"if {text}:")
    with t.out.block():
        value(t, right)
    return True


def _effect_of_ternary(t: Translator, node: Node) -> bool:
    test, one_, other = (node.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))
    if test is None:
        return False
    t.out.write(f"if {condition(t, test).text}:")
    with t.out.block():
        value(t, one_)
    t.out.write("else:")
    with t.out.block():
        value(t, other)
    return True


@statement("return_statement")
def return_statement(t: Translator, node: Node) -> None:
    """`return value`."""
    if t.current.is_constructor:
        raise Refused("a constructor that returns is not ported", "a function that makes the object")
    parts = [child for child in node.named_children if child.type != "comment"]
    if not parts:
        t.out.write("return None" if t.current.gives and not t.current.yields else "return")
        return
    if t.current.yields and t.current.is_async:
        raise Refused("an async generator that returns a value is not ported", "a last value that it yields")
    returned(t, parts[0])


def returned(t: Translator, node: Node) -> None:
    """The line that returns an expression."""
    while node.type == "parenthesized_expression":
        node = next(child for child in node.named_children if child.type != "comment")
    start, doc = len(t.out.lines), len(t.refusals)
    depth = t.out.depth
    t.out.origin = t.line(node)
    try:
        if node.type in ("assignment_expression", "augmented_assignment_expression"):
            value(t, node)
            _return(t, t.expr(node.child_by_field_name("left")))
            return
        if node.type == "unary_expression" and node.children[0].type == "void":
            value(t, node)
            return
        if node.type == "sequence_expression":
            *before, node = [child for child in node.named_children if child.type != "comment"]
            for child in before:
                value(t, child)
            returned(t, node)
            return
        if node.type in FUNCTIONS:
            t.hint = components.hint_for_returned(node) or "inner"
        _return(t, t.expr(node))
    except Refused as refused:
        if node.parent is not None and node.parent.type == "return_statement":
            raise
        del t.out.lines[start:], t.refusals[doc:]
        t.out.depth = depth
        t.out.write(f"raise {t.helper('NotPorted')}{t.refuse(node, refused)}")


def _return(t: Translator, made: Expr) -> None:
    t.current.given.append(made.type)
    t.out.write(f"return {made.at(Level.TERNARY)}")


@statement("throw_statement")
def throw_statement(t: Translator, node: Node) -> None:
    """`throw value`."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if parts and _is_caught(t, parts[0]):
        t.out.write("raise")
        return
    thrown = t.expr(parts[0] if parts else None)
    if is_error(thrown.type):
        t.out.write(f"raise {thrown.at(Level.TERNARY)}")
    else:
        t.out.write(f"{t.helper('throw')}({thrown.at(Level.TERNARY)})")


def _is_caught(t: Translator, node: Node) -> bool:
    """Whether it is what the `catch` around has got."""
    binding = t.binding(text_of(node)) if node.type == "identifier" and t.current.catching else None
    return binding is not None and binding is t.current.catching[-1] and not binding.writes


# --- declarations ------------------------------------------------------------------------------------------------


@statement("function_declaration", "generator_function_declaration")
def function_declaration(t: Translator, node: Node) -> None:
    """A function with a name."""
    name = node.child_by_field_name("name")
    binding = t.binding(text_of(name)) if name is not None else None
    if binding is None:
        raise Refused("the text was not understood")
    if is_constructor(t.module, node):
        define_class(t, node, t.python(binding))
        return
    define(t, node, t.python(binding), kept=kept_of(t, node))


later.block = block
later.returned = returned
