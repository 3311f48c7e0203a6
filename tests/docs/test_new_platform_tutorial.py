"""The tutorial on writing a platform, followed word for word in an empty folder.

Only `pip install` is not done: the package is found as an installed one is, without a network.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from packages import installed, with_taropy

PAGE = Path(__file__).parents[2] / "docs/guides/new-platform.md"
BLOCK = re.compile(r"(?:^In `(?P<file>[^`]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@attrs.define
class Reader:
    """Someone who does what the page says, and remembers what was printed last."""

    folder: Path
    site: Path
    environment: dict[str, str]
    printed: str = ""

    def type(self, command: str) -> str:
        """Types a command; it must succeed."""
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
            return ""
        if command == "pip install -e '.[dev]'":
            self.environment = installed(self.folder, self.site)
            return ""
        done = subprocess.run(
            command, shell=True, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def follow(self, kind: str, text: str, file: str | None) -> None:
        """Does what one block of the page says."""
        if kind == "sh":
            self.printed = "".join(map(self.type, text.splitlines()))
        elif file is not None:
            (self.folder / file).write_text(text, "utf-8")


def blocks() -> Iterator[tuple[str, str, str | None]]:
    for found in BLOCK.finditer(PAGE.read_text("utf-8")):
        yield found["kind"], found["text"], found["file"]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "empty").mkdir()
    return Reader(tmp_path / "empty", tmp_path / "site", with_taropy())


def test_the_tutorial_can_be_followed_word_for_word(reader: Reader) -> None:
    followed = list(blocks())
    assert [kind for kind, _, _ in followed].count("sh") == 4
    for position, (kind, text, file) in enumerate(followed):
        reader.follow(kind, text, file)
        if kind == "text" and followed[position - 1][0] == "sh":
            assert [line for line in text.splitlines() if line not in reader.printed] == [], reader.printed
    assert (reader.folder / "app.py").exists()


def test_the_message_that_the_tutorial_shows_is_what_a_misspelled_option_gives(reader: Reader) -> None:
    table = next(text for kind, text, file in blocks() if file and file.endswith("__init__.py"))
    program = table.replace('rename={"timeout"', 'rename={"timeot"') + "\n\nimport sys, taropy\n"
    program += "taropy.register_plugin(sys.modules[__name__])\n"
    (reader.folder / "wrong.py").write_text(program, "utf-8")
    done = subprocess.run(
        ["python", "wrong.py"], cwd=reader.folder, env=reader.environment, capture_output=True, text=True, check=False
    )
    shown = next(text for kind, text, _ in blocks() if kind == "text" and "acme: apis" in text)
    assert shown.strip() in done.stderr
