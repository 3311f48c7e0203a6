"""The reference pages have everything, say what the spec says, and lead where they point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import taropy
from taropy import spec
from taropy.phone.sources import platforms, sources
from taropy.spec import Ref

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
HEADING = re.compile(r"^#{1,4} (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#([^)]*))?\)")
LINK_TEXT = re.compile(r"\[(.+?)\]\(.*?\)")

PAGES = sorted(REFERENCE.rglob("*.md"))


def named(page: Path) -> str:
    return page.relative_to(REFERENCE).as_posix()


@cache
def text(page: Path) -> str:
    return page.read_text("utf-8")


@cache
def page_of(member: str) -> str:
    return text(REFERENCE / f"{spec.group_of(member)}.md")


@cache
def everything() -> str:
    return "\n".join(map(text, PAGES))


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors of a page as readers of Markdown make them: repeated ones are numbered."""
    found: dict[str, int] = {}
    for heading in HEADING.findall(FENCE.sub("", text(page))):
        plain = re.sub(r"[^\w\- ]", "", LINK_TEXT.sub(r"\1", heading).lower()).replace(" ", "-")
        found[plain] = found.get(plain, -1) + 1
        if found[plain]:
            found[f"{plain}-{found[plain]}"] = 0
    return frozenset(found)


def section(member: str) -> str:
    """The part of a page that is about one member."""
    _, found, rest = page_of(member).partition(f"\n## {member}\n")
    assert found, f"{member} has no heading on the page of {spec.group_of(member)}"
    return rest.partition("\n## ")[0]


# --- nothing is missing -----------------------------------------------------------------------------------------


def test_there_is_a_page_for_every_group_and_no_other() -> None:
    families = {group.partition("/")[0] for group in spec.groups()}
    expected = {*spec.groups(), *families, "index", "support", "types"}
    assert {named(page).removesuffix(".md") for page in PAGES} == expected


@pytest.mark.parametrize("member", spec.members())
def test_a_member_is_described_where_it_works_and_how_it_is_called(member: str) -> None:
    found = section(member)
    assert f"Taro.{member}" in found
    words = spec.member_text(member)
    assert words is None or re.sub(r"\W", "", words.what) in re.sub(r"\W", "", found)
    platforms = re.search(r"^\*\*Platforms\*\* (.*)$", found, re.MULTILINE)
    assert platforms is not None
    had = {name for name, mark in re.findall(r"([\w-]+) \[?([✓○–])", platforms[1]) if mark != "–"}
    assert had == spec.supported_on(member)


@pytest.mark.parametrize("platform", platforms())
def test_a_function_whose_behaviour_is_verified_leads_to_its_source(platform: str) -> None:
    for name in sources(platform):
        [row] = [line for line in text(REFERENCE / "support.md").splitlines() if line.startswith(f"| [`{name}`]")]
        assert f"[✓](../vendors/{platform}.md#" in row
        assert re.search(
            rf"^\*\*Platforms\*\* .*\b{platform} \[✓\]\(\S*vendors/{platform}\.md#", section(name), re.MULTILINE
        )


def test_the_index_and_the_support_page_name_every_member() -> None:
    for page in ("index.md", "support.md"):
        assert not [name for name in spec.members() if f"[`{name}`]" not in text(REFERENCE / page)]


@pytest.mark.parametrize("group", spec.groups())
def test_every_option_and_result_field_of_a_group_is_told(group: str) -> None:
    """Callbacks of options apart, which are named in a line of their own."""
    missing = [
        f"{type_name}.{field}"
        for type_name in spec.type_names()
        if spec.type_def(type_name).group == group and spec.type_def(type_name).kind == "interface"
        for field in spec.fields_of(Ref(type_name))
        if not is_told(group, type_name, field)
    ]
    assert not missing


def is_told(group: str, type_name: str, field: str) -> bool:
    page, model = text(REFERENCE / f"{group}.md"), spec.type_def(type_name).model
    return (
        f"| `{field}` |" in page
        or f"`{field}`" in page
        or f"#### {model}.{field}\n" in page
        or has_base(type_name, field)
    )


def has_base(type_name: str, field: str) -> bool:
    """Whether a field is a base's, to which the page points."""
    bases = [base.name for base in spec.type_def(type_name).extends if isinstance(base, Ref)]
    return any(field in spec.fields_of(Ref(base)) for base in bases)


def test_every_named_type_is_on_a_page() -> None:
    words = set(re.findall(r"\w+", everything()))
    assert not [model for model in spec.model_names() if model not in words]


@pytest.mark.parametrize(
    ("member", "shown"),
    [
        ("request", "| `url` | `str` | required | Absolute, with `https://` or `http://`. |  |"),
        ("request", '| `referrerStrategy` | `Literal["index", "page", "querystring"]`'),
        ("request", "[`RequestTask`](#requesttask)"),
        ("login", "| `code` | `str` | The code for the backend; good once, for five minutes. |  |"),
        ("showModal", "**Callbacks** `success` with [`ShowModalResult`](#showmodal)"),
        ("checkSession", "**Fails** `checkSession:fail session time out, need relogin`"),
        ("checkSession", "weapp ✓, alipay –, swan [✓](../../vendors/swan.md#login)"),
        ("checkSession", "await Taro.checkSession()"),
    ],
)
def test_a_reader_finds(member: str, shown: str) -> None:
    assert shown in section(member)


def test_our_sentences_are_english() -> None:
    assert not re.findall(r"[\u4e00-\u9fff]", everything())


# --- it leads somewhere, and is true ----------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    assert not [target for target in broken_links(page)]


def broken_links(page: Path) -> Iterator[str]:
    for path, heading in LINK.findall(FENCE.sub("", text(page))):
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (heading and heading not in anchors(target)):
            yield f"{path}#{heading}"


@pytest.mark.parametrize("platform", spec.PLATFORMS)
def test_the_support_page_says_what_canIUse_says(platform: str) -> None:
    head, *rows = [line.strip("| ").split(" | ") for line in text(REFERENCE / "support.md").splitlines() if "|" in line]
    table = [row for row in rows if row[0].startswith("[`")]
    column = head.index(platform) + 1
    with taropy.create(platform) as taro:
        said = {LINK_TEXT.sub(r"\1", row[0]).strip("`"): LINK_TEXT.sub(r"\1", row[column]) == "✓" for row in table}
        assert said == {name: taro.canIUse(name) for name in spec.members()}
