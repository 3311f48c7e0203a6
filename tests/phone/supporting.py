"""Tests that run on every platform that supports some functions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

import taropy
from taropy import spec


def supporting(*names: str, without: Collection[str] = ()) -> pytest.MarkDecorator:
    """Runs a test once with each platform's `t` that supports all of these functions, but for those in `without`."""
    platforms = frozenset.intersection(*(spec.supported_on(name) for name in names)).difference(without)
    return pytest.mark.parametrize("t", sorted(platforms), indirect=True)


def failure(promise: Any) -> str:
    """The errMsg that the promise is rejected with."""
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    return str(caught.value.errMsg)


def refused(t: Any, name: str) -> str:
    """The errMsg of the function `name` that the person has refused, in the words of the platform's vendor."""
    return f"{name}:fail {'user deny' if t.platform.name == 'swan' else 'auth deny'}"
