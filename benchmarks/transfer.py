"""`Taro.downloadFile` and `Taro.uploadFile` of 100 MB beside aiohttp, and the memory that they take.

The server is another process; it sends from memory, and reads what comes without keeping it.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

import taropy

from .measure import Result, at_least, at_most, by_turns_async

MB = 1_000_000
SIZE = 100 * MB
RATIO = 0.9
PEER = "aiohttp"
MEMORY_LIMIT_MB = 32.0
PIECE = b"x" * MB


def results() -> list[Result]:
    """The rates of each, and how far the memory of a process goes up that does one of them."""
    with server() as url:
        rates = asyncio.run(_rates(url))
        memory = [_in_own_process(name, url) for name in ("downloadFile", "uploadFile")]
    return [*rates, *memory]


# --- rates ---------------------------------------------------------------------------------------------------------


async def _rates(url: str) -> list[Result]:
    with tempfile.TemporaryDirectory() as folder, taropy.create("weapp", phone=taropy.Phone(folder)) as taro:
        async with aiohttp.ClientSession() as client:
            bare = Bare(client, url, Path(folder) / "bare")
            ours = Ours(taro, url)
            await bare.download(1), await ours.download(1)
            return [
                _rate("Taro.downloadFile, 100 MB", await by_turns_async(ours.download, bare.download, number=1)),
                _rate("Taro.uploadFile, 100 MB", await by_turns_async(ours.upload, bare.upload, number=1)),
            ]


def _rate(name: str, costs: list[float]) -> Result:
    ours, bare = (SIZE / cost for cost in costs)
    return at_least(name, ("taropy", ours), (PEER, bare), RATIO, "MB/s")


class Bare:
    """What one writes with the HTTP client alone."""

    def __init__(self, client: aiohttp.ClientSession, url: str, file: Path) -> None:
        self._client = client
        self._url = url
        self._file = file

    async def download(self, number: int) -> None:
        """Streams the body to a file, which is there only when it is whole, as ours has to be."""
        for _ in range(number):
            fresh = self._file.with_suffix(".new")
            async with self._client.get(self._url) as response:
                with fresh.open("wb") as file:
                    async for part in response.content.iter_any():
                        file.write(part)
            fresh.replace(self._file)

    async def upload(self, number: int) -> None:
        """Sends the file as a form."""
        for _ in range(number):
            with self._file.open("rb") as file:
                async with self._client.post(self._url, data={"file": file}) as response:
                    await response.read()


class Ours:
    """The same, as programs do it."""

    def __init__(self, taro: Any, url: str) -> None:
        self._taro = taro
        self._url = url
        self.file = "wxfile://usr/file"

    async def download(self, number: int) -> None:
        """Downloads to the same place each time."""
        for _ in range(number):
            await self._taro.downloadFile(url=self._url, filePath=self.file)

    async def upload(self, number: int) -> None:
        """Uploads what was downloaded."""
        for _ in range(number):
            await self._taro.uploadFile(url=self._url, filePath=self.file, name="file")


# --- memory --------------------------------------------------------------------------------------------------------


def _in_own_process(name: str, url: str) -> Result:
    program = f"from benchmarks.transfer import grown; print(grown({name!r}, {url!r}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    grown = float(done.stdout)
    return at_most(f"memory of Taro.{name}, 100 MB", ("grows by", grown), ("limit", MEMORY_LIMIT_MB), 1, "MB")


def grown(name: str, url: str) -> float:
    """By how many MB one transfer raises the memory of this process, after a small one of the same kind.

    Linux tells the most that a process has held; elsewhere this benchmark does not run.
    """
    with tempfile.TemporaryDirectory() as folder, taropy.create("weapp", phone=taropy.Phone(folder)) as taro:
        ours = Ours(taro, url)
        if name == "uploadFile":
            real = taro.phone.files.writable(taro.phone.app("weapp"), ours.file)
            with real.open("wb") as file:
                file.writelines(PIECE for _ in range(SIZE // MB))
        taro.request(url=f"{url}small").result()
        Path("/proc/self/clear_refs").write_text("5")  # from now on
        before = _most_held()
        asyncio.run((ours.upload if name == "uploadFile" else ours.download)(1))
        return _most_held() - before


def _most_held() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


# --- the server ----------------------------------------------------------------------------------------------------


@contextmanager
def server() -> Iterator[str]:
    """The url of a server in a process of its own: `/` has many bytes, all else has none."""
    command = [sys.executable, "-c", "from benchmarks.transfer import serve; serve()"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}/"
        finally:
            process.terminate()


def serve() -> None:
    """Runs the server until it is ended, and prints its port."""
    asyncio.run(_serve())


async def _serve() -> None:
    server = await asyncio.start_server(_talk, "127.0.0.1", 0, limit=MB)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers every POST, and every path but `/`, with a few bytes, and `/` with many."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            await _read(reader, head)
            pieces = SIZE // MB if head.startswith(b"GET / ") else 0
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (pieces * MB))
            for _ in range(pieces):
                writer.write(PIECE)
                await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _read(reader: asyncio.StreamReader, head: bytes) -> None:
    _, _, length = head.lower().partition(b"content-length:")
    left = int(length.split()[0]) if length else 0
    while left:
        left -= len(await reader.read(min(left, MB)))
