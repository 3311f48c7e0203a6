"""The event loop that programs have in a worker under Pyodide: asyncio's, without sockets and other threads."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

import taropy
from taropy.hosts.pyodide.waiting import WaitingLoop


def run(main: Any) -> Any:
    with asyncio.Runner(loop_factory=WaitingLoop) as runner:
        return runner.run(main)


def test_a_program_on_the_phone_runs_in_it() -> None:
    async def main() -> Any:
        with taropy.create("weapp") as taro:
            await taro.setStorage(key="a", data=1)
            return (await taro.getStorage(key="a")).data

    assert run(main()) == 1


def test_timers_ring_in_their_order() -> None:
    async def main() -> list[int]:
        rung: list[int] = []
        loop = asyncio.get_running_loop()
        loop.call_later(0.002, rung.append, 2)
        loop.call_later(0.001, rung.append, 1)
        await asyncio.sleep(0.003)
        return rung

    assert run(main()) == [1, 2]


def test_what_elsewhere_is_done_by_another_thread_is_done_at_once() -> None:
    async def main() -> Any:
        return await asyncio.to_thread(time.strftime, "at once")

    assert run(main()) == "at once"


def test_what_is_done_at_once_may_fail() -> None:
    async def main() -> None:
        await asyncio.to_thread(int, "no number")

    with pytest.raises(ValueError, match="no number"):
        run(main())


def test_to_wait_for_what_nothing_can_bring_is_an_error_and_no_standstill() -> None:
    loop = WaitingLoop()
    with pytest.raises(RuntimeError, match="waits for something that nothing on this thread can bring"):
        loop.run_until_complete(loop.create_future())
    loop.close()
