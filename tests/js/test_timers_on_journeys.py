"""Timers of JavaScript while the phone's clock is advanced in a running loop: `await clock.advance(…)`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import Answer, WebServer

import taropy
from taropy.js import (
    Date,
    Promise,
    clearInterval,
    clearTimeout,
    queueMicrotask,
    requestAnimationFrame,
    setImmediate,
    setInterval,
    setTimeout,
)
from taropy.js.packages.lodash import debounce, throttle
from taropy.phone import Clock

pytestmark = pytest.mark.anyio

Log = list[Any]
BEGAN = 1_700_000_000


@pytest.fixture
def clock(Taro: Any, phone: taropy.Phone) -> Clock:
    """The clock of the phone that the process's Taro is on, stopped."""
    phone.clock.stop()
    phone.clock.set(BEGAN)
    return phone.clock


def at() -> int:
    """Milliseconds after the test began."""
    return Date.now() - BEGAN * 1000


def noting(log: Log, name: str) -> Callable[[], None]:
    return lambda: log.append((name, at()))


# --- order ---------------------------------------------------------------------------------------------------------


async def test_timers_fire_in_order_each_at_its_own_time(clock: Clock) -> None:
    log: Log = []
    for name, delay in (("c", 30), ("a", 10), ("b", 20), ("b too", 20), ("later", 60_001)):
        setTimeout(noting(log, name), delay)
    await clock.advance(60)
    assert log == [("a", 10), ("b", 20), ("b too", 20), ("c", 30)]
    assert at() == 60_000


async def test_an_async_callback_is_done_before_the_next_timer(clock: Clock) -> None:
    log: Log = []

    async def work() -> None:
        log.append(("begun", at()))
        await asyncio.sleep(0)
        await Promise.resolve()
        await asyncio.sleep(0)
        log.append(("done", at()))

    setTimeout(work, 10)
    setTimeout(noting(log, "next"), 10)
    await clock.advance(1)
    assert log == [("begun", 10), ("done", 10), ("next", 10)]


async def test_jobs_and_what_is_immediate_come_before_the_next_timer(clock: Clock) -> None:
    log: Log = []

    def first() -> None:
        setImmediate(noting(log, "immediate"))
        queueMicrotask(noting(log, "microtask"))
        Promise.resolve().then(lambda _: setTimeout(noting(log, "nested"), 0))
        log.append(("first", at()))

    setTimeout(first, 5)
    setTimeout(noting(log, "second"), 5)
    await clock.advance(1)
    assert log == [("first", 5), ("microtask", 5), ("immediate", 5), ("second", 5), ("nested", 6)]


async def test_what_has_begun_before_is_on_its_way_when_the_clock_goes(clock: Clock) -> None:
    log: Log = []

    async def begin() -> None:
        setTimeout(noting(log, "fired"), 500)

    beginning = asyncio.create_task(begin())
    await clock.advance(1)
    await beginning
    assert log == [("fired", 500)]


async def test_an_interval_that_ends_itself_and_one_that_another_timer_ends(clock: Clock) -> None:
    log: Log = []

    def count_down() -> None:
        log.append(("own", at()))
        if len(log) == 2:
            clearInterval(own)

    own = setInterval(count_down, 10)
    await clock.advance(1)
    assert log == [("own", 10), ("own", 20)]
    other = setInterval(noting(log, "other"), 10)
    setTimeout(clearInterval, 25, other)
    await clock.advance(1)
    assert log[2:] == [("other", 1010), ("other", 1020)]
    assert clock.timers == ()


async def test_what_another_timer_of_that_moment_clears_does_not_fire(clock: Clock) -> None:
    log: Log = []
    setTimeout(lambda: clearTimeout(second), 5)
    second = setTimeout(noting(log, "second"), 5)
    await clock.advance(1)
    assert log == []


@pytest.mark.parametrize("delay", [0, -5, None, float("nan"), 2**31])
async def test_no_delay_is_one_millisecond(clock: Clock, delay: Any) -> None:
    log: Log = []
    setTimeout(noting(log, "x"), delay)
    await clock.advance(0.001)
    assert log == [("x", 1)]


async def test_what_a_callback_raises_is_reported_and_the_journey_goes_on(clock: Clock) -> None:
    log: Log = []

    def fail() -> None:
        raise ValueError("no such thing")

    setTimeout(fail, 1)
    setTimeout(noting(log, "next"), 2)
    with pytest.warns(taropy.UnhandledRejectionWarning, match="no such thing"):
        await clock.advance(1)
    assert log == [("next", 2)]


# --- what programs do with timers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["weapp", "alipay", "tt", "h5", "rn", "harmony"])
async def test_a_poll_gets_each_answer_before_the_next_question(platform: str) -> None:
    """The server is a real one, and slower than the clock goes."""
    questions = count(1)
    log: Log = []

    def respond(received: Any) -> Answer:
        state = "paid" if next(questions) == 3 else "open"
        return Answer({"state": state}, headers=[("Access-Control-Allow-Origin", "*")])

    with WebServer(respond) as server, taropy.Phone() as phone, taropy.use(platform, phone=phone) as t:
        phone.clock.stop()
        phone.clock.set(BEGAN)

        async def poll() -> None:
            reply = await t.request(url=server.url(), timeout=3000)
            log.append((at(), reply.data["state"]))
            if reply.data["state"] == "open":
                setTimeout(poll, 5000)

        setTimeout(poll, 5000)
        await phone.clock.advance(60)
    assert log == [(5000, "open"), (10_000, "open"), (15_000, "paid")]


async def test_a_debounce_waits_for_the_last_and_a_throttle_does_not(clock: Clock) -> None:
    log: Log = []
    search = debounce(lambda text: log.append(("search", text, at())), 300)
    scrolled = throttle(lambda: log.append(("scrolled", at())), 100)
    for text in ("t", "te", "tea"):
        search(text)
        scrolled()
        await clock.advance(0.2)
    await clock.run_all()
    assert [entry for entry in log if entry[0] == "search"] == [("search", "tea", 700)]
    assert [entry for entry in log if entry[0] == "scrolled"] == [("scrolled", 0), ("scrolled", 200), ("scrolled", 400)]


async def test_the_timers_that_are_set_say_what_they_call_and_where(clock: Clock) -> None:
    def resend() -> None:
        pass

    setInterval(resend, 1000)
    requestAnimationFrame(resend)
    debounce(resend, 60_000)()
    kinds = [(timer.kind, timer.seconds) for timer in clock.timers]
    assert kinds == [("requestAnimationFrame", 0.016667), ("setInterval", 1), ("setTimeout", 60)]
    assert {timer.file for timer in clock.timers} == {__file__}
    lines = [timer.line or 0 for timer in clock.timers]
    assert lines == [lines[1] + 1, lines[1], lines[1] + 2]
    assert "resend in 1 s, set at test_timers_on_journeys.py" in str(clock.timers[1])


# --- intercepted ---------------------------------------------------------------------------------------------------


async def test_taro_s_interceptor_of_timeouts_goes_by_the_clock(Taro: Any, clock: Clock, phone: taropy.Phone) -> None:
    phone.faults.hang("request")
    Taro.addInterceptor(Taro.interceptors.timeoutInterceptor)
    told: Log = []
    asking = Taro.request(url="https://example.com", timeout=3000).catch(told.append)
    await clock.advance(2.9)
    assert told == []
    await clock.advance(0.1)
    assert "超时" in told[0].errMsg
    await asking


# --- a model -------------------------------------------------------------------------------------------------------


@attrs.frozen
class Step:
    """A timer: when it is due, in which way, and what it does; `clears` is the number of another that was set."""

    delay: int
    times: int
    sets: tuple[Step, ...]
    clears: int | None
    waits: bool


def steps(inner: st.SearchStrategy[Step] | None = None) -> st.SearchStrategy[Step]:
    sets = st.just(()) if inner is None else st.lists(inner, max_size=2).map(tuple)
    clears = st.none() | st.integers(0, 8)
    return st.builds(Step, st.integers(-1, 12), st.integers(1, 4), sets, clears, st.booleans())


class Model:
    """What JavaScript does: a queue by time and turn. An interval is queued anew when it has been called."""

    def __init__(self) -> None:
        self.now = 0
        self.log: Log = []
        self.numbers = count()
        self.left: dict[int, int] = {}
        self._turns = count()
        self._queue: list[tuple[int, int, int, Step]] = []

    def set(self, step: Step) -> None:
        number = next(self.numbers)
        self.left[number] = step.times
        self._push(number, step)

    def _push(self, number: int, step: Step) -> None:
        heappush(self._queue, (self.now + max(1, step.delay), next(self._turns), number, step))

    def advance(self, milliseconds: int) -> None:
        goal = self.now + milliseconds
        while self._queue and self._queue[0][0] <= goal:
            self.now, _, number, step = heappop(self._queue)
            if number in self.left:
                self._fire(number, step)
        self.now = goal

    def _fire(self, number: int, step: Step) -> None:
        self.log.append((number, self.now))
        self.left[number] -= 1
        for each in step.sets:
            self.set(each)
        if step.clears is not None:
            self.left.pop(step.clears, None)
        if self.left.get(number) == 0:
            del self.left[number]
        if number in self.left:
            self._push(number, step)


class Real:
    """The same by `setTimeout` and `setInterval`. Callbacks that wait go on after some turns of the loop."""

    def __init__(self) -> None:
        self.log: Log = []
        self.numbers = count()
        self.ids: dict[int, int] = {}
        self.left: dict[int, int] = {}

    def set(self, step: Step) -> None:
        number = next(self.numbers)
        self.left[number] = step.times
        one = setTimeout if step.times == 1 else setInterval
        self.ids[number] = one(self._waiting if step.waits else self._fire, step.delay, number, step)

    async def _waiting(self, number: int, step: Step) -> None:
        self._fire(number, step)
        await asyncio.sleep(0)
        await Promise.resolve()
        self.log.append(("waited", number, at()))

    def _fire(self, number: int, step: Step) -> None:
        self.log.append((number, at()))
        self.left[number] -= 1
        for each in step.sets:
            self.set(each)
        if step.clears is not None:
            clearTimeout(self.ids.get(step.clears))
        if self.left[number] == 0:
            clearTimeout(self.ids[number])


def awaited(phone: taropy.Phone, begin: Callable[[], None], parts: list[int]) -> None:
    async def main() -> None:
        begin()
        for part in parts:
            await phone.clock.advance(part / 1000)

    taropy.run(main)


def bare(phone: taropy.Phone, begin: Callable[[], None], parts: list[int]) -> None:
    async def main() -> None:
        begin()
        for part in parts:
            phone.clock.advance(part / 1000)
        await taropy.settled()

    taropy.run(main)


def script(phone: taropy.Phone, begin: Callable[[], None], parts: list[int]) -> None:
    begin()
    for part in parts:
        phone.clock.advance(part / 1000)


@pytest.mark.parametrize("way", [awaited, bare, script])
@given(program=st.lists(steps(steps(steps())), max_size=5), parts=st.lists(st.integers(0, 25), min_size=1, max_size=4))
def test_made_up_programs_fire_as_in_a_model(
    way: Callable[[taropy.Phone, Callable[[], None], list[int]], None], program: list[Step], parts: list[int]
) -> None:
    with taropy.Phone() as phone, taropy.use("weapp", phone=phone):
        phone.clock.stop()
        phone.clock.set(BEGAN)
        model, real = Model(), Real()

        def begin() -> None:
            for step in program:
                real.set(step)

        way(phone, begin, parts)
        assert at() == sum(parts)
        for step in program:
            model.set(step)
        for part in parts:
            model.advance(part)
    assert [entry for entry in real.log if entry[0] != "waited"] == model.log
    if way is not bare:  # what waits has ended before the next fires, and the clock has not gone on
        for first, then in zip(real.log, real.log[1:], strict=False):
            assert then[0] != "waited" or (then[1], then[2]) == first


def test_timers_of_a_run_that_has_ended_are_not_to_come() -> None:
    with taropy.Phone() as phone, taropy.use("weapp", phone=phone):
        phone.clock.stop()

        async def main() -> None:
            setInterval(lambda: None, 1000)
            assert len(phone.clock.timers) == 1

        taropy.run(main)
        assert phone.clock.timers == ()
        assert phone.clock.next_timer is None
