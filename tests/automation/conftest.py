"""The shop, served in the test's own event loop."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from speaking import Client, connected

import taropy
from taropy.automation.server import Automation


@pytest.fixture
async def tools(anyio_backend: str) -> AsyncIterator[Automation]:
    """The automation port of a phone on which the shop runs."""
    import shop

    with taropy.create("weapp") as taro:
        async with taro.phone.devtools(shop.app, taro=taro) as serving:
            yield serving


@pytest.fixture
async def client(tools: Automation) -> AsyncIterator[Client]:
    """A client that is connected to it."""
    async with connected(tools.url) as client:
        yield client
