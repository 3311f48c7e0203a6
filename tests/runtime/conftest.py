"""Fixtures for the runtime's tests: a small native object, and runtimes over it and over a phone."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis_profiles import load_profile

import taropy

load_profile()


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
