"""A recording under way: by the phone's clock, into a file that grows and can be played whenever it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from .encoding import ENCODERS, Pcm
from .sounds import in_16_bits, numpy
from .waking import Waker

if TYPE_CHECKING:
    from ...core.clock import Clock
    from .hearing import Source

#: How often what was recorded is written, in seconds by the clock, at the latest.
PERIOD = 1.0
#: And at the earliest.
SHORTEST = 0.01
KB = 1024


@attrs.frozen
class Form:
    """What is recorded: the format, samples a second, channels, bits a second, and how large pieces are, in KB."""

    format: str
    rate: int
    channels: int
    bitrate: int
    piece: float | None = None

    @property
    def seconds_a_piece(self) -> float:
        """How long a piece takes; what comes out of an encoder is as much as its rate says."""
        if not self.piece:
            return PERIOD
        a_second = self.rate * self.channels * 2 if self.format in ("PCM", "wav") else self.bitrate / 8
        return max(self.piece * KB / a_second, SHORTEST)


class Recording:
    """Records what is to be heard until it is ended, or for `most` seconds. `ended` is told when it ends by itself.

    `pieces` gets what was recorded in pieces of the form's size, and whether it was the last. `broken` is told if the
    disk takes no more; what it has taken stays.
    """

    def __init__(
        self, clock: Clock, path: Path, form: Form, source: Source, most: float, *,
        ended: Callable[[], object], pieces: Callable[[bytes, bool], object], broken: Callable[[OSError], object],
    ) -> None:  # fmt: skip
        numpy()  # a program is told now that it lacks, and not in the midst
        self.path = path
        self.form = form
        self.paused = False
        self._clock = clock
        self._most = most
        self._ended, self._pieces, self._broken = ended, pieces, broken
        self._loop = asyncio.get_running_loop()
        self._encoder: Pcm = ENCODERS[form.format](form.rate, form.channels, form.bitrate)
        self._ear = source.begin(form.rate)
        self._frames = 0
        self._before = 0.0
        self._since = clock.elapsed()
        self._told = 0
        self._waker = Waker(clock, self._wake)
        self._over = False
        path.write_bytes(self._encoder.head())
        self._size = path.stat().st_size
        self._arm()

    @property
    def seconds(self) -> float:
        """How long it is by now."""
        going = 0.0 if self.paused or self._over else self._clock.elapsed() - self._since
        return min(round(self._before + going, 6), self._most)

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self._size

    def pause(self) -> None:
        """Hears nothing for a while."""
        self._write()
        self._before, self.paused = self.seconds, True
        self._waker.cancel()

    def resume(self) -> None:
        """Goes on."""
        self.paused, self._since = False, self._clock.elapsed()
        self._arm()

    def end(self) -> None:
        """Ends it; the file is whole then."""
        if self._over:
            return
        if not self.paused:
            self._write()
        self._finish()

    def abandon(self) -> None:
        """Ends it without a word, and leaves no file."""
        self._over = True
        self._waker.cancel()
        self._ear.close()
        self.path.unlink(missing_ok=True)

    # --- its own ------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        """Writes what was heard until now."""
        frames = round(self.seconds * self.form.rate) - self._frames
        if frames <= 0 or self._over:
            return
        heard = self._ear.read(self._frames / self.form.rate, frames)
        self._frames += frames
        if self.form.channels == 1:
            heard = heard.mean(axis=1)
        if self._append(self._encoder.encode(in_16_bits(heard))):
            self._tell_pieces()

    def _append(self, content: bytes) -> bool:
        """Puts it at the end of the file, whole or not at all; False if there was no room for it."""
        try:
            with self.path.open("r+b", buffering=0) as file:
                file.seek(self._size)
                written = 0
                while written < len(content):
                    written += file.write(content[written:]) or 0
        except OSError as error:
            self._before = self.seconds
            self._over = True
            self._waker.cancel()
            self._close()
            self._broken(error)
            return False
        self._size += len(content)
        return True

    def _finish(self) -> None:
        self._before = self.seconds
        self._waker.cancel()
        if not self._append(self._encoder.end()):
            return
        self._over = True
        self._close()
        if self.form.piece:
            self._tell_pieces()
            self._pieces(self._rest(self._size - self._told), True)

    def _close(self) -> None:
        """Cuts off what is not whole, and has the head tell how long it is: neither needs any room."""
        self._ear.close()
        head = self._encoder.final_head(self._size)
        with self.path.open("r+b", buffering=0) as file:
            file.truncate(self._size)
            file.write(head)

    def _tell_pieces(self) -> None:
        if not self.form.piece:
            return
        size = round(self.form.piece * KB)
        while self._size - self._told >= size:
            self._pieces(self._rest(size), False)

    def _rest(self, size: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(self._told)
            self._told += size
            return file.read(size)

    def _arm(self) -> None:
        self._waker.set(min(self.form.seconds_a_piece, self._most - self.seconds), self._loop)

    def _wake(self) -> None:
        if self._over:
            return
        if self._most - self.seconds < 1e-5:
            self._ended()
            return
        self._write()
        if not self._over:
            self._arm()
