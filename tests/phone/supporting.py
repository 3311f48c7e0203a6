"""Tests that run on every platform that supports some functions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import Any

import pytest

import taropy
from taropy import spec

#: The system's own words, which Taro's code hands on.
HARMONY_REFUSES = (
    "getLocation:fail Permission verification failed."
    " The application does not have the permission required to call the API."
)


def supporting(*names: str, without: Collection[str] = ()) -> pytest.MarkDecorator:
    """Runs a test once with each platform's `t` that has all of these functions and methods, but for `without`."""
    platforms = sorted(each for each in spec.PLATFORMS if has(each, *names) and each not in without)
    return pytest.mark.parametrize("t", platforms, indirect=True)


def has(platform: str, *names: str) -> bool:
    """Whether the platform's phone has all of these functions, and methods as `FileSystemManager.unzip`."""
    return all(map(_on(platform).canIUse, names))


@cache
def _on(platform: str) -> Any:
    return taropy.create(platform)


def asked(method: Callable[..., Any], **options: Any) -> Any:
    """What the method of an object tells `success` or `fail`, of which it calls one, and once."""
    told: list[Any] = []
    method({**options, "success": told.append, "fail": told.append})
    assert len(told) == 1
    return told[0]


def failure(promise: Any) -> str:
    """The errMsg that the promise is rejected with."""
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    return str(caught.value.errMsg)


def refused(t: Any, name: str) -> str:
    """The errMsg of the function `name` that the person has refused, in the words of the platform's vendor."""
    words = {"swan": "user deny", "rn": "denied/undetermined" if name == "authorize" else "Permissions denied!"}
    own = {"harmony": HARMONY_REFUSES, "h5": "getLocation:fail User denied Geolocation"}
    if name == "getLocation" and t.platform.name in own:
        return own[t.platform.name]
    return f"{name}:fail {words.get(t.platform.name, 'auth deny')}"
