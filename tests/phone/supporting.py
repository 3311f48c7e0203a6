"""Tests that run on every platform that supports some functions."""

from __future__ import annotations

from typing import Any

import pytest

import taropy
from taropy import spec

#: The system's own words, which Taro's code hands on.
HARMONY_REFUSES = (
    "getLocation:fail Permission verification failed."
    " The application does not have the permission required to call the API."
)


def supporting(*names: str) -> pytest.MarkDecorator:
    """Runs a test once with each platform's `t` that supports all of these functions."""
    platforms = frozenset.intersection(*(spec.supported_on(name) for name in names))
    return pytest.mark.parametrize("t", sorted(platforms), indirect=True)


def failure(promise: Any) -> str:
    """The errMsg that the promise is rejected with."""
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    return str(caught.value.errMsg)


def refused(t: Any, name: str) -> str:
    """The errMsg of the function `name` that the person has refused, in the words of the platform's vendor."""
    words = {"swan": "user deny", "rn": "denied/undetermined" if name == "authorize" else "Permissions denied!"}
    if t.platform.name == "harmony" and name == "getLocation":
        return HARMONY_REFUSES
    return f"{name}:fail {words.get(t.platform.name, 'auth deny')}"
