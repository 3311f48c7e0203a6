"""The shop, served in the test's own event loop."""

from __future__ import annotations

import socket
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


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
