"""What is known of a name: what is declared, what follows from the program, what a function gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import Binding, Scope, text_of
from .inference import parameter_type, returned_type, variable_type, written_parameter
from .looks import look
from .members import class_type
from .program import Module
from .translator import later
from .types import DECLARED_NUMBER, NUMBER, PROMISE, UNKNOWN, Type
from .usage import used_as

if TYPE_CHECKING:
    from tree_sitter import Node

#: What makes a number of whatever it is given, and the operators that do.
_CONVERTING = frozenset(["Number", "Number.parseFloat", "Number.parseInt", "parseFloat", "parseInt"])
_COUNTING = frozenset(["+", "-", "*", "/", "%", "**"])


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
        return class_type(module, binding)
    if binding.kind == "parameter":
        return _type_of_parameter(module, binding)
    if binding.kind in ("const", "let", "var") and node.type == "variable_declarator":
        annotated = node.child_by_field_name("type")
        if annotated is None:
            return variable_type(module, binding)
        if not binding.path:
            said = module.types.of(annotated)
            return NUMBER if said == DECLARED_NUMBER and _may_be_nan(module, binding) else said
    return UNKNOWN


def _may_be_nan(module: Module, binding: Binding) -> bool:
    """Whether a variable that is declared as a number is given what may have come of no number: `parseInt(text)`."""
    scopes = [binding.place.scope, *binding.written_in]
    pairs = zip([binding.value, *binding.writes], scopes, strict=True)
    return any(value is not None and _comes_of_no_number(module, value, scope) for value, scope in pairs)


def _comes_of_no_number(module: Module, value: Node, scope: Scope) -> bool:
    if value.type == "parenthesized_expression" and value.named_children:
        return _comes_of_no_number(module, value.named_children[0], scope)
    if value.type == "call_expression":
        function = text_of(value.child_by_field_name("function") or value)
        return function in _CONVERTING and scope.find(function) is None
    sign = value.child_by_field_name("operator")
    sides = [each for name in ("left", "right", "argument") if (each := value.child_by_field_name(name)) is not None]
    if sign is None or text_of(sign) not in _COUNTING:
        return False
    is_sum = len(sides) == 2 and text_of(sign) == "+"  # of what is no number it is a text
    return any(
        _comes_of_no_number(module, each, scope) or (not is_sum and look(module, each, scope).kind != "number")
        for each in sides
    )


def _type_of_parameter(module: Module, binding: Binding) -> Type:
    node = binding.place.node
    parameters = module.parameters_of(node)
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
    parameter = module.parameters_of(node)[index]
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
