"""The query language, example by example: which records a condition means, and what changes and aggregates make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from query_examples import BOOKS, CHANGES, CONDITIONS, OPERATORS, PIPELINES, SALES, SHOPS, Condition

import taropy


@pytest.fixture(scope="module")
def library() -> Any:
    """The database with the books, which nobody changes."""
    with taropy.create("weapp") as t:
        t.phone.cloud.collection("books", "READONLY", BOOKS)
        t.cloud.init()
        yield t.cloud.database()


@pytest.mark.parametrize(("condition", "ids"), CONDITIONS)
def test_conditions(library: Any, condition: Condition, ids: str) -> None:
    books = library.collection("books").where(condition(library))
    assert [each["_id"] for each in books.get().result().data] == ids.split()
    assert books.count().result().total == len(ids.split())


@pytest.mark.parametrize(("record", "changes", "after"), CHANGES)
def test_changes(weapp: Any, record: dict[str, Any], changes: Condition, after: dict[str, Any]) -> None:
    weapp.phone.cloud.collection("things")
    weapp.cloud.init()
    db = weapp.cloud.database()
    things = db.collection("things")
    things.add(data={"_id": "a", **record}).result()
    assert things.doc("a").update(data=changes(db.command)).result().stats.updated == 1
    found = dict(things.doc("a").get().result().data)
    assert found.pop("_openid")
    assert found == {"_id": "a", **after}


@pytest.fixture(scope="module")
def shop() -> Any:
    """The database with the sales, which nobody changes."""
    with taropy.create("weapp") as t:
        t.phone.cloud.collection("sales", "READONLY", SALES)
        t.phone.cloud.collection("people", "READONLY", [{"_id": "ann", "age": 30}])
        t.phone.cloud.collection("shops", "READONLY", SHOPS)
        t.cloud.init()
        yield t.cloud.database()


@pytest.mark.parametrize(("stages", "records"), PIPELINES)
def test_aggregates(shop: Any, stages: Callable[[Any, Any], Any], records: list[Any]) -> None:
    pipeline = stages(shop.collection("sales").aggregate(), shop.command.aggregate)
    assert pipeline.end().result().list == records


@pytest.mark.parametrize(("expression", "value"), OPERATORS)
def test_operators(shop: Any, expression: Condition, value: Any) -> None:
    project = {"_id": 0, "v": expression(shop.command.aggregate)}
    (told,) = shop.collection("sales").aggregate().limit(1).project(project).end().result().list
    assert told["v"] == (pytest.approx(value) if isinstance(value, float) else value)


def test_an_aggregate_begins_with_what_is_near(shop: Any) -> None:
    stage = {
        "near": shop.Geo.Point(10, 20),
        "spherical": True,
        "distanceField": "away",
        "distanceMultiplier": 0.001,
        "maxDistance": 500_000,
        "includeLocs": "found.at",
        "query": {"open": True},
    }
    found = shop.collection("shops").aggregate().geoNear(stage).end().result().list
    assert [(each._id, round(each.away)) for each in found] == [("here", 0), ("there", 111)]
    assert [each.found.at.latitude for each in found] == [20, 21]
