"""The page of the docs on what Taro's tags and code disagree on, `python -m tools.disagreements`."""

from __future__ import annotations

from pathlib import Path

import pytest

from taropy import spec
from tools.disagreements.__main__ import ROOT, main
from tools.disagreements.build import read


def test_the_page_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_a_stale_page_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    assert main(["--check", "--page", str(page)]) == 1
    assert main(["--page", str(page)]) == 0
    assert main(["--check", "--page", str(page)]) == 0
    page.write_text("something else")
    assert main(["--check", "--page", str(page)]) == 1
    assert capsys.readouterr().out.splitlines() == ["stale: page.md", "1 file is up to date", "stale: page.md"]


def test_every_decision_is_the_one_that_programs_meet() -> None:
    decisions = read(ROOT / "taropy" / "spec")
    assert decisions
    wrong = [each for each in decisions if (each.platform in spec.supported_on(each.name)) is not each.supported]
    assert not wrong


def test_a_function_that_is_tagged_and_a_stub_is_on_the_page_and_refused() -> None:
    found = [each for each in read(ROOT / "taropy" / "spec") if (each.name, each.platform) == ("requestPayment", "h5")]
    assert [(each.tag, each.code, each.supported) for each in found] == [(True, False, False)]
