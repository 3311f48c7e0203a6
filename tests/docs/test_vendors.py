"""The pages of what is verified on which platform, `python -m tools.vendors`."""

from __future__ import annotations

from pathlib import Path

import pytest

from taropy import spec
from taropy.cli.evidence import MODEL, answered
from taropy.phone.sources import platforms, sources, verified
from tools.vendors.__main__ import DOCS, main
from tools.vendors.build import build

PAGES = build()


def test_the_pages_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_there_is_a_page_for_each_platform_of_which_something_is_written() -> None:
    assert {*PAGES} == {"index.md", *(f"{name}.md" for name in platforms())}
    assert {path.name for path in (DOCS / "vendors").iterdir()} == {*PAGES}


def test_the_index_has_the_figures_of_every_platform_but_the_one_that_the_phone_is_built_after() -> None:
    functions = answered(spec.PLATFORMS)
    for name in spec.PLATFORMS:
        link = f"[{name}]({name}.md)" if name in platforms() else name
        row = f"| {link} | {len(functions[name])} | {verified(name)} |"
        assert (row in PAGES["index.md"]) is (name != MODEL)


@pytest.mark.parametrize("platform", platforms())
def test_a_page_tells_every_function_once_with_its_source_or_as_unverified(platform: str) -> None:
    page = PAGES[f"{platform}.md"]
    known, _, unverified = page.partition("## As WeChat, unverified")
    for name in answered([platform])[platform]:
        assert page.count(f"[`{name}`](") == 1
        assert (f"[`{name}`](" in known) is (name in sources(platform))
    assert bool(unverified) is (verified(platform) < len(answered([platform])[platform]))


def test_a_page_that_is_not_up_to_date_is_named_and_made_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--docs", str(tmp_path)]) == 0
    (tmp_path / "vendors" / "index.md").write_text("nothing")
    assert main(["--docs", str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == ["stale: index.md"]
    assert main(["--docs", str(tmp_path)]) == 0
    assert (tmp_path / "vendors" / "index.md").read_text("utf-8") == PAGES["index.md"]
