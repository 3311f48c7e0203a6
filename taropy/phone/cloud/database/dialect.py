"""From the database's filters, changes and pipelines to those that a MongoDB takes.

They are MongoDB's own, but for what the server would have to be told otherwise: conditions on elements that are no
objects, places, expressions within lists, and the names of stages. Facts: MongoDB's manual, "Query Predicates".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import INVALID_COMMAND, database_fail
from .values import pattern_of

Json = dict[str, Any]


def filter_in(filter_: Mapping[str, Any]) -> Json:
    """A filter. Raises `Fail` for a condition that MongoDB has no words for."""
    made: Json = {}
    for name, value in filter_.items():
        match name:
            case "$and" | "$or" | "$nor":
                made[name] = [filter_in(each) for each in value]
            case "$not":
                made["$nor"] = [filter_in(each) for each in (value if isinstance(value, list) else [value])]
            case "$expr":
                made[name] = value
            case _:
                made |= _field(name, value)
    return made


def _field(path: str, operations: Mapping[str, Any]) -> Json:
    element = operations.get("$elemMatch", {}).get("", {})
    if "$or" in element:  # MongoDB joins no conditions on elements that are no objects, but it joins lists'
        return {"$or": [_field(path, {"$elemMatch": each}) for each in element["$or"]]}
    made: Json = {}
    for name, operand in operations.items():
        made |= _operation(name, operand)
    return {path: made}


def _operation(name: str, operand: Any) -> Json:
    match name:
        case "$elemMatch":
            return {name: _element(operand)}
        case "$in" | "$nin" | "$all":
            return {name: [_pattern(each) for each in operand]}
        case "$eq" if _is_regex(operand):
            return dict(operand)
        case "$ne" if _is_regex(operand):
            return {"$not": _pattern(operand)}
        case "$geoNear":
            return {"$nearSphere": {f"${part}": each for part, each in operand.items()}}
        case "$geoWithin" | "$geoIntersects":
            return {name: {f"${part}": each for part, each in operand.items()}}
    return {name: operand}


def _element(condition: Mapping[str, Any]) -> Json:
    """The condition on a list's elements; those that are no objects stand under the empty name here."""
    if "" not in condition:
        return filter_in(condition)
    made: Json = {}
    for name, operand in condition[""].items():
        parts = [_element(each) for each in operand] if name == "$and" else [_operation(name, operand)]
        for part in parts:
            if name in ("$or", "$nor") or made.keys() & part.keys():
                raise database_fail(INVALID_COMMAND, f"MongoDB can't join these conditions on an element: {condition}")
            made |= part
    return made


def _is_regex(value: Any) -> bool:
    return isinstance(value, dict) and "$regex" in value


def _pattern(value: Any) -> Any:
    return pattern_of(value["$regex"], value.get("$options", "")) if _is_regex(value) else value


def update_in(changes: Mapping[str, Mapping[str, Any]]) -> Json:
    """Changes, by their operators."""
    return {
        operator: {path: _element(each) for path, each in fields.items()} if operator == "$pull" else dict(fields)
        for operator, fields in changes.items()
    }


def stages_in(pipeline: list[tuple[str, Any]]) -> list[Json]:
    """A pipeline. What is near has to be its first stage there, so a condition before it goes into its own."""
    if [name for name, _ in pipeline[:2]] == ["match", "geoNear"]:
        condition, near = pipeline[0][1], pipeline[1][1]
        both = {"$and": [condition, near["query"]]} if near.get("query") else condition
        pipeline = [("geoNear", {**near, "query": both}), *pipeline[2:]]
    return [{f"${name}": _operand(name, operand)} for name, operand in pipeline]


def _operand(name: str, operand: Any) -> Any:
    match name:
        case "match":
            return filter_in(operand)
        case "sample" if not isinstance(operand, dict):
            return {"size": operand}
        case "geoNear" if "query" in operand:
            return {**operand, "query": filter_in(operand["query"])}
        case "lookup" if "pipeline" in operand:
            steps = [(step, each) for stage in operand["pipeline"] for step, each in stage.items()]
            return {**operand, "pipeline": stages_in(steps)}
    return operand
