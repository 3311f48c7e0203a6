"""The pages: one for each group, one for each family of groups, one for types alone, and the index of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from taropy import spec
from taropy.matrix import Matrix
from tools.reference.entries import LEGEND, member_section
from tools.reference.examples import Examples
from tools.reference.homes import (
    TYPES_PAGE,
    Entry,
    Place,
    members_in,
    page_of,
    relative,
    type_groups,
    types_in,
)
from tools.reference.markdown import code, document, joined, link, prose, table
from tools.reference.titles import family, title
from tools.reference.types import types_sections

INDEX = "index.md"
_FIRST_SENTENCE = re.compile(r"^.*?[.:](?=\s|$)(?!\s[a-z])")


# --- groups -----------------------------------------------------------------------------------------------------


def group_page(group: str, matrix: Matrix, examples: Examples) -> str:
    """All members of a group, and its types."""
    page, entries = page_of(group), members_in(group)
    types = types_sections(types_in(group), page)
    return document(
        f"# {title(group)}",
        contents(entries, page) if len(entries) > 1 else "",
        LEGEND,
        *(member_section(entry, page, matrix.cells[entry.member.name], examples) for entry in entries),
        joined(["## Types", types]) if types else "",
        _more(group),
    )


def contents(entries: Iterable[Entry], page: str) -> str:
    """The members in a table, each with the first sentence of what it does."""
    rows = [(_way_to(entry.member.name, page), prose(summary(entry.member.name))) for entry in entries]
    return table(("member", "what it does"), rows)


def summary(name: str) -> str:
    """The first sentence of a member's description."""
    text = spec.member_text(name)
    if text is None:
        return ""
    found = _FIRST_SENTENCE.match(text.what)
    return found.group().rstrip(":") if found else text.what


def _way_to(name: str, page: str) -> str:
    return link(code(name), Place(page_of(spec.group_of(name)), name).seen_from(page))


def _more(group: str) -> str:
    """On a page that also stands for its family, the other groups of it."""
    others = [other for other in families()[family(group)] if other != group]
    if family(group) != group or not others:
        return ""
    return joined([f"## More: {title(group)}", _group_list(others, f"{group}.md")])


# --- families ---------------------------------------------------------------------------------------------------


def families() -> Mapping[str, list[str]]:
    """The groups by family, both sorted."""
    found: dict[str, list[str]] = {}
    for group in spec.groups():
        found.setdefault(family(group), []).append(group)
    return found


def family_page(name: str) -> str:
    """The groups of a family that is no group by itself, with what they hold."""
    page = f"{name}.md"
    sections = [
        joined([f"## {_way_to_group(group, page)}", contents(members_in(group), page)]) for group in families()[name]
    ]
    return document(f"# {title(name)}", *sections)


def _group_list(groups: Iterable[str], page: str) -> str:
    return "\n".join(f"- **{_way_to_group(group, page)}**: {_names(group, page)}" for group in groups)


def _way_to_group(group: str, page: str) -> str:
    return link(title(group), relative(page_of(group), page))


def _names(group: str, page: str) -> str:
    return ", ".join(_way_to(entry.member.name, page) for entry in members_in(group))


# --- the others -------------------------------------------------------------------------------------------------


def types_page() -> str:
    """The types of groups that have no members."""
    sections = [types_sections(types_in(group), TYPES_PAGE) for group in type_groups()]
    return document(
        "# Types without a function",
        "What several functions share, what components hold, and what only other types name.",
        *(f"## {title(group)}\n\n{section}" for group, section in zip(type_groups(), sections, strict=True)),
    )


def index_page(examples: Examples) -> str:
    """All groups with their members, by family."""
    return document(
        "# Reference",
        f"The {len(spec.members())} members of `Taro` in {len(spec.groups())} groups. "
        f"[Which platform has what](support.md) is one table; [types without a function](types.md) have a page too.",
        "Options are given as a dict, as keyword arguments, or as an instance of the class that the signature names: "
        '`Taro.login({"timeout": 3000})`, `Taro.login(timeout=3000)` and '
        "`Taro.login(LoginOption(timeout=3000))` are the same call. The classes are in `taropy.models`. A function "
        "that returns a `Promise` has begun when it returns: await it, chain it, or let it be. It is rejected with a "
        "`TaroError`, whose `errMsg` is worded as in **Fails**. What a platform does not have raises `NotSupported`.",
        "Times are in milliseconds and lengths in px, unless something else is said. A field of a result that may be "
        "missing reads as `None`.",
        *(_family_section(name, groups) for name, groups in families().items()),
        f"There is an example for {', '.join(_way_to(name, INDEX) for name in examples)}.",
    )


def _family_section(name: str, groups: list[str]) -> str:
    if groups == [name]:
        return joined([f"## {_way_to_group(name, INDEX)}", _names(name, INDEX)])
    return joined([f"## {title(name)}", _group_list(groups, INDEX)])
