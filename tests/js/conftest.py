"""Settings for the tests of `taropy.js`."""

from __future__ import annotations

import pytest
from hypothesis_profiles import load_profile

load_profile()


@pytest.fixture(autouse=True)
def _no_platform_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TARO_ENV", raising=False)
