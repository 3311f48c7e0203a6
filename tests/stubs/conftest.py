"""The environment in which the stubs are checked."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest
from checkers import Environment

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with taropy and its stubs, and the programs of this folder beside it."""
    folder = tmp_path_factory.mktemp("environment")
    for name in ("program.py", "mistakes.py"):
        copy(HERE / name, folder)
    return Environment(folder)
