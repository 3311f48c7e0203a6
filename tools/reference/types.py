"""The named types of a group that no function of it describes: managers, data, sets of values, other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from taropy import spec
from taropy.spec import Ref, TypeDef
from taropy.stubgen.python_types import python_type, python_value
from tools.reference.entries import fields_table, method_section
from tools.reference.homes import definition_of, linked, methods_of, stands_alone
from tools.reference.markdown import code, joined, prose, table


def types_sections(definitions: Sequence[TypeDef], page: str) -> str:
    """The types that have a place of their own, each under a heading, and then the aliases."""
    alone = [definition for definition in definitions if stands_alone(definition)]
    return joined([*(_section(definition, page) for definition in alone), _aliases(definitions, page)])


def _section(definition: TypeDef, page: str) -> str:
    texts = spec.type_text(definition.name)
    return joined(
        [
            f"### {definition.model}",
            prose(texts.get("", "")),
            *(_values(definition, texts) if definition.values else _object(definition, page)),
        ]
    )


def _object(definition: TypeDef, page: str) -> Iterator[str]:
    """Its bases with methods, its fields, and its own methods."""
    bases = [base for base in map(definition_of, definition.extends) if base is not None and methods_of(base)]
    if bases:
        yield f"With the methods of {', '.join(linked(base.model, page) for base in bases)}."
    methods = methods_of(definition)
    elsewhere = [name for base in bases for name in spec.fields_of(Ref(base.name))]
    elsewhere += [method.member.name for method in methods]
    is_option = definition.role == "option"
    yield fields_table(Ref(definition.name), page, are_options=is_option, without=elsewhere)
    texts = spec.type_text(definition.name)
    for method in methods:
        yield method_section(method, texts.get(method.member.name, ""), page)


def _values(definition: TypeDef, texts: Mapping[str, str]) -> Iterator[str]:
    """Its values with their meaning; where all speak for themselves, in one line."""
    described = [(code(python_value(value)), texts.get(str(value), "")) for value in definition.values]
    if any(text for _, text in described):
        yield table(("value", "meaning"), [(value, prose(text)) for value, text in described])
    else:
        yield f"One of {', '.join(value for value, _ in described)}."


def _aliases(definitions: Sequence[TypeDef], page: str) -> str:
    aliases = [definition for definition in definitions if definition.kind == "alias" and definition.type is not None]
    rows = [
        (code(each.model), linked(python_type(each.type), page), prose(spec.type_text(each.name).get("", "")))
        for each in aliases
        if each.type is not None
    ]
    return joined(["### Other names", table(("name", "stands for", "meaning"), rows)]) if rows else ""
