"""The environment in which the stubs are checked."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest
from checkers import Environment, WheelEnvironment

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with taropy and its stubs, and the programs of this folder beside it."""
    return Environment(_with_programs(tmp_path_factory.mktemp("environment")))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> WheelEnvironment:
    """An environment with nothing but the wheel and the type checkers, and the same programs."""
    return WheelEnvironment(_with_programs(tmp_path_factory.mktemp("installed")))


def _with_programs(folder: Path) -> Path:
    for name in ("program.py", "mistakes.py", "ported.py", "ported_mistakes.py"):
        copy(HERE / name, folder)
    return folder
