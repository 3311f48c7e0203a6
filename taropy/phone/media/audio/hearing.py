"""What a microphone may hear: silence, a tone, a file, samples of a test's own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Protocol

import attrs

from ....extras import MissingExtra
from ...core.checked import number
from ...core.disk import there
from .sounds import NotASound, Reader, look, numpy


class Ear(ABC):
    """Hears a source piece by piece."""

    @abstractmethod
    def read(self, position: float, frames: int) -> Any:
        """So many frames from a position on, in seconds: an array of frames by two channels, from -1 to 1."""

    def close(self) -> None:  # noqa: B027 - most hold nothing
        """Listens no more."""


class Source(Protocol):
    """What is to be heard, from the beginning of each recording on."""

    def begin(self, rate: int) -> Ear:
        """Listens to it, at so many samples a second."""
        ...


#: What samples that were computed may be above 1, by rounding; it is cut off.
LOUDEST = 1.001
_RATE = number(1, whole=True)


@attrs.frozen
class Tone:
    """A pure tone: its pitch in Hz, its volume from 0 to 1. A volume of 0 is silence."""

    pitch: float = attrs.field(default=440.0, validator=number(above=0).of("a tone's pitch"))
    volume: float = attrs.field(default=0.5, validator=number(0, 1).of("a tone's volume"))

    def begin(self, rate: int) -> Ear:
        """Listens to it."""
        return _ToneEar(self, rate)


SILENCE = Tone(volume=0.0)


@attrs.frozen
class _ToneEar(Ear):
    tone: Tone
    rate: int

    def read(self, position: float, frames: int) -> Any:
        np = numpy()
        moments = np.arange(frames) / self.rate + position
        wave = self.tone.volume * np.sin(2 * np.pi * self.tone.pitch * moments)
        return np.repeat(wave.astype("float32")[:, None], 2, axis=1)


@attrs.frozen
class SoundFile:
    """A file of the computer; after its end there is silence."""

    path: Path

    def begin(self, rate: int) -> Ear:
        """Listens to it. `NotASound` if there is none."""
        return _FileEar(Reader(look(self.path), rate=rate))


@attrs.frozen
class _FileEar(Ear):
    reader: Reader

    def read(self, position: float, frames: int) -> Any:
        return self.reader.read(position, frames)


@attrs.frozen
class ThisComputer:
    """The computer's own microphone."""

    def begin(self, rate: int) -> Ear:
        """Listens to it."""
        from .live import LiveEar

        return LiveEar(rate)


@attrs.frozen(eq=False)
class Samples:
    """Samples from -1 to 1, so many a second: numbers, or pairs for left and right. After them there is silence."""

    values: Any = attrs.field(repr=False)
    rate: int

    def begin(self, rate: int) -> Ear:
        """Listens to them."""
        return _SampleEar(self, rate)


@attrs.frozen
class _SampleEar(Ear):
    samples: Samples
    rate: int

    def read(self, position: float, frames: int) -> Any:
        np, given = numpy(), self.samples
        moments = (np.arange(frames) / self.rate + position) * given.rate
        at = np.arange(len(given.values))
        channels = [np.interp(moments, at, given.values[:, side], left=0, right=0) for side in (0, 1)]
        return np.stack(channels, axis=1).astype("float32")


def source_of(what: Tone | str | PathLike[str] | Sequence[Any] | None, rate: int | None) -> Source:
    """The source that a test names: nothing, a tone, a file of the computer, or samples with their `rate`."""
    if what is None:
        return SILENCE
    if isinstance(what, Tone):
        return what
    if isinstance(what, str | PathLike):
        return SoundFile(_sound_at(there(what)))
    if not isinstance(what, Sequence) and not hasattr(what, "__array__"):
        raise TypeError(f"a microphone hears a Tone, a file, samples or None, not {what!r}")
    if rate is None:
        raise ValueError("samples need a rate: how many there are a second")
    _RATE.check("a rate", rate)
    np = numpy()
    try:
        values = np.asarray(what, dtype="float32")
    except (TypeError, ValueError):
        raise ValueError("samples are numbers from -1 to 1, or pairs of them for left and right") from None
    if values.ndim == 1:
        values = np.stack([values, values], axis=1)
    if values.ndim != 2 or values.shape[1] != 2 or not len(values) or not (abs(values) <= LOUDEST).all():
        raise ValueError("samples are numbers from -1 to 1, or pairs of them for left and right")
    return Samples(values.clip(-1, 1), rate)


def _sound_at(file: Path) -> Path:
    """The file; ValueError if it is no sound, as far as that can be told: without the extra nobody records either."""
    try:
        look(file)
    except NotASound as error:
        raise ValueError(f"{file} is no sound that a microphone could hear: {error}") from error
    except MissingExtra:
        pass
    return file
