"""Pages that show modules and their tests: what stands on them, and how a reader runs it in an empty folder."""

from __future__ import annotations

import re

import pytest

_FILE = re.compile(r"^```py\n# (\w+\.py)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def files_on(page: str) -> dict[str, str]:
    """The files that a page shows, by the name in their first line."""
    return dict(_FILE.findall(page))


def run(pytester: pytest.Pytester, files: dict[str, str]) -> pytest.RunResult:
    """Runs pytest over the files, with warnings as errors."""
    for name, text in files.items():
        (pytester.path / name).write_text(text, "utf-8")
    pytester.syspathinsert()
    return pytester.runpytest_subprocess("-p", "no:xdist", "-W", "error")
