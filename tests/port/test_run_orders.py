"""The order of things in the engine is JavaScript's: the recorded programs of `tests/runtime/orders` log what they log
in Node.js, over the phone."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import engines  # noqa: F401  (skips without the engine)
import pytest

import taropy
from taropy.port.engine.program import Program

ORDERS = Path(__file__).parents[1] / "runtime" / "orders"
RECORDED: dict[str, dict[str, list[str]]] = json.loads((ORDERS / "recorded.json").read_text("utf-8"))
PROGRAMS = [
    (module, name, tuple(lines))
    for module, programs in RECORDED.items()
    if module != "generated"
    for name, lines in programs.items()
]

#: How long a program is waited for that does not log what it should.
PATIENCE = 5


async def logged(taro: taropy.Taro, module: str, name: str, count: int) -> list[str]:
    """What a program logs, until it is as much as it should be, and a little longer."""
    lines: list[str] = []
    complete = asyncio.Event()

    def log(line: object) -> None:
        lines.append(str(line))
        if len(lines) >= count:
            complete.set()

    program = Program(taro, ORDERS / f"{module}.mjs", printed=lambda *_: None, unhandled=lambda *_: None)
    program.load()
    asyncio.get_running_loop().call_soon(lambda: program.call(name, log, taro))
    try:
        async with asyncio.timeout(PATIENCE):
            await complete.wait()
        for _ in range(10):
            await asyncio.sleep(0)
    finally:
        program.close()
    return lines


@pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning")
@pytest.mark.parametrize(
    ("module", "name", "lines"), PROGRAMS, ids=[f"{module}-{name}" for module, name, _ in PROGRAMS]
)
def test_a_program_logs_what_it_logs_in_node(module: str, name: str, lines: tuple[str, ...]) -> None:
    with taropy.create("weapp") as taro:
        assert asyncio.run(logged(taro, module, name, len(lines))) == list(lines)


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(PROGRAMS) >= 180
