"""What the tests of the engine share: programs in JavaScript and TypeScript, run on a phone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import taropy
from taropy.port.engine.program import Program
from taropy.runtime.taro import settled

# Without the engine there is nothing to test; the extra `test` brings it.
pytest.importorskip("quickjs", reason="quickjs-ng, which the extra port brings, is not installed")


@attrs.define
class Ran:
    """What came of a program: what its `main` gave, what it printed, and what nobody in it caught, in words.

    `held` is how many of Python's objects the engine still has.
    """

    value: Any = None
    printed: list[str] = attrs.field(factory=list)
    held: int = 0
    uncaught: list[str] = attrs.field(factory=list)


def run_program(file: Path, *arguments: Any, platform: str = "weapp", **options: Any) -> Ran:
    """Runs a program, and its `main` with these arguments; raises what either throws, with a note of how it is told."""
    ran = Ran()

    async def play(taro: taropy.Taro) -> None:
        program = Program(
            taro,
            file,
            printed=lambda _, text: ran.printed.append(text),
            unhandled=lambda reason, stack: ran.uncaught.append(program.failure(reason, stack)),
        )
        try:
            loaded = program.load()
            if loaded is not None:
                await loaded
            if "main" in program.functions:
                outcome = program.call("main", *arguments)
                ran.value = await outcome if isinstance(outcome, taropy.Promise) else outcome
            await settled()
            ran.held = len(program.engine.handles)
        except Exception as error:
            error.add_note(program.failure(error))
            raise
        finally:
            program.close()

    with taropy.create(platform, **options) as taro:
        asyncio.run(play(taro))
    return ran


# Writes files and runs one of them, `main.ts` unless told.
Run = Callable[..., Ran]
