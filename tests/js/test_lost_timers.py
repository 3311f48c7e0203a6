"""Timers that are gone with the loop of a `taropy.run`, and that a test counts on."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import pytest

import taropy
from taropy.js import clearTimeout, requestAnimationFrame, setInterval, setTimeout
from taropy.phone import LostTimerWarning


@pytest.fixture
def clock() -> Any:
    clock = taropy.use("weapp").phone.clock
    clock.stop()
    return clock


def resend() -> None:
    raise AssertionError


@pytest.mark.parametrize(
    "move",
    [
        lambda clock: clock.advance(60),
        lambda clock: clock.advance_to(clock.now() + 60),
        lambda clock: clock.set(clock.now() + 60),
        lambda clock: clock.run_all(),
        lambda clock: taropy.run(clock.advance(60)),
    ],
    ids=["advance", "advance_to", "set", "run_all", "in another run"],
)
def test_who_moves_the_clock_past_it_is_told_at_the_line_that_has_set_it(clock: Any, move: Any) -> None:
    async def main() -> None:
        setTimeout(resend, 60_000)

    taropy.run(main)
    with pytest.warns(LostTimerWarning, match="setTimeout resend was due, and is gone with the event loop") as told:
        move(clock)
    assert (told[0].filename, told[0].lineno) == (__file__, inspect.getsourcelines(main)[1] + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clock.advance(60)  # it is told once


def test_nothing_is_said_of_what_no_test_counts_on(clock: Any) -> None:
    async def main() -> None:
        setTimeout(resend, 120_000)  # the clock does not get there
        setInterval(lambda: None, 1000)
        clearTimeout(setTimeout(resend, 1000))
        done: list[str] = []
        setTimeout(lambda: done.append("fired"), 1000)
        requestAnimationFrame(lambda _: done.append("drawn"))
        await clock.advance(1)
        assert done == ["drawn", "fired"]

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        taropy.run(main)
        clock.advance(60)


def test_nor_of_a_timer_whose_runtime_is_closed(clock: Any) -> None:
    async def main() -> None:
        setTimeout(resend, 1000)

    taropy.run(main)
    taropy.use("weapp")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clock.advance(60)


def test_nor_of_one_that_was_set_outside_any_loop_and_fires(clock: Any) -> None:
    done: list[str] = []
    setTimeout(lambda: done.append("fired"), 1000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clock.advance(60)
    assert done == ["fired"]


TEST = """
import taropy
from taropy.js import setTimeout

def test_it(Taro, phone):
    phone.clock.stop()
    done = []
    async def main():
        setTimeout(lambda: done.append(1), 1000)
    taropy.run(main)
    phone.clock.advance(2)
"""


def test_a_test_is_told_and_may_fail_by_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEST)
    result = pytester.runpytest_subprocess("-p", "no:xdist")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*.py:8: LostTimerWarning: setTimeout *lambda* was due, and is gone*"])
    result = pytester.runpytest_subprocess("-p", "no:xdist", "-W", "error::taropy.phone.LostTimerWarning")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*.py:8: setTimeout *lambda* was due, and is gone*"])
