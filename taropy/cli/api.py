"""`taropy api`: one member of Taro: how it is called, what it takes and gives, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import click

from .. import spec
from ..matrix import CELLS, Cell, matrix
from ..runtime.bound import member_of
from ..runtime.plugins import registry
from ..spec import CALLBACKS, Field, Member, Ref, Type
from ..stubgen.python_types import or_none, python_type, python_value, signatures
from .evidence import UNVERIFIED, evidence
from .values import checked
from .values import member as known_member

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from ..phone.sources import Source

EXAMPLES = """\b
Examples:
  taropy api login
  taropy api Taro.request

\b
Exit codes: 0 all is well, 2 Taro has no member of this name.
"""

#: What is said of a function without a declaration, as `pay` on tt.
UNDECLARED = "Taro does not declare it; its adapter makes a promise of it"


WHERE: dict[Cell, str] = {
    "yes": "works on",
    "host": "the phone does not do it yet on",
    "no": "not to be had on",
}


@click.command(epilog=EXAMPLES)
@click.argument("name", callback=checked(known_member))
def api(name: str) -> None:
    """Describe a member of Taro.

    Its signature, its options and its result, and the platforms that have it. Types are Python's. An option or a field
    with platforms beside it is only had there. Last comes where it is written how the phone behaves on each platform.
    """
    from .output import console

    out = console()
    member = member_of(name)
    out.print(_head(member), soft_wrap=True)  # terminals know a long address by its being one line
    for text in _description(member):
        out.print(f"\n{text}")
    for part in _parts(member):
        out.print(part)


def _parts(member: Member) -> Iterator[RenderableType]:
    """What there is to say of it below the head, from top to bottom."""
    if member.option is not None:
        yield from _options(member.option)
    if member.callback is not None:
        yield from _fields("The listener gets", member.callback)
    if member.is_function and member.result is not None:
        yield from _fields("Result", member.result)
    elif member.type is not None:
        yield from _fields("Fields", member.type)
    for name in _managers(member):
        definition = spec.type_def(name)
        yield f"\nMethods of {definition.model}: {', '.join(definition.methods)}"
    yield from _platforms(member)


def _head(member: Member) -> Text:
    from rich.text import Text

    ways = signatures(member) if member.is_function else [_property(member)]
    notes = [f"group {member.group}" if spec.has(member.name) else UNDECLARED]
    notes += [f"since {member.since}"] if member.since else []
    notes += ["deprecated"] if member.deprecated else []
    page = f"\nthe vendor's page: {member.see}" if member.see else ""
    return Text.assemble(("\n".join(ways), "bold"), f"\n\n{', '.join(notes)}{page}")


def _description(member: Member) -> Iterator[str]:
    """What the member does, gives, and fails with."""
    text = spec.member_text(member.name) if spec.has(member.name) else None
    if text is not None:
        yield text.what
        if text.returns:
            yield f"Returns: {text.returns}"
        if text.fails:
            yield f"Fails: {text.fails}"


def _property(member: Member) -> str:
    return f"Taro.{member.name}: {'Any' if member.type is None else python_type(member.type)}"


def _options(type_: Type) -> Iterator[RenderableType]:
    """The options, what must be given first; the callbacks, which are the same everywhere, in a word."""
    fields = spec.fields_of(type_)
    own = [field for name, field in fields.items() if name not in CALLBACKS]
    if own:
        yield from _titled(f"Options: {python_type(type_)}")
        ordered = sorted(own, key=lambda field: field.optional)
        yield _table("option", [_option_row(field) for field in ordered])
        yield from _texts("option", type_, ordered)
    callbacks = [name for name in CALLBACKS if name in fields]
    if callbacks:
        yield f"\nCallbacks: {', '.join(callbacks)}"


def _option_row(field: Field) -> tuple[str, ...]:
    default = python_value(field.default) if field.has_default else ""
    return field.name, python_type(field.type), default if field.optional else "required", _only_on(field)


def _fields(title: str, type_: Type) -> Iterator[RenderableType]:
    fields = spec.fields_of(type_)
    if fields and not _is_manager(type_):
        yield from _titled(f"{title}: {python_type(type_)}")
        yield _table("field", [_field_row(field) for field in fields.values()])
        yield from _texts("field", type_, fields.values())


def _field_row(field: Field) -> tuple[str, ...]:
    """A field that may be missing reads as None then."""
    written = python_type(field.type)
    return field.name, or_none(written) if field.optional else written, "", _only_on(field)


def _only_on(field: Field) -> str:
    return ", ".join(tag for tag in field.tags or () if tag != "global")


def _titled(title: str) -> Iterator[RenderableType]:
    from rich.text import Text

    yield ""
    yield Text(title, "bold")


def _table(head: str, rows: list[tuple[str, ...]]) -> RenderableType:
    from .output import table

    return table((head, "type", "default", "only on"), rows, wrap=("type", "only on"))


def _texts(head: str, type_: Type, fields: Iterable[Field]) -> Iterator[RenderableType]:
    """What the fields mean, below their table; those that speak for themselves are left out."""
    from .output import table

    texts = spec.field_texts(type_)
    rows = [(field.name, texts[field.name]) for field in fields if field.name in texts]
    if rows:
        yield ""
        yield table((head, "meaning"), rows, wrap=("meaning",))


def _managers(member: Member) -> list[str]:
    """The types with methods that the member gives or is, such as `RequestTask`."""
    given = [signature.returns for signature in member.signatures] + [member.result, member.type]
    return list(dict.fromkeys(type_.name for type_ in given if isinstance(type_, Ref) and _is_manager(type_)))


def _is_manager(type_: Type) -> bool:
    if not isinstance(type_, Ref) or type_.name not in spec.type_names():
        return False
    return spec.type_def(type_.name).role == "manager"


def _platforms(member: Member) -> Iterator[RenderableType]:
    yield ""
    row = matrix([member.name], registry().platforms).cells[member.name]
    for cell in CELLS:
        names = [platform for platform, found in row.items() if found == cell]
        if names:
            yield f"{WHERE[cell]}: {', '.join(names)}"
    yield from _evidence(evidence(member.name, row))


def _evidence(found: Mapping[str, Source | None]) -> Iterator[RenderableType]:
    """Where it is written how the phone behaves there: the sources, then the platforms that have none."""
    from rich.text import Text

    if found:
        yield ""
    for platform, source in found.items():
        if source is not None:
            yield Text(f"on {platform} by {source.source}")
    if unverified := [platform for platform, source in found.items() if source is None]:
        yield f"{UNVERIFIED}: {', '.join(unverified)}"
