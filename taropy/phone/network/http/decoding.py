"""A body with its content encodings undone, a piece at a time: a small body never becomes a large one at once."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Protocol

from .faults import NetError

#: How many bytes come out of a decoder at once.
PIECE = 1024 * 1024
#: More encodings than anyone has a reason for, each of which takes its memory.
MOST = 8


class Decoder(Protocol):
    """Undoes an encoding."""

    @property
    def error(self) -> type[Exception]:
        """What `decode` raises for data that are not encoded so."""
        ...

    def decode(self, data: bytes) -> Iterator[bytes]:
        """What becomes of the data, in pieces. What follows the end is nobody's."""
        ...


class Zlib:
    """gzip, and "deflate", which some servers send with the header of zlib and some without."""

    error = zlib.error

    def __init__(self, *window_bits: int) -> None:
        """The first of `window_bits` that takes the data is the right one."""
        self._decompressor = zlib.decompressobj(window_bits[0])
        self._others = window_bits[1:]

    def decode(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        while not self._decompressor.eof:
            piece = self._decompress(data)
            data = self._decompressor.unconsumed_tail
            if piece:
                yield piece
            if not data and len(piece) < PIECE:
                return

    def _decompress(self, data: bytes) -> bytes:
        others, self._others = self._others, ()
        try:
            return self._decompressor.decompress(data, PIECE)
        except zlib.error:
            if not others:
                raise
            self._decompressor = zlib.decompressobj(others[0])
            return self._decompressor.decompress(data, PIECE)


class Brotli:
    """br, by the package of the extra `brotli`."""

    def __init__(self) -> None:
        brotli = import_module("brotli")
        self.error: type[Exception] = brotli.error
        self._decompressor = brotli.Decompressor()

    def decode(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        while not self._decompressor.is_finished():
            # Its buffer grows up to twice this.
            if piece := self._decompressor.process(data, output_buffer_limit=PIECE // 2):
                yield piece
            if self._decompressor.can_accept_more_data():
                return
            data = b""


class Zstandard:
    """zstd, which Python has from 3.14 on."""

    def __init__(self) -> None:
        zstd = import_module("compression.zstd")
        self.error: type[Exception] = zstd.ZstdError
        self._decompressor = zstd.ZstdDecompressor()

    def decode(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder`."""
        while not self._decompressor.eof:
            if piece := self._decompressor.decompress(data, PIECE):
                yield piece
            if self._decompressor.needs_input:
                return
            data = b""


def _gzip() -> Decoder:
    return Zlib(zlib.MAX_WBITS | 16)


def _deflate() -> Decoder:
    return Zlib(zlib.MAX_WBITS, -zlib.MAX_WBITS)


DECODERS: Mapping[str, Callable[[], Decoder]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": Brotli,
    "zstd": Zstandard,
}


def decoders_of(encodings: Sequence[str]) -> list[Decoder]:
    """What undoes the encodings, the last one first. Those that are not known here leave the body as it is."""
    if len(encodings) > MOST:
        raise NetError("ERR_CONTENT_DECODING_FAILED")
    made = (_made(encoding) for encoding in reversed(encodings))
    return [decoder for decoder in made if decoder is not None]


async def decoded(parts: AsyncIterable[bytes], decoders: Sequence[Decoder]) -> AsyncIterator[bytes]:
    """The body as it comes in, decoded. Raises `NetError` if it can not be."""
    errors = tuple(decoder.error for decoder in decoders)
    async for part in parts:
        try:
            for piece in _through(decoders, part):
                yield piece
                if len(piece) >= PIECE:
                    await asyncio.sleep(0)  # others have their turn before the next one
        except errors as error:
            raise NetError("ERR_CONTENT_DECODING_FAILED") from error


def _made(encoding: str) -> Decoder | None:
    make = DECODERS.get(encoding)
    try:
        return None if make is None else make()
    except ModuleNotFoundError:
        return None


def _through(decoders: Sequence[Decoder], data: bytes) -> Iterator[bytes]:
    if not decoders:
        yield data
        return
    for piece in decoders[0].decode(data):
        yield from _through(decoders[1:], piece)
