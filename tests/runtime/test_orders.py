"""The order of things is JavaScript's: what the programs of `orders` log in Node.js, they log here.

A call answers alike whatever stands behind it: a native object that answers within the native call, as many a test
double does, one that answers when the loop comes round, or the phone.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from orders import async_functions

import taropy
from taropy import Promise, UnhandledRejectionWarning

FOLDER = Path(async_functions.__file__).parent
RECORDED: dict[str, Any] = json.loads((FOLDER / "recorded.json").read_text("utf-8"))
MODULES = [name for name in RECORDED if name != "generated"]

# So long a program is waited for that does not log what it should; one that does is not waited for.
PATIENCE = 5
# So many turns of the loop it is given afterwards to log what it should not.
TURNS_AFTER = 10


class Small:
    """A native object with the few functions that the programs call; `answer` calls a function at once, or later."""

    def __init__(self, answer: Callable[[Callable[[], None]], object]) -> None:
        self._answer = answer
        self._store: dict[str, Any] = {}

    def login(self, options: dict[str, Any]) -> None:
        self._end("login", options, {"code": "a-code"})

    def getNetworkType(self, options: dict[str, Any]) -> None:
        self._end("getNetworkType", options, {"networkType": "wifi"})

    def setStorage(self, options: dict[str, Any]) -> None:
        self.setStorageSync(options["key"], options["data"])
        self._end("setStorage", options, {})

    def getStorage(self, options: dict[str, Any]) -> None:
        key = options["key"]
        self._end("getStorage", options, {"data": self._store[key]} if key in self._store else None)

    def setStorageSync(self, key: str, data: Any) -> None:
        self._store[key] = data

    def getStorageSync(self, key: str) -> Any:
        return self._store.get(key, "")

    def _end(self, name: str, options: dict[str, Any], result: dict[str, Any] | None) -> None:
        def answer() -> None:
            told = {**(result or {}), "errMsg": f"{name}:{'fail' if result is None else 'ok'}"}
            options["fail" if result is None else "success"](told)
            options["complete"](told)

        self._answer(answer)


HOSTS: dict[str, Callable[[], dict[str, Any]]] = {
    "answers at once": lambda: {"native": Small(lambda answer: answer())},
    "answers later": lambda: {"native": Small(lambda answer: asyncio.get_running_loop().call_soon(answer))},
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


def programs() -> Iterator[Any]:
    """Every program, and of those that call Taro each on every host."""
    for module in MODULES:
        for name, expected in RECORDED[module].items():
            program = getattr(import_module(f"orders.{module}"), name, None)
            calls = program is not None and len(inspect.signature(program).parameters) > 1
            for host in HOSTS if calls else (None,):
                told = f"{module}-{name}" if host is None else f"{module}-{name}-{host}"
                yield pytest.param(program, host, expected, id=told)


@pytest.mark.parametrize(("program", "host", "expected"), list(programs()))
def test_a_program_logs_what_it_logs_in_javascript(
    program: Callable[..., object] | None, host: str | None, expected: list[str]
) -> None:
    assert program is not None, "it has no Python side"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnhandledRejectionWarning)  # some programs leave one, and go on
        if host is None:
            logged = asyncio.run(play(program, len(expected)))
        else:
            with taropy.create("weapp", **HOSTS[host]()) as taro:
                logged = asyncio.run(play(lambda log: program(log, taro), len(expected)))
    assert logged == expected


@pytest.mark.parametrize("module", MODULES)
def test_every_program_in_python_has_its_other_side(module: str) -> None:
    python = import_module(f"orders.{module}")
    sides = {
        name
        for name, code in vars(python).items()
        if inspect.isfunction(code) and code.__module__ == python.__name__ and _takes_a_log(code)
    }
    assert sides == RECORDED[module].keys()


def _takes_a_log(code: Callable[..., object]) -> bool:
    return [*inspect.signature(code).parameters][:2] in (["log"], ["log", "taro"])


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert sum(len(RECORDED[module]) for module in MODULES) >= 180


@pytest.mark.anyio
async def test_a_program_that_is_wrong_is_told_from_one_that_is_right() -> None:
    def late(log: Callable[[object], None]) -> None:
        Promise.resolve().then(lambda _: log("job"))
        log("sync")

    assert await play(late, 2) == ["sync", "job"]
    assert await play(late, 1) == ["sync", "job"]
