"""A pipeline as programs write it: its stages in MongoDB's language, and what may be read by it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from ..errors import wrong_parameter
from .access import Access
from .translating import expression_of, filter_of
from .values import stored, told

#: The stages by their names, each with its operand.
Stages = tuple[tuple[str, Any], ...]


def stage_of(access: Access, name: str, operand: Any) -> tuple[str, Any]:
    """A stage in MongoDB's language. Raises `Fail` for an operand that is none."""
    if operand is None:
        raise wrong_parameter(f"the stage {name} needs an operand")
    if name == "match":
        return name, filter_of(operand, access.now)
    translated = expression_of(
        {key: each for key, each in operand.items() if key not in ("query", "pipeline")}
        if isinstance(operand, Mapping)
        else operand,
        partial(stored, now=access.now),
    )
    if isinstance(operand, Mapping) and name == "geoNear" and operand.get("query") is not None:
        translated["query"] = filter_of(operand["query"], access.now)
    if isinstance(operand, Mapping) and name == "lookup" and "pipeline" in operand:
        translated["pipeline"] = [_step(access, each) for each in _steps(operand["pipeline"])]
    return name, translated


def _steps(pipeline: Any) -> list[Any]:
    """The stages of a lookup: a list of them, or a pipeline that `done` was called of."""
    return list(getattr(pipeline, "stages", pipeline))


def _step(access: Access, step: Any) -> dict[str, Any]:
    ((name, operand),) = step.items()
    return dict([stage_of(access, name.lstrip("$"), operand)])


def aggregated(access: Access, stages: Stages) -> list[Any]:
    """The records that come out of the pipeline, of those that the side may read."""
    own = access.readable(None)
    pipeline = [("match", own), *stages] if own else list(stages)
    return [told(each) for each in access.collection.aggregate(pipeline)]
