"""The stages of aggregates: each makes of the records of the one before those for the next.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/database/aggregate; MongoDB's manual.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from itertools import islice, pairwise
from typing import Any

from ..errors import INVALID_COMMAND, database_fail
from . import geometry
from .expressions import Evaluate, compiled
from .matching import matcher
from .operators import failed, folded, ordered
from .ordering import equal, key_of, order_key, sorted_by
from .paths import MISSING, holder_of, null, put_at, value_at, values_at
from .store import Store, projected

Json = dict[str, Any]
Records = Iterable[Json]
Stage = Callable[[Any, Store], Callable[[Records], Records]]


def run(store: Store, name: str, pipeline: list[tuple[str, Any]]) -> list[Json]:
    """The records that come out at the end. Raises `Fail` for a stage or an operator that is none."""
    stages = [_stage(stage, operand, store) for stage, operand in pipeline]
    records: Records = list(store[name].records.values())
    for stage in stages:
        records = stage(records)
    return list(records)


def _stage(name: str, operand: Any, store: Store) -> Callable[[Records], Records]:
    make = STAGES.get(name)
    if make is None:
        raise database_fail(INVALID_COMMAND, f"Unrecognized pipeline stage name: '${name}'")
    try:
        return make(operand, store)
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise database_fail(INVALID_COMMAND, f"the stage ${name} can't take {operand!r}: {error}") from error


def _scope(record: Json) -> Json:
    return {"CURRENT": record, "ROOT": record}


def _match(operand: Any, _: Store) -> Callable[[Records], Records]:
    meets = matcher(operand)
    return lambda records: filter(meets, records)


def _added(record: Json, fields: Mapping[str, Evaluate], scope: Json) -> Json:
    made = deepcopy(record) if any("." in path for path in fields) else dict(record)
    for path, evaluate in fields.items():
        value = evaluate(scope)
        if value is not MISSING:
            put_at(made, tuple(path.split(".")), value)
    return made


def _add_fields(operand: Any, _: Store) -> Callable[[Records], Records]:
    fields = {path: compiled(each) for path, each in _fields(operand)}
    return lambda records: (_added(each, fields, _scope(each)) for each in records)


def _fields(operand: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """The fields of a stage by their paths, operators as they are."""
    found: list[tuple[str, Any]] = []
    for name, value in operand.items():
        nested = isinstance(value, dict) and value and not next(iter(value)).startswith("$")
        found += _fields(value, f"{before}{name}.") if nested else [(f"{before}{name}", value)]
    return found


def _project(operand: Any, _: Store) -> Callable[[Records], Records]:
    given = _fields(operand)
    kept = {path: bool(each) for path, each in given if isinstance(each, (bool, int, float))}
    made = {path: compiled(each) for path, each in given if not isinstance(each, (bool, int, float))}
    keeps = any(kept.values()) or bool(made)
    if keeps and any(not each for path, each in kept.items() if path != "_id"):
        raise ValueError("a projection keeps fields or leaves some out, not both")

    def project(record: Json) -> Json:
        if keeps and not any(kept.values()):
            base = {} if kept.get("_id") is False or "_id" not in record else {"_id": record["_id"]}
        else:
            base = projected(record, kept)
        return _added(base, made, _scope(record))

    return lambda records: map(project, records)


#: What a group's operators begin with, and how they go on.
_FOLDED = frozenset({"$sum", "$avg", "$min", "$max", "$stdDevPop", "$stdDevSamp"})


def _accumulated(name: str, values: list[Any]) -> Any:
    there = list(map(null, values))
    if name in _FOLDED:
        return folded(name, values)
    match name:
        case "$first":
            return there[0] if there else None
        case "$last":
            return there[-1] if there else None
        case "$push":
            return [value for value in values if value is not MISSING]
        case "$addToSet":
            return list({key_of(value): value for value in values if value is not MISSING}.values())
        case "$mergeObjects":
            return {key: each for value in values if isinstance(value, dict) for key, each in value.items()}
        case _:
            raise database_fail(INVALID_COMMAND, f"unknown group operator '{name}'")


def _accumulators(operand: Mapping[str, Any]) -> dict[str, tuple[str, Evaluate]]:
    made = {}
    for name, each in operand.items():
        if not isinstance(each, dict) or len(each) != 1:
            raise ValueError(f"The field '{name}' must be an accumulator object")
        ((operator, inside),) = each.items()
        _accumulated(operator, [])
        made[name] = (operator, compiled(inside))
    return made


def _grouped(records: Records, fields: Mapping[str, tuple[str, Evaluate]]) -> Json:
    scopes = [_scope(each) for each in records]
    return {
        name: _accumulated(operator, [evaluate(scope) for scope in scopes])
        for name, (operator, evaluate) in fields.items()
    }


def _group(operand: Any, _: Store) -> Callable[[Records], Records]:
    if "_id" not in operand:
        raise ValueError("a group specification must include an _id")
    by = compiled(operand["_id"])
    fields = _accumulators({name: each for name, each in operand.items() if name != "_id"})

    def group(records: Records) -> Records:
        groups: dict[Any, tuple[Any, list[Json]]] = {}
        for record in records:
            id_ = null(by(_scope(record)))
            groups.setdefault(key_of(id_), (id_, []))[1].append(record)
        return [{"_id": id_, **_grouped(members, fields)} for id_, members in groups.values()]

    return group


_COUNTED = {"count": {"$sum": 1}}


def _bucket(operand: Any, _: Store) -> Callable[[Records], Records]:
    by, bounds = compiled(operand["groupBy"]), list(operand["boundaries"])
    if len(bounds) < 2 or any(ordered(one, two) >= 0 for one, two in pairwise(bounds)):
        raise ValueError("boundaries must be at least 2 values, ascending")
    fields = _accumulators(operand.get("output") or _COUNTED)

    def bucket(records: Records) -> Records:
        buckets: dict[int, list[Json]] = {}
        for record in records:
            value = by(_scope(record))
            at = sum(ordered(bound, value) <= 0 for bound in bounds) - 1
            at = -1 if at >= len(bounds) - 1 else at
            if at < 0 and "default" not in operand:
                raise failed("$switch could not find a matching branch for an input, and no default was specified.")
            buckets.setdefault(at, []).append(record)
        names = {**dict(enumerate(bounds)), -1: operand.get("default")}
        order = sorted(buckets, key=lambda at: len(bounds) if at < 0 else at)
        return [{"_id": names[at], **_grouped(buckets[at], fields)} for at in order]

    return bucket


def _bucket_auto(operand: Any, _: Store) -> Callable[[Records], Records]:
    by, number = compiled(operand["groupBy"]), int(operand["buckets"])
    fields = _accumulators(operand.get("output") or _COUNTED)

    def bucket(records: Records) -> Records:
        pairs = [(null(by(_scope(record))), record) for record in records]
        pairs.sort(key=lambda pair: order_key(pair[0]))
        size = max(1, round(len(pairs) / number))
        parts: list[list[tuple[Any, Json]]] = []
        for pair in pairs:
            full = parts and (len(parts[-1]) >= size and len(parts) < number) and not equal(parts[-1][-1][0], pair[0])
            if not parts or full:
                parts.append([])
            parts[-1].append(pair)
        ends = [part[0][0] for part in parts[1:]] + ([parts[-1][-1][0]] if parts else [])
        return [
            {"_id": {"min": part[0][0], "max": end}, **_grouped([record for _, record in part], fields)}
            for part, end in zip(parts, ends, strict=True)
        ]

    return bucket


def _sort(operand: Any, _: Store) -> Callable[[Records], Records]:
    sort = list(operand.items())
    return lambda records: sorted_by(records, sort)


def _sort_by_count(operand: Any, store: Store) -> Callable[[Records], Records]:
    group, sort = _group({"_id": operand, "count": {"$sum": 1}}, store), _sort({"count": -1}, store)
    return lambda records: sort(group(records))


def _unwind(operand: Any, _: Store) -> Callable[[Records], Records]:
    given = {"path": operand} if isinstance(operand, str) else operand
    path = given["path"]
    if not path.startswith("$"):
        raise ValueError("path option to $unwind stage should be prefixed with a '$'")
    parts, number = tuple(path[1:].split(".")), given.get("includeArrayIndex")
    keeps = given.get("preserveNullAndEmptyArrays", False)

    def one(record: Json, value: Any, at: int | None) -> Json:
        made = deepcopy(record)
        if value is MISSING:
            holder_of(made, parts, make=False).pop(parts[-1], None)
        else:
            put_at(made, parts, value)
        if number is not None:
            put_at(made, tuple(number.split(".")), at)
        return made

    def unwind(records: Records) -> Records:
        for record in records:
            value = value_at(record, parts)
            if isinstance(value, list) and value:
                yield from (one(record, each, at) for at, each in enumerate(value))
            elif isinstance(value, list) or value is None or value is MISSING:
                if keeps:
                    yield (
                        one(record, MISSING if isinstance(value, list) else value, None)
                        if value is not MISSING
                        else record
                    )
            else:
                yield one(record, value, None)

    return unwind


def _lookup(operand: Any, store: Store) -> Callable[[Records], Records]:
    name, target = operand["from"], operand["as"]
    if "pipeline" in operand:
        variables = {key: compiled(each) for key, each in operand.get("let", {}).items()}
        steps = [next(iter(each.items())) for each in operand["pipeline"]]

        def joined(record: Json) -> list[Json]:
            known = {key: each(_scope(record)) for key, each in variables.items()}
            return run(store, name, [(step.lstrip("$"), _with(inside, known)) for step, inside in steps])

    else:
        local, foreign = (tuple(operand[each].split(".")) for each in ("localField", "foreignField"))
        known: dict[Any, list[Json]] | None = None

        def joined(record: Json) -> list[Json]:
            nonlocal known
            if known is None:  # once for all records
                known = {}
                for each in store[name].records.values():
                    for key in _keys(each, foreign):
                        known.setdefault(key, []).append(each)
            found = [each for key in _keys(record, local) for each in known.get(key, ())]
            return list({id(each): each for each in found}.values())

    return lambda records: ({**each, target: joined(each)} for each in records)


def _keys(record: Json, parts: tuple[str, ...]) -> list[Any]:
    values = list(values_at(record, parts)) or [None]
    return list(
        dict.fromkeys(key_of(each) for value in values for each in (value if isinstance(value, list) else [value]))
    )


def _with(value: Any, variables: Mapping[str, Any]) -> Any:
    """A stage with the values of the variables that `let` has named, which it writes as `$$name`."""
    if isinstance(value, str) and value.startswith("$$") and value[2:].partition(".")[0] in variables:
        return {"$literal": null(compiled(value)(variables))}
    if isinstance(value, dict):
        return {name: _with(each, variables) for name, each in value.items()}
    return [_with(each, variables) for each in value] if isinstance(value, list) else value


def _replace_root(operand: Any, _: Store) -> Callable[[Records], Records]:
    root = compiled(operand["newRoot"])

    def replace(record: Json) -> Json:
        made = root(_scope(record))
        if not isinstance(made, dict):
            raise failed("'newRoot' expression must evaluate to an object")
        return made

    return lambda records: map(replace, records)


def _geo_near(operand: Any, _: Store) -> Callable[[Records], Records]:
    point, target = operand["near"]["coordinates"], operand["distanceField"]
    meets = matcher(operand.get("query") or {})
    times, parts = operand.get("distanceMultiplier", 1), tuple(operand["key"].split(".")) if "key" in operand else None
    least, most = operand.get("minDistance", 0), operand.get("maxDistance", float("inf"))

    def near(records: Records) -> Records:
        found = []
        for record in records:
            place = value_at(record, parts) if parts else _first_place(record)
            away = geometry.how_far(place, point)
            if least <= away <= most and away != float("inf") and meets(record):
                made = _added(record, {target: lambda _, away=away: away * times}, {})  # type: ignore[misc]
                if "includeLocs" in operand:
                    put_at(made, tuple(operand["includeLocs"].split(".")), place)
                found.append((away, made))
        return [made for _, made in sorted(found, key=lambda pair: pair[0])]

    return near


def _first_place(record: Json) -> Any:
    return next((each for each in record.values() if geometry.is_shape(each)), None)


def _number(operand: Any, least: int) -> int:
    if isinstance(operand, bool) or not isinstance(operand, (int, float)) or operand < least or operand % 1:
        raise ValueError(f"a whole number of {least} or more is expected")
    return int(operand)


def _limit(operand: Any, _: Store) -> Callable[[Records], Records]:
    number = _number(operand, 1)
    return lambda records: islice(records, number)


def _skip(operand: Any, _: Store) -> Callable[[Records], Records]:
    number = _number(operand, 0)
    return lambda records: islice(records, number, None)


def _sample(operand: Any, _: Store) -> Callable[[Records], Records]:
    number = _number(operand["size"] if isinstance(operand, dict) else operand, 1)

    def sample(records: Records) -> Records:
        found = list(records)
        return random.sample(found, min(number, len(found)))

    return sample


def _count(operand: Any, _: Store) -> Callable[[Records], Records]:
    if not isinstance(operand, str) or not operand or operand.startswith("$") or "." in operand:
        raise ValueError("the name of a field is expected")

    def count(records: Records) -> Records:
        number = sum(1 for _ in records)
        return [{operand: number}] if number else []

    return count


STAGES: Mapping[str, Stage] = {
    "addFields": _add_fields, "bucket": _bucket, "bucketAuto": _bucket_auto, "count": _count, "geoNear": _geo_near,
    "group": _group, "limit": _limit, "lookup": _lookup, "match": _match, "project": _project,
    "replaceRoot": _replace_root, "sample": _sample, "skip": _skip, "sort": _sort, "sortByCount": _sort_by_count,
    "unwind": _unwind,
}  # fmt: skip
