"""The stubs of Taro's members: each stands once, in the class of the platforms that have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from .. import spec
from ..spec import Member, Ref
from .models import signature_text, written_anonymous
from .notation import comma, or_none
from .sheet import COMMAND, Sheet, Unsayable, camel, is_type, option_types
from .texts import EMPTY, docstring, member_docstring

MODULE = "taropy._surface"

Platforms = tuple[str, ...]


def class_name(platform: str) -> str:
    """The type of a `Taro` on the platform: `HarmonyHybridTaro`."""
    return "".join(map(camel, platform.replace("_", "-").split("-"))) + "Taro"


def part_name(platforms: Platforms) -> str:
    """The class of what exactly these platforms have."""
    if len(platforms) == len(spec.PLATFORMS):
        return "OnEvery"
    return f"On{''.join(class_name(each).removesuffix('Taro') for each in platforms) or 'None'}"


def by_platforms() -> dict[Platforms, list[Member]]:
    """The members by the platforms that have them, those of most platforms first."""
    found: dict[Platforms, list[Member]] = defaultdict(list)
    for name in spec.members():
        member = spec.member(name)
        found[tuple(each for each in spec.PLATFORMS if each in member.platforms)].append(member)
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def surface_file(unsayable: Unsayable) -> str:
    """taropy-stubs/_surface.pyi."""
    sheet = Sheet(MODULE, unsayable)
    parts = [part_text(sheet, part_name(platforms), members) for platforms, members in by_platforms().items()]
    parts += list(written_anonymous(sheet))
    return sheet.text("\n".join(parts), "The members of Taro, by the platforms that have them.")


def part_text(sheet: Sheet, name: str, members: Iterable[Member], bases: Collection[str] = ()) -> str:
    """A class with these members."""
    listed = list(members)
    sheet.shadowed = [member.name for member in listed]
    body = "".join(member_text(sheet, member) for member in listed)
    sheet.shadowed = ()
    head = f"class {name}({comma(bases)}):" if bases else f"class {name}:"
    return f"{head}\n{body or EMPTY}"


def member_text(sheet: Sheet, member: Member) -> str:
    """One member, with what is to be known about it."""
    doc = member_docstring(member, tuple(each for each in spec.PLATFORMS if each in member.platforms))
    with sheet.at(member.name, camel(member.name)):
        if not member.is_function:
            return _property(sheet, member, doc)
        ways = list(_ways(sheet, member))
    mark = f"    @{sheet.use('typing', 'overload')}\n" if len(ways) > 1 else ""
    return "".join(f"{mark}    {way}\n{docstring(doc, 2)}" for way in ways)


def _property(sheet: Sheet, member: Member, doc: str) -> str:
    assert member.type is not None
    written = sheet.write(member.type)
    if is_type(member):
        written = f"{sheet.name('type')}[{written}]"
    return f"    @{sheet.name('property')}\n    def {member.name}(self) -> {written}:\n{docstring(doc, 2)}"


def _ways(sheet: Sheet, member: Member) -> Iterator[str]:
    """How the function is called, as it stands after `def`."""
    option = member.option
    if option is None or (isinstance(option, Ref) and option.name not in option_types()):
        for signature in member.signatures:
            yield signature_text(sheet, member.name, signature, positional=False)
        return
    returns = sheet.write(member.signatures[0].returns)
    rest = list(_rest(sheet, member))
    given = sheet.write(option, True)
    named = f"**options: {sheet.use('typing', 'Unpack')}[{_dict_of(given)}]"
    if all(field.optional for field in spec.fields_of(option).values()):
        first = f"option: {or_none(given)} = ..."
        yield _call(member.name, [first, *(["/", *rest, named] if not rest else [*rest, "/", named])], returns)
        return
    yield _call(member.name, [f"option: {given}", *rest, "/"], returns)
    yield _call(member.name, [named], returns)
    if member.name == "request":
        yield _call(member.name, [f"url: {sheet.name('str')}", "/"], returns)


def _call(name: str, params: Iterable[str], returns: str) -> str:
    return f"def {name}({comma(['self', *params])}) -> {returns}:"


def _rest(sheet: Sheet, member: Member) -> Iterator[str]:
    """The parameters that follow on the options."""
    for param in member.signatures[0].params[1:]:
        written = sheet.write(param.type, True)
        yield f"{param.name}: {or_none(written)} = ..." if param.optional else f"{param.name}: {written}"


def _dict_of(given: str) -> str:
    """Of the written alternatives, the dict."""
    return next(each for each in given.split(" | ") if each.endswith("Dict"))


# --- the classes that programs name ------------------------------------------------------------------------------


def typing_file() -> str:
    """taropy-stubs/typing.pyi: a class for each platform, of the parts that it has, and one that has all."""
    parts = list(by_platforms())
    lines = [
        f"# Generated by `{COMMAND}`; do not edit.",
        '"""The types of `Taro` objects: one for each platform, and `AnyTaro`, which has every member of Taro."""',
        "",
        f"from {MODULE} import {comma(sorted(map(part_name, parts)))}",
        "from taropy._runtime import TaroObject",
        "",
    ]
    for platform in spec.PLATFORMS:
        bases = [part_name(part) for part in parts if platform in part]
        lines += [f"class {class_name(platform)}({comma([*bases, 'TaroObject'])}):", *_about(platform), ""]
    everything = [*map(class_name, spec.PLATFORMS), *(part_name(part) for part in parts if not part)]
    lines += [f"class AnyTaro({comma(everything)}):", '    """A `Taro` on whichever platform: every member of Taro."""']
    return "\n".join(lines) + "\n"


def _about(platform: str) -> list[str]:
    return [f'    """A `Taro` on {platform}: the members that {platform} has."""']


__all__ = ["by_platforms", "class_name", "member_text", "part_name", "part_text", "surface_file", "typing_file"]
