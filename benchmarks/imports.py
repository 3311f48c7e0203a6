"""What the start of a program costs, beside the imports that it cannot do without."""

from __future__ import annotations

from .measure import Result, at_most, fresh_processes

FIRST_CALL = """
import asyncio
from taropy import Taro

async def main():
    await Taro.login()
    await Taro.checkSession()

asyncio.run(main())
"""


def results() -> list[Result]:
    """`import taropy`, and the way to the first answer."""
    ours, base, first, client = fresh_processes(
        "import taropy", "import attrs, pluggy, asyncio", FIRST_CALL, "import cattrs, httpx2"
    )
    return [
        at_most("import taropy", ("taropy", ours), ("attrs, pluggy, asyncio", base), 1.3, "ms"),
        at_most("first checkSession of a process", ("taropy", first), ("cattrs, httpx2", client), 1.6, "ms"),
    ]
