#!/bin/sh
# aiohttp 3.14.5 (PyPI) on CPython 3.11's asyncio and glibc: small WebSocket messages take pages from the system each, as
# long as the process has never freed a large block of memory. `bytes(2**20)`, once, ends that for good.
#
# asyncio makes room for 256 KiB at each read, whatever comes in, and shrinks it to what came. glibc fetches blocks of
# more than 128 KiB from the system, each for itself, and gives them back; the first block of such a size that is freed
# whole has it keep later ones. What asyncio has shrunk is never freed whole. So a hundred echoing sockets are two to
# three times as slow in a process that has done nothing else, and of two clients that are measured in one process, the
# one that happens to free a large block makes the other quick as well.
#
# Counted are page faults, not time. Seen: what stands below as `expected`. Ends with 0 as long as it is so, with 1 and
# the difference when it is not; with 2 where aiohttp cannot be installed or the C library is another.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet aiohttp==3.14.5 >"$folder/pip" 2>&1 || { cat "$folder/pip"; exit 2; }
"$folder/venv/bin/python" -c 'import os; os.confstr("CS_GNU_LIBC_VERSION")' || exit 2

cat >"$folder/expected" <<'EXPECTED'
at first: at least one page fault for each message
after bytes(2**20): less than one for ten messages
EXPECTED

"$folder/venv/bin/python" - >"$folder/seen" <<'PROGRAM'
import asyncio
import resource

import aiohttp
from aiohttp import web

MESSAGES = 2000


async def echo(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        await socket.send_str(message.data)
    return socket


async def faults(socket):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(MESSAGES):
        await socket.send_str("tea")
        await socket.receive()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) / MESSAGES


async def main():
    app = web.Application()
    app.router.add_get("/", echo)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    async with aiohttp.ClientSession() as session, session.ws_connect(f"http://127.0.0.1:{port}/") as socket:
        first = await faults(socket)
        bytes(2**20)
        then = await faults(socket)
    await runner.cleanup()
    print("at first:", "at least one page fault for each message" if first >= 1 else f"{first:.2f} a message")
    print("after bytes(2**20):", "less than one for ten messages" if then < 0.1 else f"{then:.2f} a message")


asyncio.run(main())
PROGRAM

diff "$folder/expected" "$folder/seen" || exit 1
cat "$folder/seen"
