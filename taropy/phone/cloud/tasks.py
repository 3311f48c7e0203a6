"""A file on its way to the cloud or from there, and the task that programs hold meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, ClassVar

from ...models.record import Record
from ..core.answers import Fail, Options, Result, finish
from ..core.app import App
from ..core.events import off, on
from ..core.functions import plain
from ..core.listening import tell_loop
from ..core.room import Manager

if TYPE_CHECKING:
    from ..core.faces import Phone

#: How much goes over the wire between two tellings of the progress.
PART = 64 * 1024

Work = Callable[["CloudTask"], Awaitable[Result]]


class CloudTask(Manager):
    """What both directions have in common: progress, the head of the answer, and `abort`."""

    #: What the bytes so far and in all are called.
    COUNTED: ClassVar[tuple[str, str]] = ("totalBytesSent", "totalBytesExpectedToSend")

    onProgressUpdate = on("progress", "Tells `progress` in percent, and the bytes so far and in all.")
    offProgressUpdate = off("progress")
    onHeadersReceived = on("headers", "Tells `header` and `statusCode`, before the body has come in.")
    offHeadersReceived = off("headers")

    def __init__(self, phone: Phone, app: App, name: str, options: Options) -> None:
        super().__init__(phone, app)
        self._name = name
        self._options = options
        self._aborted = False

    def start(self, work: Work) -> None:
        """Does `work`, whose result or `Fail` is the answer."""
        self._task = self.phone.spawn(self._perform(work), takes_time=True)
        self._task.add_done_callback(self._answer)

    @plain
    def abort(self, app: App) -> None:
        """Ends the call; it fails with `fail abort` unless it has ended."""
        loop = self._task.get_loop()
        if not self._task.done() and not loop.is_closed():
            self._aborted = True
            loop.call_soon_threadsafe(self._task.cancel)

    async def move(self, size: int, *, up: bool) -> None:
        """Has `size` bytes go over the phone's network, and tells how far they have come."""
        await self.phone.network.delay(min(size, PART), up=up)
        done = 0
        while done < size or not size:
            part = min(PART, size - done)
            if done:
                await self.phone.network.pace(part, up=up)
            done += part
            self.listeners.tell_each("progress", lambda done=done: self._progress(done, size))  # type: ignore[misc]
            if not size:
                return
            await asyncio.sleep(0)

    def headed(self, header: Result) -> None:
        """The head of the answer is there."""
        self.listeners.tell_each("headers", lambda: Record({"header": header, "statusCode": 200}))

    def _progress(self, done: int, size: int) -> Result:
        sent, expected = self.COUNTED
        return Record({"progress": done * 100 // size if size else 100, sent: done, expected: size})

    async def _perform(self, work: Work) -> None:
        self._result = await work(self)

    def _answer(self, task: asyncio.Task[Any]) -> None:
        failure = self._failure(task)
        if failure is not None:
            finish(self._options, failure.result(self._name), ok=False)
        else:
            finish(self._options, {"errMsg": f"{self._name}:ok", **self._result}, ok=True)
        self._options = {}

    def _failure(self, task: asyncio.Task[Any]) -> Fail | None:
        if task.cancelled():
            return Fail("abort" if self._aborted else "interrupted")
        error = task.exception()
        if error is None or isinstance(error, Fail):
            return error
        tell_loop(f"{self._name} broke", error)
        return Fail(f"internal error: {error!r}")


class CloudUploadTask(CloudTask):
    """What `cloud.uploadFile` returns."""

    KIND: ClassVar[str] = "UploadTask"


class CloudDownloadTask(CloudTask):
    """What `cloud.downloadFile` returns."""

    KIND: ClassVar[str] = "DownloadTask"
    COUNTED: ClassVar[tuple[str, str]] = ("totalBytesWritten", "totalBytesExpectedToWrite")
