"""A phone and its open platform's server, as the backends of the tests reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest
from natively import Answer

import taropy
from taropy.phone import Phone


@pytest.fixture
def t(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The Taro of the platform that the test's parameter names."""
    with taropy.create(request.param) as runtime:
        yield runtime


@pytest.fixture
def phone() -> Phone:
    """A phone whose clock moves only when the test moves it."""
    phone = Phone(user="alice")
    phone.clock.stop()
    return phone


@pytest.fixture
def get(phone: Phone) -> Iterator[Callable[..., Answer]]:
    """GET a path of the phone's open platform."""
    with phone.open_platform.serve() as server, httpx2.Client(base_url=server.url) as client:
        yield lambda path, **query: client.get(path, params=query).json()


@pytest.fixture
def post(phone: Phone) -> Iterator[Callable[..., Answer]]:
    """POST to a path of it: `json=`, `data=` or `content=`."""
    with phone.open_platform.serve() as server, httpx2.Client(base_url=server.url) as client:
        yield lambda path, **body: client.post(path, **body).json()
