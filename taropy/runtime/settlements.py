"""How promises ended, as `Promise.allSettled` tells it."""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from ..models.record import Record

T = TypeVar("T")


class PromiseFulfilledResult(Record, Generic[T]):
    """How a promise ended that was fulfilled."""

    __slots__ = ()

    status: Literal["fulfilled"]
    value: T


class PromiseRejectedResult(Record):
    """How a promise ended that was rejected."""

    __slots__ = ()

    status: Literal["rejected"]
    reason: Any


PromiseSettledResult = PromiseFulfilledResult[T] | PromiseRejectedResult
