"""The computer's loudspeaker and microphone, played by a double of the package that reaches them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from filing import given, real
from sounding import loudness, pitch_of, tone

import taropy
from taropy import extras

RATE = 44_100


class Devices(ModuleType):
    """What was played, and what the microphone hears: a tone of 700 Hz."""

    def __init__(self) -> None:
        super().__init__("sounddevice")
        self.played: list[Any] = []
        self.open = 0
        devices = self

        class OutputStream:
            def __init__(self, samplerate: int, channels: int, dtype: str) -> None:
                assert (samplerate, channels, dtype) == (RATE, 2, "float32")

            def __enter__(self) -> OutputStream:
                devices.open += 1
                return self

            def __exit__(self, *_: object) -> None:
                devices.open -= 1

            def write(self, samples: Any) -> None:
                devices.played.append(samples.copy())

        class InputStream:
            def __init__(self, samplerate: int, channels: int, dtype: str, callback: Any) -> None:
                assert (channels, dtype) == (1, "float32")
                self._rate, self._callback = samplerate, callback

            def start(self) -> None:
                devices.open += 1
                moments = np.arange(self._rate * 2) / self._rate
                self._callback(np.sin(2 * np.pi * 700 * moments).astype("float32")[:, None], len(moments), None, None)

            def close(self) -> None:
                devices.open -= 1

        self.OutputStream, self.InputStream = OutputStream, InputStream


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> Devices:
    """The double."""
    devices = Devices()
    monkeypatch.setitem(sys.modules, "sounddevice", devices)
    return devices


def test_the_computer_plays_what_the_phone_plays(weapp: Any, devices: Devices, tmp_path: Path) -> None:
    phone = weapp.phone
    phone.clock.stop()

    async def main() -> None:
        phone.audio.aloud = True
        audio = weapp.createInnerAudioContext()
        audio.src = given(weapp, tone(tmp_path / "a.wav", 1.0))
        audio.play()
        await phone.clock.advance(0.5)
        assert devices.open == 1
        await phone.clock.advance(2)

    taropy.run(main)
    played = np.concatenate(devices.played)
    assert len(played) == pytest.approx(RATE, rel=0.2)
    assert pitch_of(played[RATE // 4 : RATE * 3 // 4, 0], RATE) == pytest.approx(440, abs=5)
    assert devices.open == 0


def test_it_is_silent_unless_it_is_asked_to_play(weapp: Any, devices: Devices, tmp_path: Path) -> None:
    audio = weapp.createInnerAudioContext()
    audio.src = given(weapp, tone(tmp_path / "a.wav", 1.0))
    audio.play()
    weapp.phone.clock.advance(2)
    assert devices.played == []
    assert not weapp.phone.audio.aloud


def test_the_computers_microphone_is_recorded(weapp: Any, devices: Devices) -> None:
    weapp.phone.clock.stop()
    weapp.phone.microphone.hear_this_computer()
    stops: list[Any] = []
    recorder = weapp.getRecorderManager()
    recorder.onStop(stops.append)
    recorder.start(format="PCM", sampleRate=16000, encodeBitRate=48000, numberOfChannels=1)
    weapp.phone.clock.advance(1)
    recorder.stop()
    samples = memoryview(real(weapp, stops[0].tempFilePath).read_bytes()).cast("h").tolist()
    assert pitch_of(samples, 16_000) == pytest.approx(700, abs=3)
    assert loudness(samples) > 20_000
    assert devices.open == 0


def test_the_extra_that_is_missing_is_named(weapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(extras.MissingExtra, match=r"taropy\[sound\]"):
        weapp.phone.audio.aloud = True


@pytest.mark.parametrize("missing", ["av", "numpy"])
def test_programs_are_told_of_an_extra_that_is_missing(
    weapp: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str
) -> None:
    path = given(weapp, tone(tmp_path / "a.wav", 1.0))
    monkeypatch.setitem(sys.modules, missing, None)
    errors: list[Any] = []
    if missing == "av":
        audio = weapp.createInnerAudioContext()
        audio.onError(errors.append)
        audio.src = path
    recorder = weapp.getRecorderManager()
    recorder.onError(errors.append)
    recorder.start(format="mp3")
    assert errors
    assert all("pip install 'taropy[audio]'" in error.errMsg for error in errors)
