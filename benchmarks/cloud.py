"""The cloud's database beside its own embedded store: what a program pays for asking as a program does.

10,000 records; the store is asked for the same ones in MongoDB's language, as it is inside. Where it has work to do, a
program gets more than half of its rate. A record by its id, or some by an index, the store finds in 3 to 13 µs, for it
gives its own records and no copies: there a program's question costs what every call costs, and the copies, some 80
and 120 µs, and what is measured is that it stays so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import attrs

import taropy

from .measure import Result, Work, at_least, by_turns_async

RECORDS = 10_000
#: How many records share a value of the indexed field: as many as a query gives.
ALIKE = 20


@attrs.frozen
class Question:
    """One question: asked by a program, asked of the store, and how often in a round."""

    name: str
    number: int
    ours: Callable[[int], Any]
    bare: Callable[[int], Any]
    limit: float


def results() -> list[Result]:
    """A record by its id, an indexed query, one of all records, and an aggregate over them."""
    return asyncio.run(_measured())


async def _measured() -> list[Result]:
    with taropy.create("weapp") as taro:
        return [await _pair(question) for question in _questions(taro)]


def _questions(taro: Any) -> list[Question]:
    cloud, places = taro.phone.cloud, RECORDS // ALIKE
    records = [{"_id": str(n), "place": n % places, "n": n, "title": f"record {n}"} for n in range(RECORDS)]
    made = cloud.collection("things", "READONLY", records)
    made.create_index("place")
    taro.cloud.init()
    things, store = taro.cloud.database().collection("things"), cloud.databases.store["things"]
    command = taro.cloud.database().command
    total, at_end = command.aggregate.sum("$n"), command.gte(RECORDS - ALIKE)
    pipeline = [("group", {"_id": "$place", "total": {"$sum": "$n"}}), ("sort", {"_id": 1}), ("limit", 10)]
    return [
        Question(
            "a record by its id",
            1_000,
            lambda n: things.doc(str(n)).get(),
            lambda n: store.find({"_id": {"$eq": str(n)}}, limit=1),
            0.05,
        ),
        Question(
            f"{ALIKE} records by an index",
            300,
            lambda n: things.where({"place": n % places}).get(),
            lambda n: store.find({"place": {"$eq": n % places}}, limit=ALIKE),
            0.09,
        ),
        Question(
            "a condition on all records",
            5,
            lambda n: things.where({"n": at_end}).get(),
            lambda n: store.find({"n": {"$gte": RECORDS - ALIKE}}, limit=ALIKE),
            0.5,
        ),
        Question(
            "an aggregate",
            3,
            lambda _: things.aggregate().group({"_id": "$place", "total": total}).sort({"_id": 1}).limit(10).end(),
            lambda _: store.aggregate(pipeline),
            0.5,
        ),
    ]


async def _pair(question: Question) -> Result:
    ours_cost, bare_cost = await by_turns_async(*_works(question), number=question.number)
    rates = ("taropy", 1e6 / ours_cost), ("the store", 1e6 / bare_cost)
    return at_least(f"cloud database: {question.name}", *rates, question.limit, "/s")


def _works(question: Question) -> tuple[Work, Work]:
    async def ours(number: int) -> None:
        for n in range(number):
            await question.ours(n)

    async def bare(number: int) -> None:
        for n in range(number):
            question.bare(n)

    return ours, bare
