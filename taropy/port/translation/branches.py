"""Branches: `if` and `switch`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, LEAVING, LOOPS
from . import comments
from .comparing import compared
from .jumps import leaving
from .operators import condition
from .statements import block, body_of
from .translator import Jump, Translator, statement
from .tree import Expr, Level, Refused

if TYPE_CHECKING:
    from tree_sitter import Node

#: So many statements stand once more in the branch of a case that goes on with others.
_MOST_SHARED = 8
_DECLARING = frozenset(["lexical_declaration", "function_declaration", "class_declaration"])


@statement("if_statement")
def if_statement(t: Translator, node: Node) -> None:
    """`if`, with its `else if`s as `elif`."""
    _branch(t, node, "if", None)


def _branch(t: Translator, node: Node, word: str, test: Expr | None) -> None:
    asked, body, other = (node.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))
    if asked is None:
        raise Refused("the text was not understood")
    test = test or condition(t, asked)
    t.out.write(f"{word} {test.text}:")
    body_of(t, body)
    if other is None:
        return
    inner = next((child for child in other.named_children if child.type != "comment"), None)
    for comment in other.named_children:
        if comment.type == "comment":
            with t.out.block():
                comments.write(t, comment)
            t.out.lines = [line for line in t.out.lines if not (line is t.out.lines[-1] and line.text == "pass")]
    if inner is not None and inner.type == "if_statement":
        with t.out.aside() as lines:
            follows = condition(t, inner.child_by_field_name("condition"))  # type: ignore[arg-type]
        if not lines:
            t.out.origin = t.line(inner)
            _branch(t, inner, "elif", follows)
            return
    t.out.write("else:")
    body_of(t, inner)


@statement("switch_statement")
def switch(t: Translator, node: Node) -> None:
    """`switch`, as a chain of `if`s."""
    subject, body = node.child_by_field_name("value"), node.child_by_field_name("body")
    if subject is None or body is None:
        raise Refused("the text was not understood")
    asked = t.expr(subject)
    with t.inside(body):
        groups = _groups(body)
        if groups and (not asked.pure or "(" in asked.text):
            name = t.fresh("kind" if asked.text.startswith("typeof") else "subject")
            t.out.write(f"{name} = {asked.at(Level.TERNARY)}")
            asked = Expr(name, type=asked.type, pure=True)
        once = _are_left(groups)
        with leaving(t, Jump(t.labels, goes_on=False, is_loop=once)):
            t.labels = frozenset()
            if once:
                _cases_once(t, asked, groups)
            else:
                _cases(t, asked, groups)


def _cases_once(t: Translator, asked: Expr, groups: list[Group]) -> None:
    """The cases in a loop of one turn, which a `break` from within them leaves."""
    t.out.write("while True:")
    with t.out.block():
        _cases(t, asked, groups)
        t.out.write("break")


def _are_left(groups: list[Group]) -> bool:
    """Whether a `break` stands within the statements of a case and leads out of them."""
    return any(_leads_out(node) for group in groups for node in group.code)


def _leads_out(node: Node) -> bool:
    if node.type == "break_statement":
        return node.child_by_field_name("label") is None
    if node.type in FUNCTIONS or node.type in LOOPS or node.type == "switch_statement":
        return False
    return any(_leads_out(child) for child in node.named_children)


@attrs.frozen
class Group:
    """Cases that share a body; None stands for the default. `opens` is the node whose scope the body has."""

    tests: list[Node | None]
    code: list[Node]
    opens: Node


def _groups(body: Node) -> list[Group]:
    """The cases with their bodies, the default at the end."""
    groups: list[Group] = []
    pending: list[Node | None] = []
    cases = [child for child in body.named_children if child.type in ("switch_case", "switch_default")]
    for index, case in enumerate(cases):
        pending.append(case.child_by_field_name("value") if case.type == "switch_case" else None)
        value_ = case.child_by_field_name("value")
        inner = [child for child in case.named_children if value_ is None or child.id != value_.id]
        if not [child for child in inner if child.type != "comment"] and index + 1 < len(cases):
            continue
        opens = case
        if len(inner) == 1 and inner[0].type == "statement_block":
            opens, inner = inner[0], list(inner[0].named_children)
        inner = _reached(inner)
        if index + 1 < len(cases) and not _ends(_statements(inner)):
            following = list(_following(cases[index + 1 :]))
            if len(following) > _MOST_SHARED:
                raise Refused("a case that goes on with long ones is not ported", "functions")
            opens, inner = body, [*_shared(inner), *following]
        code = _statements(inner)
        if code and code[-1].type == "break_statement" and code[-1].child_by_field_name("label") is None:
            inner.remove(code[-1])
        groups.append(Group(pending, inner, opens))
        pending = []
    if any(None in group.tests for group in groups[:-1]):
        default = next(group for group in groups if None in group.tests)
        groups.remove(default)
        groups.append(default)
    return groups


def _statements(nodes: Iterable[Node]) -> list[Node]:
    return [node for node in nodes if node.type != "comment"]


def _reached(nodes: list[Node]) -> list[Node]:
    """The nodes up to the first after which nothing comes."""
    for index, node in enumerate(nodes):
        if node.type in LEAVING:
            return nodes[: index + 1]
    return nodes


def _following(cases: list[Node]) -> Iterator[Node]:
    """The statements of the cases that a case goes on with, up to where one ends."""
    for case in cases:
        value_ = case.child_by_field_name("value")
        inner = _statements(child for child in case.named_children if value_ is None or child.id != value_.id)
        if len(inner) == 1 and inner[0].type == "statement_block":
            inner = _statements(inner[0].named_children)
        inner = _reached(inner)
        yield from _shared(inner)
        if _ends(inner):
            return


def _shared(nodes: Iterable[Node]) -> list[Node]:
    """The statements, which stand in more than one branch."""
    found = _statements(nodes)
    if any(node.type in _DECLARING for node in found):
        raise Refused("a case that declares something and goes on with the next one is not ported", "an if")
    return found


def _ends(code: list[Node]) -> bool:
    """Whether nothing comes after these statements."""
    if not code:
        return False
    last = code[-1]
    if last.type == "statement_block":
        return _ends([child for child in last.named_children if child.type != "comment"])
    if last.type == "if_statement":
        other = last.child_by_field_name("alternative")
        body = last.child_by_field_name("consequence")
        inner = [child for child in other.named_children if child.type != "comment"] if other is not None else []
        return bool(inner) and body is not None and _returns([body]) and _returns(inner)
    return last.type in LEAVING


def _returns(code: list[Node]) -> bool:
    return _ends(code) and not (code and code[-1].type == "break_statement")


def _cases(t: Translator, asked: Expr, groups: list[Group]) -> None:
    word = "if"
    for group in groups:
        if None not in group.tests:
            t.out.write(f"{word} {_test(t, asked, group)}:")
            word = "elif"
        elif word == "if":
            with t.inside(group.opens):
                block(t, group.code)
            return
        else:
            t.out.write("else:")
        with t.out.block(), t.inside(group.opens):
            block(t, group.code)


def _test(t: Translator, asked: Expr, group: Group) -> str:
    """Whether the subject is one of a group's cases."""
    found = [t.expr(test) for test in group.tests]
    same = [compared(t, asked, each) for each in found]
    subject = asked.at(Level.SUM)
    if len(found) > 1 and [each.text for each in same] == [f"{subject} == {each.text}" for each in found]:
        return f"{subject} in ({', '.join(each.text for each in found)})"
    return " or ".join(each.at(Level.AND) for each in same)
