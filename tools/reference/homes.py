"""Where each type is described: at the function that takes or gives it, else among the types of its group.

Every type has one place, and everything else links there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache

import attrs

from taropy import spec
from taropy.spec import Array, Function, KeyOf, Member, Ref, Type, TypeDef, Union
from taropy.stubgen.python_types import python_type
from tools.reference.markdown import anchor, code, link

#: The page of the groups that have types, and no members.
TYPES_PAGE = "types.md"


@attrs.frozen
class Place:
    """A heading on a page, which is relative to docs/reference; `alone` if it is the type's own heading."""

    page: str
    heading: str
    alone: bool = False

    def seen_from(self, page: str) -> str:
        """The link's target on `page`."""
        here = f"#{_anchors(self.page)[self.heading]}"
        return here if page == self.page else relative(self.page, page) + here


@attrs.frozen
class Entry:
    """A function that stands under a heading of its own: a member of Taro, or a method of `owner`."""

    member: Member
    owner: TypeDef | None = None

    @property
    def heading(self) -> str:
        return self.member.name if self.owner is None else f"{self.owner.model}.{self.member.name}"

    @property
    def group(self) -> str:
        return self.member.group if self.owner is None else self.owner.group

    @property
    def takes_and_gives(self) -> Iterator[Type]:
        """The types that are described with the function, if they are its own."""
        member = self.member
        given = (member.option, member.callback, member.result if member.is_function else member.type)
        return (type_ for type_ in given if type_ is not None)


def relative(page: str, start: str) -> str:
    """The path of one page, as another links to it."""
    return posixpath.relpath(page, posixpath.dirname(start) or ".")


def page_of(group: str) -> str:
    """The page of a group."""
    return f"{group}.md" if group in spec.groups() else TYPES_PAGE


def definition_of(type_: Type) -> TypeDef | None:
    """The definition that a type is written with; an alias for another named type is that one."""
    if not isinstance(type_, Ref) or type_.name not in spec.type_names():
        return None
    definition = spec.type_def(type_.name)
    if definition.kind == "alias" and definition.type is not None:
        return definition_of(definition.type)
    return definition


def function_of(type_: Type) -> Function | None:
    """The function that a type is, or is another name of."""
    if isinstance(type_, Function):
        return type_
    if isinstance(type_, Ref) and type_.name in spec.type_names():
        definition = spec.type_def(type_.name)
        return None if definition.type is None else function_of(definition.type)
    return None


# --- what stands in a group -------------------------------------------------------------------------------------


@cache
def types_in(group: str) -> tuple[TypeDef, ...]:
    """The named types of a group, sorted as Python calls them."""
    found = (spec.type_def(name) for name in spec.type_names())
    return tuple(sorted((each for each in found if each.group == group), key=lambda each: each.model.lower()))


def members_in(group: str) -> list[Entry]:
    """The members of a group, sorted."""
    return [Entry(spec.member(name)) for name in spec.members() if spec.group_of(name) == group]


def methods_of(definition: TypeDef) -> list[Entry]:
    """The methods that a type declares itself, sorted. Those of options are fields, which a caller gives functions."""
    if definition.role == "option":
        return []
    return [Entry(definition.methods[name], definition) for name in sorted(definition.methods)]


@cache
def type_groups() -> tuple[str, ...]:
    """The groups that have types, and no members."""
    groups = {spec.type_def(name).group for name in spec.type_names()}
    return tuple(sorted(groups.difference(spec.groups())))


# --- places -----------------------------------------------------------------------------------------------------


@cache
def homes() -> Mapping[str, Place]:
    """The place of every type that is no alias, by model name."""
    return {model: place for group in (*spec.groups(), *type_groups()) for model, place in _homes_in(group).items()}


def _homes_in(group: str) -> dict[str, Place]:
    page, found = page_of(group), dict[str, Place]()
    for entry in (*members_in(group), *(method for each in types_in(group) for method in methods_of(each))):
        for definition in filter(None, map(definition_of, entry.takes_and_gives)):
            if definition.group == group and not methods_of(definition):
                found.setdefault(definition.model, Place(page, entry.heading))
    for definition in types_in(group):
        if definition.kind != "alias":
            found.setdefault(definition.model, Place(page, definition.model, alone=True))
    return found


def stands_alone(definition: TypeDef) -> bool:
    """Whether a type has a heading of its own among the types of its group."""
    return definition.kind != "alias" and homes()[definition.model].alone


def is_described_at(type_: Type, entry: Entry) -> bool:
    """Whether the fields of a type are shown with this function: it is its home, or the type has no name."""
    definition = definition_of(type_)
    return definition is None or homes()[definition.model] == Place(page_of(entry.group), entry.heading)


@cache
def _anchors(page: str) -> Mapping[str, str]:
    """The anchor of each heading of a page. One that an earlier heading has already gets a number, as readers do."""
    taken: dict[str, int] = {}
    found: dict[str, str] = {}
    for heading in _headings(page):
        plain = anchor(heading)
        found[heading] = f"{plain}-{taken[plain]}" if plain in taken else plain
        taken[plain] = taken.get(plain, 0) + 1
    return found


def _headings(page: str) -> Iterator[str]:
    """The headings of a page that are linked to, from top to bottom."""
    for group in type_groups() if page == TYPES_PAGE else (page.removesuffix(".md"),):
        yield from (entry.heading for entry in members_in(group))
        for definition in filter(stands_alone, types_in(group)):
            yield definition.model
            yield from (method.heading for method in methods_of(definition))


# --- written types, with links ----------------------------------------------------------------------------------

_NAME = re.compile(r"(?<![\w\"])([A-Z]\w+)(?![\w\"])")


def linked(written: str, page: str) -> str:
    """A type as Python writes it, in code, each name in it a link to where it is described."""
    shown, plain = [], ""
    for piece in _NAME.split(written):
        home = homes().get(piece)
        if home is None:
            plain += piece
            continue
        shown += [code(plain)] if plain else []
        shown.append(link(code(piece), home.seen_from(page)))
        plain = ""
    return "".join([*shown, code(plain) if plain else ""])


def shown_type(type_: Type, page: str, *, written: str | None = None) -> str:
    """A type with its links; sets of values whose meaning is told elsewhere lead there too."""
    shown = linked(written or python_type(type_), page)
    described = [each for each in value_sets(type_) if spec.type_text(each.name)]
    targets = [homes()[each.model].seen_from(page) for each in described]
    return " ".join([shown, *(link("values", target) for target in targets if f"({target})" not in shown)])


def mentioned(written: str) -> list[str]:
    """The names in a written type or signature that are described somewhere."""
    return list(dict.fromkeys(name for name in _NAME.findall(written) if name in homes()))


def value_sets(type_: Type) -> list[TypeDef]:
    """The named sets of values that a type is made of."""
    match type_:
        case KeyOf(of):
            return value_sets(of)
        case Union(items):
            return [found for item in items for found in value_sets(item)]
        case Array(item):
            return value_sets(item)
        case _:
            definition = definition_of(type_)
            return [definition] if definition is not None and definition.values else []
