"""What the place where a literal or a function stands is declared as.

An object literal that is declared to be of a type which the program names is made by its class: `const order: Order =
{ id }` is `order = Order(id=id)`. The class has to be there when the literal is made: it stands above it, or in a
module that is imported for something else, or that has nothing but types. A function has the parameters that its place
declares: `const onTap: Listener = event => …`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, key_of, text_of
from .headers import relative
from .program import TYPES, Module
from .protocols import is_protocol
from .taking import function_called
from .translator import Translator
from .type_names import TypeName, find

if TYPE_CHECKING:
    from tree_sitter import Node

    from .types import Type

#: A literal in others: so deep it is asked what the outermost is declared as.
_MOST_DEEP = 8
_TRANSPARENT = frozenset(["parenthesized_expression", "non_null_expression"])
_ONLY_TYPES = frozenset([*TYPES, "comment", "import_statement", "enum_declaration"])


@attrs.frozen
class Declared:
    """A type as it is written, and the module whose names it is made of."""

    module: Module
    node: Node

    @property
    def bare(self) -> Node:
        """The type without the colon before it."""
        is_behind_colon = self.node.type == "type_annotation" and self.node.named_children
        return self.node.named_children[0] if is_behind_colon else self.node


def class_of(t: Translator, literal: Node) -> str | None:
    """The class that makes an object literal, by its name here; None for one that has none."""
    declared = _declared(t, literal, 0) if t.module.is_typed else None
    found = _shape(declared) if declared is not None else None
    if found is None or found.form != "shape" or is_protocol(found.module, found.node):
        return None
    if found.module is t.module:
        return found.python if _is_above(found.node, literal) else None
    local = next((local for local, each in t.annotator.imported.items() if each == found), found.python)
    is_taken = local in t.module.own_names and find(t.module, local) != found
    if is_taken or not _is_at_hand(t, found):
        return None
    t.imports.setdefault(relative(t.module, found.module), {})[local] = found.python
    return local


def called_with(t: Translator, function: Node) -> tuple[Type, ...]:
    """What a function is called with, by what the place where it stands is declared as: `const on: Listener = …`."""
    declared = _declared(t, function, 0) if t.module.is_typed else None
    return declared.module.types.of(declared.node).takes if declared is not None else ()


def _is_above(declaration: Node, literal: Node) -> bool:
    """Whether a class is there when a literal below it is made, in whatever function: nothing is called before."""
    root = declaration.parent if declaration.parent is not None else declaration
    root = root.parent if root.type == "export_statement" and root.parent is not None else root
    before = [each for each in root.named_children if each.start_byte < declaration.start_byte]
    return declaration.start_byte < literal.start_byte and not any(map(_calls, before))


def _calls(node: Node) -> bool:
    """Whether running it calls anything."""
    if node.type in ("call_expression", "new_expression"):
        return True
    return node.type not in FUNCTIONS and any(map(_calls, node.named_children))


def _is_at_hand(t: Translator, found: TypeName) -> bool:
    """Whether importing a class runs nothing that would not be run without it."""
    program, module = t.module.program, t.module
    if program.rings.get(str(module.path), -1) == program.rings.get(str(found.module.path), -2):
        return False
    taken = (program.found(module, each) for each in module.names.root.bindings.values() if each.kind == "import")
    if any(each is not None and each.module is found.module for each in taken):
        return True
    statements = [node.child_by_field_name("declaration") or node for node in found.module.parsed.root.named_children]
    return all(node.type in _ONLY_TYPES for node in statements)


def _shape(declared: Declared) -> TypeName | None:
    """The declaration that a type names; of `Order | null` the one that is there."""
    node = declared.node
    if node.type in ("type_annotation", "parenthesized_type", "readonly_type") and node.named_children:
        return _shape(attrs.evolve(declared, node=node.named_children[-1]))
    if node.type == "union_type":
        found = [_shape(attrs.evolve(declared, node=each)) for each in node.named_children if not _is_nothing(each)]
        return found[0] if len(found) == 1 else None
    if node.type == "generic_type":
        node = node.child_by_field_name("name") or node
    return find(declared.module, text_of(node)) if node.type == "type_identifier" else None


def _is_nothing(node: Node) -> bool:
    return text_of(node) in ("null", "undefined")


# --- where a literal stands ----------------------------------------------------------------------------------------


def _declared(t: Translator, node: Node, depth: int) -> Declared | None:
    """What the place where a value stands is declared as."""
    around = node.parent
    if around is None or depth > _MOST_DEEP:
        return None
    if around.type in _TRANSPARENT:
        return _declared(t, around, depth + 1)
    if around.type in ("as_expression", "satisfies_expression", "variable_declarator", "public_field_definition"):
        is_cast = around.type.endswith("expression")
        said = around.named_children[-1] if is_cast else around.child_by_field_name("type")
        return Declared(t.module, said) if said is not None and said != node else None
    if around.type == "ternary_expression" or (around.type == "binary_expression" and _is_other(around, node)):
        is_asked = around.child_by_field_name("condition") == node
        return _declared(t, around, depth + 1) if not is_asked else None
    if around.type == "return_statement" or (around.type == "arrow_function" and around != node):
        return _returned(t, around)
    if around.type == "array":
        outer = _declared(t, around, depth + 1)
        return _item(outer) if outer is not None else _of_collection(t, around, node, depth)
    if around.type == "pair" or (around.type == "object" and node.type == "method_definition"):
        field = around if around.type == "pair" else node
        outer = _declared(t, field.parent, depth + 1) if field.parent is not None else None
        return _field(outer, field) if outer is not None else None
    if around.type == "assignment_expression":
        return _of_variable(t, around.child_by_field_name("left"))
    if around.type == "arguments":
        return _of_parameter(t, around, node) or _of_item(t, around)
    return None


def _is_other(operation: Node, node: Node) -> bool:
    """Whether it is what `||` or `??` gives where there is nothing else."""
    sign = operation.child_by_field_name("operator")
    return sign is not None and text_of(sign) in ("||", "??") and operation.child_by_field_name("right") == node


def _returned(t: Translator, node: Node) -> Declared | None:
    """What the function around gives; an async one what its promise is resolved with."""
    function: Node | None = node
    while function is not None and function.type not in FUNCTIONS:
        function = function.parent
    said = function.child_by_field_name("return_type") if function is not None else None
    if function is None or said is None or not said.named_children:
        return None
    if not any(child.type == "async" for child in function.children):
        return Declared(t.module, said)
    return _argument(Declared(t.module, said.named_children[0]), "Promise")


def _argument(declared: Declared, name: str, place: int = 0) -> Declared | None:
    """`Order` of `Promise<Order>`."""
    node = declared.bare
    is_it = node.type == "generic_type" and text_of(node.child_by_field_name("name") or node) == name
    arguments = node.child_by_field_name("type_arguments") if is_it else None
    given = [each for each in arguments.named_children if each.type != "comment"] if arguments is not None else []
    return attrs.evolve(declared, node=given[place]) if given else None


def _item(declared: Declared) -> Declared | None:
    """`Order` of `Order[]` and `Array<Order>`."""
    node = declared.bare
    if node.type == "array_type" and node.named_children:
        return attrs.evolve(declared, node=node.named_children[0])
    return _argument(declared, "Array")


def _of_collection(t: Translator, items: Node, node: Node, depth: int) -> Declared | None:
    """`F` of `new Map<string, F>([[key, f]])` and `new Set<F>([f])`, or of what their place is declared as."""
    up = items.parent
    name, pairs = ("Map", up) if up is not None and up.type == "array" else ("Set", items)
    made = pairs.parent.parent if pairs is not None and pairs.parent is not None else None
    if (
        made is None
        or made.type != "new_expression"
        or text_of(made.child_by_field_name("constructor") or made) != name
    ):
        return None
    place = [each for each in items.named_children if each.type != "comment"].index(node) if name == "Map" else 0
    said = made.child_by_field_name("type_arguments")
    if said is None:
        outer = _declared(t, made, depth + 1)
        return _argument(outer, name, place) if outer is not None else None
    given = [each for each in said.named_children if each.type != "comment"]
    return Declared(t.module, given[place]) if place < len(given) else None


def _field(declared: Declared, field: Node) -> Declared | None:
    """What a field, or a method, is declared as, of a literal that is of a declared type."""
    each = _argument(declared, "Record", -1)
    if each is not None:
        return each
    name = field.child_by_field_name("key") or field.child_by_field_name("name")
    within = _fields(declared)
    for member in within.node.named_children if within is not None and name is not None else ():
        own = member.child_by_field_name("name")
        said = member if member.type == "method_signature" else member.child_by_field_name("type")
        if within is not None and own is not None and said is not None and key_of(own) == key_of(name):  # type: ignore[arg-type]
            return Declared(within.module, said)
    return None


def _fields(declared: Declared) -> Declared | None:
    """Where the fields of a type stand: in braces, or in the declaration that it names."""
    node = declared.bare
    if node.type == "object_type":
        return Declared(declared.module, node)
    found = _shape(declared)
    body = found.node.child_by_field_name("body") or found.node.child_by_field_name("value") if found else None
    return Declared(found.module, body) if found is not None and body is not None else None


def _of_variable(t: Translator, target: Node | None) -> Declared | None:
    """What a variable, or a parameter, that is set is declared as."""
    binding = t.binding(text_of(target)) if target is not None and target.type == "identifier" else None
    if binding is None or binding.path or binding.kind not in ("const", "let", "var"):
        return None
    said = binding.place.node.child_by_field_name("type")
    return Declared(t.module, said) if said is not None else None


def _of_parameter(t: Translator, arguments: Node, node: Node) -> Declared | None:
    """What the parameter is declared as of a function of the program that is called."""
    call = arguments.parent
    function = call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None
    called = function_called(t.module, function, t.binding) if function is not None else None
    given = [each for each in arguments.named_children if each.type != "comment"]
    if called is None or any(each.type == "spread_element" for each in given):
        return None
    module, declaration = called
    parameters, place = module.parameters_of(declaration), given.index(node)
    said = parameters[place].type if place < len(parameters) and not parameters[place].is_rest else None
    return Declared(module, said) if said is not None else None


def _of_item(t: Translator, arguments: Node) -> Declared | None:
    """What the items of an array are declared as, of what is put into it: `lines.push({ id })`."""
    call = arguments.parent
    function = call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None
    name = function.child_by_field_name("property") if function is not None else None
    if function is None or name is None or text_of(name) not in ("push", "unshift"):
        return None
    declared = _of_variable(t, function.child_by_field_name("object"))
    return _item(declared) if declared is not None else None
