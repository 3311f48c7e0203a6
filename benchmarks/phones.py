"""Thousands of phones in one process, each with a user of its own who signs in at the login example's backend."""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
import time
import tracemalloc
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

import taropy
from taropy import Phone
from taropy.phone import OpenPlatform

from .measure import Result, at_most

LOGIN = Path(__file__).parents[1] / "examples" / "login"

FEW, MANY = 100, 2_000
AT_ONCE = 20
#: What a phone calls: `login`, `request` to exchange the code, `setStorage`, `getStorage`, `request` with the token.
CALLS = 5
LIMIT = 1.3
LIMIT_KB = 80


@attrs.frozen
class Visit:
    """A phone whose user has signed in, and whom the backend took it for."""

    taro: Any
    user_id: str


def results() -> list[Result]:
    """What a phone costs among many beside what it costs among few, in time and in memory.

    What it costs more among many is Python's garbage collector, which looks at all that is alive.
    """
    sys.path.insert(0, str(LOGIN))
    try:
        return _results()
    finally:
        sys.path.remove(str(LOGIN))


def _results() -> list[Result]:
    world = import_module("world")  # the login example's

    with Phone(user="neighbour") as neighbour, world.world(neighbour) as url:
        platform = neighbour.open_platform
        asyncio.run(_visits(platform, url, "warm", FEW))
        before = [_seconds_each(platform, url, f"before {turn}", FEW) for turn in range(3)]
        began = time.perf_counter()
        many = _seconds_each(platform, url, "many", MANY)
        rate = MANY * CALLS / (time.perf_counter() - began)
        few = statistics.median([*before, *(_seconds_each(platform, url, f"after {turn}", FEW) for turn in range(3))])
        kilobytes_few, kilobytes_many = (_kilobytes_each(platform, url, count) for count in (FEW, MANY))
    print(f"{MANY:,} phones: {rate:,.0f} calls/s, {kilobytes_many:.0f} KB each")
    return [
        at_most("a phone that signs in", (f"of {MANY:,}", many * 1e3), (f"of {FEW}", few * 1e3), LIMIT, "ms"),
        at_most("memory of one", (f"of {MANY:,}", kilobytes_many), (f"of {FEW}", kilobytes_few), LIMIT, "KB"),
        at_most("memory of one", ("taropy", kilobytes_many), ("limit", LIMIT_KB), 1, "KB"),
    ]


def _seconds_each(platform: OpenPlatform, url: str, name: str, count: int) -> float:
    """What each phone costs this process, its servers included: not the time of whatever else the machine does."""
    gc.collect()
    began = time.process_time()
    asyncio.run(_visits(platform, url, name, count))
    return (time.process_time() - began) / count


def _kilobytes_each(platform: OpenPlatform, url: str, count: int) -> float:
    """What each phone holds once its user has signed in, all of them alive."""

    async def held() -> int:
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        visits = await _sign_in_all(platform, url, f"memory {count}", count)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
        await _leave(visits)
        return after - before

    tracemalloc.start()
    try:
        return asyncio.run(held()) / 1024 / count
    finally:
        tracemalloc.stop()


async def _visits(platform: OpenPlatform, url: str, name: str, count: int) -> None:
    """Signs `count` users in, each on a phone of its own, and checks that none was taken for another."""
    visits = await _sign_in_all(platform, url, name, count)
    if len({visit.user_id for visit in visits}) != count:
        raise AssertionError("some users were taken for others")
    await _leave(visits)


async def _sign_in_all(platform: OpenPlatform, url: str, name: str, count: int) -> list[Visit]:
    places = asyncio.Semaphore(AT_ONCE)

    async def sign_in(number: int) -> Visit:
        async with places:
            return await _sign_in(Phone(user=f"{name} {number}", open_platform=platform), url)

    return await asyncio.gather(*(sign_in(number) for number in range(count)))


async def _sign_in(phone: Phone, url: str) -> Visit:
    """What the login example's program does at its first start."""
    taro = taropy.create("weapp", phone=phone)
    code = (await taro.login()).code
    data = {"platform": taro.getEnv(), "code": code}
    token = (await taro.request(url=f"{url}/login", method="POST", data=data)).data.token
    await taro.setStorage(key="token", data=token)
    kept = (await taro.getStorage(key="token")).data
    user = (await taro.request(url=f"{url}/me", header={"Authorization": f"Bearer {kept}"})).data
    if user.logins != 1:
        raise AssertionError(f"{phone.account.user.id} was taken for somebody who has logged in {user.logins} times")
    return Visit(taro, str(user.id))


async def _leave(visits: Sequence[Visit]) -> None:
    for visit in visits:
        await visit.taro.phone.aclose()
        visit.taro.close()
