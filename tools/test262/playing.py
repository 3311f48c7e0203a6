"""Plays ported tests in worker processes, each with a time limit: to hang, or to end the process, is an outcome."""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import sys
import warnings
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from io import StringIO
from multiprocessing.connection import Connection
from types import CodeType, ModuleType
from typing import Any

import attrs

import taropy
from tools.test262 import harness

#: What a test may take, in seconds and in bytes.
MOST_SECONDS = 20
MOST_BYTES = 2 * 1024**3

PACKAGE = "test262_ported"


@attrs.frozen
class Outcome:
    """What came of a test: `passes`, or how it fails, and the reason."""

    kind: str
    reason: str = ""


PASSED = Outcome("passes")


def play(tests: Mapping[str, str], *, workers: int | None = None, seconds: float = MOST_SECONDS) -> dict[str, Outcome]:
    """The outcomes of ported tests, texts in Python by their names."""
    left = iter(list(tests.items()))
    count = workers or os.cpu_count() or 1
    with ThreadPoolExecutor(count) as threads:
        done = list(threads.map(lambda _: dict(_outcomes(left, seconds)), range(count)))
    return {name: outcome for outcomes in done for name, outcome in outcomes.items()}


def _outcomes(tests: Iterator[tuple[str, str]], seconds: float) -> Iterator[tuple[str, Outcome]]:
    """The outcomes of tests that one worker after the other plays, as far as nobody else takes them."""
    worker = _Worker()
    for name, text in tests:
        outcome = worker.plays(name, text, seconds)
        if outcome.kind in ("hangs", "dies"):
            worker.end()
            worker = _Worker()
        yield name, outcome
    worker.end()


class _Worker:
    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)
        self._process.start()
        other.close()
        self._connection.recv()  # it has begun

    def plays(self, name: str, text: str, seconds: float) -> Outcome:
        try:
            self._connection.send((name, text))
            if not self._connection.poll(seconds):
                return Outcome("hangs", f"runs for more than {seconds} seconds")
            return Outcome(*self._connection.recv())
        except (EOFError, OSError):
            return Outcome("dies", "the process has ended")

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


# --- in the worker -----------------------------------------------------------------------------------------------


def _serve(connection: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    os.environ["TZ"] = "America/Los_Angeles"
    warnings.simplefilter("ignore")
    package = ModuleType(PACKAGE)
    package.__path__ = []
    sys.modules[PACKAGE] = package
    sys.modules[f"{PACKAGE}.harness"] = harness
    connection.send(None)
    while True:
        name, text = connection.recv()
        with redirect_stdout(StringIO()):
            outcome = _played(name, text)
        connection.send(outcome)


def _played(name: str, text: str) -> tuple[str, str]:
    code = compile(text, name, "exec")
    module: dict[str, Any] = {"__name__": f"{PACKAGE}.test", "__package__": PACKAGE}
    try:
        if "_DONE" in code.co_names or "async_test" in code.co_names:
            taropy.run(_until_done(code, module))
        else:
            exec(code, module)
    except Exception as error:
        return "fails", _reason(error)
    return PASSED.kind, ""


async def _until_done(code: CodeType, module: dict[str, Any]) -> None:
    harness._DONE.forget()
    exec(code, module)
    await harness._DONE.wait()


def _reason(error: Exception) -> str:
    """What a test has failed with, without what is another each time."""
    first, *_ = f"{type(error).__name__}: {error}".splitlines()
    return re.sub(r" at 0x[0-9a-f]+", "", first)[:160]
