"""What the start of a program costs, beside the imports that it cannot do without."""

from __future__ import annotations

import aiohttp

from .measure import Result, at_most, fresh_processes
from .transfer import server

FIRST_CALL = """
import asyncio
from taropy import Taro

async def main():
    await Taro.login()
    await Taro.checkSession()

asyncio.run(main())
"""


FIRST_REQUEST = """
import asyncio
from taropy import Taro

async def main():
    await Taro.request({url!r})

asyncio.run(main())
"""

FIRST_BY_AIOHTTP = """
import asyncio
import aiohttp

async def main():
    async with aiohttp.ClientSession() as client, client.get({url!r}) as response:
        await response.read()

asyncio.run(main())
"""


def results() -> list[Result]:
    """`import taropy`, and the way to the first answer, of the phone and of a server."""
    ours, base, first, client = fresh_processes(
        "import taropy", "import attrs, pluggy, asyncio", FIRST_CALL, "import cattrs, httpx2"
    )
    with server() as url:
        asked = f"{url}small"
        request, bare = fresh_processes(FIRST_REQUEST.format(url=asked), FIRST_BY_AIOHTTP.format(url=asked))
    return [
        at_most("import taropy", ("taropy", ours), ("attrs, pluggy, asyncio", base), 1.3, "ms"),
        at_most("first checkSession of a process", ("taropy", first), ("cattrs, httpx2", client), 1.6, "ms"),
        at_most("first request of a process", ("taropy", request), (f"aiohttp {aiohttp.__version__}", bare), 1, "ms"),
    ]
