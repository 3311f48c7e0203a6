"""Regular expressions without the extra: most work, and one that needs it says so."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
sys.modules["regress"] = sys.modules["ada_url"] = None
from taropy.js import URL, MissingExtra, RegExp, String

assert String.replace("a-b", RegExp("-", "g"), "+") == "a+b"
assert RegExp(r"^(?<year>\\d{4})").exec("2024-01-02").groups.year == "2024"
for needing in (lambda: RegExp(r"\\p{L}", "u"), lambda: URL("https://example.com")):
    try:
        needing()
    except MissingExtra as error:
        print(error)
"""


def test_what_needs_an_extra_names_it() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        r"the regular expression /\p{L}/ (a property of characters) needs the package regress: "
        "pip install 'taropy[regexp]'",
        "URL needs the package ada-url: pip install 'taropy[url]'",
    ]


@pytest.mark.parametrize("module", ["regress", "ada_url", "asyncio", "taropy.runtime.taro", "taropy.phone"])
def test_nothing_heavy_is_imported_before_it_is_needed(module: str) -> None:
    program = "import sys; from taropy.js import Date, JSON, RegExp; RegExp('a+').test('a')"
    subprocess.run([sys.executable, "-c", f"{program}; assert {module!r} not in sys.modules"], check=True)
