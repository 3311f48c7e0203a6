"""Fixtures for the runtime's tests: a small native object, and runtimes over it and over a phone."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

import taropy

# On a build server a failure must be the same one twice.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("desk", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(autouse=True)
def _no_platform_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TARO_ENV", raising=False)


@pytest.fixture
def native() -> SimpleNamespace:
    """A native object with three functions, each answering in its own way; tests add what they need."""

    def login(options):
        options["success"]({"errMsg": "login:ok", "code": "a-code"})

    def checkSession(options):
        options["fail"]({"errMsg": "checkSession:fail session expired", "errCode": 3})

    def getSystemInfoSync():
        return {"platform": "ios", "SDKVersion": "3.5.0"}

    return SimpleNamespace(login=login, checkSession=checkSession, getSystemInfoSync=getSystemInfoSync)


@pytest.fixture
def taro(native: SimpleNamespace) -> Iterator[taropy.Taro]:
    """A runtime on weapp, over `native`."""
    with taropy.create("weapp", native=native) as runtime:
        yield runtime


@pytest.fixture
def on_phone() -> Iterator[taropy.Taro]:
    """A runtime on weapp, over a new phone."""
    with taropy.create("weapp") as runtime:
        yield runtime


@pytest.fixture
def _rejections_may_be_left() -> Iterator[None]:
    """For tests that leave rejections and ignore the warning: it comes within the test, and not in the next one."""
    gc.disable()  # so that all that the test leaves is young, and quickly found
    yield
    gc.collect(0)
    gc.enable()
