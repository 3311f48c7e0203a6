"""What is known of a name: what is declared, what follows from the program, what a function gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import Binding
from .inference import parameter_type, returned_type, variable_type, written_parameter
from .looks import look
from .parameters import parameters_of
from .program import Module
from .translator import later
from .types import PROMISE, UNKNOWN, Type
from .usage import used_as

if TYPE_CHECKING:
    from tree_sitter import Node


def type_of_function(module: Module, node: Node) -> Type:
    """What a call of the function gives, as its type's item."""
    if any(child.type == "*" for child in node.children):
        return Type("function")
    returns = node.child_by_field_name("return_type")
    found = module.types.of(returns) if returns is not None else returned_type(module, node)
    if any(child.type == "async" for child in node.children):
        if returns is None and found.kind != "promise":
            found = Type("promise", item=found)
        return Type("function", item=found.sure if found.kind == "promise" else PROMISE)
    return Type("function", item=found)


def type_of_binding(module: Module, binding: Binding) -> Type:
    """What is known of a variable, a parameter, a function or a class."""
    return module.program.asking.answer(module.typed, id(binding), lambda: _known_type(module, binding))


def _known_type(module: Module, binding: Binding) -> Type:
    found = _declared_type(module, binding)
    may_tell = found == UNKNOWN and not binding.writes and binding.kind in ("const", "let", "var", "parameter")
    return used_as(module, binding) if may_tell and not module.program.strict else found


def _declared_type(module: Module, binding: Binding) -> Type:
    node = binding.place.node
    if binding.kind == "function":
        return type_of_function(module, node) if not binding.writes else UNKNOWN
    if binding.kind == "class":
        return Type("class", name=binding.name)
    if binding.kind == "parameter":
        return _type_of_parameter(module, binding)
    if binding.kind in ("const", "let", "var") and node.type == "variable_declarator":
        annotated = node.child_by_field_name("type")
        if annotated is None:
            return variable_type(module, binding)
        if not binding.path:
            return module.types.of(annotated)
    return UNKNOWN


def _type_of_parameter(module: Module, binding: Binding) -> Type:
    node = binding.place.node
    parameters = parameters_of(node)
    if binding.index >= len(parameters):
        return UNKNOWN
    parameter = parameters[binding.index]
    if parameter.is_rest:
        return Type("array", item=module.types.of(parameter.type).item) if not binding.path else UNKNOWN
    found = passed_type(module, node, binding.index)
    if not binding.path:
        found = attrs.evolve(found, nullable=True) if parameter.optional and found.kind != "unknown" else found
        return found if parameter.type is not None else written_parameter(module, binding, found)
    key = binding.path[0] if len(binding.path) == 1 else None
    if key is None or binding.writes or parameter.pattern.type != "object_pattern" or found.nullable:
        return UNKNOWN
    return found.fields.get(key, UNKNOWN)


def passed_type(module: Module, node: Node, index: int) -> Type:
    """What a parameter is declared as; else what its default is, or what it is called with."""
    parameter = parameters_of(node)[index]
    if parameter.type is not None:
        return module.types.of(parameter.type)
    scope = module.names.scopes.get(node.id)
    if parameter.default is not None and module.is_typed and scope is not None:
        kind = look(module, parameter.default, scope).kind
        if kind in ("number", "string", "boolean", "array", "object"):
            return Type(kind)
    return parameter_type(module, node, index)


later.type_of_binding = type_of_binding
later.type_of_function = type_of_function
