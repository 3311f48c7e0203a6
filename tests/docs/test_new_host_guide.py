"""The guide on writing a host, followed to its end: the package that it makes, as installed, under the command line."""

from __future__ import annotations

import re
from pathlib import Path

from packages import ROOT, installed, run

PAGE = (ROOT / "docs" / "guides" / "new-host.md").read_text("utf-8")
APP = """
import taropy
from taropy import Taro


async def main():
    print((await Taro.login()).code)


taropy.run(main)
"""


def block(language: str) -> str:
    """The page's first block of a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_host_as_a_package(tmp_path: Path) -> None:
    package, elsewhere = tmp_path / "package", tmp_path / "elsewhere"
    for folder in (package, elsewhere):
        folder.mkdir()
    (package / "pyproject.toml").write_text(block("toml"), "utf-8")
    above = block("python").partition("class Recordings")[0]
    (package / "taropy_recordings.py").write_text(above + block("py"), "utf-8")
    (elsewhere / "app.py").write_text(APP, "utf-8")
    environment = installed(package, tmp_path / "site")
    install, use = block("sh").splitlines()
    assert install == "pip install -e ."  # which `installed` stands for
    assert run(environment, elsewhere, "sh", "-c", use) == "c-1\n"
