"""What goes wrong with sockets, in the words of phones.

WeChat's phones speak WebSocket by way of WebSocket++, and hand its error codes and texts on, as users report them:
`{"errCode": 1004, "errMsg": "open fail: _code:20,_msg:Invalid HTTP status."}` (developers.weixin.qq.com/community,
"connectSocket"; the "网络" FAQ lists the frequent ones). Codes and texts that nobody has reported are those of
WebSocket++ itself: `error.hpp`, `processors/base.hpp`, `transport/base/connection.hpp` and
`transport/asio/security/base.hpp`.

Those of TCP and UDP: developers.weixin.qq.com, "TCPSocket" and "UDPSocket", "错误"; the form of a system error is that
of users' reports, `connect socket fail: errno:4 errmsg:Interrupted system call` with `errNum`.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Iterable

import attrs

from ...core.answers import Result

OPEN_FAILED = 1004
SYSTEM_ERROR = -1
SOCKET_ERROR = -2
CONNECT_FAILED = -4
BAD_ADDRESS = 1
BAD_PORT = 2


@attrs.frozen
class Fault:
    """A fault of a WebSocket: its code and text in WebSocket++, and what an open connection was doing."""

    code: int
    text: str
    doing: str = "receive"

    def opening(self) -> Result:
        """What `onError` is told when the connection could not be made."""
        return {"errCode": OPEN_FAILED, "errMsg": f"open fail: _code:{self.code},_msg:{self.text}"}

    def open(self) -> Result:
        """What `onError` is told when an open connection breaks; nobody has reported the words, so the form is ours."""
        return {"errMsg": f"{self.doing} fail: _code:{self.code},_msg:{self.text}"}


TRANSPORT = Fault(2, "Underlying Transport Error")
TIMED_OUT = Fault(9, "Timer Expired")
TLS_FAILED = Fault(8, "TLS handshake failed")
NO_HTTP = Fault(2, "invalid user input")
BAD_STATUS = Fault(20, "Invalid HTTP status.")
HEADER_MISSING = Fault(21, "A required HTTP header is missing")
BAD_SUBPROTOCOL = Fault(27, "Error parsing subprotocol header")
BROKEN_PROTOCOL = Fault(3, "Generic protocol violation")
TOO_BIG = Fault(4, "A message was too large")
NOT_UTF8 = Fault(16, "Invalid UTF8 encoding")
QUEUE_FULL = Fault(2, "send queue full", "send")


def fault_of(error: BaseException | None) -> Fault:
    """The fault that a phone reports for what `websockets` or the system raised."""
    if isinstance(error, ssl.SSLError):
        return TLS_FAILED
    if error is None or isinstance(error, OSError | EOFError):
        return TIMED_OUT if isinstance(error, TimeoutError) else TRANSPORT
    from websockets import exceptions

    if isinstance(error, exceptions.InvalidMessage) and isinstance(error.__cause__, EOFError):
        return TRANSPORT
    by_kind: Iterable[tuple[type[Exception], Fault]] = (
        (exceptions.InvalidStatus, BAD_STATUS),
        (exceptions.NegotiationError, BAD_SUBPROTOCOL),
        (exceptions.InvalidHeader, HEADER_MISSING),
        (exceptions.InvalidHandshake, NO_HTTP),
        (exceptions.PayloadTooBig, TOO_BIG),
        (exceptions.ProtocolError, BROKEN_PROTOCOL),
    )
    return next((fault for kind, fault in by_kind if isinstance(error, kind)), TRANSPORT)


def system_error(doing: str, error: OSError) -> Result:
    """What `onError` of a TCP or UDP socket is told of an error of the system, met when `doing` something."""
    if isinstance(error, socket.gaierror):
        return {"errMsg": f"{doing} fail: {error.strerror}", "errCode": CONNECT_FAILED}
    number = error.errno or errno.ECONNABORTED
    text = f"{doing} fail: errno:{number} errmsg:{os.strerror(number)}"
    return {"errMsg": text, "errCode": SOCKET_ERROR, "errNum": number}


class Misuse(Exception):
    """A call that can not be carried out; WeChat documents the codes, and the reasons are ours."""

    def __init__(self, reason: str, code: int = SYSTEM_ERROR) -> None:
        super().__init__(reason)
        self.code = code

    def result(self, doing: str) -> Result:
        """What `onError` of a TCP or UDP socket is told of it."""
        return {"errMsg": f"{doing}: fail {self}", "errCode": self.code}
