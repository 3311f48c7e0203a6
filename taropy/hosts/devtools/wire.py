"""The connection to DevTools: requests, and what answers them or comes by itself, read in a thread of its own."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Overdue
from typing import Any

from ...extras import need
from ...runtime.errors import TaroError

#: The largest frame that is taken, in bytes.
LARGEST = 64 * 1024 * 1024

#: How long DevTools may take to accept a connection, in seconds.
PATIENCE = 10.0

HOW = "open the project with its automation port, as by `cli auto --project … --auto-port 9420`"


class DevToolsError(TaroError):
    """DevTools cannot be reached, or has refused a request; the text says what."""


class Wire:
    """One connection. Each request ends once, with its answer or an error, at the latest when the connection ends.

    `timeout` is how long an answer may take that somebody waits for, in seconds.
    """

    def __init__(self, url: str, timeout: float) -> None:
        self.url = url
        self.timeout = timeout
        #: Called with an event's parameters, by its name.
        self.listeners: dict[str, Callable[[Any], object]] = {}
        #: Called with the reason when the connection has ended.
        self.ended: list[Callable[[str], object]] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._open: dict[str, Future[Any]] = {}
        self._over = ""
        client = need("websockets.sync.client", extra="socket", what="DevTools")
        try:
            self._socket = client.connect(
                url,
                open_timeout=PATIENCE,
                close_timeout=1,
                max_size=LARGEST,
                compression=None,
                proxy=None,
                ping_interval=None,
            ).__enter__()
        except Exception as error:  # of the system, of the handshake, of the address
            raise DevToolsError(f"devtools:fail nothing answers at {url} ({_short(error)}): {HOW}") from None
        self._thread = threading.Thread(target=self._read, name="taropy-devtools", daemon=True)
        self._thread.start()

    # --- asking ------------------------------------------------------------------------------------------------

    def send(self, method: str, params: Mapping[str, Any]) -> Future[Any]:
        """Sends a request; gives what its result will be in."""
        future: Future[Any] = Future()
        number = f"taropy-{next(self._numbers)}"
        text = json.dumps({"id": number, "method": method, "params": params})
        with self._lock:
            over = self._over
            if not over:
                self._open[number] = future
        if over:
            future.set_exception(DevToolsError(f"{method}:fail {over}", api=method))
            return future
        try:
            self._socket.send(text)
        except Exception as error:
            self._end(f"DevTools has gone: {_short(error)}")
        return future

    def ask(self, method: str, /, **params: Any) -> Any:
        """The result of a request. Raises `DevToolsError`."""
        return self.result(self.send(method, params), method)

    def result(self, future: Future[Any], api: str) -> Any:
        """What comes of a request, waited for."""
        if threading.current_thread() is self._thread and not future.done():
            raise DevToolsError(f"{api}:fail a callback of DevTools cannot wait for DevTools; await it in the program")
        try:
            return future.result(self.timeout)
        except Overdue:
            raise DevToolsError(f"{api}:fail timeout", api=api) from None

    def close(self) -> None:
        """Ends the connection, and waits until nothing of it is left. A second call does nothing."""
        self._end("the connection to DevTools is closed")
        self._socket.close()
        if threading.current_thread() is not self._thread:
            self._thread.join(5)

    # --- hearing -----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        reason = "DevTools has gone"
        try:
            for frame in self._socket:
                self._take(json.loads(frame))
        except ValueError:
            reason = "what came is no answer of DevTools"
        except Exception as error:
            reason = f"DevTools has gone: {_short(error)}"
        self._end(reason)
        self._socket.close()

    def _take(self, told: Any) -> None:
        """An answer, or an event. One that nobody waits for, or a second time, is passed over."""
        if not isinstance(told, dict):
            raise ValueError
        if told.get("id"):
            with self._lock:
                future = self._open.pop(str(told["id"]), None)
            if future is not None:
                _settle(future, told)
            return
        listener = self.listeners.get(str(told.get("method")))
        if listener is not None:
            listener(told.get("params"))

    def _end(self, reason: str) -> None:
        with self._lock:
            if self._over:
                return
            self._over = reason
            waiting, self._open = self._open, {}
        for future in waiting.values():
            future.set_exception(DevToolsError(f"devtools:fail {reason}"))
        for tell in self.ended:
            tell(reason)


def _settle(future: Future[Any], told: Mapping[str, Any]) -> None:
    error = told.get("error")
    if error is None:
        future.set_result(told.get("result"))
        return
    message = error.get("message") if isinstance(error, Mapping) else error
    future.set_exception(DevToolsError(f"devtools:fail {message}"))


def _short(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
