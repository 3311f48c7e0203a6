"""The voice memos of examples/recorder, and what a test decides about them."""

from __future__ import annotations

import asyncio
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import pytest

import taropy
from taropy.phone import Phone, Tone

EXAMPLE = Path(__file__).parents[2] / "examples" / "recorder"


@pytest.fixture
def phone() -> Iterator[Phone]:
    """A phone of the program's own, whose clock moves only when the test moves it."""
    with Phone() as phone:
        phone.clock.stop()
        taropy.use("weapp", phone=phone)
        yield phone
        taropy.use("weapp").close()
        taropy.use("weapp")


@pytest.fixture
def memos(phone: Phone) -> Any:
    """The program's module, by its file: other examples may have one of the same name."""
    spec = importlib.util.spec_from_file_location("recorder_memos", EXAMPLE / "memos.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    module = sys.modules.setdefault("recorder_memos", made)  # where dataclasses look for their types
    spec.loader.exec_module(module)
    return module


def test_a_memo_is_recorded_and_heard(memos: Any, phone: Phone) -> None:
    phone.microphone.hear(Tone(500))

    async def main() -> None:
        app = memos.Memos()
        recording = asyncio.ensure_future(app.record("buy tea"))
        await phone.clock.advance(3)
        app.stop()
        memo = await recording
        assert (memo.title, memo.seconds) == ("buy tea", 3.0)
        [recorded] = phone.microphone.recordings
        assert recorded.seconds == 3.0
        with av.open(str(phone.files.local(phone.app("weapp"), memo.path))) as file:
            assert (file.format.name, file.streams.audio[0].rate) == ("mp3", 16000)
        hearing = asyncio.ensure_future(app.listen(memo))
        await phone.clock.advance(1)
        assert [player.src for player in phone.audio.playing] == [memo.path]
        await phone.clock.advance(3)
        await hearing
        assert abs(phone.audio.samples()).max() > 0.3

    taropy.run(main)


def test_a_memo_ends_when_it_is_long_enough(memos: Any, phone: Phone) -> None:
    async def main() -> None:
        app = memos.Memos()
        recording = asyncio.ensure_future(app.record("a long one", at_most=5))
        await phone.clock.advance(60)
        assert (await recording).seconds == 5
        await app.delete(app.memos[0])
        assert app.memos == []

    taropy.run(main)


def test_who_does_not_allow_it_hears_why(memos: Any, phone: Phone) -> None:
    phone.permissions.deny("scope.record")

    async def main() -> None:
        with pytest.raises(memos.NotRecorded, match="auth deny"):
            await memos.Memos().record("nothing")

    taropy.run(main)


def test_it_runs_as_its_first_lines_say() -> None:
    command = [sys.executable, "-m", "taropy", "run", str(EXAMPLE / "app.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines() == ["buy tea: 0.5 s", "drink it: 0.4 s", "left: drink it"]
