"""Calls in a page in Chromium, beside Playwright's own `page.evaluate` in the same page.

The page has functions that cost nothing, so that the way there and back is what is measured.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import taropy
from taropy.extras import MissingExtra
from taropy.hosts.errors import PageError

from .measure import ROUNDS, Result, Skipped, at_least, at_most, by_turns_counted

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><script>
const kept = { k: { tea: 'oolong', price: 12.5 } }
window.Taro = {
  getStorageSync: key => kept[key],
  getStorage: ({ key, success }) => { success({ data: kept[key], errMsg: 'getStorage:ok' }) },
  take: data => data.byteLength,
  give: size => new Uint8Array(size),
  onNetworkStatusChange: listener => { window.listener = listener },
  tell: count => { for (let at = 0; at < count; at += 1) listener({ at, networkType: 'wifi', isConnected: true }) },
}
</script></body></html>"""
EVALUATED = "key => Taro.getStorageSync(key)"
EVALUATED_LATER = "key => new Promise(resolve => Taro.getStorage({ key, success: resolve }))"
AT_ONCE = 100
MEGABYTES = 10
MEMORY_CALLS = 100_000


def results() -> list[Result]:
    """Calls alone and many at once, bytes, events, and memory."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "index.html").write_text(PAGE, "utf-8")
        try:
            taro = taropy.create("h5", host="page", url=folder, launch=True)
        except (MissingExtra, PageError) as error:
            raise Skipped(str(error)) from error
        with taro:
            return [*_alone(taro), _at_once(taro), *_bytes(taro), _events(taro), _memory(taro)]


def _alone(taro: Any) -> list[Result]:
    """One call after the other."""
    page = taro.phone.browser.page

    async def evaluate(script: str, number: int) -> None:
        for _ in range(number):
            await page.evaluate(script, "k")

    def ours(number: int) -> None:
        for _ in range(number):
            taro.getStorageSync("k")

    async def ours_later(number: int) -> None:
        for _ in range(number):
            await taro.getStorage(key="k")

    number = 300
    direct = by_turns_counted(ours, lambda count: _theirs(taro, evaluate(EVALUATED, count)), number=number)
    later = by_turns_counted(
        lambda count: taropy.run(ours_later(count)),
        lambda count: _theirs(taro, evaluate(EVALUATED_LATER, count)),
        number=number,
    )
    return [
        at_most("bridge: a call that gives its value", ("getStorageSync", direct[0]), ("playwright", direct[1]), 0.7),
        at_most("bridge: a call that is awaited", ("getStorage", later[0]), ("playwright", later[1]), 0.7),
    ]


def _at_once(taro: Any) -> Result:
    """A hundred calls in flight."""
    page = taro.phone.browser.page

    async def all_of(call: Callable[[], Awaitable[object]], number: int) -> None:
        for _ in range(number // AT_ONCE):
            await asyncio.gather(*(call() for _ in range(AT_ONCE)))

    def ours(number: int) -> None:
        taropy.run(all_of(lambda: taro.getStorage(key="k"), number))

    def theirs(number: int) -> None:
        _theirs(taro, all_of(lambda: page.evaluate(EVALUATED_LATER, "k"), number))

    costs = by_turns_counted(ours, theirs, number=1000)
    rates = [1e6 / cost for cost in costs]
    return at_least(f"bridge: {AT_ONCE} calls in flight", ("getStorage", rates[0]), ("playwright", rates[1]), 2, "/s")


def _bytes(taro: Any) -> list[Result]:
    """A large file each way."""
    native, data = taro.native, bytes(MEGABYTES * 1_000_000)

    def give() -> None:
        assert native.take(data) == len(data)

    def take() -> None:
        assert len(native.give(len(data))) == len(data)

    found = {"to the page": _rate(give), "from the page": _rate(take)}
    return [
        at_least(f"bridge: {MEGABYTES} MB {way}", ("bytes", rate), ("goal", 50.0), 1, "MB/s")
        for way, rate in found.items()
    ]


def _rate(work: Callable[[], None]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return MEGABYTES / statistics.median(times)


def _events(taro: Any) -> Result:
    """Events that a listener hears, each once and in order."""
    count = 5_000

    async def hear() -> float:
        heard: list[int] = []
        done = asyncio.Event()

        def listener(event: Any) -> None:
            heard.append(event["at"])
            if len(heard) == count:
                done.set()

        taro.onNetworkStatusChange(listener)
        began = time.perf_counter()
        taro.native.tell(count)
        await done.wait()
        took = time.perf_counter() - began
        assert heard == list(range(count))
        return count / took

    return at_least("bridge: events", ("heard in order", taropy.run(hear)), ("goal", 1000.0), 1, "/s")


def _memory(taro: Any) -> Result:
    """What the page and Python hold after so many calls, beside what they held after a tenth of them."""

    async def calls(number: int) -> None:
        for _ in range(number // AT_ONCE):
            await asyncio.gather(*(taro.getStorage(key="k") for _ in range(AT_ONCE)))

    taropy.run(calls(MEMORY_CALLS // 10))
    before = _held(taro)
    taropy.run(calls(MEMORY_CALLS))
    after = _held(taro)
    return at_most(
        f"bridge: memory after {MEMORY_CALLS:,} calls",
        ("then", after),
        ("before", before),
        1.1,
        "MB in page and Python",
    )


def _held(taro: Any) -> float:
    gc.collect()
    browser = taro.phone.browser

    async def heap() -> float:
        session = await browser.context.new_cdp_session(browser.page)
        await session.send("HeapProfiler.collectGarbage")
        used = await session.send("Runtime.getHeapUsage")
        await session.detach()
        return float(used["usedSize"])

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1]) if Path("/proc/self/statm").exists() else 0
    return (browser.run(heap()) + pages * 4096) / 1e6


def _theirs(taro: Any, work: Any) -> None:
    taro.phone.browser.run(work)
