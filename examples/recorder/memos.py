"""Voice memos: what is recorded, listened to again, and deleted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from taropy import Taro

#: As good as a voice needs, in a file that everybody plays.
QUALITY = {"format": "mp3", "sampleRate": 16000, "numberOfChannels": 1, "encodeBitRate": 48000}


class NotRecorded(Exception):
    """Nothing was recorded; the text says why."""


@dataclass
class Memo:
    """A memo: its title, its file, and how long it is, in seconds."""

    title: str
    path: str
    seconds: float


class Memos:
    """The memos of the app, and the recorder and the player that they are made and heard with."""

    def __init__(self) -> None:
        self.memos: list[Memo] = []
        self._recorder = Taro.getRecorderManager()
        self._player = Taro.createInnerAudioContext()
        self._stopped: asyncio.Future[Any] | None = None
        self._ended = asyncio.Event()
        self._recorder.onStop(self._keep)
        self._recorder.onError(self._fail)
        self._player.onEnded(lambda *_: self._ended.set())

    async def record(self, title: str, *, at_most: float = 60) -> Memo:
        """Records until `stop` is called, or for so many seconds."""
        self._stopped = asyncio.get_running_loop().create_future()
        self._recorder.start({**QUALITY, "duration": round(at_most * 1000)})
        recorded = await self._stopped
        saved = await Taro.saveFile(tempFilePath=recorded.tempFilePath)
        memo = Memo(title, saved.savedFilePath, recorded.duration / 1000)
        self.memos.append(memo)
        return memo

    def stop(self) -> None:
        """Ends what is recorded."""
        self._recorder.stop()

    async def listen(self, memo: Memo, *, rate: float = 1.0) -> None:
        """Plays a memo to its end."""
        self._ended.clear()
        self._player.src = memo.path
        self._player.playbackRate = rate
        self._player.play()
        await self._ended.wait()

    async def delete(self, memo: Memo) -> None:
        """Deletes a memo, and its file."""
        await Taro.removeSavedFile(filePath=memo.path)
        self.memos.remove(memo)

    def _keep(self, recorded: Any) -> None:
        if self._stopped is not None and not self._stopped.done():
            self._stopped.set_result(recorded)

    def _fail(self, error: Any) -> None:
        if self._stopped is not None and not self._stopped.done():
            self._stopped.set_exception(NotRecorded(error.errMsg))
