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


def test_alarms_ring_while_the_clock_is_moved_each_at_its_moment() -> None:
    clock = Phone().clock
    clock.set(1000)
    clock.stop()
    loop = asyncio.new_event_loop()
    rung: list[tuple[str, float]] = []
    for name, moment in (("b", clock.now() + 5), ("a", clock.now() + 2), ("later", clock.now() + 60)):
        clock.call_at(moment, lambda name=name: rung.append((name, clock.now())), loop)  # type: ignore[misc]
    began = clock.now()
    clock.advance(10)
    assert rung == [("a", began + 2), ("b", began + 5)]
    assert clock.now() == began + 10
    loop.close()


def test_an_alarm_that_was_cancelled_does_not_ring() -> None:
    clock = Phone().clock
    clock.stop()
    loop = asyncio.new_event_loop()
    alarms = [clock.call_at(clock.now() + 1, pytest.fail, loop) for _ in range(200)]
    for alarm in alarms:
        alarm.cancel()
    clock.advance(5)
    assert all(alarm.is_over for alarm in alarms)
    loop.close()


def test_a_running_clock_rings_in_the_loop_of_the_alarm() -> None:
    async def main() -> str:
        clock, rung = Phone().clock, asyncio.get_running_loop().create_future()
        clock.call_at(clock.now() + 0.001, lambda: rung.set_result("rung"), asyncio.get_running_loop())
        return await asyncio.wait_for(rung, 20)

    assert asyncio.run(main()) == "rung"


def test_alarms_wait_while_the_clock_is_stopped_and_ring_when_it_runs_again() -> None:
    async def main() -> list[str]:
        clock, loop = Phone().clock, asyncio.get_running_loop()
        rung: list[str] = []
        done = loop.create_future()
        clock.stop()
        clock.call_at(clock.now() + 0.001, lambda: (rung.append("rung"), done.set_result(None)), loop)
        await asyncio.sleep(0)
        clock.start()
        rung.append("started")
        await asyncio.wait_for(done, 20)
        return rung

    assert asyncio.run(main()) == ["started", "rung"]


def test_a_snapshot_of_an_earlier_time_leaves_alarms_as_far_ahead_as_they_were() -> None:
    phone = Phone()
    phone.clock.stop()
    loop = asyncio.new_event_loop()
    earlier = phone.snapshot()
    phone.clock.advance(3600)
    rung: list[str] = []
    phone.clock.call_at(phone.clock.now() + 5, lambda: rung.append("rung"), loop)
    phone.restore(earlier)
    assert phone.clock.stopped
    phone.clock.advance(4)
    assert rung == []
    phone.clock.advance(1)
    assert rung == ["rung"]
    loop.close()


def test_the_next_moment_is_that_of_the_earliest_that_waits_or_is_to_ring() -> None:
    clock = Phone().clock
    clock.stop()
    assert clock.next is None

    async def main() -> None:
        alarm = clock.call_at(clock.now() + 5, lambda: None, asyncio.get_running_loop())
        assert clock.next == clock.now() + 5
        alarm.cancel()
        assert clock.next is None

    asyncio.run(main())
