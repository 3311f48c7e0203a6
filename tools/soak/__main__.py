"""`python -m tools.soak [--minutes 10]`: load of all kinds, and what the process holds meanwhile; exit 1 if that grows.

Some phones live from the beginning to the end, others are made and closed all the time, half of them over a folder.
From time to time the load pauses, so that what is measured is at rest: memory, Python's objects, tasks, threads and
open files. Needs Linux with glibc 2.33, and the extras `server` and `socket`.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import gc
import itertools
import math
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs

import taropy
from taropy import Phone
from taropy.phone.core.remembered import REMEMBERED

from .load import KINDS, Place
from .servers import servers

#: Phones that live as long as the soak, and places for those that are made and closed.
LASTING, PASSING = 10, 30
#: Phones made and closed before the first sample: what is loaded or made once is there then.
WARM = 20
#: How many samples there are if time allows it; and how few tell the end from the beginning.
SAMPLES, FEWEST = 20, 2
#: How long what ends in the background may take until the process is at rest: connections that nobody uses are kept
#: for a second here.
REST = 1.5
KEEP_ALIVE = 1.0


@attrs.frozen
class Sample:
    """What the process holds at rest, and how many pieces of work it has done."""

    minutes: float
    works: int
    resident: float
    heap: float
    blocks: int
    objects: int
    tasks: int
    threads: int
    files: int


HEADINGS = {
    "minutes": "Minutes",
    "works": "Pieces of work",
    "resident": "Resident, MB",
    "heap": "Heap in use, MB",
    "blocks": "Python's blocks",
    "objects": "Python's objects",
    "tasks": "Tasks",
    "threads": "Threads",
    "files": "Open files",
}

#: How many threads the loop has for slow files.
THREADS = 4

#: By how much the last values may be above the first: a part of them, and a number.
LIMITS: dict[str, tuple[float, float]] = {
    # What lasts is scattered by and by among what does not, and so allocators keep more than is in use.
    "resident": (0.10, 4),
    "heap": (0.02, 0.5),
    "blocks": (0.02, 8_000),
    "objects": (0.02, 2_000),
    "tasks": (0, 0),
    "threads": (0, 0),
    # Lasting phones keep the connections that they used last, as many as their last requests needed.
    "files": (0, 6 * LASTING),
}


class Gate:
    """Lets the load through; or, closed, knows when all of it stands before it."""

    def __init__(self, parties: int) -> None:
        self._parties = parties
        self._open, self._here = asyncio.Event(), asyncio.Semaphore(0)
        self._open.set()

    @property
    def is_closed(self) -> bool:
        """Whether somebody waits until all of it stands there."""
        return not self._open.is_set()

    async def wait(self) -> None:
        """Where the load may be stopped."""
        if not self._open.is_set():
            self._here.release()
            await self._open.wait()

    async def close(self) -> None:
        """Waits until everybody waits."""
        self._open.clear()
        for _ in range(self._parties):
            await self._here.acquire()

    def open(self) -> None:
        """Lets everybody through."""
        self._open.set()


@attrs.define
class Soak:
    """The load, and what it has done so far."""

    servers: str
    folder: Path
    gate: Gate
    done: Counter[str] = attrs.field(factory=Counter)

    async def lasting(self, number: int) -> None:
        """One phone, for ever."""
        chance = random.Random(number)
        async with self._phone(None) as phone:
            await _fill(phone)
            while True:
                await self._live(phone, chance)
                await self.gate.wait()

    async def passing(self, number: int) -> None:
        """Phones one after another; every second one is made over what the last but one has kept."""
        chance = random.Random(-number)
        for turn in itertools.count():
            async with self._phone(self.folder / f"{number}" if turn % 2 else None) as phone:
                await self._live(phone, chance)
            self.done["phones"] += 1
            await self.gate.wait()

    def _phone(self, folder: Path | None) -> Phone:
        phone = Phone(folder)
        phone.network.keep_alive = KEEP_ALIVE
        return phone

    async def _live(self, phone: Phone, chance: random.Random) -> None:
        """One piece of work of each kind, in any order, as far as it comes before the gate is closed."""
        with taropy.create("weapp", phone=phone) as taro:
            place = Place(taro, phone, self.servers)
            for kind in chance.sample(list(KINDS), len(KINDS)):
                await KINDS[kind](place)
                self.done[kind] += 1
                if self.gate.is_closed:
                    return


async def _start_threads() -> None:
    """Has the loop's threads there from the beginning: it makes them when a file is slow, and then keeps them."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
    all_here = threading.Barrier(THREADS)
    await asyncio.gather(*(asyncio.to_thread(all_here.wait) for _ in range(THREADS)))


async def _fill(phone: Phone) -> None:
    """Has the phone show and ask as much as it remembers: until then it grows, as it should."""
    with taropy.create("weapp", phone=phone) as taro:
        for _ in range(REMEMBERED):
            await taro.showModal(title="Tea?")


async def soak(minutes: float, count: int) -> tuple[list[Sample], Counter[str]]:
    """The samples, the first after everything has been done a few times, and how often each kind of work was done."""
    reported: list[str] = []
    loop = asyncio.get_running_loop()
    await _start_threads()
    loop.set_exception_handler(lambda _, context: reported.append(f"{context['message']}: {context.get('exception')}"))
    with tempfile.TemporaryDirectory() as folder, servers() as address:
        load = Soak(address, Path(folder), Gate(LASTING + PASSING))
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            tasks = [
                *(group.create_task(load.lasting(number)) for number in range(LASTING)),
                *(group.create_task(load.passing(number)) for number in range(1, PASSING + 1)),
            ]
            await _until(load, lambda: load.done["phones"] >= WARM)
            samples = [await _sample(load, began)]
            for number in range(1, count + 1):
                due = began + minutes * 60 * number / count
                await _until(load, lambda due=due: time.monotonic() >= due)
                samples.append(await _sample(load, began))
            for task in tasks:
                task.cancel()
    if reported:
        raise AssertionError(f"{len(reported)} errors had nowhere to go, the first: {reported[0]}")
    return samples, load.done


async def _until(load: Soak, enough: Callable[[], bool]) -> None:
    """Lets the load run until then, and at least once more."""
    works = load.done.total()
    load.gate.open()
    while not enough() or load.done.total() == works:  # noqa: ASYNC110 - the load is what goes on meanwhile
        await asyncio.sleep(0.05)
    await load.gate.close()


async def _sample(load: Soak, began: float) -> Sample:
    await asyncio.sleep(REST)
    gc.collect()
    return Sample(
        minutes=(time.monotonic() - began) / 60,
        works=load.done.total(),
        resident=_resident() / 2**20,
        heap=_heap() / 2**20,
        blocks=sys.getallocatedblocks(),
        objects=len(gc.get_objects()),
        tasks=len(asyncio.all_tasks()),
        threads=threading.active_count(),
        files=_open_files(),
    )


def _open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


class _Usage(ctypes.Structure):
    """glibc's `struct mallinfo2`."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
    ))  # fmt: skip


def _heap() -> int:
    """How many bytes of the C library's heap are in use: by libraries in C, and by Python's larger objects."""
    usage = ctypes.CDLL(None).mallinfo2
    usage.restype = _Usage
    return int(usage().uordblks)


def grown(samples: Sequence[Sample]) -> list[str]:
    """What the process holds more of in the last third of the samples than in the first, by more than the limits."""
    third = max(1, len(samples) // 3)
    found = []
    for name, (part, number) in LIMITS.items():
        values = [getattr(sample, name) for sample in samples]
        first, last = statistics.median(values[:third]), statistics.median(values[-third:])
        if last > first * (1 + part) + number:
            found.append(f"{name}: {first:,.1f} at first, {last:,.1f} at last")
    return found


def table(samples: Sequence[Sample]) -> str:
    """The samples, as docs/reliability.md has them."""
    names = [field.name for field in attrs.fields(Sample)]
    lines = ["| " + " | ".join(HEADINGS[name] for name in names) + " |", "|" + " ---: |" * len(names)]
    for sample in samples:
        told = [f"{value:,.1f}" if isinstance(value, float) else f"{value:,}" for value in attrs.astuple(sample)]
        lines.append("| " + " | ".join(told) + " |")
    return "\n".join(lines)


def samples_in(minutes: float) -> int:
    """How many samples there is time for: to come to rest for one takes as long as there is load between two."""
    return max(FEWEST, min(SAMPLES, int(minutes * 60 / (2 * REST))))


def _duration(text: str) -> float:
    minutes = float(text)
    if not 0 < minutes < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no time to run")
    return minutes


def _count(text: str) -> int:
    count = int(text)
    if count < FEWEST:
        raise argparse.ArgumentTypeError(f"{text} are too few, {FEWEST} are needed at least")
    return count


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; the exit code is 1 if something has grown."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    parser.add_argument("--minutes", type=_duration, default=10, help="how long (default: %(default)s)")
    parser.add_argument(
        "--samples", type=_count, help=f"how often to look (default: {SAMPLES}, fewer in a minute and less)"
    )
    given = parser.parse_args(arguments)
    samples, done = asyncio.run(soak(given.minutes, given.samples or samples_in(given.minutes)))
    print(table(samples))
    print("\nDone: " + ", ".join(f"{count:,} {kind}" for kind, count in sorted(done.items())) + ".")
    found = grown(samples)
    for each in found:
        print(f"grown: {each}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
