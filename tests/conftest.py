"""What all tests share. This file being here also puts the folder on the path, so that every test finds `servers`."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packages import make_typed

import taropy
from taropy import spec


def pytest_configure() -> None:
    """Has Ctrl-C interrupt the tests' programs, also where a shell has begun all this in its background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves files without the mark alone where one is asked for (`-m wheel`): to collect all tests takes 40 s."""
    name = config.option.markexpr
    if not name.isidentifier() or collection_path.suffix != ".py":
        return None
    return f"mark.{name}" not in collection_path.read_text("utf-8") or None


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


@pytest.fixture
def ahead() -> Iterator[str]:
    """The name of a platform that is ahead of the phone: WeChat's, with `getGuildInfo`, which its phone lacks."""

    class Plugin:
        @taropy.hookimpl
        def taropy_register_platforms(self, register: Any) -> None:
            known = [name for name in spec.members() if "weapp" in (spec.member(name).platforms or ())]
            register(
                taropy.Platform(
                    name="ahead",
                    title="Ahead",
                    env_type="WEAPP",
                    native_name="wx",
                    extends="weapp",
                    supports=(*known, "getGuildInfo"),
                )
            )

    taropy.register_plugin(Plugin(), "ahead")
    yield "ahead"
    taropy.unregister_plugin("ahead")
