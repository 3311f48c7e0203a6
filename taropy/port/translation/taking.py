"""What the methods of the program's classes call the functions with that they are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..names import FUNCTIONS, text_of
from .members import declared_class

if TYPE_CHECKING:
    from tree_sitter import Node

    from ..names import Binding
    from .program import Module
    from .types import Type


#: Gives the binding of a name.
Find = Callable[[str], "Binding | None"]


def class_of(module: Module, name: str) -> tuple[Module, Node] | None:
    """The declaration of a class that a module knows by a name, and where it stands.

    None if another class has that name: an instance may have come from a module that knows the other one by it.
    """
    found = declared_class(module, name, module.names.root)
    own = found[1].child_by_field_name("name") if found is not None else None
    return found if own is not None and text_of(own) == name and _classes(module)[name] == 1 else None


def _classes(module: Module) -> Counter[str]:
    """How many classes of the program have each name."""
    found = module.program.found_by.get(__name__)
    if not isinstance(found, Counter):
        every = (binding for each in module.program.modules.values() for binding in each.names.bindings)
        found = module.program.found_by[__name__] = Counter(each.name for each in every if each.kind == "class")
    return found


def method_of(module: Module, name: str, key: str) -> tuple[Module, Node] | None:
    """The function that a method of a class is; a field that holds one counts."""
    found = class_of(module, name)
    if found is None:
        return None
    home, declaration = found
    return _among(home, declaration.child_by_field_name("body"), key)


def function_called(module: Module, function: Node, find: Find) -> tuple[Module, Node] | None:
    """The function of the program that what is called always stands for, a name or a member of one, and its module."""
    if function.type == "identifier":
        binding = find(text_of(function))
        return module.program.function_of(module, binding) if binding is not None else None
    inner, key = function.child_by_field_name("object"), function.child_by_field_name("property")
    if inner is None or key is None or inner.type != "identifier" or function.type != "member_expression":
        return None
    return _function_of_member(module, find(text_of(inner)), text_of(key))


def _function_of_member(module: Module, binding: Binding | None, key: str) -> tuple[Module, Node] | None:
    """The function that a member of a name always is: a class's, its only instance's, or that of an object.

    `Request.send` of `class Request { static send() {} }`, `api.list` of `export default { list(options) {} }`.
    """
    if binding is None or binding.writes or key in module.program.changes.fields:
        return None
    home = module.program.home(module, binding)
    declared = home[1] if home is not None else None
    if home is not None and declared is not None and declared.kind == "class" and not declared.writes:
        return _among(home[0], declared.place.node.child_by_field_name("body"), key, static=True)
    found = module.program.value_of(module, binding)
    if found is None:
        return None
    module, value = found
    if value.type == "object":
        return _among(module, value, key)
    made = value.child_by_field_name("constructor") if value.type == "new_expression" else None
    return method_of(module, text_of(made), key) if made is not None and made.type == "identifier" else None


def _among(module: Module, body: Node | None, key: str, *, static: bool = False) -> tuple[Module, Node] | None:
    """The function that a member of this name is, of those of a class or an object."""
    found = []
    for child in body.named_children if body is not None else ():
        own = child.child_by_field_name("name") or child.child_by_field_name("key")
        if child.type == "spread_element" or (own is not None and own.type == "computed_property_name"):
            return None
        if own is not None and text_of(own) == key:
            found.append(child)
    if len(found) != 1:
        return None
    marks = {part.type for part in found[0].children}
    value = found[0].child_by_field_name("value")
    if marks & {"get", "set"} or ("static" in marks) != static:
        return None
    if found[0].type == "method_definition":
        return module, found[0]
    return (module, value) if value is not None and value.type in FUNCTIONS else None


def takes(module: Module, name: str, key: str) -> list[tuple[Type, ...]]:
    """What the functions are called with that a method takes, by its parameters."""
    found = method_of(module, name, key)
    return taken_by(*found) if found is not None else []


def taken_by(module: Module, function: Node) -> list[tuple[Type, ...]]:
    """What the functions are called with that a function of the program takes, by its parameters."""
    return [module.types.of(each.type).takes for each in module.parameters_of(function)]
