"""Programs that wait for a clock which is stopped, and which nobody can move any more."""

from __future__ import annotations

import _thread
import asyncio
import inspect
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

import taropy
from taropy.js import setInterval, setTimeout
from taropy.phone import StoppedClock

Main = Callable[[Any], Coroutine[Any, Any, Any]]


@pytest.fixture
def clock() -> Any:
    clock = taropy.use("weapp").phone.clock
    clock.stop()
    return clock


async def sleeps(clock: Any) -> None:
    await clock.sleep(60)


async def awaits_a_timer(clock: Any) -> None:
    await taropy.Promise(lambda resolve, _: setTimeout(resolve, 60_000))


async def awaits_an_event_that_a_timer_sets(clock: Any) -> None:
    event = asyncio.Event()
    setTimeout(event.set, 60_000)
    await event.wait()


async def gathers(clock: Any) -> None:
    await asyncio.gather(clock.sleep(60), clock.sleep(70))


async def awaits_a_task(clock: Any) -> None:
    await asyncio.create_task(sleeps(clock))


async def is_in_a_group(clock: Any) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(clock.sleep(60))


async def leaves_one_who_sleeps(clock: Any) -> None:
    async def later() -> None:
        await clock.sleep(60)

    taropy.Promise.resolve(later())


async def has_called_before(clock: Any) -> None:
    """What a call that took its time has left in the loop, its deadline, is no reason to wait."""
    taropy.Taro.phone.network.route("https://api.example.com", lambda request: {})
    await taropy.Taro.request(url="https://api.example.com")
    await asyncio.to_thread(len, "")
    await clock.sleep(60)


async def ticks(clock: Any) -> None:
    setInterval(lambda: None, 1000)
    await asyncio.get_running_loop().create_future()


@pytest.mark.parametrize(
    "main",
    [
        sleeps, awaits_a_timer, awaits_an_event_that_a_timer_sets, gathers, awaits_a_task, is_in_a_group,
        leaves_one_who_sleeps, has_called_before, ticks,
    ],
)  # fmt: skip
def test_a_program_whose_clock_nobody_can_move_ends_with_an_error(clock: Any, main: Main) -> None:
    with pytest.raises(StoppedClock, match="Nobody is left who could move it"):
        taropy.run(main(clock))


def test_the_error_names_what_is_to_come_and_the_lines_of_the_program(clock: Any) -> None:
    async def main() -> None:
        setTimeout(print, 5000)
        await clock.sleep(60)

    with pytest.raises(StoppedClock) as caught:
        taropy.run(main)
    line = inspect.getsourcelines(main)[1]
    assert (
        f"setTimeout print in 5 s, set at test_standstill.py:{line + 1}; "
        f"sleep in {main.__qualname__} in 60 s, set at test_standstill.py:{line + 2}. " in str(caught.value)
    )
    assert str(caught.traceback[-1].path).endswith("clock.py")
    assert any(str(step.path) == __file__ and step.lineno + 1 == line + 2 for step in caught.traceback)


def test_a_promise_of_a_script_without_a_loop_is_told_as_well(clock: Any) -> None:
    with pytest.raises(StoppedClock, match=re.escape("setTimeout")):
        taropy.Promise(lambda resolve, _: setTimeout(resolve, 60_000)).result()


def _slow(clock: Any) -> taropy.Promise[Any]:
    clock.stop()
    taropy.Taro.phone.network.route("/slow", json={}, delay=5)
    return taropy.Taro.request(url="https://example.com/slow", timeout=20_000)


def test_a_request_that_the_clock_keeps_waiting_is_told_and_does_not_wait_for_taropys_own_limit(clock: Any) -> None:
    with pytest.raises(StoppedClock, match=re.escape("in 5 s; timeout of a call in 20 s")):
        _slow(clock).result()
    with pytest.raises(StoppedClock, match=re.escape("in 5 s")):
        taropy.run(_awaited_slow(clock))


async def _awaited_slow(clock: Any) -> None:
    await _slow(clock)


def test_a_call_whose_time_is_nearly_up_fails_by_its_own_limit() -> None:
    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    with taropy.create("weapp", apis={"getNetworkType": never}, timeout=1_500) as taro:
        taro.phone.clock.stop()
        taro.showToast(title="behind it")
        with pytest.raises(taropy.TaroError, match="getNetworkType:fail timeout"):
            taro.getNetworkType().result()


def test_a_program_may_go_on_after_it(clock: Any) -> None:
    async def main() -> float:
        before: float = clock.now()
        try:
            await clock.sleep(60)
        except StoppedClock:
            await clock.advance(30)
        return float(clock.now() - before)

    assert taropy.run(main) == 30


# --- no false alarm -------------------------------------------------------------------------------------------------

# A second each: longer than the looks take, in real time, after which a clock would count as stopped; that a look has
# found nothing is no event to wait for.


def test_what_a_program_has_left_that_has_ended_is_waited_for_by_nobody(clock: Any) -> None:
    taropy.Promise(lambda resolve, _: setTimeout(resolve, 60_000))
    taropy.use("weapp")  # another phone, whose program waits for something else

    def works(resolve: Callable[[str], None]) -> None:
        time.sleep(1)
        resolve("done")

    # A thread of which `threading`, and so the phone, knows nothing.
    promise = taropy.Promise(lambda resolve, _: _thread.start_new_thread(works, (resolve,)))
    assert promise.result() == "done"


async def another_task(clock: Any) -> None:
    async def moves() -> None:
        await asyncio.sleep(1)
        await clock.advance(60)

    asyncio.create_task(moves())  # noqa: RUF006 - the loop's timer has it


async def a_thread(clock: Any) -> None:
    loop, go = asyncio.get_running_loop(), threading.Event()

    def moves() -> None:
        go.wait(1)
        loop.call_soon_threadsafe(lambda: clock.set(clock.now() + 60))

    threading.Thread(target=moves).start()


async def work_in_an_executor(clock: Any) -> None:
    go = threading.Event()
    working = asyncio.get_running_loop().run_in_executor(None, go.wait, 1)
    working.add_done_callback(lambda _: clock.start() or clock.set(clock.now() + 60))


async def another_process(clock: Any) -> None:
    """Its end is heard of by a file that the loop watches."""
    loop = asyncio.get_running_loop()
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1)"], stdout=subprocess.PIPE)  # noqa: ASYNC220
    assert process.stdout is not None
    output = process.stdout

    def ended() -> None:
        loop.remove_reader(output)
        process.communicate()
        clock.set(clock.now() + 60)

    loop.add_reader(output, ended)


async def another_clock(clock: Any) -> None:
    other = taropy.Phone().clock

    async def moves() -> None:
        await other.sleep(1)
        await clock.advance(60)

    asyncio.create_task(moves())  # noqa: RUF006 - the other clock has it


@pytest.mark.parametrize("other", [another_task, a_thread, work_in_an_executor, another_process, another_clock])
def test_nothing_is_said_where_somebody_else_may_move_the_clock(clock: Any, other: Main) -> None:
    async def main() -> str:
        await other(clock)
        await clock.sleep(60)
        return "woken"

    assert taropy.run(main) == "woken"


# --- in tests -------------------------------------------------------------------------------------------------------

ASYNC_TESTS = """
import asyncio
import taropy
from taropy.js import setTimeout
import pytest

pytestmark = pytest.mark.anyio

@pytest.fixture
def anyio_backend():
    return "asyncio"

async def test_sleeps(Taro, phone):
    phone.clock.stop()
    await phone.clock.sleep(60)

async def test_awaits_a_timer(Taro, phone):
    phone.clock.stop()
    await taropy.Promise(lambda resolve, _: setTimeout(resolve, 1000))

async def test_with_a_task_of_its_own(Taro, phone):
    async def serves():
        await asyncio.Queue().get()
    serving = asyncio.create_task(serves())
    phone.clock.stop()
    try:
        await phone.clock.sleep(60)
    finally:
        serving.cancel()

async def test_all_is_well(Taro, phone):
    phone.clock.stop()
    sleeping = asyncio.create_task(phone.clock.sleep(60))
    await asyncio.sleep(1.2)
    await phone.clock.advance(60)
    await sleeping

def test_runs(Taro, phone):
    phone.clock.stop()
    async def main():
        await phone.clock.sleep(60)
    taropy.run(main)
"""


@pytest.mark.parametrize("options", [["-p", "no:xdist"], ["-n", "1"]])
def test_a_test_that_waits_for_ever_fails_at_its_line(pytester: pytest.Pytester, options: list[str]) -> None:
    pytester.makepyfile(ASYNC_TESTS)
    result = pytester.runpytest_subprocess(*options, timeout=60)
    result.assert_outcomes(failed=4, passed=1)
    said = result.stdout.str()
    assert len(re.findall(r"E +taropy\S+StoppedClock: the phone's clock is stopped", said)) == 4
    for line in ("await phone.clock.sleep(60)", "await taropy.Promise(lambda resolve, _: setTimeout(resolve, 1000))"):
        assert re.search(rf">   +{re.escape(line)}", said)
