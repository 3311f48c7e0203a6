"""Runtimes of all platforms and of those in a browser, and an app that notes which page heard what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from diaries import Diary

import taropy
from taropy import spec

EVERYWHERE = sorted(spec.supported_on("navigateTo"))


@pytest.fixture(params=EVERYWHERE)
def t(request: pytest.FixtureRequest) -> Iterator[Any]:
    with taropy.create(request.param) as runtime:
        yield runtime


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture(params=["h5", "harmony-hybrid"])
def web(request: pytest.FixtureRequest) -> Iterator[Any]:
    with taropy.create(request.param) as runtime:
        yield runtime
