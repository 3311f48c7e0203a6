"""What is written of how the phone behaves on each platform: that it is well-formed, and does not become less."""

from __future__ import annotations

import re

import pytest

import taropy
from taropy import spec
from taropy.cli.evidence import MODEL, answered
from taropy.phone.sources import FOLDER, Source, platforms, sources, verified

#: How many functions of each platform are verified at least. A figure here may rise, and never falls.
AT_LEAST = {
    "alipay": 203,
    "h5": 97,
    "harmony": 83,
    "harmony-hybrid": 165,
    "jd": 55,
    "qq": 111,
    "rn": 98,
    "swan": 140,
    "tt": 137,
}

#: A source is an address, or a document or package of which is said where in it to look; others may follow it.
ORIGIN = re.compile(r"https://[\w.-]+/\S*|[\w@./ -]+, \S.*")

CELLS = [
    pytest.param(platform, name, source, id=f"{platform} {name}")
    for platform in platforms()
    for name, source in sources(platform).items()
]


@pytest.mark.parametrize("platform", platforms())
def test_what_is_verified_of_a_platform_does_not_become_less(platform: str) -> None:
    assert verified(platform) >= AT_LEAST[platform]


def test_every_platform_that_once_had_sources_has_them() -> None:
    assert platforms() == tuple(sorted(AT_LEAST))


@pytest.mark.parametrize("platform", platforms())
def test_every_function_that_has_a_source_is_one_that_the_phone_answers(platform: str) -> None:
    with taropy.create(platform) as t:
        assert [name for name in sources(platform) if not t.canIUse(name)] == []
    assert set(sources(platform)) <= set(answered([platform])[platform])


@pytest.mark.parametrize("platform", platforms())
def test_the_functions_of_a_file_are_sorted(platform: str) -> None:
    assert list(sources(platform)) == sorted(sources(platform))


@pytest.mark.parametrize(("platform", "name", "source"), CELLS)
def test_a_source_says_where_to_look_and_what_was_tried(platform: str, name: str, source: Source) -> None:
    assert ORIGIN.fullmatch(source.source.partition("; ")[0])
    assert source.as_documented
    sentences = [*source.as_documented, *source.not_yet, *source.unknown, *source.errors.values()]
    assert all(isinstance(text, str) and text == text.strip() and text for text in sentences)
    assert len({*source.as_documented, *source.not_yet, *source.unknown}) == len(sentences) - len(source.errors)
    assert all(re.fullmatch(r"\w+(\.\w+)*", field) for field in source.result)


def test_a_platform_without_a_file_has_no_sources() -> None:
    for name in ("lark", "../sources/alipay", ""):
        assert (dict(sources(name)), verified(name)) == ({}, 0)


def test_a_table_with_a_field_that_none_has_is_refused() -> None:
    with pytest.raises(TypeError):
        Source(source="a page, its end", as_documented=["something"], comment="a word")  # type: ignore[call-arg]


def test_only_platforms_of_ours_have_files_and_the_one_that_the_phone_is_built_after_needs_none() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} <= {*spec.PLATFORMS} - {MODEL}
