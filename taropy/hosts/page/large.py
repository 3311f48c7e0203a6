"""Large messages, which cross beside the WebSocket.

Chromium's `fetch` carries bytes three to five times as fast as its WebSockets do. So a large frame is a body of HTTP,
and in the WebSocket stands only `large N`, where it would have stood: messages stay in their order. It is an
optimisation: what cannot be fetched is sent in the WebSocket after all.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from itertools import count
from urllib.parse import unquote

import attrs
from httptools import HttpParserError, HttpRequestParser

from .wire import WireError

#: A frame of so many bytes is large: it takes longer in the WebSocket than the request beside it.
LARGE = 512 * 1024
PATH = "/taropy-messages/"


class LargeMessages:
    """Those of one connection that have not arrived yet, both ways. Safe from any thread.

    Who names the `secret` may ask for a frame and leave one: the page's agent, which is told it in the WebSocket. What
    it has left and not spoken of yet has at most `most` bytes together.
    """

    def __init__(self, most: int) -> None:
        self.secret: str = secrets.token_urlsafe(24)
        #: Whether the page can fetch at all, which it says in its `hello`.
        self.works: bool = False
        self.most: int = most
        self._numbers = count(1)
        self._kept: dict[int, bytes] = {}
        self._left: dict[int, bytes] = {}
        self._lock = threading.Lock()

    def keep(self, frame: bytes) -> int:
        """Has a frame wait for the page to ask for it, by this number, until `arrived`."""
        number = next(self._numbers)
        self._kept[number] = frame
        return number

    def kept(self, number: int) -> bytes | None:
        """The frame that waits by this number."""
        return self._kept.get(number)

    def arrived(self, number: int) -> bytes | None:
        """The page has it, or will not fetch it: the frame waits no more."""
        return self._kept.pop(number, None)

    def leave(self, number: int, frame: bytes) -> bool:
        """The page leaves a frame here, of which it will speak; whether there is room for it."""
        with self._lock:
            if number in self._left or sum(map(len, self._left.values())) + len(frame) > self.most:
                return False
            self._left[number] = frame
            return True

    def left(self, number: int) -> bytes:
        """The frame that the page speaks of; `WireError` if it has left none."""
        frame = self._left.pop(number, None)
        if frame is None:
            raise WireError("the page has sent a large message that is not there")
        return frame

    def number_in(self, path: str) -> int | None:
        """The number of the message whose address this is; None for a path without the secret."""
        secret, _, number = unquote(path).removeprefix(PATH).partition("/")
        is_ours = hmac.compare_digest(secret.encode(), self.secret.encode())
        return int(number) if is_ours and number.isascii() and number.isdecimal() and len(number) < 10 else None


@attrs.define
class Posted:
    """A request that leaves something here, as it comes in; `most` is how long its body may be."""

    most: int
    path: str = ""
    headers: list[tuple[str, str]] = attrs.field(factory=list)
    is_complete: bool = False
    is_too_long: bool = False
    _parts: list[bytes] = attrs.field(factory=list)
    _size: int = 0
    _parser: HttpRequestParser = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._parser = HttpRequestParser(self)

    def feed(self, data: bytes) -> bool:
        """Takes what has come; whether that is a request so far."""
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            return False
        return True

    @property
    def body(self) -> bytes:
        """What it leaves."""
        return b"".join(self._parts)

    def values(self, name: str) -> list[str]:
        """The values of a header."""
        return [value for each, value in self.headers if each == name.lower()]

    # --- what the parser calls ------------------------------------------------------------------------------------

    def on_url(self, url: bytes) -> None:
        self.path += url.decode("latin-1")

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.decode("latin-1").lower(), value.decode("latin-1")))

    def on_body(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self.most:
            self.is_too_long = True
        else:
            self._parts.append(part)

    def on_message_complete(self) -> None:
        self.is_complete = True
