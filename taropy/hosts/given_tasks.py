"""The tasks that functions give, and what can be listened to there, as the spec has it.

A real runtime may tell of something before a program has got the task: hosts listen from the start.
"""

from __future__ import annotations

import re
from functools import cache

import attrs

from .. import spec
from ..models.loading import is_manager
from ..runtime.shapes import tasks
from ..spec import Ref

_LISTENS = re.compile("on[A-Z]").match


@attrs.frozen
class GivenTask:
    """The task that a function gives: the names of its listeners, and whether it may come by a promise."""

    listeners: tuple[str, ...]
    comes: bool


@cache
def given_tasks(name: str) -> GivenTask | None:
    """What the spec says of the task of a function; None if it gives none."""
    member = spec.member(name) if spec.has(name) else None
    if member is None or not member.is_promise:
        return None
    result = member.result
    if isinstance(result, Ref) and is_manager(result):
        return GivenTask(_listeners([result]), comes=True)
    own = [each for each in tasks(member) if each.name != "Promise"]
    return GivenTask(_listeners(own), comes=False) if own else None


def _listeners(types: list[Ref]) -> tuple[str, ...]:
    return tuple(name for type_ in types for name in spec.fields_of(type_) if _LISTENS(name))
