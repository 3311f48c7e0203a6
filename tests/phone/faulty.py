"""Servers that do what no server should: what each says, and what Chromium calls the fault."""

from __future__ import annotations

import asyncio

from servers import read_request, reset, saying

HEAD = b"HTTP/1.1 200 OK\r\n"


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One byte after the other, for longer than anyone waits."""
    await read_request(reader)
    writer.write(HEAD + b"Content-Length: 1000000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.01)


async def leave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    reset(writer)


async def impatient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Refuses the request before its body has come, as servers do that find it too large; then reads on."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")
    await writer.drain()
    await reader.read()


FAULTS = {
    "no answer at all": (saying(b""), "ERR_EMPTY_RESPONSE"),
    "reset at once": (leave, "ERR_CONNECTION_RESET"),
    "reset before the answer": (saying(b"", then="reset"), "ERR_CONNECTION_RESET"),
    "half a head": (saying(HEAD + b"Content-Le"), "ERR_EMPTY_RESPONSE"),
    "half a body": (saying(HEAD + b"Content-Length: 100\r\n\r\nhalf"), "ERR_CONTENT_LENGTH_MISMATCH"),
    "half a chunk": (
        saying(HEAD + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhalf"),
        "ERR_INCOMPLETE_CHUNKED_ENCODING",
    ),
    "reset in the body": (saying(HEAD + b"Content-Length: 100\r\n\r\nhalf", then="reset"), "ERR_CONNECTION_RESET"),
    "no HTTP": (saying(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "ERR_INVALID_HTTP_RESPONSE"),
    "a length that is none": (saying(HEAD + b"Content-Length: many\r\n\r\n"), "ERR_INVALID_HTTP_RESPONSE"),
    "two lengths": (saying(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n"), "ERR_INVALID_HTTP_RESPONSE"),
    "a head without end": (saying(HEAD + b"X: " + b"x" * 300_000, then="wait"), "ERR_RESPONSE_HEADERS_TOO_BIG"),
    "broken gzip": (
        saying(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!"),
        "ERR_CONTENT_DECODING_FAILED",
    ),
}
