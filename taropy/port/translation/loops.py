"""Loops, over a `range` or the items where that is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of
from .arithmetic import operands
from .jumps import looping
from .operators import condition
from .patterns import assign_pattern, items_of, target_name
from .statements import body_of, value
from .translator import STATEMENTS, Translator, statement
from .tree import Expr, Level, Refused
from .types import NATURAL, STRING, UNKNOWN, WHOLE

if TYPE_CHECKING:
    from tree_sitter import Node


@statement("while_statement")
def while_statement(t: Translator, node: Node) -> None:
    """`while`."""
    asked, body = node.child_by_field_name("condition"), node.child_by_field_name("body")
    if asked is None:
        raise Refused("the text was not understood")
    with looping(t):
        t.out.write(f"while {condition(t, asked).text}:")
        _loop_body(t, body)


def _loop_body(t: Translator, body: Node | None) -> None:
    scope = t.module.names.scopes.get(body.id) if body is not None else None
    if scope is not None:
        t.loops.add(id(scope))
    body_of(t, body)


@statement("do_statement")
def do_statement(t: Translator, node: Node) -> None:
    """`do … while`."""
    asked, body = node.child_by_field_name("condition"), node.child_by_field_name("body")
    if asked is None:
        raise Refused("the text was not understood")

    def leave() -> None:
        test = condition(t, asked)
        t.out.write(f"if not {test.at(Level.NOT)}:")
        with t.out.block():
            t.out.write("break")

    with looping(t) as jump:
        jump.before_continue = leave
        t.out.write("while True:")
        _loop_body(t, body)
        with t.out.block():
            leave()


@statement("for_in_statement")
def for_in(t: Translator, node: Node) -> None:
    """`for … of`, `for … in`, `for await`."""
    target, right, body = (node.child_by_field_name(name) for name in ("left", "right", "body"))
    operator = node.child_by_field_name("operator")
    if target is None or right is None or operator is None:
        raise Refused("the text was not understood")
    while target.type == "parenthesized_expression" and target.named_children:
        target = target.named_children[0]
    if any(child.type == "await" for child in node.children):
        _for_await(t, node, target, right, body)
        return
    over = t.expr(right)
    of = text_of(operator) == "of"
    text = (over.items or over.text) if of else _keys(t, over, body)
    item = over.type.item if of and over.type.kind == "array" else None
    with looping(t), t.inside(node):
        t.loops.add(id(t.scope))
        if target.type == "identifier":
            name = target_name(t, target)
            binding = t.binding(text_of(target))
            if not of:
                item = STRING
            if item is not None:
                t.expect_type(binding, item)
            t.out.write(f"for {name} in {text}:")
            _loop_body(t, body)
            return
        pairs = text.endswith(".entries()") or (".entries(" in text and text.startswith("Object."))
        parts = items_of(target) if target.type == "array_pattern" else []
        simple = bool(parts) and all(
            part is not None and part.target.type == "identifier" and part.default is None and not part.is_rest
            for part in parts
        )
        if pairs and simple and len(parts) == 2:
            names = [target_name(t, part.target) for part in parts if part is not None]
            t.out.write(f"for {', '.join(names)} in {text}:")
            _loop_body(t, body)
            return
        name = t.fresh("entry" if target.type == "array_pattern" else "item")
        t.out.write(f"for {name} in {text}:")
        with t.out.block():
            assign_pattern(t, target, Expr(name, type=item or UNKNOWN, pure=True))
        _loop_body(t, body)


def _for_await(t: Translator, node: Node, target: Node, right: Node, body: Node | None) -> None:
    """`for await`; what it goes through is ended if the loop may be left early."""
    if not t.current.is_async:
        raise Refused("`for await` outside of an async function is not ported", "an async function")
    values = f"{t.helper('each_of')}({t.text(right)})"
    if body is not None and _may_be_left(body):
        name = t.fresh("values")
        t.out.write(f"async with {values} as {name}:")
        with t.out.block():
            _each_awaited(t, node, target, name, body)
    else:
        _each_awaited(t, node, target, values, body)


def _each_awaited(t: Translator, node: Node, target: Node, values: str, body: Node | None) -> None:
    with looping(t), t.inside(node):
        t.loops.add(id(t.scope))
        if target.type == "identifier":
            t.out.write(f"async for {target_name(t, target)} in {values}:")
        else:
            name = t.fresh("item")
            t.out.write(f"async for {name} in {values}:")
            with t.out.block():
                assign_pattern(t, target, Expr(name, pure=True))
        _loop_body(t, body)


def _may_be_left(node: Node) -> bool:
    """Whether a loop's body may leave it before the end."""
    if node.type in ("break_statement", "return_statement", "throw_statement", "continue_statement"):
        return node.type != "continue_statement" or node.child_by_field_name("label") is not None
    return node.type not in FUNCTIONS and any(map(_may_be_left, node.named_children))


def _keys(t: Translator, over: Expr, body: Node | None) -> str:
    """What `for … in` goes over: of an object its own keys, as they are when the loop begins."""
    is_plain = over.type.is_object and not over.type.name and not t.strict
    is_plain = is_plain and not (body is not None and t.module.program.changes.deleted and _may_delete(body))
    return f"{'list' if is_plain else t.helper('for_in')}({over.at(Level.TERNARY)})"


def _may_delete(node: Node) -> bool:
    """Whether a body deletes a field, or calls what may."""
    if node.type == "unary_expression" and node.children[0].type == "delete":
        return True
    return node.type in ("call_expression", "new_expression") or any(map(_may_delete, node.named_children))


@statement("for_statement")
def for_statement(t: Translator, node: Node) -> None:
    """`for (let i = 0; i < n; i++)`: over a `range` where that is the same, else as `while`."""
    with looping(t) as jump, t.inside(node):
        t.loops.add(id(t.scope))
        begin, test, step, body = (
            node.child_by_field_name(name) for name in ("initializer", "condition", "increment", "body")
        )
        counted = _as_range(t, begin, test, step, body)
        if counted is not None:
            t.out.write(f"for {counted}:")
            _loop_body(t, body)
            t.below.pop(counted.partition(" ")[0], None)
            return
        if begin is not None and begin.type != "empty_statement":
            STATEMENTS[begin.type](t, begin) if begin.type in STATEMENTS else value(t, begin)
        if test is not None and test.type == "expression_statement":
            test = test.named_children[0]
        asked = condition(t, test).text if test is not None and test.type != "empty_statement" else "True"
        t.out.write(f"while {asked}:")

        def advance() -> None:
            if step is not None:
                value(t, step)

        jump.before_continue = advance
        _loop_body(t, body)
        if step is not None:
            with t.out.block():
                advance()


def _as_range(t: Translator, begin: Node | None, test: Node | None, step: Node | None, body: Node | None) -> str | None:
    """`i in range(n)`, if the loop counts by one, and neither the counter nor the bound changes within."""
    if begin is None or test is None or step is None or body is None or begin.type != "lexical_declaration":
        return None
    if test.type == "expression_statement":
        test = test.named_children[0]
    declared = [child for child in begin.named_children if child.type == "variable_declarator"]
    if (
        len(declared) != 1
        or test.type != "binary_expression"
        or step.type not in ("update_expression", "augmented_assignment_expression")
    ):
        return None
    target, first = declared[0].child_by_field_name("name"), declared[0].child_by_field_name("value")
    left, sign, bound = operands(test)
    counter = text_of(target) if target is not None else ""
    if (
        first is None
        or text_of(left) != counter
        or sign not in ("<", "<=")
        or text_of(step) not in (f"{counter}++", f"++{counter}", f"{counter} += 1")
    ):
        return None
    binding = t.binding(counter)
    if binding is None or len(binding.writes) != 1:
        return None
    start, end = t.expr(first), t.expr(bound)
    if not (start.type.is_number and start.type.whole and start.pure and end.type.is_number and end.type.whole):
        return None
    if not _is_steady(t, bound, body):
        return None
    t.module.typed[id(binding)] = NATURAL if start.type.literal is not None and start.type.literal >= 0 else WHOLE
    stop = end.at(Level.TERNARY) if sign == "<" else f"{end.at(Level.SUM)} + 1"
    if sign == "<=" and isinstance(end.written, float):
        stop = str(int(end.written) + 1)
    name = t.python(binding)
    if sign == "<" and t.module.typed[id(binding)] == NATURAL and not _has_function(body):  # with names of its own
        t.below[name] = end.text
    return f"{name} in range({stop})" if start.written == 0 else f"{name} in range({start.at(Level.TERNARY)}, {stop})"


def _has_function(node: Node) -> bool:
    return node.type in FUNCTIONS or any(map(_has_function, node.named_children))


def _is_steady(t: Translator, bound: Node, body: Node) -> bool:
    """Whether a bound is the same at each turn: a number, or the length of what the loop only reads items of."""
    if bound.type == "number":
        return True
    if bound.type == "identifier":
        binding = t.binding(text_of(bound))
        return binding is not None and not binding.writes and binding.kind in ("const", "let", "parameter")
    inner, key = bound.child_by_field_name("object"), bound.child_by_field_name("property")
    if bound.type != "member_expression" or inner is None or key is None or text_of(key) != "length":
        return False
    if inner.type != "identifier":
        return False
    binding = t.binding(text_of(inner))
    return binding is not None and not binding.writes and _only_read(body, text_of(inner))


def _only_read(node: Node, name: str) -> bool:
    """Whether a name is only used for its items and its length."""
    if node.type == "identifier" and text_of(node) == name:
        up = node.parent
        if up is None or up.child_by_field_name("object") != node:
            return False
        if up.type == "member_expression" and text_of(up.child_by_field_name("property") or up) != "length":
            return False
        around = up.parent
        sets = around is not None and around.type in (
            "assignment_expression",
            "augmented_assignment_expression",
            "update_expression",
        )
        return not (sets and around is not None and around.child_by_field_name("right") != up) or (
            up.type == "subscript_expression" and False
        )
    return all(_only_read(child, name) for child in node.named_children)
