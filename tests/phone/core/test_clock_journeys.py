"""Moving the phone's clock: what happens on its way, in a running loop and outside one."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from servers import Answer, RawServer, WebServer, saying

import taropy
from taropy.phone import Clock, EndlessTimers, Phone

pytestmark = pytest.mark.anyio

BEGAN = 1_700_000_000.0


@pytest.fixture
def clock(phone: Phone) -> Clock:
    phone.clock.set(BEGAN)
    return phone.clock


def seconds(clock: Clock) -> float:
    """How far the clock has gone since the test began."""
    return round(clock.now() - BEGAN, 3)


# --- in a running loop -------------------------------------------------------------------------------------------


async def test_who_sleeps_again_and_again_is_woken_at_each_time(clock: Clock) -> None:
    seen: list[float] = []

    async def tick() -> None:
        while True:
            await clock.sleep(10)
            seen.append(seconds(clock))

    ticking = asyncio.create_task(tick())
    await clock.advance(35)
    assert seen == [10, 20, 30]
    assert seconds(clock) == 35
    ticking.cancel()


async def test_what_one_has_begun_is_done_before_the_next_is_woken(clock: Clock) -> None:
    log: list[str] = []

    async def work(name: str, at: float) -> None:
        await clock.sleep(at)
        log.append(f"{name} begins")
        for _ in range(20):
            await asyncio.sleep(0)
        log.append(f"{name} ends")

    tasks = [asyncio.create_task(work("b", 2)), asyncio.create_task(work("a", 1))]
    await clock.advance(3)
    assert log == ["a begins", "a ends", "b begins", "b ends"]
    await asyncio.gather(*tasks)


async def test_real_answers_come_in_on_the_way(phone: Phone, clock: Clock) -> None:
    """The server is a real one; each question is answered before the clock goes on, so none takes too long."""
    seen: list[tuple[float, Any]] = []

    async def poll(t: Any, url: str) -> None:
        for _ in range(3):
            await clock.sleep(5)
            reply = await t.request(url=url, timeout=3000)
            seen.append((seconds(clock), reply.data))

    with WebServer(lambda received: Answer("ok")) as server, taropy.create("weapp", phone=phone) as t:
        polling = asyncio.create_task(poll(t, server.url()))
        await clock.advance(60)
        await polling
    assert seen == [(5, "ok"), (10, "ok"), (15, "ok")]


async def test_a_server_that_says_nothing_holds_the_clock_up_only_so_long(phone: Phone, clock: Clock) -> None:
    clock.work.patience = 0.01
    with RawServer(saying(b"", then="wait")) as server, taropy.create("weapp", phone=phone) as t:
        asking = asyncio.ensure_future(_failure(t.request(url=server.url(), timeout=3000)))
        await clock.advance(2.9)
        assert not asking.done()
        await clock.advance(0.1)
        assert asking.result() == "request:fail timeout"


async def _failure(call: Awaitable[Any]) -> str:
    with pytest.raises(taropy.TaroError) as caught:
        await call
    return str(caught.value.errMsg)


async def test_an_async_function_that_never_rests_does_not_hold_the_clock_up(clock: Clock) -> None:
    async def poll() -> None:
        for _ in count():
            await asyncio.sleep(0)

    polling = asyncio.create_task(poll())
    await clock.advance(5)
    assert seconds(clock) == 5
    polling.cancel()


async def test_journeys_go_one_after_another(clock: Clock) -> None:
    log: list[float] = []

    async def tick() -> None:
        for _ in range(4):
            await clock.sleep(5)
            log.append(seconds(clock))

    ticking = asyncio.create_task(tick())
    await asyncio.gather(clock.advance(10), clock.advance(10))
    await ticking
    assert (log, seconds(clock)) == ([5, 10, 15, 20], 20)


async def test_what_moves_the_clock_on_the_way_goes_on_when_the_journey_has_ended(clock: Clock) -> None:
    async def further() -> None:
        await clock.sleep(5)
        await clock.advance(10)

    going = asyncio.create_task(further())
    await clock.advance(7)
    await going
    assert seconds(clock) == 17


async def test_a_journey_that_is_cancelled_leaves_the_clock_where_it_is(phone: Phone) -> None:
    clock = phone.clock
    clock.start()
    reached = asyncio.Event()

    async def stay() -> None:
        await clock.sleep(5)
        reached.set()
        for _ in count():
            await asyncio.sleep(0)

    began = clock.now()
    staying = asyncio.create_task(stay())
    going = asyncio.ensure_future(clock.advance(60))
    await reached.wait()
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert began + 5 <= clock.now() < began + 60
    assert not clock.stopped
    staying.cancel()


async def test_a_running_clock_stands_on_its_way_and_runs_again_afterwards(phone: Phone) -> None:
    clock = phone.clock
    clock.start()
    shown: list[float] = []

    async def look() -> None:
        await clock.sleep(5)
        first = clock.now()
        await asyncio.sleep(0.002)
        shown.extend((first, clock.now()))

    looking = asyncio.create_task(look())
    await clock.advance(5)
    assert not clock.stopped
    await looking
    before = clock.now()
    await asyncio.sleep(0.002)
    assert clock.now() > before


async def test_a_journey_may_be_awaited_again(clock: Clock) -> None:
    journey = clock.advance(5)
    await journey
    await journey
    assert seconds(clock) == 5


# --- not awaited ---------------------------------------------------------------------------------------------------


async def test_a_bare_advance_moves_the_clock_in_one_go(clock: Clock) -> None:
    seen: list[float] = []

    async def wait(at: float) -> None:
        await clock.sleep(at)
        seen.append(seconds(clock))

    tasks = [asyncio.create_task(wait(at)) for at in (1, 2)]
    await asyncio.sleep(0)
    clock.advance(5)
    assert seconds(clock) == 5
    assert seen == []
    await asyncio.gather(*tasks)
    assert seen == [5, 5]


async def test_a_journey_that_is_kept_begins_when_it_is_awaited(clock: Clock) -> None:
    journey = clock.advance(5)
    assert seconds(clock) == 0
    assert repr(journey) == "<Journey clock.advance(5), not begun>"
    await journey
    assert seconds(clock) == 5


async def test_one_that_is_left_to_another_task_and_never_awaited_is_told_of(clock: Clock) -> None:
    left = [clock.advance(5)]

    async def drop() -> None:
        left.clear()

    with pytest.warns(RuntimeWarning, match=r"clock\.advance\(5\) was never awaited") as told:
        await asyncio.create_task(drop())
    assert told[0].filename == __file__
    assert seconds(clock) == 0


async def test_what_ends_the_program_on_the_way_is_not_swallowed(clock: Clock) -> None:
    def fail() -> None:
        raise ValueError("from an alarm")

    told: list[Any] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: told.append(context["exception"]))
    clock.call_at(clock.now() + 1, fail, loop)
    clock.advance(5)
    await asyncio.sleep(0)
    loop.set_exception_handler(None)
    assert [str(error) for error in told] == ["from an alarm"]


# --- outside a loop ------------------------------------------------------------------------------------------------


def test_a_script_advances_the_clock_and_all_has_happened(clock: Clock) -> None:
    log: list[tuple[str, float]] = []
    loop = asyncio.new_event_loop()

    async def tick() -> None:
        for _ in range(3):
            await clock.sleep(1)
            log.append(("tick", seconds(clock)))

    async def begin() -> asyncio.Task[None]:
        task = asyncio.create_task(tick())
        await asyncio.sleep(0)
        return task

    task = loop.run_until_complete(begin())
    clock.advance(60)
    assert log == [("tick", 1), ("tick", 2), ("tick", 3)]
    assert task.done()
    loop.close()


def test_another_thread_moves_it_for_a_loop_that_runs(clock: Clock) -> None:
    async def main() -> float:
        thread = threading.Thread(target=clock.advance, args=(10,))
        sleeping = asyncio.create_task(clock.sleep(5))
        await asyncio.sleep(0)
        thread.start()
        await sleeping
        await asyncio.to_thread(thread.join)
        return seconds(clock)

    assert asyncio.run(main()) == 10


def test_a_server_s_answer_comes_in_while_the_clock_stands(phone: Phone) -> None:
    with WebServer(lambda received: Answer("ok")) as server, taropy.create("weapp", phone=phone) as t:
        assert phone.clock.stopped
        assert t.request(url=server.url()).result().data == "ok"


# --- how far -------------------------------------------------------------------------------------------------------


def test_it_does_not_go_back_by_advancing_or_by_what_is_no_number(clock: Clock) -> None:
    for wrong in (-1, -0.001, float("nan")):
        with pytest.raises(ValueError, match="not negative"):
            clock.advance(wrong)


@pytest.mark.parametrize(
    "moment",
    [
        BEGAN + 3600,
        datetime.fromtimestamp(BEGAN + 3600, UTC),
        datetime.fromtimestamp(BEGAN + 3600, ZoneInfo("Asia/Tokyo")),
        datetime.fromtimestamp(BEGAN + 3600),
    ],
)
def test_it_advances_to_a_moment(clock: Clock, moment: float | datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TZ", raising=False)
    clock.advance_to(moment)
    assert seconds(clock) == 3600


@pytest.mark.parametrize(
    ("zone", "day", "hours"), [("Asia/Shanghai", 14, 24), ("Europe/Berlin", 25, 25), ("Europe/Berlin", 29, 23)]
)
def test_midnight_is_that_of_the_zone_and_days_may_be_longer(
    clock: Clock, zone: str, day: int, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    month = {14: 6, 25: 10, 29: 3}[day]
    clock.set(datetime(2025, month, day, 12))
    clock.advance_to(time(0))
    midnight = clock.now()
    assert datetime.fromtimestamp(midnight, ZoneInfo(zone)) == datetime(2025, month, day + 1, tzinfo=ZoneInfo(zone))
    clock.advance_to(time(0))
    assert clock.now() - midnight == hours * 3600


def test_a_time_of_day_may_name_its_zone(clock: Clock) -> None:
    clock.set(datetime(2025, 6, 1, 12, tzinfo=UTC))
    clock.advance_to(time(12, tzinfo=UTC))
    assert datetime.fromtimestamp(clock.now(), UTC) == datetime(2025, 6, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("move", "error", "words"),
    [
        (lambda clock: clock.set(1_764_000_000_000), ValueError, "divided by 1000"),
        (lambda clock: clock.advance_to(1_764_000_000_000), ValueError, "divided by 1000"),
        (lambda clock: clock.set(math.nan), ValueError, "no date is nan seconds"),
        (lambda clock: clock.advance(math.inf), ValueError, "no date is inf seconds"),
        (lambda clock: clock.set("2026-03-01"), TypeError, "a datetime, or seconds"),
        (lambda clock: clock.advance(timedelta(minutes=1)), ValueError, "and not by"),
        (lambda clock: clock.run_all(limit=-1), ValueError, "one or more"),
        (lambda clock: clock.run_all(limit=None), ValueError, "one or more"),
    ],
)
def test_a_clock_is_not_moved_to_where_no_date_is(
    clock: Clock, move: Callable[[Clock], object], error: type[Exception], words: str
) -> None:
    before = clock.now()
    with pytest.raises(error, match=words):
        move(clock)
    assert clock.now() == before


def test_a_moment_that_has_been_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="has been"):
        clock.advance_to(BEGAN - 1)
    with pytest.raises(ValueError, match="has been"):
        clock.advance_to(datetime.fromtimestamp(BEGAN, UTC) - timedelta(days=1))


async def test_until_nothing_waits(clock: Clock) -> None:
    async def nap() -> str:
        await clock.sleep(60)
        await clock.sleep(600)
        return "rested"

    napping = asyncio.create_task(nap())
    await clock.run_all()
    assert (napping.result(), seconds(clock)) == ("rested", 660)
    assert clock.timers == ()


async def test_what_never_ends_is_named(clock: Clock) -> None:
    async def tick() -> None:
        while True:
            await clock.sleep(1)

    ticking = asyncio.create_task(tick())
    with pytest.raises(EndlessTimers, match=r"10 timers have fired.*sleep in .*tick in 1 s, set at test_clock_journ"):
        await clock.run_all(limit=10)
    assert seconds(clock) == 10
    ticking.cancel()


async def test_what_is_pending_now_and_no_more(clock: Clock) -> None:
    seen: list[float] = []

    async def tick() -> None:
        while True:
            await clock.sleep(10)
            seen.append(seconds(clock))

    tasks = [asyncio.create_task(tick()), asyncio.create_task(clock.sleep(25))]
    await asyncio.sleep(0)
    await clock.run_pending()
    assert (seen, seconds(clock)) == ([10, 20], 25)
    tasks[0].cancel()
    await asyncio.sleep(0)
    await clock.run_pending()
    assert seconds(clock) == 25


# --- what is to come -----------------------------------------------------------------------------------------------


async def test_what_is_to_come_says_when_what_and_where(clock: Clock) -> None:
    async def countdown() -> None:
        await clock.sleep(60)

    tasks = [asyncio.create_task(countdown())]
    await asyncio.sleep(0)
    timer = clock.next_timer
    assert timer is not None
    assert (timer.moment, timer.seconds, timer.kind) == (BEGAN + 60, 60, "sleep")
    assert (timer.file, timer.line) == (__file__, countdown.__code__.co_firstlineno + 1)
    assert str(timer).startswith("sleep in test_what_is_to_come")
    assert str(timer).endswith(f"countdown in 60 s, set at test_clock_journeys.py:{timer.line}")
    assert clock.timers == (timer,)
    assert clock.next == BEGAN + 60
    await clock.advance(60)
    assert (clock.timers, clock.next_timer, clock.next) == ((), None, None)
    await asyncio.gather(*tasks)


async def test_what_the_phone_itself_waits_for_has_no_place(phone: Phone, clock: Clock) -> None:
    with taropy.create("weapp", phone=phone) as t:
        phone.faults.delay("login", 30)
        asking = t.login()
        await asyncio.sleep(0)
        assert str(clock.next_timer) == "sleep of the phone in 30 s"
        await clock.run_all()
        assert (await asking).errMsg == "login:ok"


# --- how long something may take -----------------------------------------------------------------------------------


async def test_a_block_that_takes_longer_ends_with_a_timeout(clock: Clock) -> None:
    async def wait(limit: float) -> str:
        try:
            async with clock.timeout(limit):
                await clock.sleep(10)
        except TimeoutError:
            return f"too long at {seconds(clock):g}"
        return f"done at {seconds(clock):g}"

    tasks = [asyncio.create_task(wait(limit)) for limit in (5, 10.5)]
    await clock.advance(60)
    assert [task.result() for task in tasks] == ["too long at 5", "done at 10"]


async def test_the_end_of_a_timeout_is_no_timer_and_run_all_does_not_go_there(clock: Clock) -> None:
    async with clock.timeout(60):
        assert clock.timers == ()
        await clock.run_all()
    assert seconds(clock) == 0


async def test_a_timeout_in_a_running_clock_takes_real_time(phone: Phone) -> None:
    phone.clock.start()
    with pytest.raises(TimeoutError):
        async with phone.clock.timeout(0.001):
            await asyncio.Event().wait()


async def test_who_cancels_is_not_taken_for_the_timeout(clock: Clock) -> None:
    async def wait() -> None:
        async with clock.timeout(60):
            await asyncio.Event().wait()

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


# --- set back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wait", [lambda clock: clock.sleep(60), lambda clock: _limited(clock, 60)])
async def test_who_waits_a_minute_still_does_when_the_clock_is_set_back(
    clock: Clock, wait: Callable[[Clock], Any]
) -> None:
    waiting = asyncio.create_task(wait(clock))
    await asyncio.sleep(0)
    clock.set(BEGAN - 3600)
    await clock.advance(59)
    assert not waiting.done()
    await clock.advance(1)
    assert waiting.done()


async def _limited(clock: Clock, limit: float) -> None:
    with pytest.raises(TimeoutError):
        async with clock.timeout(limit):
            await asyncio.Event().wait()


async def test_a_request_has_its_time_also_when_the_clock_is_set_back(phone: Phone, clock: Clock) -> None:
    clock.work.patience = 0.01
    with RawServer(saying(b"", then="wait")) as server, taropy.create("weapp", phone=phone) as t:
        asking = asyncio.ensure_future(_failure(t.request(url=server.url(), timeout=3000)))
        await asyncio.sleep(0)
        clock.set(BEGAN - 3600)
        await clock.advance(2.9)
        assert not asking.done()
        await clock.advance(0.1)
        assert asking.result() == "request:fail timeout"


# --- two phones ----------------------------------------------------------------------------------------------------


async def test_the_clocks_of_two_phones_share_nothing(clock: Clock) -> None:
    other = Phone().clock
    other.stop()
    sleeping = asyncio.create_task(other.sleep(5))
    await clock.advance(60)
    assert not sleeping.done()
    await other.advance(5)
    assert sleeping.done()
