"""Timers on the phone's clock: what is called, in which order, and at what time."""

from __future__ import annotations

import asyncio
import importlib
import sys
import threading
import warnings
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy import UnhandledRejectionWarning
from taropy.js import (
    Date,
    Promise,
    cancelAnimationFrame,
    clearImmediate,
    clearInterval,
    clearTimeout,
    performance,
    queueMicrotask,
    requestAnimationFrame,
    setImmediate,
    setInterval,
    setTimeout,
)
from taropy.phone.core.clock import Clock

Log = list[Any]


@pytest.fixture
def clock(Taro: Any, phone: taropy.Phone) -> Clock:
    """The clock of the phone that the process's Taro is on, stopped."""
    phone.clock.set(1_700_000_000.25)
    phone.clock.stop()
    return phone.clock


def noting(log: Log, name: str) -> Callable[[], None]:
    """A callback that notes its name and when it is called, in milliseconds after the clock was stopped."""
    return lambda: log.append((name, Date.now() - 1_700_000_000_250))


def test_advancing_the_clock_calls_what_is_due_in_order_each_at_its_own_time(clock: Clock) -> None:
    log: Log = []
    for name, delay in (("c", 30), ("a", 10), ("b", 20), ("later", 60_001)):
        setTimeout(noting(log, name), delay)
    clock.advance(60)
    assert log == [("a", 10), ("b", 20), ("c", 30)]
    assert Date.now() == 1_700_000_060_250


def test_timers_of_one_moment_are_called_in_the_order_in_which_they_were_set(clock: Clock) -> None:
    log: Log = []
    for name in "abc":
        setTimeout(noting(log, name), 5)
    clock.advance(0.003)
    setTimeout(noting(log, "d"), 2)
    clock.advance(0.002)
    assert log == [("a", 5), ("b", 5), ("c", 5), ("d", 5)]


def test_jobs_are_done_before_a_timer_and_after_it(clock: Clock) -> None:
    log: Log = []

    def first() -> None:
        log.append("first")
        Promise.resolve().then(lambda: log.append("its job"))

    setTimeout(first, 1)
    setTimeout(lambda: log.append("second"), 1)
    clock.advance(1)
    assert log == ["first", "its job", "second"]


def test_an_interval_is_called_as_often_as_it_is_due(clock: Clock) -> None:
    log: Log = []
    interval = setInterval(noting(log, "i"), 1000)
    clock.advance(3)
    assert log == [("i", 1000), ("i", 2000), ("i", 3000)]
    clearInterval(interval)
    clock.advance(3)
    assert len(log) == 3


def test_an_interval_may_end_itself(clock: Clock) -> None:
    log: Log = []

    def call() -> None:
        log.append(1)
        if len(log) == 2:
            clearInterval(interval)

    interval = setInterval(call, 10)
    clock.advance(1)
    assert len(log) == 2


def test_a_thousand_short_intervals_do_not_drift(clock: Clock) -> None:
    log: Log = []
    interval = setInterval(noting(log, "i"), 7)
    clock.advance(7)
    clearInterval(interval)
    assert [at for _, at in log] == list(range(7, 7001, 7))


def test_a_timer_that_a_timer_sets_is_called_if_it_is_due_too(clock: Clock) -> None:
    log: Log = []
    setTimeout(lambda: setTimeout(noting(log, "inner"), 5), 5)
    clock.advance(0.010)
    assert log == [("inner", 10)]


@pytest.mark.parametrize("clear", [clearTimeout, clearInterval, cancelAnimationFrame])
def test_what_is_cleared_is_not_called(clock: Clock, clear: Callable[[int], None]) -> None:
    log: Log = []
    clear(setTimeout(noting(log, "x"), 5))
    clock.advance(1)
    assert log == []


def test_a_timer_may_clear_another_of_the_same_moment(clock: Clock) -> None:
    log: Log = []
    setTimeout(lambda: clearTimeout(other), 5)
    other = setTimeout(noting(log, "other"), 5)
    clock.advance(1)
    assert log == []


@pytest.mark.parametrize("id", [None, 0, 10**9, "x", object(), 1.5])
def test_what_is_no_id_is_ignored(clock: Clock, id: Any) -> None:
    clearTimeout(id)
    clearInterval(id)
    clearImmediate(id)


def test_ids_are_numbers_and_no_two_are_the_same(clock: Clock) -> None:
    ids = [setTimeout(print, 5), setInterval(print, 5), setImmediate(lambda: None), requestAnimationFrame(print)]
    assert all(type(id) is int and id > 0 for id in ids)
    assert len(set(ids)) == len(ids)


def test_arguments_are_handed_on_as_far_as_the_callback_takes_them(clock: Clock) -> None:
    log: Log = []
    setTimeout(lambda a, b: log.append((a, b)), 1, "x", 2)
    setTimeout(lambda a: log.append(a), 1, "y", 3)
    setTimeout(lambda a, b: log.append((a, b)), 1, "z")
    clock.advance(1)
    assert log == [("x", 2), "y", ("z", None)]


@pytest.mark.parametrize("delay", [0, -5, None, float("nan"), 2**31, float("inf"), "x", 0.5, "1", 1.9])
def test_a_delay_that_is_none_counts_as_one_millisecond(clock: Clock, delay: Any) -> None:
    log: Log = []
    setTimeout(noting(log, "x"), delay)
    clock.advance(0.0005)
    assert log == []
    clock.advance(0.0005)
    assert log == [("x", 1)]


@pytest.mark.parametrize("set_one", [setTimeout, setInterval, setImmediate, queueMicrotask])
def test_what_is_no_function_can_not_be_called_later(clock: Clock, set_one: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match="function"):
        set_one("alert(1)")


def test_what_a_callback_raises_is_reported_and_the_next_is_called(clock: Clock) -> None:
    log: Log = []

    def fail() -> None:
        raise ValueError("no such thing")

    setTimeout(fail, 1)
    setTimeout(noting(log, "next"), 2)
    with pytest.warns(UnhandledRejectionWarning, match="no such thing"):
        clock.advance(1)
    assert log == [("next", 2)]


def test_an_async_callback_begins_when_the_time_has_come(clock: Clock) -> None:
    log: Log = []

    async def call() -> None:
        log.append("begun")
        await Promise.resolve()
        log.append("ended")

    setTimeout(call, 1)
    setTimeout(lambda: log.append("other"), 1)
    clock.advance(1)
    assert log == ["begun", "ended", "other"]


def test_a_clock_that_is_set_forward_calls_what_is_due_by_then(clock: Clock) -> None:
    log: Log = []
    setTimeout(noting(log, "x"), 5000)
    clock.set(clock.now() + 10)
    assert log == [("x", 5000)]


def test_a_clock_that_is_set_back_leaves_what_is_due_in_a_minute_due_in_a_minute(clock: Clock) -> None:
    log: Log = []
    setTimeout(lambda: log.append("x"), 60_000)
    clock.set(clock.now() - 3600)
    clock.advance(59)
    assert log == []
    clock.advance(1)
    assert log == ["x"]


def test_a_callback_may_advance_the_clock(clock: Clock) -> None:
    log: Log = []
    setTimeout(lambda: clock.advance(0.010), 10)
    setTimeout(noting(log, "within"), 15)
    setTimeout(noting(log, "after"), 22)
    clock.advance(0.025)
    assert log == [("within", 15), ("after", 22)]
    assert Date.now() == 1_700_000_000_275


def test_in_a_running_loop_too_all_has_happened_when_the_clock_was_advanced(clock: Clock) -> None:
    async def main() -> Log:
        log: Log = []

        async def wait(name: str, delay: int) -> None:
            await Promise(lambda resolve: setTimeout(resolve, delay))
            log.append((name, Date.now() - 1_700_000_000_250))

        waiting = [asyncio.create_task(wait(name, delay)) for name, delay in (("b", 20), ("a", 10))]
        await asyncio.sleep(0)
        clock.advance(1)
        log.append("advanced")
        await asyncio.gather(*waiting)
        return log

    assert taropy.run(main) == [("a", 10), ("b", 20), "advanced"]


def test_another_thread_may_advance_the_clock_of_a_loop(clock: Clock) -> None:
    async def main() -> str:
        promise: Promise[str] = Promise(lambda resolve: setTimeout(resolve, 5000, "done"))
        thread = threading.Thread(target=clock.advance, args=(10,))
        thread.start()
        value = await promise
        thread.join()
        return value

    assert taropy.run(main) == "done"


def test_microtasks_come_first_then_what_is_immediate_then_timers(Taro: Any) -> None:
    log: Log = []

    async def main() -> None:
        setTimeout(lambda: log.append("timer"), 1)
        setImmediate(lambda: log.append("immediate"))
        queueMicrotask(lambda: log.append("microtask"))
        clearImmediate(setImmediate(lambda: log.append("cleared")))
        log.append("code")

    taropy.run(main)
    assert log == ["code", "microtask", "immediate", "timer"]


def test_a_frame_is_drawn_with_the_time(clock: Clock) -> None:
    log: Log = []
    assert performance.now() == 0
    requestAnimationFrame(log.append)
    clock.advance(0.016)
    assert log == []
    clock.advance(0.001)
    assert log == [pytest.approx(1000 / 60, abs=0.01)]


def test_running_a_program_waits_for_timeouts_and_not_for_intervals(Taro: Any) -> None:
    log: Log = []

    async def main() -> None:
        setTimeout(lambda: setTimeout(lambda: log.append("the last"), 2), 2)
        setInterval(lambda: None, 10_000)

    taropy.run(main)
    assert log == ["the last"]


def test_running_a_program_does_not_wait_for_what_a_stopped_clock_never_brings(clock: Clock) -> None:
    async def main() -> str:
        setTimeout(lambda: None, 5000)
        return "done"

    assert taropy.run(main) == "done"


def test_a_script_without_a_loop_waits_with_result(Taro: Any) -> None:
    assert Promise(lambda resolve: setTimeout(resolve, 2, "done")).result() == "done"


def test_timers_end_with_the_runtime(phone: taropy.Phone) -> None:
    log: Log = []
    taro = taropy.use("weapp", phone=phone)
    phone.clock.stop()
    setTimeout(noting(log, "x"), 5)
    taro.close()
    phone.clock.advance(1)
    assert log == []


def test_over_a_host_without_a_phone_timers_take_real_time() -> None:
    log: Log = []

    class Native:
        """A native object that nothing is asked of."""

    taropy.use("weapp", native=Native())

    async def main() -> None:
        setTimeout(lambda: log.append("called"), 1)

    taropy.run(main)
    assert log == ["called"]
    taropy.use("weapp").close()


def test_dates_show_the_clock_of_the_phone(clock: Clock) -> None:
    assert Date().toISOString() == "2023-11-14T22:13:20.250Z"
    clock.advance(86_400)
    assert Date().getTime() - Date(1_700_000_000_250) == 86_400_000
    assert Date.now() == Date().getTime()


def test_a_moment_that_is_rounded_shows_its_own_millisecond(clock: Clock) -> None:
    for milliseconds in (1_704_153_600_123, 1_719_878_400_001, 1_700_000_000_999):
        clock.set(milliseconds / 1000)
        assert Date.now() == milliseconds


def test_no_warning_is_left_of_timers_that_nobody_waits_for(clock: Clock) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        async def main() -> None:
            clock.start()
            setInterval(lambda: None, 100_000)
            setTimeout(lambda: None, 1)

        taropy.run(main)
        clock.advance(200)


# --- order ---------------------------------------------------------------------------------------------------------

sys.path.insert(0, str(Path(__file__).parents[1] / "runtime"))
orders = importlib.import_module("orders")
WITH_TIMERS = [
    each for each in orders.PROGRAMS if not each.calls_taro and {"setTimeout", "sleep"} & {*each.code.__code__.co_names}
]


class TimerHandle:
    """What `setTimeout` of the programs' own gives, with the timer of this library."""

    def __init__(self, work: Callable[[], object], ms: int) -> None:
        self._id = setTimeout(work, ms)

    def cancel(self) -> None:
        """Has it not be called."""
        clearTimeout(self._id)


@pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning")
@pytest.mark.parametrize("program", WITH_TIMERS, ids=str)
def test_the_order_of_timers_is_javascript_s(program: Any, Taro: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs that Node.js has run (tests/runtime/orders)."""
    play = playing_with_timers(monkeypatch)
    assert asyncio.run(play(program.code, len(program.recorded))) == program.recorded


@pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning")
@pytest.mark.parametrize("program", WITH_TIMERS, ids=str)
def test_it_is_the_same_when_the_clock_is_advanced(program: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    play = playing_with_timers(monkeypatch)

    async def main() -> list[str]:
        playing = asyncio.ensure_future(play(program.code, len(program.recorded)))
        while not playing.done():
            await clock.run_all()
            await asyncio.sleep(0)
        return await playing

    assert asyncio.run(main()) == program.recorded


def playing_with_timers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Coroutine[Any, Any, list[str]]]:
    """What plays a program, whose `setTimeout` is this library's."""
    for module in (*orders.MODULES, "common"):
        if hasattr(importlib.import_module(f"orders.{module}"), "setTimeout"):
            monkeypatch.setattr(f"orders.{module}.setTimeout", TimerHandle)
    play: Callable[..., Coroutine[Any, Any, list[str]]] = importlib.import_module("test_orders").play
    return play
