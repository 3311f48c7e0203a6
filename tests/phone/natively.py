"""Calls of the phone's native functions, for tests that wait for the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

PATIENCE = 20.0

Answer = dict[str, Any]


async def called(native: Any, name: str, /, **options: Any) -> Answer:
    """What the native function answers."""
    answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
    getattr(native, name)({**options, "complete": answer.set_result})
    return await asyncio.wait_for(answer, PATIENCE)


def call(native: Any, name: str, /, **options: Any) -> Answer:
    """The same for a test without an event loop."""
    return asyncio.run(called(native, name, **options))


async def turns(count: int = 5) -> None:
    """Lets the event loop turn so often: whatever waits for nobody has happened by then."""
    for _ in range(count):
        await asyncio.sleep(0)


def message_of_broken(call: Callable[[], Any]) -> str:
    """The errMsg of a program's call that breaks, whose error the event loop would report."""

    async def main() -> str:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        return str(await call().catch(lambda error: error.errMsg))

    return asyncio.run(main())


def call_reporting_nothing(native: Any, name: str, /, **options: Any) -> Answer:
    """The same for a function that breaks, whose error the event loop would report."""

    async def main() -> Answer:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        return await called(native, name, **options)

    return asyncio.run(main())
