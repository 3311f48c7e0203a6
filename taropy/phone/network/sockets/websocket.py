"""`SocketTask`: a WebSocket as programs hold it.

Behaviour and wording are WeChat's: developers.weixin.qq.com/miniprogram/dev/api/network/websocket/SocketTask.html
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.events import on
from ...core.functions import answered
from ...core.listening import Listeners
from ...core.options import Buffers, number, optional, wrong_type
from ...core.room import Manager
from .connection import Connection, Limits, ReadyState
from .rules import Rules

if TYPE_CHECKING:
    from ...core.faces import Phone
    from .handshake import Handshake

NORMAL = 1000
LONGEST_REASON = 123
NOT_CONNECTED = "WebSocket is not connected"
# Chromium's words, which WeChat's developer tools hand on.
_CLOSE = "Failed to execute 'close' on 'WebSocket'"


class SocketTask(Manager):
    """A WebSocket. `connection` does the work.

    `audience` are the listeners of the global functions, if those are about this socket.
    """

    CONNECTING = int(ReadyState.CONNECTING)
    OPEN = int(ReadyState.OPEN)
    CLOSING = int(ReadyState.CLOSING)
    CLOSED = int(ReadyState.CLOSED)

    # As WeChat's base library words it: failures by the task's name, successes by the global functions'.
    CALLED: ClassVar[Mapping[str, str]] = {"send": "SocketTask.send", "close": "SocketTask.close"}
    connection: Connection

    def __init__(
        self,
        phone: Phone,
        app: App,
        socketTaskId: int,
        rules: Rules,
        audience: Listeners | None,
        ended: Callable[[SocketTask], None],
    ) -> None:
        super().__init__(phone, app)
        self.socketTaskId = socketTaskId
        self.errMsg = "connectSocket:ok"
        self.is_global = audience is not None
        self._audience = audience
        self._rules = rules
        self._ended = ended
        self._farewell: Result | None = None

    def begin(self, handshake: Handshake, limits: Limits) -> None:
        """Begins to connect."""
        self.connection = Connection(self.phone, self.app, handshake, limits, self._tell)

    @property
    def readyState(self) -> int:
        """`CONNECTING`, `OPEN`, `CLOSING` or `CLOSED`; HarmonyOS's tasks do not have it."""
        if not self._rules.stateful:
            raise AttributeError("a SocketTask of HarmonyOS has no readyState")
        return int(self.connection.state)

    @answered
    def send(self, app: App, options: Options) -> Result:
        """Sends `data`, text or bytes. The success says that it is on its way, not that it has arrived."""
        if self.connection.state is not ReadyState.OPEN:
            raise Fail("SocketTask.readyState is not OPEN")
        self.connection.send(message_of(options, self._rules))
        return {"errMsg": "sendSocketMessage:ok"}

    @answered
    def close(self, app: App, options: Options) -> Result:
        """Ends the connection with `code` (1000, or 3000 to 4999) and `reason`, at most 123 bytes in UTF-8.

        One that is still being made is given up; listeners hear of that with the same code.
        """
        code, reason = farewell(options, self._rules)
        if self.connection.state >= ReadyState.CLOSING:
            raise Fail(NOT_CONNECTED)
        self._farewell = {"code": code, "reason": reason}
        self.connection.close(code, reason)
        return {"errMsg": "closeSocket:ok"}

    onOpen = on("open", "Tells `header` and `profile` of the server's answer when the connection is made.")

    onMessage = on("message", "Tells each message, text or bytes, in `data`.")
    onError = on("error", "Tells `errMsg` when the connection can not be made, or breaks; `onClose` follows.")
    onClose = on("close", "Tells `code` and `reason`, once, when the connection has ended, or could not be made.")

    def _tell(self, event: str, told: Any) -> None:
        if event == "message":
            told = {"data": told}
        elif event == "close":
            self._ended(self)
            told = told if self._rules.farewell is None else self._farewell or self._rules.farewell
        if self._rules.told is not None:
            told = self._rules.told(event, told, None if self.is_global else self.socketTaskId)
        self.listeners.tell(event, told)
        if self._audience is not None:
            self._audience.tell(event, told)


def message_of(options: Options, rules: Rules) -> str | bytes:
    """The message to send. Where the vendor says so, `isBuffer` has text stand for the bytes that it is in base64."""
    data = options.get("data")
    if isinstance(data, str):
        return _decoded(data) if rules.base64 and optional(options, "isBuffer", "Boolean", False) else data
    words_only = rules.base64 or rules.text
    if isinstance(data, Buffers) and not words_only:
        return bytes(data)
    expected = "String" if words_only else "String/ArrayBuffer"
    raise (
        wrong_type("parameter.data", expected, data)
        if "data" in options
        else Fail(f"parameter error: parameter.data should be {expected} instead of Undefined")
    )


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error:
        raise Fail("parameter error: parameter.data is no base64") from None


def farewell(options: Options, rules: Rules) -> tuple[int, str]:
    """The code and the reason to close with."""
    code: Any = options.get("code")
    code = NORMAL if code is None else number(code, "parameter.code")
    if code != NORMAL and not (3000 <= code <= 4999 and code == int(code)):
        raise Fail(f"{_CLOSE}: The code must be either 1000, or between 3000 and 4999. {code} is neither.")
    reason = optional(options, "reason", "String", rules.reason)
    if len(reason.encode("utf-8", "replace")) > LONGEST_REASON:
        raise Fail(f"{_CLOSE}: The message must not be greater than {LONGEST_REASON} bytes.")
    return int(code), reason
