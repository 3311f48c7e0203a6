"""A call through the automation port beside the same frames there and back through a bare server of `websockets`.

What the port adds is what reading the request, doing it and writing the answer take: at most 0.3 ms a call. Both
servers are in one process of their own, in one event loop; the client is the same blocking one.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from .measure import Result, Skipped, versioned

#: What a call may take beside its transport, in µs.
MOST = 300
NUMBER = 1000

CALLS: dict[str, dict[str, Any]] = {
    "App.getPageStack": {},
    "App.callWxMethod": {"method": "getStorageInfoSync", "args": []},
    "App.callFunction": {"functionDeclaration": "function (a) { return a + 1 }", "args": [1]},
    "Page.getData": {"pageId": 0},
}

#: Serves until its standard input ends.
SERVERS = """
import asyncio, sys
import taropy
from taropy.phone import Phone
from websockets.asyncio.server import serve

app = taropy.App(pages=["pages/index/index"])

@app.page("pages/index/index")
class Index:
    def __init__(self):
        self.teas = ["Longjing", "Tieguanyin"]

async def echo(connection):
    async for frame in connection:
        await connection.send(frame)

async def main():
    async with Phone() as phone, phone.devtools(app) as tools, serve(echo, "127.0.0.1", 0, compression=None) as bare:
        print(tools.port, bare.sockets[0].getsockname()[1], flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


def results() -> list[Result]:
    """Each method alone, one call after the other's answer."""
    try:
        from websockets.sync.client import connect
    except ImportError as error:
        raise Skipped(str(error)) from error
    with ExitStack() as stack:
        command = [sys.executable, "-c", SERVERS]
        serving = stack.enter_context(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
        assert serving.stdout is not None
        ports = serving.stdout.readline().split()
        ours, theirs = (stack.enter_context(connect(f"ws://127.0.0.1:{port}", compression=None)) for port in ports)
        page = json.loads(_asking(ours, "App.getCurrentPage", {})())["result"]["pageId"]
        given = {
            method: {**params, **({"pageId": page} if "pageId" in params else {})} for method, params in CALLS.items()
        }
        return [_beside(ours, theirs, method, params) for method, params in given.items()]


def _beside(ours: Any, theirs: Any, method: str, params: dict[str, Any]) -> Result:
    cost, transport = _medians(_asking(ours, method, params), _asking(theirs, method, params))
    added = cost - transport
    return Result(
        f"automation port, {method}", f"taropy {cost:,.0f} µs", f"{versioned('websockets')} {transport:,.0f} µs",
        cost / transport, f"{MOST} µs more", added <= MOST,
    )  # fmt: skip


def _medians(*asks: Callable[[], Any]) -> list[float]:
    """Microseconds of each, the median of calls by turns: what else the machine does hits single calls, and hard."""
    taken: list[list[float]] = [[] for _ in asks]
    for _ in range(NUMBER):
        for ask, times in zip(asks, taken, strict=True):
            start = time.perf_counter()
            ask()
            times.append(time.perf_counter() - start)
    return [statistics.median(times) * 1e6 for times in taken]


def _asking(client: Any, method: str, params: dict[str, Any]) -> Callable[[], Any]:
    frame = json.dumps({"id": "4f3e6a62-0d6b-4a53-9b0e-7f8f6a0c2d11", "method": method, "params": params})

    def ask() -> Any:
        client.send(frame)
        return client.recv()

    return ask
