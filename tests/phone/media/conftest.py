"""A clock that stands, and a song, for the tests of sound."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def standing_clock(request: pytest.FixtureRequest) -> None:
    """The phone's clock moves only when a test moves it."""
    for name in {"t", "weapp"} & set(request.fixturenames):
        request.getfixturevalue(name).phone.clock.stop()


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Two seconds of a tone."""
    from sounding import tone  # which needs PyAV; most tests of media do not

    return tone(tmp_path / "song.wav")
