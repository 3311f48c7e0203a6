"""Jumps: `break` and `continue`, out of the loop around, and by a label out of others.

Python leaves the innermost loop only. A jump that leads further sets a flag and leaves that; what stands behind each
loop on the way leaves the next one, until the flag has come to where it belongs.

    break_outer = False
    for cell in row:
        if cell == wanted:
            break_outer = True
            break
    if break_outer:
        break
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..names import LOOPS, text_of
from .naming import snake
from .statements import one
from .translator import STATEMENTS, Jump, Translator, statement
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node


@statement("labeled_statement")
def labeled(t: Translator, node: Node) -> None:
    """`outer: for (…)`; a block with a label is a loop of one turn."""
    label, body = node.child_by_field_name("label"), node.child_by_field_name("body")
    if label is None or body is None:
        raise Refused("the text was not understood")
    labels = t.labels | {text_of(label)}
    if body.type in (*LOOPS, "labeled_statement"):
        t.labels = labels
        STATEMENTS[body.type](t, body)
        return
    if not _leads_to(body, text_of(label)):
        one(t, body)
        return
    if body.type != "statement_block":
        raise Refused(f"a label of a {body.type.replace('_', ' ')} is not ported", "a block")
    with leaving(t, Jump(labels, breaks=False, goes_on=False)):
        t.out.write("while True:")
        with t.out.block():
            STATEMENTS[body.type](t, body)
            t.out.write("break")


@contextmanager
def looping(t: Translator) -> Iterator[Jump]:
    """What is written within is a loop of the program's."""
    labels, t.labels = t.labels, frozenset()
    with leaving(t, Jump(labels)) as jump:
        yield jump


@contextmanager
def leaving(t: Translator, jump: Jump) -> Iterator[Jump]:
    """What is written within may be left by jumps, which lead on from there."""
    start = len(t.out.lines)
    t.jumps.append(jump)
    try:
        yield jump
    finally:
        t.jumps.pop()
    for flag, (target, word) in jump.flags.items():
        outer = _on_the_way(t, target)
        if not outer:
            t.out.insert(start, f"{flag} = False")
        t.out.write(f"if {flag}:")
        with t.out.block():
            if outer:
                outer[-1].flags[flag] = target, word
                t.out.write("break")
            else:
                _leave(t, target, word)


def _on_the_way(t: Translator, target: Jump) -> list[Jump]:
    """Python's loops between here and what a jump is for, from the outside in."""
    return [each for each in t.jumps[t.jumps.index(target) + 1 :] if each.is_loop]


def _leave(t: Translator, target: Jump, word: str) -> None:
    if word == "continue" and target.before_continue is not None:
        target.before_continue()
    t.out.write(word)


@statement("break_statement", "continue_statement")
def jump_statement(t: Translator, node: Node) -> None:
    """`break` and `continue`, to a label too."""
    word = "break" if node.type == "break_statement" else "continue"
    label = node.child_by_field_name("label")
    name = text_of(label) if label is not None else None
    target = next((each for each in reversed(t.jumps) if _is_meant(each, word, name)), None)
    if target is None:
        raise Refused("the text was not understood")
    way = _on_the_way(t, target)
    if not way:
        _leave(t, target, word)
        return
    if word not in target.names:
        target.names[word] = t.fresh(f"{word}_{snake(name) if name is not None else 'loop'}")
    way[-1].flags[target.names[word]] = target, word
    t.out.write(f"{target.names[word]} = True")
    t.out.write("break")


def _is_meant(jump: Jump, word: str, label: str | None) -> bool:
    if label is not None:
        return label in jump.labels
    return jump.breaks if word == "break" else jump.goes_on


def _leads_to(node: Node, label: str) -> bool:
    """Whether a label is jumped to from within."""
    target = node.child_by_field_name("label") if node.type in ("break_statement", "continue_statement") else None
    if target is not None and text_of(target) == label:
        return True
    return any(_leads_to(child, label) for child in node.named_children)
