"""What is known of the members of the program's classes: of the class itself, and of what `new` makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..names import Binding, Scope, text_of
from .looks import look
from .translator import later
from .types import UNKNOWN, Type, widened

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module

#: A class with classes that it extends: no more are asked.
_MOST_BASES = 8


class Members(Mapping[str, Type]):
    """The types of a class's members, each found when it is asked for: methods give what classes around have.

    `is_static` ones are those of the class itself.
    """

    def __init__(self, module: Module, declaration: Node, *, is_static: bool) -> None:
        self._module = module
        self._declaration = declaration
        self._is_static = is_static

    def __getitem__(self, name: str) -> Type:
        for module, declaration in _with_bases(self._module, self._declaration):
            member = _named(declaration, name, is_static=self._is_static)
            if member is not None:
                return _type_of(module, member, name)
        raise KeyError(name)

    @property
    def are_of_error(self) -> bool:
        """Whether the class is one of errors, in the end: one of JavaScript's own."""
        *_, (module, last) = _with_bases(self._module, self._declaration)
        base = _base(last)
        name = text_of(base) if base is not None else ""
        return not self._is_static and name.endswith("Error") and module.names.root.find(name) is None

    def __iter__(self) -> Iterator[str]:
        names: dict[str, None] = {}
        for _, declaration in _with_bases(self._module, self._declaration):
            names |= {text_of(name): None for name, _ in _members(declaration, is_static=self._is_static)}
        return iter(names)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Members)
            and (self._declaration.id, self._is_static) == (other._declaration.id, other._is_static)
        )  # fmt: skip

    __hash__ = None  # type: ignore[assignment]


def is_error(type_: Type) -> bool:
    """Whether a value is an error, which Python can raise."""
    of_class = type_.fields if isinstance(type_.fields, Members) else None
    return type_.is_error or (type_.is_instance and of_class is not None and of_class.are_of_error)


def class_type(module: Module, binding: Binding) -> Type:
    """The type of a class of the program."""
    return Type("class", name=binding.name, fields=Members(module, binding.place.node, is_static=True))


def instance_type(module: Module, name: str, scope: Scope) -> Type:
    """What `new` makes of the class that a name stands for; unknown if that is none of the program's."""
    found = declared_class(module, name, scope)
    return UNKNOWN if found is None else Type("instance", name=name, fields=Members(*found, is_static=False))


def type_of_this(module: Module, declaration: Node, is_static: bool) -> Type:
    """What `this` is in a member of a class."""
    name = text_of(declaration.child_by_field_name("name") or declaration)
    return Type(
        "class" if is_static else "instance", name=name, fields=Members(module, declaration, is_static=is_static)
    )


def declared_class(module: Module, name: str, scope: Scope) -> tuple[Module, Node] | None:
    """Where a class is declared, and how, that is set to nothing else."""
    binding = scope.find(name)
    home = module.program.home(module, binding) if binding is not None else None
    if home is None or home[1] is None or home[1].kind != "class" or home[1].writes:
        return None
    return home[0], home[1].place.node


def _with_bases(module: Module, declaration: Node) -> Iterator[tuple[Module, Node]]:
    """A class, and those that it extends, as far as the program declares them."""
    for _ in range(_MOST_BASES):
        yield module, declaration
        base = _base(declaration)
        found = declared_class(module, text_of(base), module.names.root) if base is not None else None
        if found is None:
            return
        module, declaration = found


def _base(declaration: Node) -> Node | None:
    """The name of the class that a class extends."""
    for heritage in declaration.named_children:
        if heritage.type == "class_heritage":
            clause = heritage.named_children[0]
            value = clause.child_by_field_name("value") if clause.type == "extends_clause" else clause
            return value if value is not None and value.type == "identifier" else None
    return None


def _named(declaration: Node, name: str, *, is_static: bool) -> Node | None:
    found = [member for key, member in _members(declaration, is_static=is_static) if text_of(key) == name]
    return found[-1] if found else None


def _members(declaration: Node, *, is_static: bool) -> Iterator[tuple[Node, Node]]:
    """The members with their names."""
    body = declaration.child_by_field_name("body")
    for member in body.named_children if body is not None else ():
        name = member.child_by_field_name("name")
        if name is not None and any(child.type == "static" for child in member.children) is is_static:
            yield name, member


def _type_of(module: Module, member: Node, name: str) -> Type:
    """A member's type, unless the program sets such a field to what has another one."""
    if member.type == "method_definition":
        is_accessor = any(child.type in ("get", "set", "*") for child in member.children)
        found = UNKNOWN if is_accessor else later.type_of_function(module, member)
    else:
        found = module.program.asking.answer(module.returned, member.id, lambda: _type_of_field(module, member))
    return later.settled(module, None, Type("object", fields={name: found})).fields[name]


def _type_of_field(module: Module, member: Node) -> Type:
    declared, value = member.child_by_field_name("type"), member.child_by_field_name("value")
    if declared is not None:
        return module.types.of(declared)
    body = member.parent
    scope = module.names.scopes.get(body.parent.id) if body is not None and body.parent is not None else None
    return widened(look(module, value, scope or module.names.root)) if value is not None else UNKNOWN


later.instance_type = instance_type
later.type_of_this = type_of_this
