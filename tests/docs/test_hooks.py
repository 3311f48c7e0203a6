"""Every hook has its place in the reference, a guide that shows it at work, and a test that implements it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.hooks.__main__ import GUIDES, hooks, main, page

ROOT = Path(__file__).parents[2]


def implementations() -> str:
    """The tests' own plugins, as text."""
    files = (file for file in (ROOT / "tests").rglob("test_*.py") if file != Path(__file__))
    return "\n".join(file.read_text("utf-8") for file in files)


def test_the_reference_is_what_the_hookspecs_say() -> None:
    assert main(["--check"]) == 0


@pytest.mark.parametrize("hook", hooks())
def test_every_hook_is_in_the_reference_with_what_it_does(hook: str) -> None:
    section = page().partition(f"\n## {hook}\n")[2].partition("\n## ")[0]
    assert f"{hook}(" in section
    assert f"]({GUIDES[hook][0]})" in section


@pytest.mark.parametrize("hook", hooks())
def test_every_hook_is_implemented_in_its_guide_and_in_a_test(hook: str) -> None:
    guide = (ROOT / "docs" / GUIDES[hook][0]).read_text("utf-8")
    assert f"def {hook}(" in guide
    assert f"# {GUIDES[hook][1]}\n" in guide
    assert re.search(rf"def {hook}\(|{hook}=", implementations())


def test_a_page_that_is_not_up_to_date_is_told_and_made_anew(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.hooks", "--docs", str(tmp_path)]
    (tmp_path / "hooks.md").write_text("# Hooks\n", "utf-8")
    told = subprocess.run([*command, "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.returncode, "stale: hooks.md" in told.stdout) == (1, True)
    subprocess.run(command, cwd=ROOT, check=True)
    assert (tmp_path / "hooks.md").read_text("utf-8") == page()
