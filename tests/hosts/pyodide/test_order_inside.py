"""The order of things in Pyodide's own event loop, the page's: the programs of `tests/runtime/orders` log the same."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.pyodide

RUNTIME = Path(__file__).parents[2] / "runtime"

PLAY = """
import asyncio, pathlib, sys

for name, text in FILES.items():
    path = pathlib.Path("/home/pyodide/runtime", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
sys.path.insert(0, "/home/pyodide/runtime")
import taropy, warnings
from natives import SmallPhone
from orders import PROGRAMS

warnings.simplefilter("ignore")


async def logged(program, *given):
    lines = []
    asyncio.get_running_loop().call_soon(lambda: program.code(lines.append, *given))
    for _ in range(60):  # some log less than they should, and would be waited for
        await asyncio.sleep(0 if len(lines) >= len(program.recorded) else 0.01)
        if len(lines) >= len(program.recorded):
            break
    await asyncio.sleep(0.005)
    return [str(line) for line in lines]


def hosts():
    yield "at once", {"native": SmallPhone(lambda answer: answer())}
    yield "phone", {"phone": taropy.Phone()}


for program in PROGRAMS:
    if program.calls_taro:
        for host, options in hosts():
            with taropy.create("weapp", **options) as taro:
                if await logged(program, taro) != list(program.recorded):
                    print(program, host)
    elif await logged(program) != list(program.recorded):
        print(program)
print(len(PROGRAMS))
sys.path.remove("/home/pyodide/runtime")
"""


def test_programs_log_what_they_log_in_javascript(inside) -> None:
    orders = [
        path.relative_to(RUNTIME).as_posix() for path in RUNTIME.glob("orders/*") if path.suffix in (".py", ".json")
    ]
    files = {name: (RUNTIME / name).read_text("utf-8") for name in ["natives.py", *orders]}
    told = inside.run(f"FILES = {files!r}\n{PLAY}").splitlines()
    assert told[:-1] == []
    assert int(told[-1]) >= 180
