"""The computer's own microphone, and the package that reaches its devices: python-sounddevice."""

from __future__ import annotations

from typing import Any

from ....extras import need
from .hearing import Ear
from .sounds import numpy


def sounddevice(what: str) -> Any:
    """The package that reaches the computer's devices."""
    return need("sounddevice", extra="sound", what=what)


class LiveEar(Ear):
    """What the computer's microphone hears from now on."""

    def __init__(self, rate: int) -> None:
        self._heard: list[Any] = []
        self._rate = rate
        self._stream = sounddevice("the computer's microphone").InputStream(
            samplerate=rate, channels=1, dtype="float32", callback=self._take
        )
        self._stream.start()

    def _take(self, samples: Any, *_: Any) -> None:
        self._heard.append(samples.copy())

    def read(self, position: float, frames: int) -> Any:
        """What has been heard by then; what is late is silence."""
        np = numpy()
        heard = np.concatenate([*self._heard, np.zeros((0, 1), dtype="float32")])
        self._heard = [heard]
        first = round(position * self._rate)
        part = heard[first : first + frames]
        return np.repeat(np.pad(part, ((0, frames - len(part)), (0, 0))), 2, axis=1)

    def close(self) -> None:
        """Listens no more."""
        self._stream.close()
