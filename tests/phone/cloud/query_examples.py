"""The query language, example by example: conditions, changes and pipelines, each with what comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

#: A small library, of which the conditions below are about.
BOOKS: list[dict[str, Any]] = [
    {
        "_id": "tea",
        "title": "Tea",
        "pages": 120,
        "price": 8,
        "tags": ["drink", "leaf"],
        "stock": {"shop": 2, "store": 9},
        "sold": [{"by": "ann", "n": 2}, {"by": "bob", "n": 7}],
        "out": datetime(2020, 5, 1, tzinfo=UTC),
        "lent": False,
    },
    {
        "_id": "rice",
        "title": "Rice",
        "pages": 300,
        "price": 12,
        "tags": ["food"],
        "stock": {"shop": 0, "store": 4},
        "sold": [{"by": "ann", "n": 5}],
        "out": datetime(2021, 5, 1, tzinfo=UTC),
        "lent": True,
    },
    {
        "_id": "cha",
        "title": "Chá e arroz",
        "pages": 80,
        "price": 12,
        "tags": ["drink", "food", "leaf"],
        "stock": {},
        "sold": [],
        "out": datetime(2022, 5, 1, tzinfo=UTC),
        "lent": None,
    },
    {
        "_id": "map",
        "title": "map of tea",
        "pages": "many",
        "tags": [],
        "at": {"type": "Point", "coordinates": [10, 20]},
    },
]

Condition = Callable[[Any], Any]

#: Each condition, of `_` and `db` as programs have them, and the ids of the books that meet it.
CONDITIONS: list[tuple[Condition, str]] = [
    # values
    (lambda db: {"price": 12}, "rice cha"),
    (lambda db: {"price": 12, "lent": True}, "rice"),
    (lambda db: {"lent": None}, "cha map"),
    (lambda db: {"stock": {"shop": 2}}, "tea"),
    (lambda db: {"stock.shop": 2}, "tea"),
    (lambda db: {"stock": {}}, "cha"),
    (lambda db: {"stock": db.command.eq({"shop": 2, "store": 9})}, "tea"),
    (lambda db: {"stock": db.command.eq({"shop": 2})}, ""),
    (lambda db: {"tags": "food"}, "rice cha"),
    (lambda db: {"tags": ["food"]}, "rice"),
    (lambda db: {"tags": ["leaf", "drink"]}, ""),
    (lambda db: {"tags.0": "drink"}, "tea cha"),
    (lambda db: {"sold.by": "ann"}, "tea rice"),
    (lambda db: {"sold.0.n": 5}, "rice"),
    (lambda db: {"out": datetime(2021, 5, 1, tzinfo=UTC)}, "rice"),
    (lambda db: {}, "tea rice cha map"),
    # comparisons
    (lambda db: {"price": db.command.eq(8)}, "tea"),
    (lambda db: {"price": db.command.neq(12)}, "tea map"),
    (lambda db: {"pages": db.command.gt(100)}, "tea rice"),
    (lambda db: {"pages": db.command.gte(120)}, "tea rice"),
    (lambda db: {"pages": db.command.lt(120)}, "cha"),
    (lambda db: {"pages": db.command.lte(120)}, "tea cha"),
    (lambda db: {"pages": db.command.gt("a")}, "map"),
    (lambda db: {"out": db.command.lt(datetime(2021, 1, 1, tzinfo=UTC))}, "tea"),
    (lambda db: {"out": db.command.lt(db.serverDate())}, "tea rice cha"),
    (lambda db: {"price": db.command.in_([8, 9])}, "tea"),
    (lambda db: {"price": db.command.in_([])}, ""),
    (lambda db: {"price": db.command.nin([8, 9])}, "rice cha map"),
    (lambda db: {"tags": db.command.in_(["food", "x"])}, "rice cha"),
    (lambda db: {"tags": db.command.nin(["food", "x"])}, "tea map"),
    (lambda db: {"stock": {"store": db.command.gt(5)}}, "tea"),
    (lambda db: {"lent": db.command.neq(None)}, "tea rice"),
    # logic
    (lambda db: {"pages": db.command.gt(100).and_(db.command.lt(200))}, "tea"),
    (lambda db: {"pages": db.command.gt(100).lt(200)}, "tea"),
    (lambda db: {"pages": db.command.and_(db.command.gt(100), db.command.lt(200))}, "tea"),
    (lambda db: {"pages": db.command.and_([db.command.gt(100), db.command.lt(200)])}, "tea"),
    (lambda db: {"pages": db.command.lt(100).or_(db.command.gt(200))}, "rice cha"),
    (lambda db: {"pages": db.command.or_([db.command.eq(80), db.command.eq(300)])}, "rice cha"),
    (lambda db: db.command.or_([{"price": 8}, {"lent": True}]), "tea rice"),
    (lambda db: db.command.or_({"price": 8}, {"pages": db.command.lt(100)}), "tea cha"),
    (lambda db: db.command.and_([{"price": 12}, db.command.or_({"lent": True}, {"pages": 80})]), "rice cha"),
    (lambda db: {"pages": db.command.not_(db.command.gt(100))}, "cha map"),
    (lambda db: {"pages": db.command.nor(db.command.eq(80), db.command.eq(120))}, "rice map"),
    (lambda db: db.command.nor([{"price": 8}, {"price": 12}]), "map"),
    (lambda db: {"price": db.command.not_(db.command.in_([12]))}, "tea map"),
    (lambda db: {"stock": {"shop": db.command.gte(0).and_(db.command.lt(2))}}, "rice"),
    (lambda db: {"pages": getattr(db.command.gt(100), "and")(db.command.lt(200))}, "tea"),
    # elements
    (lambda db: {"price": db.command.exists(True)}, "tea rice cha"),
    (lambda db: {"price": db.command.exists(False)}, "map"),
    (lambda db: {"stock.shop": db.command.exists(True)}, "tea rice"),
    (lambda db: {"pages": db.command.mod(100, 20)}, "tea"),
    (lambda db: {"pages": db.command.mod([100, 0])}, "rice"),
    # lists
    (lambda db: {"tags": db.command.all(["leaf", "drink"])}, "tea cha"),
    (lambda db: {"tags": db.command.all([])}, ""),
    (lambda db: {"tags": db.command.size(1)}, "rice"),
    (lambda db: {"tags": db.command.size(0)}, "map"),
    (lambda db: {"sold": db.command.elemMatch({"by": "ann", "n": db.command.gt(3)})}, "rice"),
    (lambda db: {"sold": db.command.elemMatch({"n": db.command.gt(3)})}, "tea rice"),
    (lambda db: {"tags": db.command.elemMatch(db.command.eq("leaf"))}, "tea cha"),
    (lambda db: {"tags": db.command.elemMatch(db.command.gt("e").and_(db.command.lt("g")))}, "rice cha"),
    # texts
    (lambda db: {"title": db.RegExp({"regexp": "tea"})}, "map"),
    (lambda db: {"title": db.RegExp({"regexp": "tea", "options": "i"})}, "tea map"),
    (lambda db: {"title": re.compile("^r", re.IGNORECASE)}, "rice"),
    (lambda db: {"tags": db.RegExp({"regexp": "^f"})}, "rice cha"),
    (lambda db: {"title": db.command.not_(db.RegExp({"regexp": "e"}))}, ""),
    (lambda db: {"title": db.command.in_([db.RegExp({"regexp": "^T"}), "Rice"])}, "tea rice"),
    # expressions
    (lambda db: db.command.expr(db.command.aggregate.gt(["$pages", "$price"])), "tea rice cha map"),
    (lambda db: db.command.expr(db.command.aggregate.eq(["$stock.shop", 2])), "tea"),
    # places
    (lambda db: {"at": db.command.geoNear({"geometry": db.Geo.Point(10, 20), "maxDistance": 1})}, "map"),
    (lambda db: {"at": db.command.geoNear({"geometry": db.Geo.Point(11, 20), "maxDistance": 1000})}, ""),
    (lambda db: {"at": db.command.geoWithin({"centerSphere": [db.Geo.Point(10, 21), 0.02]})}, "map"),
    (lambda db: {"at": db.command.geoWithin({"centerSphere": [[10, 21], 0.01]})}, ""),
    (lambda db: {"at": db.command.geoWithin({"geometry": square(db, 9, 19, 11, 21)})}, "map"),
    (lambda db: {"at": db.command.geoWithin({"geometry": square(db, 11, 19, 12, 21)})}, ""),
    (
        lambda db: {
            "at": db.command.geoIntersects({"geometry": db.Geo.LineString([db.Geo.Point(0, 20), db.Geo.Point(30, 20)])})
        },
        "map",
    ),
    (lambda db: {"at": db.command.geoIntersects({"geometry": db.Geo.Point(1, 1)})}, ""),
]


def square(db: Any, west: float, south: float, east: float, north: float) -> Any:
    """An area."""
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return db.Geo.Polygon([db.Geo.LineString([db.Geo.Point(*each) for each in corners])])


#: A record, the changes of `_`, and what it is then.
CHANGES: list[tuple[dict[str, Any], Condition, dict[str, Any]]] = [
    ({"a": 1}, lambda _: {"a": 2}, {"a": 2}),
    ({"a": 1}, lambda _: {"b": 2}, {"a": 1, "b": 2}),
    ({"s": {"c": "red"}}, lambda _: {"s": {"size": 1}}, {"s": {"c": "red", "size": 1}}),
    ({"s": {"c": "red"}}, lambda _: {"s.size": 1}, {"s": {"c": "red", "size": 1}}),
    ({"s": {"c": "red"}}, lambda _: {"s": _.set({"size": 1})}, {"s": {"size": 1}}),
    ({"s": 1}, lambda _: {"s": {}}, {"s": {}}),
    ({"a": 1, "b": 2}, lambda _: {"a": _.remove()}, {"b": 2}),
    ({"s": {"a": 1, "b": 2}}, lambda _: {"s": {"a": _.remove()}}, {"s": {"b": 2}}),
    ({"a": 1}, lambda _: {"a": _.inc(10)}, {"a": 11}),
    ({}, lambda _: {"a": _.inc(10)}, {"a": 10}),
    ({"a": 1}, lambda _: {"a": _.inc(0.5)}, {"a": 1.5}),
    ({"a": 3}, lambda _: {"a": _.mul(10)}, {"a": 30}),
    ({}, lambda _: {"a": _.mul(10)}, {"a": 0}),
    ({"a": 3}, lambda _: {"a": _.min(2)}, {"a": 2}),
    ({"a": 3}, lambda _: {"a": _.min(4)}, {"a": 3}),
    ({"a": 3}, lambda _: {"a": _.max(4)}, {"a": 4}),
    ({}, lambda _: {"a": _.max(4)}, {"a": 4}),
    ({"a": 3}, lambda _: {"a": _.rename("b")}, {"b": 3}),
    ({"s": {"a": 3}}, lambda _: {"s": {"a": _.rename("b")}}, {"s": {"b": 3}}),
    ({"a": 5}, lambda _: {"a": _.bit({"and": 4})}, {"a": 4}),
    ({"l": [1]}, lambda _: {"l": _.push(2)}, {"l": [1, 2]}),
    ({"l": [1]}, lambda _: {"l": _.push([2, 3])}, {"l": [1, 2, 3]}),
    ({"l": [1]}, lambda _: {"l": _.push(2, 3)}, {"l": [1, 2, 3]}),
    ({}, lambda _: {"l": _.push([2])}, {"l": [2]}),
    ({"l": [1, 4]}, lambda _: {"l": _.push({"each": [2, 3], "position": 1})}, {"l": [1, 2, 3, 4]}),
    ({"l": [1, 4]}, lambda _: {"l": _.push({"each": [3], "sort": 1})}, {"l": [1, 3, 4]}),
    ({"l": [1, 4]}, lambda _: {"l": _.push({"each": [3], "sort": -1, "slice": 2})}, {"l": [4, 3]}),
    ({"l": [1, 4]}, lambda _: {"l": _.push({"each": [3], "slice": -2})}, {"l": [4, 3]}),
    ({"l": [{"n": 2}]}, lambda _: {"l": _.push({"each": [{"n": 1}], "sort": {"n": 1}})}, {"l": [{"n": 1}, {"n": 2}]}),
    ({"l": [1, 2]}, lambda _: {"l": _.pop()}, {"l": [1]}),
    ({"l": [1, 2]}, lambda _: {"l": _.shift()}, {"l": [2]}),
    ({"l": [1]}, lambda _: {"l": _.unshift([2, 3])}, {"l": [2, 3, 1]}),
    ({"l": [1]}, lambda _: {"l": _.unshift(2)}, {"l": [2, 1]}),
    ({"l": [1]}, lambda _: {"l": _.addToSet(1)}, {"l": [1]}),
    ({"l": [1]}, lambda _: {"l": _.addToSet(2)}, {"l": [1, 2]}),
    ({"l": [1]}, lambda _: {"l": _.addToSet({"each": [1, 2, 3]})}, {"l": [1, 2, 3]}),
    ({"l": [1, 2, 1]}, lambda _: {"l": _.pull(1)}, {"l": [2]}),
    ({"l": [1, 2, 3]}, lambda _: {"l": _.pull(_.gt(1))}, {"l": [1]}),
    ({"l": [{"n": 1}, {"n": 2}]}, lambda _: {"l": _.pull({"n": _.gt(1)})}, {"l": [{"n": 1}]}),
    ({"l": [1, 2, 3]}, lambda _: {"l": _.pull(_.in_([1, 3]))}, {"l": [2]}),
    ({"l": [1, 2, 3]}, lambda _: {"l": _.pullAll([1, 3])}, {"l": [2]}),
    ({"l": [{"n": 1}]}, lambda _: {"l.0.n": _.inc(1)}, {"l": [{"n": 2}]}),
]


SALES: list[dict[str, Any]] = [
    {
        "_id": 1,
        "what": "tea",
        "n": 2,
        "price": 5,
        "at": datetime(2024, 2, 29, 13, 5, 7, tzinfo=UTC),
        "by": ["ann", "bob"],
    },
    {"_id": 2, "what": "rice", "n": 1, "price": 9, "at": datetime(2024, 12, 31, 23, 0, 0, tzinfo=UTC), "by": ["ann"]},
    {"_id": 3, "what": "tea", "n": 5, "price": 4, "at": datetime(2025, 1, 1, 0, 0, 0, tzinfo=UTC), "by": []},
]

SHOPS: list[dict[str, Any]] = [
    {"_id": id_, "open": id_ != "shut", "at": {"type": "Point", "coordinates": [10, latitude]}}
    for id_, latitude in (("there", 21), ("shut", 20.5), ("here", 20), ("far", 40))
]

#: Stages, of a pipeline and the operators, and what comes out.
PIPELINES: list[tuple[Callable[[Any, Any], Any], list[Any]]] = [
    (lambda p, _: p.match({"what": "tea"}).count("n"), [{"n": 2}]),
    (
        lambda p, _: p.group({"_id": "$what", "n": _.sum("$n")}).sort({"n": 1}),
        [{"_id": "rice", "n": 1}, {"_id": "tea", "n": 7}],
    ),
    (lambda p, _: p.group({"_id": None, "a": _.avg("$n"), "m": _.max("$price")}), [{"_id": None, "a": 8 / 3, "m": 9}]),
    (
        lambda p, _: p.group({"_id": "$what", "all": _.push("$n")}).sort({"_id": 1}),
        [{"_id": "rice", "all": [1]}, {"_id": "tea", "all": [2, 5]}],
    ),
    (lambda p, _: p.group({"_id": None, "f": _.first("$n"), "l": _.last("$n")}), [{"_id": None, "f": 2, "l": 5}]),
    (lambda p, _: p.group({"_id": None, "s": _.addToSet("$what")}), [{"_id": None, "s": ["tea", "rice"]}]),
    (lambda p, _: p.sortByCount("$what"), [{"_id": "tea", "count": 2}, {"_id": "rice", "count": 1}]),
    (lambda p, _: p.project({"_id": 0, "what": 1}).limit(1), [{"what": "tea"}]),
    (
        lambda p, _: p.project({"sum": _.multiply(["$n", "$price"])}).skip(1),
        [{"_id": 2, "sum": 9}, {"_id": 3, "sum": 20}],
    ),
    (lambda p, _: p.sort({"n": -1}).limit(1).project({"_id": True}), [{"_id": 3}]),
    # a list counts as its least element, or its greatest
    (lambda p, _: p.sort({"by": 1, "_id": 1}).project({"_id": 1}), [{"_id": 3}, {"_id": 1}, {"_id": 2}]),
    (lambda p, _: p.sort({"by": -1, "_id": 1}).project({"_id": 1}), [{"_id": 1}, {"_id": 2}, {"_id": 3}]),
    (
        lambda p, _: p.addFields({"big": _.gte(["$n", 5])}).match({"big": True}).project({"big": 1}),
        [{"_id": 3, "big": True}],
    ),
    (
        lambda p, _: p.unwind("$by").project({"by": 1}),
        [{"_id": 1, "by": "ann"}, {"_id": 1, "by": "bob"}, {"_id": 2, "by": "ann"}],
    ),
    (lambda p, _: p.unwind({"path": "$by", "preserveNullAndEmptyArrays": True}).count("n"), [{"n": 4}]),
    (
        lambda p, _: p.bucket({"groupBy": "$price", "boundaries": [0, 5, 10]}),
        [{"_id": 0, "count": 1}, {"_id": 5, "count": 2}],
    ),
    (
        lambda p, _: p.bucket({"groupBy": "$price", "boundaries": [0, 5], "default": "more"}),
        [{"_id": 0, "count": 1}, {"_id": "more", "count": 2}],
    ),
    (
        lambda p, _: p.bucketAuto({"groupBy": "$price", "buckets": 3}),
        [
            {"_id": {"min": 4, "max": 5}, "count": 1},
            {"_id": {"min": 5, "max": 9}, "count": 1},
            {"_id": {"min": 9, "max": 9}, "count": 1},
        ],
    ),
    (lambda p, _: p.limit(1).replaceRoot({"newRoot": {"x": "$n"}}), [{"x": 2}]),
    (
        lambda p, _: p.limit(1).project({"_id": 0, "y": _.year("$at"), "m": _.month("$at"), "d": _.dayOfMonth("$at")}),
        [{"y": 2024, "m": 2, "d": 29}],
    ),
    (
        lambda p, _: p.limit(1).project(
            {"_id": 0, "t": _.dateToString({"date": "$at", "format": "%Y-%m-%d %H:%M", "timezone": "+08:00"})}
        ),
        [{"t": "2024-02-29 21:05"}],
    ),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.concat(["<", _.toUpper("$what"), ">"])}), [{"t": "<TEA>"}]),
    (
        lambda p, _: p.limit(1).project(
            {"_id": 0, "t": _.cond({"if": _.gt(["$n", 1]), "then": "many", "else": "one"})}
        ),
        [{"t": "many"}],
    ),
    (
        lambda p, _: p.limit(1).project(
            {"_id": 0, "t": _.filter({"input": "$by", "as": "b", "cond": _.eq(["$$b", "bob"])})}
        ),
        [{"t": ["bob"]}],
    ),
    (
        lambda p, _: p.limit(1).project({"_id": 0, "t": _.map({"input": "$by", "as": "b", "in": _.strLenCP("$$b")})}),
        [{"t": [3, 3]}],
    ),
    (
        lambda p, _: p.limit(1).project(
            {"_id": 0, "t": _.reduce({"input": [1, 2, 3], "initialValue": 0, "in": _.add(["$$value", "$$this"])})}
        ),
        [{"t": 6}],
    ),
    (
        lambda p, _: p.limit(1).project(
            {"_id": 0, "t": _.switch({"branches": [{"case": _.eq(["$n", 9]), "then": 1}], "default": 0})}
        ),
        [{"t": 0}],
    ),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.ifNull(["$none", "nothing"])}), [{"t": "nothing"}]),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.arrayElemAt(["$by", -1])}), [{"t": "bob"}]),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.setUnion(["$by", ["cat"]])}), [{"t": ["ann", "bob", "cat"]}]),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.split(["a-b", "-"])}), [{"t": ["a", "b"]}]),
    (
        lambda p, _: p.limit(1).project({"_id": 0, "t": _.let({"vars": {"x": 2}, "in": _.pow(["$$x", 10])})}),
        [{"t": 1024}],
    ),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.objectToArray({"a": 1})}), [{"t": [{"k": "a", "v": 1}]}]),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.mergeObjects([{"a": 1}, {"b": 2}])}), [{"t": {"a": 1, "b": 2}}]),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.range([0, 6, 2])}), [{"t": [0, 2, 4]}]),
    (lambda p, _: p.limit(1).project({"_id": 0, "t": _.zip({"inputs": [[1, 2], [3, 4]]})}), [{"t": [[1, 3], [2, 4]]}]),
    (
        lambda p, _: p.limit(1).project(
            {"_id": 0, "t": _.subtract([_.dateFromString({"dateString": "1970-01-01"}), 1])}
        ),
        [{"t": datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=UTC)}],
    ),
    (
        lambda p, _: p.limit(1).project({"_id": 0, "t": _.in_(["ann", "$by"]), "s": _.size("$by")}),
        [{"t": True, "s": 2}],
    ),
    (
        lambda p, _: (
            p.lookup({"from": "people", "localField": "by", "foreignField": "_id", "as": "who"})
            .limit(1)
            .project({"_id": 0, "who": 1})
        ),
        [{"who": [{"_id": "ann", "age": 30}]}],
    ),
]

WHEN = datetime(2017, 1, 1, 12, 30, 15, 123000, tzinfo=UTC)

#: Operators of `_.aggregate`, and what they give, as MongoDB's manual, "Aggregation Operators", has it, whose pages the
#: vendor's own are after (reference-sdk-api/database/command/aggregate).
OPERATORS: list[tuple[Condition, Any]] = [
    # numbers
    (lambda _: _.abs(-1), 1),
    (lambda _: _.abs(None), None),
    (lambda _: _.ceil(7.8), 8),
    (lambda _: _.ceil(-2.8), -2),
    (lambda _: _.floor(-2.8), -3),
    (lambda _: _.trunc(-5.7), -5),
    (lambda _: _.trunc([19.25, 1]), 19.2),
    (lambda _: _.round([19.25, 1]), 19.2),
    (lambda _: _.round(2.5), 2),
    (lambda _: _.divide([40, 8]), 5),
    (lambda _: _.mod([80, 7]), 3),
    (lambda _: _.mod([-80, 7]), -3),
    (lambda _: _.exp(0), 1),
    (lambda _: _.ln(1), 0),
    (lambda _: _.log([100, 10]), 2),
    (lambda _: _.log10(1000), 3),
    (lambda _: _.sqrt(25), 5),
    (lambda _: _.pow([5, 3]), 125),
    (lambda _: _.stdDevPop([85, 90, 95]), 4.08248290463863),
    (lambda _: _.stdDevSamp([85, 95]), 7.0710678118654755),
    (lambda _: _.min([4, 1, 3]), 1),
    (lambda _: _.max([4, 1, 3]), 4),
    # comparisons, and what is true
    (lambda _: _.cmp([1, 2]), -1),
    (lambda _: _.cmp(["b", "a"]), 1),
    (lambda _: _.lt([1, 1]), False),
    (lambda _: _.lte([1, 1]), True),
    (lambda _: _.ne([1, 2]), True),
    (lambda _: _.and_([1, "green"]), True),
    (lambda _: _.and_([]), True),
    (lambda _: _.and_([[None], [0]]), True),
    (lambda _: _.or_([0, None]), False),
    (lambda _: _.or_([]), False),
    (lambda _: _.not_([[False]]), False),
    (lambda _: _.not_([0]), True),
    (lambda _: _.toBool("false"), True),
    (lambda _: _.toBool(0), False),
    # lists and sets
    (lambda _: _.allElementsTrue([[True, 1, "text"]]), True),
    (lambda _: _.allElementsTrue([[]]), True),
    (lambda _: _.allElementsTrue([[None, 1]]), False),
    (lambda _: _.anyElementTrue([[None, False, 0]]), False),
    (lambda _: _.anyElementTrue([[True, False]]), True),
    (lambda _: _.arrayToObject([[["item", "abc"], ["n", 25]]]), {"item": "abc", "n": 25}),
    (lambda _: _.arrayToObject([[{"k": "item", "v": "abc"}]]), {"item": "abc"}),
    (lambda _: _.concatArrays([["hello", " "], ["world"]]), ["hello", " ", "world"]),
    (lambda _: _.concatArrays([["hello"], None]), None),
    (lambda _: _.indexOfArray([["a", "abc"], "a"]), 0),
    (lambda _: _.indexOfArray([["a", "abc", "b"], "b", 0, 1]), -1),
    (lambda _: _.isArray(["text"]), False),
    (lambda _: _.isArray([["text"]]), True),
    (lambda _: _.reverseArray([[1, 2, 3]]), [3, 2, 1]),
    (lambda _: _.slice([[1, 2, 3], 1, 1]), [2]),
    (lambda _: _.slice([[1, 2, 3], -2]), [2, 3]),
    (lambda _: _.slice([[1, 2, 3], 15, 2]), []),
    (lambda _: _.slice([[1, 2, 3], -15, 2]), [1, 2]),
    (lambda _: _.setDifference([["a", "b", "a"], ["b", "a"]]), []),
    (lambda _: _.setEquals([["a", "b", "a"], ["b", "a"]]), True),
    (lambda _: _.setEquals([["a", "b"], [["a", "b"]]]), False),
    (lambda _: _.setIntersection([["a", "b", "a"], ["b"]]), ["b"]),
    (lambda _: _.setIsSubset([["a", "b", "a"], ["b", "a"]]), True),
    (lambda _: _.setIsSubset([["a", "b"], [["a", "b"]]]), False),
    # texts
    (lambda _: _.indexOfBytes(["cafeteria", "e"]), 3),
    (lambda _: _.indexOfBytes(["cafétéria", "é"]), 3),
    (lambda _: _.indexOfBytes(["cafétéria", "t"]), 5),
    (lambda _: _.indexOfCP(["cafétéria", "t"]), 4),
    (lambda _: _.indexOfCP(["foo.bar.fi", ".", 5]), 7),
    (lambda _: _.indexOfCP([None, "foo"]), None),
    (lambda _: _.ltrim({"input": " \n good  bye "}), "good  bye "),
    (lambda _: _.rtrim({"input": " ggggoodbyeeeee", "chars": "e"}), " ggggoodby"),
    (lambda _: _.trim({"input": " ggggoodbyeeeee", "chars": "ge"}), " ggggoodby"),
    (lambda _: _.trim({"input": " ggggoodbyeeeee", "chars": " ge"}), "oodby"),
    (lambda _: _.strLenBytes("寿司"), 6),
    (lambda _: _.strLenBytes(""), 0),
    (lambda _: _.strcasecmp(["13q1", "13Q4"]), -1),
    (lambda _: _.strcasecmp(["Tea", "tEA"]), 0),
    (lambda _: _.substr(["15Q2", 2, -1]), "Q2"),
    (lambda _: _.substrBytes(["abcde", 1, 2]), "bc"),
    (lambda _: _.substrBytes(["cafétéria", 5, 3]), "té"),
    (lambda _: _.substrCP(["cafétéria", 3, 4]), "étér"),
    (lambda _: _.toLower("PRODUCT 1"), "product 1"),
    (lambda _: _.toLower(None), ""),
    (lambda _: _.toString(2.5), "2.5"),
    (lambda _: _.toString(True), "true"),
    (lambda _: _.toString(WHEN), "2017-01-01T12:30:15.123Z"),
    (lambda _: _.toInt("100"), 100),
    (lambda _: _.toInt(5.5), 5),
    (lambda _: _.toDouble("-5.5"), -5.5),
    (lambda _: _.toLong(True), 1),
    # dates: 2017 began on a Sunday, which is in the last week of 2016
    (lambda _: _.dayOfWeek(WHEN), 1),
    (lambda _: _.dayOfYear(WHEN), 1),
    (lambda _: _.week(WHEN), 1),
    (lambda _: _.isoDayOfWeek(WHEN), 7),
    (lambda _: _.isoWeek(WHEN), 52),
    (lambda _: _.isoWeekYear(WHEN), 2016),
    (lambda _: _.hour(WHEN), 12),
    (lambda _: _.hour({"date": WHEN, "timezone": "+0800"}), 20),
    (lambda _: _.minute(WHEN), 30),
    (lambda _: _.second(WHEN), 15),
    (lambda _: _.millisecond(WHEN), 123),
    (
        lambda _: _.dateFromParts({"year": 2017, "month": 2, "day": 8, "hour": 12, "timezone": "America/New_York"}),
        datetime(2017, 2, 8, 17, tzinfo=UTC),
    ),
    (
        lambda _: _.dateFromParts({"isoWeekYear": 2017, "isoWeek": 6, "isoDayOfWeek": 3}),
        datetime(2017, 2, 8, tzinfo=UTC),
    ),
    (lambda _: _.dateFromParts({"year": 2017, "month": 14, "day": 1}), datetime(2018, 2, 1, tzinfo=UTC)),
    (lambda _: _.toDate(120_000), datetime(1970, 1, 1, 0, 2, tzinfo=UTC)),
    (lambda _: _.toDate("2018-03-03"), datetime(2018, 3, 3, tzinfo=UTC)),
]
