"""The phone's clock, as tests move it."""

from __future__ import annotations

import asyncio
import time

import pytest

from taropy import Phone


def test_it_shows_real_time_until_it_is_moved() -> None:
    clock = Phone().clock
    before = time.time()
    assert before <= clock.now() <= time.time()
    clock.advance(3600)
    assert clock.now() >= before + 3600


def test_a_stopped_clock_moves_only_when_it_is_moved() -> None:
    clock = Phone().clock
    clock.set(1000)
    clock.stop()
    shown = clock.now()
    clock.advance(5)
    assert clock.now() == shown + 5
    clock.start()
    assert clock.now() >= shown + 5


def test_who_waits_goes_on_when_the_time_has_come() -> None:
    async def main() -> list[str]:
        clock = Phone().clock
        clock.stop()
        order: list[str] = []

        async def wait(seconds: float) -> None:
            await clock.sleep(seconds)
            order.append(f"after {seconds}")

        waiting = [asyncio.create_task(wait(seconds)) for seconds in (20, 10)]
        await asyncio.sleep(0)
        clock.advance(10)
        await waiting[1]
        order.append("between")
        clock.advance(10)
        await waiting[0]
        return order

    assert asyncio.run(main()) == ["after 10", "between", "after 20"]


def test_a_running_clock_ends_a_wait_by_itself() -> None:
    asyncio.run(asyncio.wait_for(Phone().clock.sleep(0.001), 20))


def test_it_does_not_go_back_by_advancing() -> None:
    with pytest.raises(ValueError, match="not negative"):
        Phone().clock.advance(-1)


def test_a_call_that_ends_before_it_began_leaves_no_warning() -> None:
    async def main() -> None:
        with Phone() as phone:
            phone.native("weapp").authorize({"scope": "scope.camera"})

    asyncio.run(main())
