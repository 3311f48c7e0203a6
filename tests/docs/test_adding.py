"""The guide for maintainers shows code as it is: each snippet stands in the file that is named above it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guides" / "adding.md"
SHOWN = re.compile(r"^`([^`]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SNIPPETS = SHOWN.findall(GUIDE.read_text("utf-8"))


@pytest.mark.parametrize(("file", "snippet"), SNIPPETS, ids=[f"{n} {file}" for n, (file, _) in enumerate(SNIPPETS)])
def test_each_snippet_stands_in_the_file_named_above_it(file: str, snippet: str) -> None:
    assert snippet in (ROOT / file).read_text("utf-8")


def test_every_folder_and_file_that_the_guide_names_exists() -> None:
    named = re.findall(r"`((?:taropy|tests|plugins|docs)/[\w./-]+)`", GUIDE.read_text("utf-8"))
    assert len(named) > 10
    assert not [path for path in named if not (ROOT / path).exists()]
