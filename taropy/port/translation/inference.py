"""Types that follow from what the whole program does with a name, where nothing is declared.

A variable has the type of all that it is given; a parameter that of all arguments at the calls of its function, if
every use of the function is a call; a function gives what its returns give. What can't be followed is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from ..names import Binding, Place, Scope, text_of
from .looks import look, of_operator
from .translator import later
from .types import NATURAL, NEVER, NOTHING, UNKNOWN, WHOLE, Type, joined, widened

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module

_HOLD_STATEMENTS = frozenset(
    ["else_clause", "switch_body", "switch_case", "switch_default", "catch_clause", "finally_clause"]
)

#: A call: the module that it stands in, its arguments, and their scope.
Call = tuple["Module", "Node", Scope]


# --- variables -------------------------------------------------------------------------------------------------


def variable_type(module: Module, binding: Binding) -> Type:
    """The type of all that a variable is given; unknown for a part of a value."""
    if binding.path or binding.place.kind != "variable_declarator":
        return UNKNOWN
    first = look(module, binding.value, binding.place.scope) if binding.value is not None else NEVER
    if first.whole and first.literal is not None and first.literal >= 0 and _counts_up(binding):
        return NATURAL
    return settled(module, binding, _with_writes(module, binding, [first]))


def _counts_up(binding: Binding) -> bool:
    """Whether a variable is set by `++` alone."""
    steps = binding.written_by
    return bool(steps) and all(
        step.type == "update_expression" and any(child.type == "++" for child in step.children) for step in steps
    )


def _with_writes(module: Module, binding: Binding, first: list[Type]) -> Type:
    later = zip(binding.written_by, binding.written_in, strict=True)
    return _all_of([*first, *(_written(module, *each) for each in later)])


def _written(module: Module, node: Node, scope: Scope) -> Type:
    """What a variable is given by a construct that sets it."""
    target, value = node.child_by_field_name("left"), node.child_by_field_name("right")
    if node.type == "update_expression":
        return WHOLE
    if node.type == "variable_declarator":
        return look(module, node.child_by_field_name("value"), scope)
    if target is None or target.type != "identifier":
        return UNKNOWN
    if node.type == "assignment_expression":
        return look(module, value, scope)
    if node.type == "augmented_assignment_expression":
        sign = text_of(node.child_by_field_name("operator") or node)[:-1]
        return of_operator(sign, look(module, target, scope), look(module, value, scope))
    return UNKNOWN


def settled(module: Module, binding: Binding | None, type_: Type) -> Type:
    """What stays true of an object's fields and an array's items, whatever the program sets later."""
    changes = module.program.changes
    is_filled = binding is not None and (changes.fills(module.names, binding.name) or _is_handed_on(module, binding))
    if type_.kind == "array" and type_.item is not None:
        item = UNKNOWN if is_filled and not module.is_typed else settled(module, None, type_.item)
        return attrs.evolve(type_, item=item)
    if type_.kind != "object" or not type_.fields:
        return type_
    if is_filled:
        return Type("object", name=type_.name)
    return attrs.evolve(type_, fields={key: _settled_field(module, key, each) for key, each in type_.fields.items()})


def _is_handed_on(module: Module, binding: Binding) -> bool:
    """Whether others get hold of an object under another name, and may set what it holds, in JavaScript to anything."""
    return not module.is_typed and any(
        place.scope.find(name.name) is name and not _is_read(place) and not _is_export(place)
        for where, name in [(module, binding), *module.program.importers.get(id(binding), ())]
        for place in where.names.references.get(name.name, ())
    )


def _is_read(place: Place) -> bool:
    """Whether a field or an item is read of a name there, or all of them are copied."""
    up = place.up
    if up is None or up.kind == "spread_element":
        return up is not None
    return (
        up.kind in ("member_expression", "subscript_expression") and up.node.child_by_field_name("object") == place.node
    )


def _settled_field(module: Module, key: str, type_: Type) -> Type:
    changes = module.program.changes
    if key in changes.fields:
        keeps = module.is_typed and type_.kind in ("number", "string", "boolean")
        return attrs.evolve(widened(type_), whole=False) if keeps else UNKNOWN
    if key in changes.filled and type_.kind in ("object", "array"):
        return Type(type_.kind)
    return settled(module, None, type_)


def _all_of(types: list[Type]) -> Type:
    """One of these, of which those that are being asked add nothing."""
    types = [each for each in types if each != NEVER]
    return types[0] if len(types) == 1 else widened(joined(types))


# --- functions -------------------------------------------------------------------------------------------------


def returned_type(module: Module, node: Node) -> Type:
    """What the returns of a function give; of an async one what its promise is resolved with."""
    return module.program.asking.answer(module.returned, node.id, lambda: _returned(module, node))


def _returned(module: Module, node: Node) -> Type:
    body, scope = node.child_by_field_name("body"), module.names.scopes.get(node.id)
    if body is None or scope is None or any(child.type == "*" for child in node.children):
        return UNKNOWN
    if body.type != "statement_block":
        return look(module, body, scope)
    returns = list(_returns(body, scope, module.names.scopes))
    types = [look(module, value, where) if value is not None else NOTHING for value, where in returns]
    if not _ends(body):
        types.append(NOTHING)
    return _all_of(types) if types else UNKNOWN


def parameter_type(module: Module, node: Node, index: int) -> Type:
    """The type of all arguments that a parameter gets at the calls of its function."""
    key = (node.id, index)
    return module.program.asking.answer(module.passed, key, lambda: _passed(module, node, index))


def _passed(module: Module, node: Node, index: int) -> Type:
    owner = module.owners.get(node.id)
    calls = calls_of(module, owner) if owner is not None and not owner.writes else None
    parameters = module.parameters_of(node)
    if not calls or index >= len(parameters) or parameters[index].is_rest:
        return UNKNOWN
    found = [_argument(*call, index) for call in calls]
    default, scope = parameters[index].default, module.names.scopes.get(node.id)
    if default is not None and scope is not None:
        given = [each if each.kind == "unknown" else each.sure for each in found if each.kind != "nothing"]
        found = [look(module, default, scope), *given]
    type_ = widened(_all_of(found))
    return type_ if owner is not None and not _is_exported(module, owner) else _by_others(type_)


def _is_exported(module: Module, binding: Binding) -> bool:
    if any(_is_export(place) for place in module.names.references.get(binding.name, ())):
        return True
    return any(export.binding is binding for export in module.exports.values())


def _by_others(type_: Type) -> Type:
    """What may be trusted of a function that is exported: those who call it from outside may count with texts."""
    return Type(type_.kind, nullable=type_.nullable) if type_.kind in ("array", "object", "date") else UNKNOWN


def written_parameter(module: Module, binding: Binding, type_: Type) -> Type:
    """The type of a parameter that is given values later, too."""
    return _with_writes(module, binding, [type_]) if binding.writes else type_


def _argument(module: Module, arguments: Node, scope: Scope, index: int) -> Type:
    given = [child for child in arguments.named_children if child.type != "comment"]
    if any(child.type == "spread_element" for child in given[: index + 1]):
        return UNKNOWN
    return settled(module, None, look(module, given[index], scope)) if index < len(given) else NOTHING


# --- where functions return and are called ---------------------------------------------------------------------


def _returns(node: Node, scope: Scope, scopes: dict[int, Scope]) -> Iterator[tuple[Node | None, Scope]]:
    """What a body returns, and in which scope; functions in it return for themselves."""
    scope = scopes.get(node.id, scope)
    for child in node.named_children:
        if child.type == "return_statement":
            values = [each for each in child.named_children if each.type != "comment"]
            yield (values[0] if values else None), scope
        elif child.type.endswith(("_statement", "_block")) or child.type in _HOLD_STATEMENTS:
            yield from _returns(child, scope, scopes)


def _ends(node: Node | None) -> bool:
    """Whether nothing comes after a statement."""
    if node is None:
        return False
    if node.type in ("return_statement", "throw_statement"):
        return True
    if node.type in ("statement_block", "else_clause"):
        inner = [child for child in node.named_children if child.type != "comment"]
        return bool(inner) and _ends(inner[-1])
    if node.type == "if_statement":
        return _ends(node.child_by_field_name("consequence")) and _ends(node.child_by_field_name("alternative"))
    if node.type == "try_statement":
        handler = node.child_by_field_name("handler")
        caught = handler is None or _ends(handler.child_by_field_name("body"))
        return _ends(node.child_by_field_name("body")) and caught
    return False


def calls_of(module: Module, binding: Binding) -> list[Call] | None:
    """All calls of a function; None if it is used in another way, so that nobody knows who calls it."""
    found: list[Call] = []
    program = module.program
    for where, name in [(module, binding), *program.importers.get(id(binding), ())]:
        for place in where.names.references.get(name.name, ()):
            if place.scope.find(name.name) is name and not _is_export(place):
                call = _arguments(place)
                if call is None:
                    return None
                found.append((where, call, place.scope))
    if binding.scope is not module.names.root:
        return found
    for where, name in program.whole.get(str(module.path), ()):
        for place in where.names.references.get(name.name, ()):
            if place.scope.find(name.name) is name:
                member = place.up
                key = member.node.child_by_field_name("property") if member is not None else None
                call = _arguments(member) if member is not None and member.kind == "member_expression" else None
                if key is None or (text_of(key) in _names_of(module, binding) and call is None):
                    return None
                if call is not None and text_of(key) in _names_of(module, binding):
                    found.append((where, call, place.scope))
    return found


def _names_of(module: Module, binding: Binding) -> list[str]:
    """Under which names a module exports a declaration."""
    return [name for name, export in module.exports.items() if export.binding is binding]


def _is_export(place: Place) -> bool:
    return place.up is not None and place.up.kind in ("export_specifier", "export_statement")


def _arguments(place: Place) -> Node | None:
    """The arguments, if a name stands there to be called."""
    up = place.up
    if up is None or up.kind != "call_expression" or up.node.child_by_field_name("function") != place.node:
        return None
    arguments = up.node.child_by_field_name("arguments")
    return arguments if arguments is not None and arguments.type == "arguments" else None


later.settled = settled
