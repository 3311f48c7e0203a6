"""The query language, example by example: which records a condition means, and what changes and aggregates make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from query_examples import CHANGES, CONDITIONS, OPERATORS, PIPELINES, Condition
from querying import aggregated, changed, met, stock, value_of

import taropy


@pytest.fixture(scope="module")
def stocked() -> Any:
    """The database with the examples' records, which nobody changes."""
    with taropy.create("weapp") as t:
        yield stock(t)


@pytest.mark.parametrize(("condition", "ids"), CONDITIONS)
def test_conditions(stocked: Any, condition: Condition, ids: str) -> None:
    assert met(stocked, condition) == (ids.split(), len(ids.split()))


@pytest.mark.parametrize(("record", "changes", "after"), CHANGES)
def test_changes(weapp: Any, record: dict[str, Any], changes: Condition, after: dict[str, Any]) -> None:
    weapp.phone.cloud.collection("things")
    weapp.cloud.init()
    db = weapp.cloud.database()
    assert changed(db, db.collection("things"), record, changes) == (1, after)


@pytest.mark.parametrize(("stages", "records"), PIPELINES)
def test_aggregates(stocked: Any, stages: Callable[[Any, Any], Any], records: list[Any]) -> None:
    assert aggregated(stocked, stages) == records


@pytest.mark.parametrize(("expression", "value"), OPERATORS)
def test_operators(stocked: Any, expression: Condition, value: Any) -> None:
    assert value_of(stocked, expression) == (pytest.approx(value) if isinstance(value, float) else value)


def test_an_aggregate_begins_with_what_is_near(stocked: Any) -> None:
    stage = {
        "near": stocked.Geo.Point(10, 20),
        "spherical": True,
        "distanceField": "away",
        "distanceMultiplier": 0.001,
        "maxDistance": 500_000,
        "includeLocs": "found.at",
        "query": {"open": True},
    }
    found = stocked.collection("shops").aggregate().geoNear(stage).end().result().list
    assert [(each._id, round(each.away)) for each in found] == [("here", 0), ("there", 111)]
    assert [each.found.at.latitude for each in found] == [20, 21]
