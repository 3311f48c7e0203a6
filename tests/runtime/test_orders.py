"""The order of things is JavaScript's: what the programs of `orders` log in Node.js, they log here.

A call answers alike whatever stands behind it: a native object that answers within the native call, as many a test
double does, one that answers when the loop comes round, or the phone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from natives import SmallPhone
from orders import MODULES, PROGRAMS, Program, python_sides

import taropy
from taropy import Promise

# Some programs leave a rejection, and go on.
pytestmark = [
    pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning"),
    pytest.mark.usefixtures("_rejections_may_be_left"),
]

# So long a program is waited for that does not log what it should; one that does is not waited for.
PATIENCE = 5
# So many turns of the loop it is given afterwards to log what it should not.
TURNS_AFTER = 10

HOSTS: dict[str, Callable[[], dict[str, Any]]] = {
    "answers at once": lambda: {"native": SmallPhone(lambda answer: answer())},
    "answers later": lambda: {"native": SmallPhone(lambda answer: asyncio.get_running_loop().call_soon(answer))},
    "phone": lambda: {"phone": taropy.Phone()},
}


class Trace:
    """What a program logs; `complete` is set when it is as much as it should be."""

    def __init__(self, expected: int) -> None:
        self.lines: list[str] = []
        self.complete = asyncio.Event()
        self._expected = expected

    def log(self, line: object) -> None:
        """The program's `log`."""
        self.lines.append(str(line))
        if len(self.lines) >= self._expected:
            self.complete.set()


async def play(program: Callable[[Callable[[object], None]], object], expected: int) -> list[str]:
    """What `program` logs; it is not waited for once it has logged as much as it should, but for a few turns."""
    trace = Trace(expected)
    # From the loop and not from a task, as the host calls a program.
    asyncio.get_running_loop().call_soon(program, trace.log)
    try:
        async with asyncio.timeout(PATIENCE):
            await trace.complete.wait()
    except TimeoutError:
        return [*trace.lines, "…and no more"]
    for _ in range(TURNS_AFTER):
        await asyncio.sleep(0)
    return trace.lines


@pytest.mark.parametrize("program", [each for each in PROGRAMS if not each.calls_taro], ids=str)
def test_a_program_logs_what_it_logs_in_javascript(program: Program) -> None:
    assert asyncio.run(play(program.code, len(program.recorded))) == program.recorded


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("program", [each for each in PROGRAMS if each.calls_taro], ids=str)
def test_so_does_one_that_calls_taro_whatever_answers(program: Program, host: str) -> None:
    with taropy.create("weapp", **HOSTS[host]()) as taro:
        logged = asyncio.run(play(lambda log: program.code(log, taro), len(program.recorded)))
    assert logged == program.recorded


@pytest.mark.parametrize("module", MODULES)
def test_every_program_has_two_sides(module: str) -> None:
    assert python_sides(module) == {each.name for each in PROGRAMS if each.module == module}


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(PROGRAMS) >= 180


@pytest.mark.anyio
async def test_a_line_too_many_is_noticed() -> None:
    def program(log: Callable[[object], None]) -> None:
        Promise.resolve().then(lambda _: log("job"))
        log("sync")

    assert await play(program, 1) == ["sync", "job"]
