"""Which types a program gives to Taro, and which it gets."""

from __future__ import annotations

from functools import cache

from .. import spec
from ..spec import Function, Member, Ref, Type, TypeDef
from .notation import Notation
from .sheet import is_manager, is_type, option_types

#: What programs give to taropy, and only get from Taro: how `App.launch` says that the app was opened.
GIVEN_TOO = ("getLaunchOptionsSync.LaunchOptions.ForwardMaterial", "getLaunchOptionsSync.LaunchOptions.ReferrerInfo")

#: A type and a direction: whether the program gives it.
Reached = tuple[str, bool]


class _Walk(Notation):
    """Writes types only to see which others they are made of."""

    def __init__(self) -> None:
        self.reached: set[Reached] = set()
        self.waiting: list[Reached] = []

    def model(self, definition: TypeDef, args: tuple[Type, ...], given: bool) -> str:
        for arg in args:
            self.write(arg, given)
        options = definition.name in option_types()  # of which a program gets the dict that it gave
        self.reach(definition, options or (given and not is_manager(definition)))
        return ""

    def anonymous(self, type_: Type, given: bool) -> str:
        self._fields(type_, given)
        return super().anonymous(type_, given)

    def reach(self, definition: TypeDef, given: bool) -> None:
        if (definition.name, given) not in self.reached:
            self.reached.add((definition.name, given))
            self.waiting.append((definition.name, given))

    def _fields(self, type_: Type, given: bool) -> None:
        for field in spec.fields_of(type_).values():
            self.write(field.type, given)

    def follow(self) -> None:
        """Goes on to what the reached types are made of, until nothing new is reached."""
        while self.waiting:
            name, given = self.waiting.pop()
            definition = spec.type_def(name)
            self._fields(Ref(name), given)
            if definition.index is not None:
                self.write(definition.index, given)
            for base in definition.extends:
                self.write(base, given)
            for method in definition.methods.values():
                self.member(method)

    def member(self, member: Member) -> None:
        for signature in member.signatures:
            self.write(Function(signature.params, signature.returns), False)
        if member.type is not None:
            self.write(member.type, is_type(member))


@cache
def reached() -> frozenset[Reached]:
    """What is reached from Taro's members; and of the types that are not, what their role says."""
    walk = _Walk()
    for name in spec.members():
        walk.member(spec.member(name))
    for name in GIVEN_TOO:
        walk.reach(spec.type_def(name), True)
    walk.follow()
    for name in spec.type_names():
        definition = spec.type_def(name)
        if not {(name, True), (name, False)} & walk.reached:
            walk.reach(definition, definition.role == "option")
            walk.follow()
    return frozenset(walk.reached)


def is_given(name: str) -> bool:
    """Whether programs give values of this type, so that it has a dict."""
    return (name, True) in reached()


def only_given(name: str) -> bool:
    """Whether programs give values of this type and never get one."""
    return is_given(name) and (name, False) not in reached()
