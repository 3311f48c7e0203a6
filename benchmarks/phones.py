"""Thousands of phones in one process, each with a user of its own who signs in at the login example's backend.

What a phone costs must not depend on how many there are. The backend is another process, and what counts is this one's
processor time: the figures are the phones'.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import attrs

import taropy
from taropy import Phone
from taropy.phone import OpenPlatform

from .backend import backend
from .measure import Result, at_most

FEW, MANY, MOST = 100, 2_000, 10_000
#: Phones that sign in, or ask the server, at the same time.
AT_ONCE = 20
#: Phones that ask the server by turns, among all that are alive.
ASKING = 500
#: Calls in `_sign_in` and in `_call`.
SIGN_IN_CALLS, LOCAL_CALLS = 5, 4
ROUNDS = 5
FLAT = 1.2
LIMIT_KB = 25

Work = Callable[["Visit"], Awaitable[object]]


@attrs.frozen
class Visit:
    """A phone whose user has signed in, and whom the backend took it for."""

    taro: Any
    url: str
    user_id: str


def results() -> list[Result]:
    """What a call costs of the most phones beside what it costs of few, and what a phone holds."""
    few, many, most = (_costs(count) for count in (FEW, MANY, MOST))
    kilobytes = _kilobytes(MANY)
    for count, costs in ((FEW, few), (MANY, many), (MOST, most)):
        rates = "; ".join(f"{what} {1e6 / cost:,.0f}/s" for what, cost in costs.items())
        print(f"{count:>6,} phones: {rates}")
    flat = [at_most(what, (f"of {MOST:,} phones", most[what]), (f"of {FEW}", few[what]), FLAT) for what in few]
    return [*flat, at_most(f"memory of one of {MANY:,}", ("taropy", kilobytes), ("limit", LIMIT_KB), 1, "KB")]


def costs() -> dict[str, float]:
    """For `--compare`: what calls of a good many phones cost, and what a phone holds."""
    return {**_costs(MANY), "KB of a phone": _kilobytes(MANY)}


def _costs(count: int) -> dict[str, float]:
    """Microseconds a call, of `count` phones that are alive; few are made anew as often as it takes."""
    with Phone(user="neighbour") as neighbour, backend(neighbour) as url:
        platform = neighbour.open_platform
        asyncio.run(_measured(platform, url, f"{count} warm", FEW))
        measured = [
            asyncio.run(_measured(platform, url, f"{count} turn {turn}", count))
            for turn in range(max(1, MANY // count))
        ]
    return {what: statistics.median([costs[what] for costs in measured]) for what in measured[0]}


async def _measured(platform: OpenPlatform, url: str, name: str, count: int) -> dict[str, float]:
    _allow_connections()
    gc.collect()
    began = time.process_time()
    visits = await _visits(platform, url, name, count)
    signing = (time.process_time() - began) / count * 1e6
    local = [await _cost(visits, _call) for _ in range(ROUNDS)]
    # Phones let go of a connection that they have not used for five seconds; these are kept in use.
    _, *asking = [await _cost(visits[:ASKING], _ask) for _ in range(ROUNDS + 1)]
    await _leave(visits)
    return {
        "a call to sign in": signing / SIGN_IN_CALLS,
        "a local call": statistics.median(local) / LOCAL_CALLS,
        "a request": statistics.median(asking),
    }


def _kilobytes(count: int) -> float:
    """What each of `count` phones holds once its user has signed in."""
    with Phone(user="neighbour") as neighbour, backend(neighbour) as url:
        return asyncio.run(_held(neighbour.open_platform, url, count)) / 1024 / count


async def _held(platform: OpenPlatform, url: str, count: int) -> int:
    _allow_connections()
    await _leave(await _visits(platform, url, "warm", FEW))
    gc.collect()
    tracemalloc.start()
    try:
        visits = await _visits(platform, url, "memory", count)
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        await _leave(visits)
    finally:
        tracemalloc.stop()
    return held


def _allow_connections() -> None:
    """As many open files as this process may have: each phone keeps a connection."""
    with suppress(ImportError):  # Windows, which counts them in another way
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _cost(visits: Sequence[Visit], work: Work) -> float:
    """Microseconds that the work takes each."""
    gc.collect()
    began = time.process_time()
    await _at_once([partial(work, visit) for visit in visits])
    return (time.process_time() - began) / len(visits) * 1e6


async def _visits(platform: OpenPlatform, url: str, name: str, count: int) -> list[Visit]:
    """Signs `count` users in, each on a phone of its own, and checks that none was taken for another."""

    def sign_in(number: int) -> Callable[[], Awaitable[Visit]]:
        return lambda: _sign_in(Phone(user=f"{name} {number}", open_platform=platform), url)

    visits: list[Visit] = await _at_once([sign_in(number) for number in range(count)])
    if len({visit.user_id for visit in visits}) != count:
        raise AssertionError("some users were taken for others")
    return visits


async def _at_once(works: Sequence[Callable[[], Awaitable[Any]]]) -> list[Any]:
    """What the works give, so many of them under way at a time."""
    done: list[Any] = [None] * len(works)
    left = iter(enumerate(works))

    async def do_some() -> None:
        for number, work in left:
            done[number] = await work()

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(do_some())
    return done


async def _sign_in(phone: Phone, url: str) -> Visit:
    """What the login example's program does at its first start."""
    taro = taropy.create("weapp", phone=phone)
    code = (await taro.login()).code
    data = {"platform": taro.getEnv(), "code": code}
    answer = await taro.request(url=f"{url}/login", method="POST", data=data)
    if answer.statusCode != 200:
        raise AssertionError(f"{phone.account.user.id} was not let in: {answer.statusCode} {answer.data}")
    await taro.setStorage(key="token", data=answer.data.token)
    kept = (await taro.getStorage(key="token")).data
    user = (await taro.request(url=f"{url}/me", header={"Authorization": f"Bearer {kept}"})).data
    if user.logins != 1:
        raise AssertionError(f"{phone.account.user.id} was taken for somebody who has logged in {user.logins} times")
    return Visit(taro, url, str(user.id))


async def _call(visit: Visit) -> None:
    """What programs ask the phone alone."""
    taro = visit.taro
    await taro.checkSession()
    await taro.setStorage(key="visit", data={"pages": [1, 2, 3]})
    await taro.getStorage(key="visit")
    await taro.getNetworkType()


async def _ask(visit: Visit) -> None:
    token = visit.taro.getStorageSync("token")
    await visit.taro.request(url=f"{visit.url}/me", header={"Authorization": f"Bearer {token}"})


async def _leave(visits: Sequence[Visit]) -> None:
    for visit in visits:
        await visit.taro.phone.aclose()
        visit.taro.close()
