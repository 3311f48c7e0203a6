"""What the questions before a place have told of a name that never changes: after `if (!list) return` it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, leaves, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from ..names import Binding

#: Functions that begin where they are written. Others may be called before what is asked above them.
_IN_PLACE = frozenset(["arrow_function", "function_expression"])
_BLOCKS = frozenset(["statement_block", "program", "switch_case", "switch_default"])
_NOTHING = frozenset(["null", "undefined"])
_EQUAL = {"==": True, "===": True, "!=": False, "!==": False}


def is_there(binding: Binding, node: Node, *, only_null: bool) -> bool:
    """Whether a name that may be null or undefined is neither at this place. `only_null`: undefined it is never."""
    if binding.writes:
        return False
    return any(
        question.start_byte >= binding.node.start_byte and _tells(question, binding.name, answer, only_null=only_null)
        for question, answer in _answered(node)
    )


def _answered(node: Node) -> Iterator[tuple[Node, bool]]:
    """The questions that were asked before a place is reached, each with its answer."""
    around = node.parent
    while around is not None and (around.type not in FUNCTIONS or around.type in _IN_PLACE):
        yield from _by(around, node)
        node, around = around, around.parent


def _by(around: Node, node: Node) -> Iterator[tuple[Node, bool]]:
    """Those that the construct around asks."""
    if around.type in _BLOCKS:
        for before in around.named_children:
            if before.start_byte >= node.start_byte:
                return
            question = before.child_by_field_name("condition") if before.type == "if_statement" else None
            if question is not None and leaves(before.child_by_field_name("consequence")):
                yield question, False
        return
    if around.type == "binary_expression" and around.child_by_field_name("right") == node:
        sign, left = around.child_by_field_name("operator"), around.child_by_field_name("left")
        if left is not None and sign is not None and text_of(sign) in ("&&", "||"):
            yield left, text_of(sign) == "&&"
        return
    question = around.child_by_field_name("condition")
    if question is None or question == node or around.type == "do_statement":
        return
    is_body = around.child_by_field_name("body") == node
    if is_body or around.child_by_field_name("consequence") == node:
        yield question, True
    elif around.child_by_field_name("alternative") == node:
        yield question, False


def _tells(question: Node, name: str, answer: bool, *, only_null: bool) -> bool:
    """Whether the name is there, if this is the answer to the question."""
    if question.type == "parenthesized_expression" and len(question.named_children) == 1:
        return _tells(question.named_children[0], name, answer, only_null=only_null)
    if question.type == "unary_expression":
        inner = question.child_by_field_name("argument")
        is_not = question.children[0].type == "!"
        return is_not and inner is not None and _tells(inner, name, not answer, only_null=only_null)
    if question.type == "binary_expression":
        return _compared(question, name, answer, only_null=only_null)
    if not answer:
        return False
    if question.type == "call_expression" and text_of(question.child_by_field_name("function") or question) == (
        "Array.isArray"
    ):
        arguments = question.child_by_field_name("arguments")
        return arguments is not None and [text_of(each) for each in arguments.named_children] == [name]
    return _begins_with(question, name)


def _begins_with(node: Node, name: str) -> bool:
    """Whether it is the name, or fields of it: `list?.length`."""
    while node.type == "member_expression":
        inner = node.child_by_field_name("object")
        if inner is None:
            return False
        node = inner
    return node.type == "identifier" and text_of(node) == name


def _compared(question: Node, name: str, answer: bool, *, only_null: bool) -> bool:
    left, right = question.child_by_field_name("left"), question.child_by_field_name("right")
    sign = text_of(question.child_by_field_name("operator") or question)
    if left is None or right is None:
        return False
    if sign in ("&&", "||"):
        told = [_tells(side, name, answer, only_null=only_null) for side in (left, right)]
        return any(told) if answer == (sign == "&&") else all(told)
    if sign == "instanceof":
        return answer and text_of(left) == name
    if sign not in _EQUAL:
        return False
    is_equal = _EQUAL[sign] == answer
    if text_of(right) in _NOTHING:
        is_whole = len(sign) == 2 or (only_null and text_of(right) == "null")
        return not is_equal and is_whole and text_of(left) == name
    is_kind = left.type == "unary_expression" and left.children[0].type == "typeof"
    if is_kind and right.type == "string" and is_equal:
        asked = left.child_by_field_name("argument")
        return asked is not None and text_of(asked) == name and text_of(right)[1:-1] in ("string", "number", "function")
    return False
