"""The task objects that programs hold while a request is under way, and where they have asked for it."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from ...core.events import off, on
from ...core.exchange import Task, TransferTask

if TYPE_CHECKING:
    from ....program import Place

#: Where the program has made the call that the running task does the work of, where somebody may want to tell it.
asked_at: ContextVar[Place | None] = ContextVar("asked_at", default=None)


class RequestTask(Task):
    """What `request` returns: developers.weixin.qq.com/miniprogram/dev/api/network/request/RequestTask.html."""

    onChunkReceived = on("chunk", "Tells each part of the body as it comes in, with `enableChunked`: bytes in `data`.")
    offChunkReceived = off("chunk")


class UploadTask(TransferTask):
    """What `uploadFile` returns: developers.weixin.qq.com/miniprogram/dev/api/network/upload/UploadTask.html."""


class DownloadTask(TransferTask):
    """What `downloadFile` returns: developers.weixin.qq.com/miniprogram/dev/api/network/download/DownloadTask.html."""
