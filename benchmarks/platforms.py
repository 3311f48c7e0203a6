"""What a platform's table adds to a call, and what the other platforms add to a program's start."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import taropy
from taropy import spec

from .measure import Result, Work, at_most, by_turns_async, fresh_processes

CALLS, TURNS = 4_000, 5
OTHERS_LIMIT = 15.0

# The registry as it is, or with the plugin of one platform alone among those that come with taropy.
LOAD_ALL = "from taropy.runtime.plugins import registry\nregistry()"
LOAD_ONE = """
import importlib.metadata as metadata
entry_points = metadata.entry_points
metadata.entry_points = lambda **kind: [point for point in entry_points(**kind) if point.name == "weapp"]
from taropy.runtime.plugins import registry
assert list(registry().platforms) == ["weapp"]
"""


def results() -> list[Result]:
    """A call that a table changes, beside one that it leaves as it is; ten plugins, beside one."""
    adapted, identical = asyncio.run(_scans())
    every, single = fresh_processes(LOAD_ALL, LOAD_ONE, rounds=25)
    return [
        at_most("await Taro.scanCode()", ("alipay", adapted), ("weapp", identical), 1.3),
        at_most(
            f"plugins of {len(spec.PLATFORMS)} platforms", ("beside one", every - single), ("limit", OTHERS_LIMIT), 1,
            "ms",
        ),
    ]  # fmt: skip


def works() -> dict[str, Work]:
    """`scanCode` on alipay, whose table changes options and result, and on weapp."""
    my = SimpleNamespace(scan=_answering({"code": "6901234567892", "errMsg": "scan:ok"}))
    wx = SimpleNamespace(scanCode=_answering({"result": "6901234567892", "errMsg": "scanCode:ok"}))
    return {
        "await Taro.scanCode() on alipay": _scanning(taropy.create("alipay", native=my)),
        "await Taro.scanCode() on weapp": _scanning(taropy.create("weapp", native=wx)),
    }


async def _scans() -> list[float]:
    """Microseconds of one call of each."""
    turns = [await by_turns_async(*works().values(), number=CALLS) for _ in range(TURNS)]
    return [statistics.median(costs) for costs in zip(*turns, strict=True)]


def _answering(answer: Mapping[str, Any]) -> Callable[[dict[str, Any]], None]:
    """A native function that answers at once."""
    return lambda options: options["success"](answer)


def _scanning(taro: Any) -> Work:
    async def scan(number: int) -> None:
        for _ in range(number):
            await taro.scanCode()

    return scan
