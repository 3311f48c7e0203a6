"""What all tests share. This file being here also puts the folder on the path, so that every test finds `servers`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from packages import make_typed


@pytest.fixture(scope="session")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment for mypy: what it finds out about taropy, the first package that is checked pays for."""
    folder = tmp_path_factory.mktemp("typed")
    make_typed(folder)
    return folder


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, the only event loop that taropy knows."""
    return "asyncio"


@pytest.fixture
def _rejections_may_be_left() -> Iterator[None]:
    """For tests that leave rejections and ignore the warning: it comes within the test, and not in the next one."""
    gc.disable()  # so that all that the test leaves is young, and quickly found
    yield
    gc.collect(0)
    gc.enable()
