"""The computer's loudspeaker. All else of the phone's sound needs none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .live import sounddevice
from .mixing import Mixer
from .sounds import RATE

if TYPE_CHECKING:
    from .face import Audio

#: So much is played at a time, in seconds; and what is later than this is left out.
STEP = 0.05
LATEST = 1.0


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
