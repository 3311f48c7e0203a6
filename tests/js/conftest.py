"""Settings for the tests of `taropy.js`."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# On a build server a failure must be the same one twice.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("desk", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(autouse=True)
def _no_platform_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TARO_ENV", raising=False)


@pytest.fixture
def _rejections_may_be_left() -> Iterator[None]:
    """For tests that leave rejections and ignore the warning: it comes within the test, and not in the next one."""
    gc.disable()  # so that all that the test leaves is young, and quickly found
    yield
    gc.collect(0)
    gc.enable()
