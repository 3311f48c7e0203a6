"""`taropy.run` says for what it waits long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import taropy
from taropy.js import clearTimeout, setTimeout

HOURS = 2 * 3600 * 1000


def test_who_leaves_a_timer_of_two_hours_is_told_at_its_line() -> None:
    async def main() -> None:
        timer = setTimeout(refresh, HOURS)
        asyncio.get_running_loop().call_later(0.05, clearTimeout, timer)

    def refresh() -> None:
        raise AssertionError

    with pytest.warns(taropy.LongWaitWarning, match=r"taropy\.run waits 7200 s for setTimeout .*refresh") as told:
        taropy.run(main)
    assert [(Path(each.filename).name, each.lineno) for each in told] == [("test_long_waits.py", 18)]


@pytest.mark.filterwarnings("error::taropy.LongWaitWarning")
def test_a_test_may_fail_by_it_instead_of_waiting() -> None:
    async def main() -> None:
        setTimeout(print, HOURS)

    with pytest.raises(taropy.LongWaitWarning):
        taropy.run(main)


@pytest.mark.filterwarnings("error::taropy.LongWaitWarning")
def test_nothing_is_said_of_short_timers_intervals_and_stopped_clocks(phone: taropy.Phone) -> None:
    done = []

    async def main() -> None:
        setTimeout(done.append, 5, 1)

    taropy.run(main)
    assert done == [1]
    phone.clock.stop()

    async def later() -> None:
        setTimeout(done.append, HOURS, 2)

    taropy.run(later)
    assert done == [1]
