"""`Served`: an ASGI app in one event loop, from its startup to its shutdown."""

from __future__ import annotations

import asyncio
import os
import weakref
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from ...core.loops import close_in
from ..http.faults import NetError
from .calls import Call
from .conversation import Conversation, Message, scope_of

App = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]

# How long an app may go on with what it does behind its answers when the phone is closed, and how long its shutdown
# may take then, in seconds.
PATIENCE = 5.0


class Served:
    """The app begins when it is first asked, and ends with the phone, or with the loop when that is shut down.

    An app that knows no lifespan is served without one. One whose startup fails is a server that refuses connections.
    """

    def __init__(self, app: App, told: Callable[[str, BaseException, Call | None], None]) -> None:
        self.app = app
        self._told = told
        self.loop = asyncio.get_running_loop()
        self.state: Message = {}
        # Whether it has started, once that is known.
        self._started: asyncio.Future[bool] = self.loop.create_future()
        self._failure: Exception | None = None
        self._asked = self._is_late = False
        self._stopping = asyncio.Event()
        self._talks: dict[asyncio.Task[None], Conversation] = {}
        self._sockets: set[asyncio.Task[None]] = set()
        self._life = self.loop.create_task(self._live())
        # It runs until it is told to end, also where nobody knows its phone any more. When the process ends it does so
        # before the loop that calls outside any loop drive, since that is older.
        at_exit = weakref.finalize(Served, _end, self, os.getpid())
        self._life.add_done_callback(lambda _: at_exit.detach())

    async def talk(self, call: Call, root_path: str) -> Conversation:
        """Has the app answer a request; the conversation has the head of the response then.

        Raises `NetError` if it has not started.
        """
        if not await self.has_started():
            raise NetError("ERR_CONNECTION_REFUSED")
        request = call.request
        talk = Conversation(request, lambda error: self._told("the mounted app broke", error, call))
        task = self.loop.create_task(talk.run(self, scope_of(request, root_path, self.state)))
        self._talks[task] = talk
        task.add_done_callback(self._talks.pop)
        return await talk.head()

    async def has_started(self) -> bool:
        """Whether the app has started, as soon as that is known."""
        return await asyncio.shield(self._started)

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Runs what the app does for a WebSocket, until it ends or the app does."""
        task = self.loop.create_task(work)
        self._sockets.add(task)
        task.add_done_callback(self._sockets.discard)
        return task

    async def settled(self) -> None:
        """Waits until the app has ended all that it does for requests, answered or not."""
        while self._talks:
            await asyncio.wait(self._talks)

    async def aclose(self) -> None:
        """Ends what the app still does, and then the app itself."""
        for task in self._sockets:
            task.cancel()
        for task, talk in self._talks.items():
            if not talk.answered:
                task.cancel()
        if self._talks:
            await asyncio.wait(self._talks, timeout=PATIENCE)
        for task in self._talks:
            task.cancel()
        self._stop()
        await asyncio.wait([self._life])

    # --- the app's life -------------------------------------------------------------------------------------------

    async def _live(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        try:
            await self.app(scope, self._receive, self._send)
        except Exception as error:
            # One that has said nothing before it raises is an app that knows no lifespan.
            if self._started.done() or self._failure is not None:
                self._failure = error
        except asyncio.CancelledError:
            if not self._is_late:
                raise
            asked = "shutdown" if self._started.done() else "startup"
            self._failure = TimeoutError(f"its {asked} has not ended within {PATIENCE:g} seconds, and was cancelled")
        if self._failure is not None:
            at = "end" if self._started.done() else "start"
            self._told(f"the mounted app broke at its {at}", self._failure, None)
        self._begin()

    def _begin(self) -> None:
        if not self._started.done():
            self._started.set_result(self._failure is None)

    def _stop(self) -> None:
        """Has the app shut down; one that takes for ever would keep the test, and all after it, from ending."""
        self._stopping.set()
        self.loop.call_later(PATIENCE, self._cancel)

    def _cancel(self) -> None:
        if not self._life.done():
            self._is_late = True
            self._life.cancel()

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "lifespan.startup"}
        try:
            await self._stopping.wait()
        except asyncio.CancelledError:  # the loop ends, and the app as it does with a server
            task = asyncio.current_task()
            assert task is not None
            task.uncancel()
            self._stop()
        return {"type": "lifespan.shutdown"}

    async def _send(self, message: Message) -> None:
        if message["type"] in ("lifespan.startup.failed", "lifespan.shutdown.failed"):
            self._failure = RuntimeError(message.get("message", ""))
        else:
            self._begin()


def _end(served: Served, process: int) -> None:
    if os.getpid() == process:  # what a child has of it is its parent's
        close_in(served.loop, served.aclose)
