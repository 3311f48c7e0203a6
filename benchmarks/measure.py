"""Measuring: two things by turns in one process, so that whatever else the machine does hits both."""

from __future__ import annotations

import gc
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from importlib.metadata import PackageNotFoundError, version

import attrs

ROUNDS = 7

# What is measured within a loop: does its work as often as it is told.
Work = Callable[[int], Awaitable[object]]


class Skipped(Exception):
    """What is to be measured cannot be had here; the message says why."""


@attrs.frozen
class Result:
    """One ratio: `ours` beside `theirs`, and what the ratio may be."""

    name: str
    ours: str
    theirs: str
    ratio: float
    target: str
    holds: bool


def versioned(peer: str) -> str:
    """What something is measured beside, with the version that is installed: `pluggy 1.5.0 hook`."""
    package, _, rest = peer.partition(" ")
    if package == "sqlite3":
        return f"sqlite3 {sqlite3.sqlite_version} {rest}".strip()
    try:
        return f"{package} {version(package)} {rest}".strip()
    except PackageNotFoundError:
        return peer


def at_most(name: str, ours: tuple[str, float], theirs: tuple[str, float], limit: float, unit: str = "µs") -> Result:
    """`ours` may cost at most `limit` times `theirs`."""
    ratio = ours[1] / theirs[1]
    shown = [f"{what} {cost:,.2f} {unit}" for what, cost in (ours, (versioned(theirs[0]), theirs[1]))]
    return Result(name, shown[0], shown[1], ratio, f"at most {limit:g}", ratio <= limit)


def at_least(name: str, ours: tuple[str, float], theirs: tuple[str, float], limit: float, unit: str) -> Result:
    """The rate of `ours` must be at least `limit` times that of `theirs`."""
    ratio = ours[1] / theirs[1]
    shown = [f"{what} {rate:,.0f} {unit}" for what, rate in (ours, (versioned(theirs[0]), theirs[1]))]
    return Result(name, shown[0], shown[1], ratio, f"at least {limit:g}", ratio >= limit)


def by_turns(*works: Callable[[], object], number: int) -> list[float]:
    """Microseconds a call of each, the median of several rounds in which each gets its turn."""
    return by_turns_counted(*(partial(_repeat, work) for work in works), number=number)


def by_turns_counted(*works: Callable[[int], object], number: int) -> list[float]:
    """As `by_turns`, for functions that do the work `number` times by themselves."""
    rounds = [[_timed(work, number) for work in works] for _ in range(ROUNDS)]
    return [statistics.median(times) / number * 1e6 for times in zip(*rounds, strict=True)]


def _repeat(work: Callable[[], object], number: int) -> None:
    for _ in range(number):
        work()


def _timed(work: Callable[[int], object], number: int) -> float:
    gc.collect()
    start = time.perf_counter()
    work(number)
    return time.perf_counter() - start


def keep_large_blocks() -> None:
    """Has glibc keep the memory of large blocks from now on, as it does when one of this size was freed.

    Until then it fetches the 256 KB that asyncio asks for at each read from the system and gives them back, which takes
    longer than all the rest; and any of the clients may be the one that ends that, for those that come after it too.
    """
    bytes(2**20)


async def by_turns_async(*works: Work, number: int) -> list[float]:
    """As `by_turns`, for coroutine functions that do the work `number` times by themselves."""
    rounds = [[await _timed_async(work, number) for work in works] for _ in range(ROUNDS)]
    return [statistics.median(times) / number * 1e6 for times in zip(*rounds, strict=True)]


async def _timed_async(work: Work, number: int) -> float:
    gc.collect()
    start = time.perf_counter()
    await work(number)
    return time.perf_counter() - start


def fresh_processes(*programs: str, rounds: int = 9) -> list[float]:
    """Milliseconds that each program takes in a process of its own, start of Python apart; the median, by turns.

    All modules are compiled beforehand, as those of installed packages are.
    """
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        measured = [[float(output_of(timed(program), environment)) for program in programs] for _ in range(rounds + 1)]
    return [statistics.median(times) for times in zip(*measured[1:], strict=True)]


def timed(program: str, clock: str = "perf_counter") -> str:
    """The program, which then prints how many milliseconds it took, by a clock of the module `time`."""
    return f"from time import {clock} as _now; _s = _now()\n{program}\nprint((_now() - _s) * 1e3)"


def output_of(program: str, environment: Mapping[str, str]) -> str:
    """The last line that the program prints, run in a process of its own."""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()[-1]
