"""The login example's servers, shared by a module's tests, and a phone of its own for each test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from taropy import Phone

sys.path.insert(0, str(Path(__file__).parents[2] / "examples" / "login"))

from world import world


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Phone, str]]:
    """A phone whose open platform and clock the tests' phones share, and the address of the backend beside it."""
    with Phone() as phone, world(phone) as url:
        yield phone, url


@pytest.fixture
def phone(
    servers: tuple[Phone, str], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Phone]:
    """A new phone, with a user of its own, whose programs find the backend."""
    neighbour, url = servers
    monkeypatch.setenv("TARO_APP_API", url)
    user = request.node.nodeid
    with Phone(user=user, open_platform=neighbour.open_platform, clock=neighbour.clock) as phone:
        yield phone
