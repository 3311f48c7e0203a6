"""Sounds for tests, as files, what players tell of them, and what is to be heard of samples."""

from __future__ import annotations

import math
import struct
import wave
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

#: How sounds are stored, by the ends of their files' names: FFmpeg's container and codec.
FORMS = {
    ".mp3": ("mp3", "libmp3lame"),
    ".m4a": ("ipod", "aac"),
    ".aac": ("adts", "aac"),
    ".flac": ("flac", "flac"),
    ".ogg": ("ogg", "libopus"),
    ".aiff": ("aiff", "pcm_s16be"),
}
RATE = 48_000
#: What players tell, but for the times.
EVENTS = ("Canplay", "Play", "Pause", "Stop", "Ended", "Error", "Waiting", "Seeking", "Seeked")


def sine(seconds: float, pitch: float = 440.0, rate: int = 8000, volume: float = 0.5) -> list[int]:
    """A pure tone, as samples of 16 bits."""
    step = 2 * math.pi * pitch / rate
    return [round(32767 * volume * math.sin(step * at)) for at in range(round(seconds * rate))]


def tone(path: Path, seconds: float = 2.0, pitch: float = 440.0, rate: int = 8000, volume: float = 0.5) -> Path:
    """A pure tone as a file whose format is what its name ends with."""
    if path.suffix == ".wav":
        samples = sine(seconds, pitch, rate, volume)
        with wave.open(str(path), "wb") as made:
            made.setnchannels(1)
            made.setsampwidth(2)
            made.setframerate(rate)
            made.writeframes(struct.pack(f"<{len(samples)}h", *samples))
        return path
    container, codec = FORMS[path.suffix]
    samples = sine(seconds, pitch, RATE, volume)
    with av.open(str(path), "w", format=container) as file:
        stream: Any = file.add_stream(codec, rate=RATE, layout="mono")
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=RATE, frame_size=stream.frame_size or 960
        )
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
        frame.rate = RATE
        frame.planes[0].update(struct.pack(f"<{len(samples)}h", *samples))
        for each in (*resampler.resample(frame), *resampler.resample(None), None):
            file.mux(stream.encode(each))
    return path


def events_of(player: Any, *names: str) -> list[str]:
    """The names of the events that a player tells from now on: of those that are named, or of all."""
    told: list[str] = []
    for name in names or EVENTS:
        getattr(player, f"on{name}")(lambda *_, name=name: told.append(name))
    return told


def pitch_of(samples: Sequence[float], rate: int) -> float:
    """The pitch of a tone in Hz, by how often it goes through zero."""
    values = [float(each) for each in samples]
    risen = sum(before < 0 <= after for before, after in pairwise(values))
    return risen * rate / len(values)


def loudness(samples: Sequence[float]) -> float:
    """How loud samples are: the root of their mean square."""
    values = [float(each) for each in samples]
    return math.sqrt(sum(each * each for each in values) / len(values)) if values else 0.0
