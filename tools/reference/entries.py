"""One function on its page: how it is called, what it does, takes and gives, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from inspect import Parameter
from textwrap import fill

from taropy import spec
from taropy.cli.evidence import UNVERIFIED, evidence
from taropy.matrix import Cell
from taropy.runtime.documenting import REQUIRED, signature_of
from taropy.runtime.shapes import takes_options
from taropy.spec import Array, Field, Member, Object, Type, Union
from taropy.stubgen.python_types import WIDTH, or_none, python_type, python_value, signatures
from tools.reference.examples import Examples
from tools.reference.homes import (
    Entry,
    definition_of,
    function_of,
    homes,
    is_described_at,
    linked,
    mentioned,
    relative,
    shown_type,
)
from tools.reference.markdown import anchor, code, fenced, joined, link, prose, table
from tools.reference.titles import title

CALLBACKS = ("success", "fail", "complete")

#: How many characters of code fit into a line of the site.
ROOM = 112

#: How a cell of the support matrix is shown.
MARKS: Mapping[Cell, str] = {"yes": "✓", "host": "○", "no": "–"}
LEGEND = "✓ the phone does it, ○ the platform has it and the phone does not do it yet, – the platform does not have it."

#: What the links among the marks are.
SOURCES_LEGEND = (
    "A ✓ that is a link leads to where it is written how the function behaves there; a function of the phone whose ✓ "
    f"is none does {UNVERIFIED}, outside weapp."
)


def member_section(entry: Entry, page: str, support: Mapping[str, Cell], examples: Examples) -> str:
    """A member of Taro, under a heading of the second level."""
    member = entry.member
    text = spec.member_text(member.name)
    return joined(
        [
            f"## {member.name}",
            _calls(entry) if member.is_function else fenced(_folded(_property(member))),
            _notes(member),
            *([prose(text.what), _labelled("Returns", text.returns), _labelled("Fails", text.fails)] if text else []),
            _platforms(member, support, page),
            *_data(entry, page, text.options if text else {}),
            *_example(examples, member.name),
            link("The vendor's page", member.see) if member.see else "",
        ]
    )


def method_section(entry: Entry, text: str, page: str) -> str:
    """A method of a named type, under a heading of the fourth level."""
    only_on = _only_on(entry.member)
    return joined(
        [
            f"#### {entry.heading}",
            _calls(entry),
            _notes(entry.member),
            prose(text),
            f"Only on {only_on}." if only_on else "",
            *_data(entry, page, {}),
        ]
    )


def _calls(entry: Entry) -> str:
    """The signatures, first with the options by name; those of methods with their type in Taro's place."""
    ways = [*_by_name(entry.member), *signatures(entry.member)]
    if entry.owner is not None:
        ways = [way.replace("Taro.", f"{entry.owner.model}.", 1) for way in ways]
    return fenced("\n".join(_folded(line) for way in ways for line in way.splitlines()))


def _folded(line: str) -> str:
    """A line with a long type in it goes on in further ones, so that nobody has to scroll for its end."""
    if len(line) <= ROOM:
        return line
    edge = line[: len(line) - len(line.lstrip())]
    within = edge + "    "
    return fill(line, ROOM, initial_indent="", subsequent_indent=within, break_long_words=False, break_on_hyphens=False)


def _by_name(member: Member) -> Iterator[str]:
    """A call as programs write it. Types are left to the table of options below it."""
    if member.option is None or not takes_options(member):
        return
    signature = signature_of(member)
    given = [_given(each) for each in signature.parameters.values() if each.kind is Parameter.KEYWORD_ONLY]
    if not given:
        return
    short = f"Taro.{member.name}({', '.join(given)}) -> {signature.return_annotation}"
    if len(short) <= WIDTH:
        yield short
        return
    lines = fill(", ".join(given) + ",", WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    yield f"Taro.{member.name}(\n{lines}\n) -> {signature.return_annotation}"


def _given(option: Parameter) -> str:
    return option.name if option.default is REQUIRED else f"{option.name}={python_value(option.default)}"


def _property(member: Member) -> str:
    return f"Taro.{member.name}: {'Any' if member.type is None else python_type(member.type)}"


def _notes(member: Member) -> str:
    notes = ["Deprecated."] if member.deprecated else []
    notes += [f"Since {member.since} of the vendor's base library."] if member.since else []
    return " ".join(f"*{note}*" for note in notes)


def _labelled(label: str, text: str | None) -> str:
    return f"**{label}** {prose(text)}" if text else ""


def _platforms(member: Member, support: Mapping[str, Cell], page: str) -> str:
    """A row of all platforms, always in the same order."""
    marks = marked(member.name, support, page)
    return "**Platforms** " + ", ".join(f"{name} {mark}" for name, mark in marks.items())


def marked(name: str, support: Mapping[str, Cell], page: str) -> dict[str, str]:
    """The mark of each platform; where a source is known it leads there."""
    known = evidence(name, support)
    place = f"#{anchor(title(spec.group_of(name)))}"
    ways = {platform: relative(f"../vendors/{platform}.md", page) + place for platform in support}
    return {
        platform: link(MARKS[cell], ways[platform]) if known.get(platform) else MARKS[cell]
        for platform, cell in support.items()
    }


def _example(examples: Examples, name: str) -> Iterator[str]:
    if name in examples:
        yield "**Example**"
        yield fenced(examples[name].source)


# --- what it takes and gives ------------------------------------------------------------------------------------


def _data(entry: Entry, page: str, texts: Mapping[str, str]) -> list[str]:
    """Its data, and links to what else its signature names."""
    shown = joined(_described_data(entry, page, texts))
    names = mentioned(" ".join(signatures(entry.member)))
    elsewhere = [name for name in names if homes()[name].heading != entry.heading and code(name) not in shown]
    others = [linked(name, page) for name in elsewhere]
    return [shown, f"**See** {', '.join(others)}" if others else ""]


def _described_data(entry: Entry, page: str, texts: Mapping[str, str]) -> Iterator[str]:
    member = entry.member
    yield _parameters(member, page, texts)
    if member.option is not None:
        yield from _described("Options", member.option, entry, page, texts)
        yield _callbacks(member.option, page)
    if member.callback is not None:
        yield from _described("The listener gets", member.callback, entry, page, {})
    if not member.is_function and member.type is not None:
        yield from _described("Fields", member.type, entry, page, {})
    elif member.result is not None:
        yield from _described("Result", member.result, entry, page, {})


def _parameters(member: Member, page: str, texts: Mapping[str, str]) -> str:
    """The parameters that have something said about them; the signature has the others."""
    params = {param.name: param for signature in member.signatures for param in signature.params}
    rows = [
        (code(name), shown_type(param.type, page), "" if param.optional else "required", prose(texts[name]))
        for name, param in params.items()
        if name in texts
    ]
    return table(("parameter", "type", "default", "meaning"), rows)


def _described(label: str, type_: Type, entry: Entry, page: str, texts: Mapping[str, str]) -> Iterator[str]:
    """A type's fields if this is where it is described, else the way to where it is."""
    if not spec.fields_of(type_) and definition_of(type_) is None:
        return
    if not is_described_at(type_, entry):
        yield f"**{label}** {linked(python_type(type_), page)}"
    elif rows := fields_table(type_, page, texts, are_options=label == "Options"):
        yield f"**{label}** {code(python_type(type_))}"
        yield rows


def _callbacks(option: Type, page: str) -> str:
    """The callbacks of the options, with what they get."""
    fields = spec.fields_of(option)
    shown = [code(name) + _received(fields[name].type, page) for name in CALLBACKS if name in fields]
    return f"**Callbacks** {', '.join(shown)}" if shown else ""


def _received(callback: Type, page: str) -> str:
    function = function_of(callback)
    return f" with {linked(python_type(function.params[0].type), page)}" if function and function.params else ""


def fields_table(
    type_: Type,
    page: str,
    texts: Mapping[str, str] = {},
    *,
    are_options: bool = False,
    without: Iterable[str] = (),
) -> str:
    """The fields of a type. Options that must be given come first, and their callbacks are left to `_callbacks`."""
    left_out = {*without, *(CALLBACKS if are_options else ())}
    fields = [field for name, field in spec.fields_of(type_).items() if name not in left_out]
    if are_options:
        fields.sort(key=lambda field: field.optional)
    told = {**spec.field_texts(type_), **texts}
    rows = [row for field in fields for row in _rows(field, page, told, are_options)]
    return table(("option" if are_options else "field", "type", "default", "meaning", "only on"), rows)


def _rows(
    field: Field, page: str, texts: Mapping[str, str], are_options: bool, path: str = ""
) -> Iterator[tuple[str, ...]]:
    """A field, and below it those of the object without a name that it holds."""
    name = path + field.name
    shown = _option_cells(field, page) if are_options else _result_cells(field, page)
    yield code(name), *shown, prose(texts.get(name, "")), _only_on(field)
    inner, joint = _nested(field.type)
    for each in inner:
        yield from _rows(each, page, texts, are_options, f"{name}{joint}")


def _option_cells(field: Field, page: str) -> tuple[str, str]:
    default = code(python_value(field.default)) if field.has_default else ""
    return shown_type(field.type, page), default if field.optional else "required"


def _result_cells(field: Field, page: str) -> tuple[str, str]:
    """A field that may be missing reads as None then."""
    written = python_type(field.type)
    return shown_type(field.type, page, written=or_none(written) if field.optional else written), ""


def _nested(type_: Type) -> tuple[Sequence[Field], str]:
    """The fields of an object without a name, by itself, in a list or among alternatives, and how they are reached."""
    match type_:
        case Object(fields):
            return fields, "."
        case Array(item):
            inner, joint = _nested(item)
            return inner, f"[]{joint}"
        case Union(items):
            return next((found for item in items if (found := _nested(item))[0]), ((), ""))
        case _:
            return (), ""


def _only_on(part: Field | Member) -> str:
    """The platforms whose objects have a method, else those that a declaration names; in the order as always."""
    named = [tag for tag in part.platforms or part.tags or () if tag != "global"]
    if len(named) == len(spec.PLATFORMS):
        return ""
    return ", ".join(sorted(named, key=lambda tag: (*spec.PLATFORMS, tag).index(tag)))
