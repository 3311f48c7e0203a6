"""What all tests share. This file being here also puts the folder on the path, so that every test finds `servers`."""

from __future__ import annotations

import pytest


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, the only event loop that taropy knows."""
    return "asyncio"
