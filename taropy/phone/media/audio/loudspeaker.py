"""The computer's loudspeaker and microphone, by python-sounddevice. All else of the phone's sound needs neither."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ....extras import need
from .hearing import Ear, numpy
from .mixing import Mixer
from .sounds import RATE

if TYPE_CHECKING:
    from .room import Audio

#: So much is played at a time, in seconds; and what is later than this is left out.
STEP = 0.05
LATEST = 1.0


def sounddevice(what: str) -> Any:
    """The package that reaches the computer's devices."""
    return need("sounddevice", extra="sound", what=what)


class Loudspeaker:
    """Plays aloud what the phone plays, as long as it plays something. It goes by the phone's clock."""

    def __init__(self, room: Audio) -> None:
        self._room = room
        self._device = sounddevice("playing aloud")
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Something is to be heard."""
        if asyncio._get_running_loop() is not None and (self._task is None or self._task.done()):
            self._task = self._room.phone.spawn(self._play(), takes_time=True)

    def close(self) -> None:
        """Plays no more."""
        if self._task is not None and not self._task.done():
            self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    async def _play(self) -> None:
        clock = self._room.phone.clock
        mixer = Mixer(self._room.heard, self._room.web_audio)
        played = clock.now()
        with self._device.OutputStream(samplerate=RATE, channels=2, dtype="float32") as stream:
            going = True
            while going or self._room.sounds:
                going = self._room.sounds
                await clock.sleep(STEP)
                now = clock.now()
                played = max(played, now - LATEST)
                frames = round((now - played) * RATE)
                if frames:
                    await asyncio.to_thread(stream.write, mixer.piece(played, frames, now))
                    played = now


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
