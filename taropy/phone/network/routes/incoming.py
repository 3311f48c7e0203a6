"""Responses that come from the process, as the client sees those that come over the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Iterable
from typing import Self

from ....unheard import report
from ..http.faults import NetError, network_fault
from ..http.reply import Pairs, Response

#: How much of a body comes at once: as much as asyncio reads from a socket.
PIECE = 256 * 1024

CUT_SHORT, BROKEN_OFF = "ERR_CONTENT_LENGTH_MISMATCH", "ERR_INCOMPLETE_CHUNKED_ENCODING"


class Whole:
    """A response whose body is there. With `length`, which it has told, more than that is not read, and less fails."""

    __slots__ = ("_at", "_body", "_is_short", "pairs", "status")

    protocol = "http/1.1"

    def __init__(self, status: int, pairs: Pairs, body: bytes, length: int | None = None) -> None:
        self.status: int = status
        self.pairs: Pairs = pairs
        self._at = 0
        self._is_short = length is not None and length > len(body)
        self._body = body if length is None or length >= len(body) else body[:length]

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        at = self._at
        if at >= len(self._body):
            if self._is_short:
                raise NetError(CUT_SHORT)
            raise StopAsyncIteration
        if at:  # others have their turn, as between two reads
            await asyncio.sleep(0)
        self._at = at + PIECE
        return self._body[at : self._at] if at or len(self._body) > PIECE else self._body

    async def aclose(self) -> None:
        """No more of it is wanted."""


class Parts:
    """A response whose body comes in parts, each of which the client gets as one."""

    protocol = "http/1.1"

    def __init__(
        self, status: int, pairs: Pairs, parts: Iterable[bytes] | AsyncIterable[bytes], length: int | None = None
    ) -> None:
        self.status: int = status
        self.pairs: Pairs = pairs
        self._length = length
        self._parts = self._sent(parts)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._parts

    async def aclose(self) -> None:
        """No more of it is wanted."""
        await self._parts.aclose()

    async def _sent(self, parts: Iterable[bytes] | AsyncIterable[bytes]) -> AsyncGenerator[bytes]:
        left = self._length
        try:
            async for part in _each(parts):
                sent = part if left is None else part[:left]
                left = None if left is None else left - len(sent)
                if sent:
                    yield sent
                    await asyncio.sleep(0)
        except Exception as error:
            if (fault := network_fault(error)) is not None:
                raise fault from error
            report("the body of a routed response broke", error)
            raise NetError(BROKEN_OFF if self._length is None else CUT_SHORT) from error
        if left:
            raise NetError(CUT_SHORT)


class With:
    """A response with other headers."""

    def __init__(self, incoming: Response, pairs: Pairs) -> None:
        self.status: int = incoming.status
        self.protocol: str = incoming.protocol
        self.pairs: Pairs = pairs
        self._incoming = incoming

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._incoming)

    async def aclose(self) -> None:
        """No more of it is wanted."""
        await self._incoming.aclose()


async def _each(parts: Iterable[bytes] | AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    if isinstance(parts, AsyncIterable):
        async for part in parts:
            yield _bytes(part)
    else:
        for part in parts:
            yield _bytes(part)


def _bytes(part: object) -> bytes:
    if not isinstance(part, bytes | bytearray | memoryview):
        raise TypeError(f"the parts of a body are bytes, not {type(part).__name__}")
    return bytes(part)
