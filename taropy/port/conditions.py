"""Conditions under which code runs: which platform it is, what the platform has; and what they come to on one.

`process.env.TARO_ENV === 'h5'`, `Taro.getEnv() === Taro.ENV_TYPE.WEB`, `Taro.canIUse('login')`, `if (Taro.login)`,
`typeof wx !== 'undefined'`, alone, negated and joined, also by way of constants and functions of other modules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import attrs

from .constants import text_at
from .names import FUNCTIONS, Binding, Place, Scope, leaves, string_of, text_of
from .origins import CALLED, GLOBAL, TARO, TRANSPARENT, Origin, Origins

if TYPE_CHECKING:
    from tree_sitter import Node


@attrs.frozen(slots=False)
class Same:
    """Two texts are the same; each is a text or the origin of one."""

    left: Origin | str
    right: Origin | str


@attrs.frozen(slots=False)
class CanUse:
    """`Taro.canIUse(schema)`."""

    schema: str


@attrs.frozen(slots=False)
class There:
    """A value is there, and true: `if (Taro.login)`, and constants and functions that hold conditions."""

    what: Origin


@attrs.frozen(slots=False)
class Not:
    """The contrary."""

    of: Condition


@attrs.frozen(slots=False)
class Both:
    """All of these."""

    of: tuple[Condition, ...]


@attrs.frozen(slots=False)
class Either:
    """One of these."""

    of: tuple[Condition, ...]


@attrs.frozen(slots=False)
class OneOf:
    """One of these is meant, and nobody can tell which: a variable that is given several values is compared."""

    of: tuple[Condition, ...]


Condition: TypeAlias = Same | CanUse | There | Not | Both | Either | OneOf

#: Whether something holds; None where nobody can tell.
Verdict: TypeAlias = bool | None

ENV = Origin(GLOBAL, ("process", "env", "TARO_ENV"))
GET_ENV = Origin(TARO, ("getEnv", CALLED))

_EQUAL = {"===": True, "==": True, "!==": False, "!=": False}
_DEEPEST = 40


def decide(condition: Condition, atom: Callable[[Condition], Verdict]) -> Verdict:
    """What a condition comes to, where `atom` answers for the simple ones."""
    match condition:
        case Not(of):
            verdict = decide(of, atom)
            return None if verdict is None else not verdict
        case Both(of):
            return _joined((decide(each, atom) for each in of), decisive=False)
        case Either(of):
            return _joined((decide(each, atom) for each in of), decisive=True)
        case OneOf(of):
            verdicts = {decide(each, atom) for each in of}
            return verdicts.pop() if len(verdicts) == 1 else None
        case _:
            return atom(condition)


def _joined(verdicts: Iterable[Verdict], *, decisive: bool) -> Verdict:
    found = list(verdicts)
    if decisive in found:
        return decisive
    return None if None in found else not decisive


# --- reading conditions ----------------------------------------------------------------------------------------


class Conditions:
    """The conditions in a file."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self._exits: dict[int, list[tuple[int, Condition]]] = {}
        self._around: dict[Place, tuple[Condition, ...]] = {}

    def read(self, node: Node | None, scope: Scope, depth: int = 0) -> Condition | None:
        """The condition that an expression is; None for one that says nothing of platforms."""
        if node is None or depth > _DEEPEST:
            return None
        match node.type:
            case kind if kind in TRANSPARENT:
                return self.read(_first(node), scope, depth + 1)
            case "unary_expression":
                return self._unary(node, scope, depth)
            case "binary_expression":
                return self._binary(node, scope, depth)
            case "call_expression":
                return self._call(node, scope, depth)
            case "identifier":
                return self._name(text_of(node), scope, depth)
            case "member_expression":
                return _there(self.origins.of(node, scope))
            case _:
                return None

    def _unary(self, node: Node, scope: Scope, depth: int) -> Condition | None:
        if node.children[0].type != "!":
            return None
        inner = self.read(node.child_by_field_name("argument"), scope, depth + 1)
        return Not(inner) if inner is not None else None

    def _binary(self, node: Node, scope: Scope, depth: int) -> Condition | None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = text_of(node.children[1]) if node.child_count > 1 else ""
        if left is None or right is None:
            return None
        if operator in _EQUAL:
            made = self._defined(left, right, scope) or self._same(left, right, scope)
            return made if made is None or _EQUAL[operator] else Not(made)
        if operator in ("&&", "||"):
            parts = [self.read(part, scope, depth + 1) for part in (left, right)]
            return _join(parts, operator)
        return None

    def _same(self, left: Node, right: Node, scope: Scope) -> Condition | None:
        pairs = [(one, other) for one in self._texts(left, scope) for other in self._texts(right, scope)]
        same = tuple(Same(one, other) for one, other in pairs if one is not None and other is not None)
        if len(same) < len(pairs) or not any(isinstance(text, Origin) for pair in pairs for text in pair):
            return None
        return same[0] if len(same) == 1 else OneOf(same)

    def _defined(self, left: Node, right: Node, scope: Scope) -> Condition | None:
        """`typeof Taro.login === 'undefined'`, `typeof Taro.login === 'function'`, `wx === undefined`."""
        for side, other in ((left, right), (right, left)):
            said = string_of(other) or (text_of(other) if other.type in ("undefined", "null") else None)
            if side.type == "unary_expression" and side.children[0].type == "typeof":
                what = _there(self.origins.of(side.child_by_field_name("argument"), scope))
            elif said in ("undefined", "null") and other.type != "string":
                what = _there(self.origins.of(side, scope))
            else:
                continue
            if what is not None and said in ("undefined", "null"):
                return Not(what)
            if what is not None and said in ("function", "object"):
                return what
        return None

    def _call(self, node: Node, scope: Scope, depth: int) -> Condition | None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        given = [child for child in arguments.named_children if child.type != "comment"]
        if function.type == "member_expression" and len(given) == 1:
            listed = self._included(function, given[0], scope)
            if listed is not None:
                return listed
        plain = _plain(function)
        if plain.type in FUNCTIONS:
            return self.of_function(plain, scope, depth)
        called = self.origins.of(function, scope)
        if called is not None and called.path[-1:] == ("canIUse",) and given:
            schema = string_of(given[0])
            return CanUse(schema) if schema is not None else None
        if function.type == "identifier" and text_of(function) == "Boolean" and given:
            return self.read(given[0], scope, depth + 1)
        if function.type == "identifier" and called is None:
            return self._of_declared(scope.find(text_of(function)), depth)
        return There(called.then(CALLED)) if called is not None else None

    def _included(self, function: Node, given: Node, scope: Scope) -> Condition | None:
        """`['weapp', 'h5'].includes(process.env.TARO_ENV)`."""
        name, listed = function.child_by_field_name("property"), function.child_by_field_name("object")
        if name is None or listed is None or text_of(name) != "includes" or listed.type != "array":
            return None
        what = self._text(given, scope)
        if not isinstance(what, Origin):
            return None
        texts = [self._text(item, scope) for item in listed.named_children]
        return Either(tuple(Same(what, text) for text in texts if text is not None))

    def _name(self, name: str, scope: Scope, depth: int) -> Condition | None:
        """A constant stands for the condition that it was given; a name from elsewhere is asked for there."""
        binding = scope.find(name)
        if binding is not None and binding.kind == "const" and binding.value is not None and not binding.path:
            found = self.read(binding.value, binding.place.scope, depth + 1)
            if found is not None:
                return found
        return _there(self.origins.of_name(name, scope))

    def _of_declared(self, binding: Binding | None, depth: int = 0) -> Condition | None:
        if binding is None or binding.path:
            return None
        node = binding.place.node if binding.kind == "function" else binding.value
        return self.of_function(node, binding.place.scope, depth) if node is not None else None

    def of_function(self, node: Node, scope: Scope, depth: int = 0) -> Condition | None:
        """What a function returns that does nothing else: `() => process.env.TARO_ENV === 'h5'`."""
        returned = _returned(node) if node.type in FUNCTIONS else None
        return self.read(returned, scope, depth + 1) if returned is not None else None

    def of_export(self, name: str, scope: Scope) -> Iterator[tuple[tuple[str, ...], Condition]]:
        """The conditions that a name holds: as a value, and as what a call of it gives."""
        value = self._name(name, scope, 0)
        if value is not None and not isinstance(value, There):
            yield (), value
        called = self._of_declared(scope.find(name))
        if called is not None:
            yield (CALLED,), called

    def _texts(self, node: Node, scope: Scope) -> list[Origin | str | None]:
        """What an expression may be: of a variable that is given several values, each of them."""
        binding = scope.find(text_of(node)) if node.type == "identifier" else None
        if binding is None or not binding.writes or binding.path or binding.kind not in ("let", "var"):
            return [self._text(node, scope)]
        given = [*([binding.value] if binding.value is not None else []), *binding.writes]
        return [self._text(value, binding.place.scope) if value is not None else None for value in given]

    def _text(self, node: Node, scope: Scope) -> Origin | str | None:
        text = string_of(node)
        return text or text_at(node, scope) or self.origins.of(node, scope)

    # --- around a place ----------------------------------------------------------------------------------------

    def around(self, place: Place) -> tuple[Condition, ...]:
        """All that has to hold for a place to be reached, from the outside in."""
        climbed: list[tuple[Place, Place]] = []
        while place not in self._around and place.up is not None:
            climbed.append((place, place.up))
            place = place.up
        found = self._around.get(place, ())
        for inner, outer in reversed(climbed):
            found = (*found, *self._between(inner, outer))
            self._around[inner] = found
        return found

    def _between(self, inner: Place, outer: Place) -> Iterator[Condition]:
        """What `outer` asks for before it runs `inner`."""
        node, child = outer.node, inner.node
        match outer.kind:
            case "if_statement" | "ternary_expression":
                yield from self._branch(node, child, outer.scope)
            case "binary_expression":
                yield from self._short_circuit(node, child, outer.scope)
            case "switch_case" | "switch_default":
                yield from self._case(outer)
            case "statement_block" | "program":
                yield from self._left_early(node, child, inner)

    def _branch(self, node: Node, child: Node, scope: Scope) -> Iterator[Condition]:
        if node.child_by_field_name("condition") == child:
            return
        found = self.read(node.child_by_field_name("condition"), scope)
        if found is not None:
            yield Not(found) if node.child_by_field_name("alternative") == child else found

    def _short_circuit(self, node: Node, child: Node, scope: Scope) -> Iterator[Condition]:
        if node.child_by_field_name("right") != child or node.child_count < 2:
            return
        operator = node.children[1].type
        found = self.read(node.child_by_field_name("left"), scope) if operator in ("&&", "||") else None
        if found is not None:
            yield found if operator == "&&" else Not(found)

    def _left_early(self, node: Node, child: Node, inner: Place) -> Iterator[Condition]:
        """After `if (…) return` the contrary holds. Declared functions may be called from before it."""
        if inner.kind in ("function_declaration", "generator_function_declaration", "class_declaration"):
            return
        for end, condition in self._exits_of(node, inner.scope):
            if end <= child.start_byte:
                yield Not(condition)

    def _exits_of(self, block: Node, scope: Scope) -> list[tuple[int, Condition]]:
        """The conditions under which a block is left early, and from where on the contrary holds."""
        if block.id not in self._exits:
            exits = [child for child in block.named_children if child.type == "if_statement"]
            found = [
                (statement.end_byte, self.read(statement.child_by_field_name("condition"), scope))
                for statement in exits
                if leaves(statement.child_by_field_name("consequence"))
            ]
            self._exits[block.id] = [(end, condition) for end, condition in found if condition is not None]
        return self._exits[block.id]

    def _case(self, case: Place) -> Iterator[Condition]:
        body = case.up
        switch = body.up if body is not None else None
        if body is None or switch is None:
            return
        subject = switch.node.child_by_field_name("value")
        what = self.origins.of(_first(subject), switch.scope) if subject is not None else None
        if what is None:
            return
        cases = body.node.named_children
        index = [each.id for each in cases].index(case.node.id)
        if case.kind == "switch_default":
            texts = [self._case_text(each, switch.scope) for each in cases if each.type == "switch_case"]
            yield from (Not(Same(what, text)) for text in texts if text is not None)
            return
        texts = [self._case_text(each, switch.scope) for each in _falling_into(cases, index)]
        if texts and all(text is not None for text in texts):
            yield Either(tuple(Same(what, text) for text in texts if text is not None))

    def _case_text(self, case: Node, scope: Scope) -> Origin | str | None:
        value = case.child_by_field_name("value")
        return self._text(value, scope) if value is not None else None


def _falling_into(cases: list[Node], index: int) -> list[Node]:
    """The case, and those before it that run on into it."""
    found = [cases[index]]
    for case in reversed(cases[:index]):
        body = case.children_by_field_name("body")
        if body and leaves(body[-1]):
            break
        found.append(case)
    return found


def _returned(function: Node) -> Node | None:
    body = function.child_by_field_name("body")
    if body is None or body.type != "statement_block":
        return body
    statements = [child for child in body.named_children if child.type != "comment"]
    return _first(statements[0]) if len(statements) == 1 and statements[0].type == "return_statement" else None


def _join(parts: list[Condition | None], operator: str) -> Condition | None:
    """`a && b`, `a || b`. Of a part that says nothing, nobody can tell."""
    known = tuple(UNKNOWN if part is None else part for part in parts)
    if all(part is UNKNOWN for part in known):
        return None
    return Both(known) if operator == "&&" else Either(known)


#: What may be true or not.
UNKNOWN = There(Origin("?"))


def _plain(node: Node) -> Node:
    """The expression without casts and brackets."""
    while node.type in TRANSPARENT and node.named_child_count:
        node = node.named_children[0]
    return node


def _there(origin: Origin | None) -> Condition | None:
    return There(origin) if origin is not None else None


def _first(node: Node | None) -> Node | None:
    return next((child for child in node.named_children if child.type != "comment"), None) if node is not None else None
