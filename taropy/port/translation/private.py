"""What only a class itself has: private members and `super`.

`#count` is `__count`, which Python keeps to the class as well: outside of it the name is another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import text_of
from .translator import Translator
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node

PRIVATE = "private_property_identifier"


def private_name(t: Translator, key: Node) -> str:
    """The attribute that stands for a private member: `__count`, or its full name outside of the class."""
    owner = _owner(t, key)
    is_inside = t.classes[-1].id == owner.id and owner.id not in t.classes_left
    return attribute_of(text_of(key)) if is_inside else full_name(t, key)


def attribute_of(name: str) -> str:
    """What a private member is called in its class."""
    if name.endswith("__") or not name.isascii():
        raise Refused(f"the private member {name} is not ported", "another name")
    return f"__{name[1:]}"


def full_name(t: Translator, key: Node) -> str:
    """What Python calls it: `_Cart__count`."""
    return f"_{owner_name(t, key).lstrip('_')}__{text_of(key)[1:]}"


def owner_name(t: Translator, key: Node) -> str:
    """The class that has a private member."""
    return t.class_names[_owner(t, key).id]


def _owner(t: Translator, key: Node) -> Node:
    """The innermost class around that has the member."""
    name = text_of(key)
    for each in reversed(t.classes):
        body = each.child_by_field_name("body")
        members = body.named_children if body is not None else []
        if any(text_of(member.child_by_field_name("name") or member) == name for member in members):
            return each
    raise Refused(f"no class around has a private member {name}")


def above(t: Translator) -> str:
    """`super`, where it stands: within a function of a method's it has to be told whose."""
    if not t.classes or t.current.this is None:
        raise Refused("`super` outside of a class is not ported")
    if t.current.is_method:
        return "super()"
    own = t.classes[-1].id
    if own in t.classes_decorated:  # its name stands for what its decorator has made
        raise Refused(
            "`super` in a function within a method of a decorated class is not ported", "a line of the method"
        )
    return f"super({t.class_names[own]}, {t.current.this})"
