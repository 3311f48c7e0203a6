"""Programs that are recorded and played, and native objects for them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import taropy

PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")

Program = Callable[[Any], Awaitable[Any]]


def recorded(file: Path, program: Program, platform: str = "weapp", over: Any = "phone", **options: Any) -> Any:
    """Runs the program over a host, and keeps what that does; gives what the program has returned."""
    with taropy.create(platform, host="record", over=over, trace=file, **options) as taro:
        return taropy.run(lambda: program(taro))


def played(file: Path, program: Program, platform: str = "weapp") -> Any:
    """Runs it from the trace, from which it is not to depart."""
    with taropy.create(platform, host="replay", trace=file) as taro:
        outcome = taropy.run(lambda: program(taro))
        assert taro.native.departures == []
        assert taro.native.unmade == []
    return outcome


def lines(file: Path) -> list[dict[str, Any]]:
    """The lines of a trace."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def written(file: Path, *lines: Any, platform: str = "weapp") -> Path:
    """A trace with these lines."""
    head = {"taropy-trace": 1, "platform": platform, "host": "phone"}
    file.write_text("".join(f"{json.dumps(line)}\n" for line in (head, *lines)), "utf-8")
    return file


class Later:
    """A native object whose calls are answered when the test says so, by their numbers from 0 on."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda options: self.calls.append((name, options))

    def succeed(self, number: int, **result: Any) -> None:
        """Answers a call."""
        self.calls[number][1]["success"](result)


async def turns(count: int = 5) -> None:
    """Lets the loop go round."""
    for _ in range(count):
        await asyncio.sleep(0)
