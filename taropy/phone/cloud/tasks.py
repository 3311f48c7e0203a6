"""A file on its way to the cloud or from there, and the task that programs hold meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ...models.record import Record
from ..core.answers import Options, Result
from ..core.app import App
from ..core.exchange import Exchange, Progress, TransferTask

if TYPE_CHECKING:
    from ..core.faces import Phone

#: How much goes over the wire between two tellings of the progress.
PART = 64 * 1024

Work = Callable[["CloudTask"], Awaitable[Result]]


class CloudTask(TransferTask):
    """What both directions have in common: the network's tasks, for what is moved here and not by HTTP."""

    #: What the bytes so far and in all are called.
    COUNTED: ClassVar[tuple[str, str]] = ("totalBytesSent", "totalBytesExpectedToSend")

    def __init__(self, phone: Phone, app: App, name: str, options: Options) -> None:
        super().__init__(phone, app, Exchange(name, options, app))

    def start(self, work: Work) -> None:
        """Does `work`, whose result or `Fail` is the answer."""
        exchange = self._exchange
        exchange.start(self.phone.spawn(exchange.take(partial(work, self)), takes_time=True), lambda _: None)

    async def move(self, size: int, *, up: bool) -> None:
        """Has `size` bytes go over the phone's network, and tells how far they have come."""
        network, progress = self.phone.network, Progress(self._exchange, self.COUNTED, size)
        await network.delay(min(size, PART), up=up)
        progress.add(min(size, PART))
        while progress.done < size:
            await asyncio.sleep(0)
            part = min(PART, size - progress.done)
            await network.pace(part, up=up)
            progress.add(part)

    def headed(self, header: Result) -> None:
        """The head of the answer is there."""
        self._exchange.listeners.tell_each("headers", lambda: Record({"header": header, "statusCode": 200}))


class CloudUploadTask(CloudTask):
    """What `cloud.uploadFile` returns."""

    KIND: ClassVar[str] = "UploadTask"


class CloudDownloadTask(CloudTask):
    """What `cloud.downloadFile` returns."""

    KIND: ClassVar[str] = "DownloadTask"
    COUNTED: ClassVar[tuple[str, str]] = ("totalBytesWritten", "totalBytesExpectedToWrite")
