"""What the tests of pages in a browser open."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page whose functions show what crosses the bridge."""
    made = tmp_path_factory.mktemp("small")
    shutil.copy(Path(__file__).with_name("small.html"), made / "index.html")
    return made
