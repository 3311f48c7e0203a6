"""Storage in Baidu's own form: github.com/swan-team/swan-docs, api/storage. What fits is in the room's `RULES`."""

from __future__ import annotations

from typing import Any

from ..core.answers import NativeError
from ..core.swan import ANY, FAILED, WRONG, Numbers, failing, numbered, wrong
from ..core.variant import Surface, Variant

_TOO_MUCH = 1003
_ANDROID = {ANY: FAILED}
_SETTING = {**wrong(WRONG), "exceed storage": _TOO_MUCH}


def _at_once(name: str, ios: Numbers) -> Variant:
    """A function whose failure is what it returns, an error, as the pages have it since base library 3.140.1."""

    def on(numbers: Numbers, **systems: Variant) -> Variant:
        return Variant(name, arguments=_as_given, returned=_itself, failure=failing(numbers), systems=systems)

    return on(_ANDROID, ios=on(ios))


def _as_given(*arguments: Any) -> tuple[Any, ...]:
    return arguments


def _itself(error: NativeError) -> NativeError:
    return error


SURFACE = Surface(
    "swan",
    {
        "getStorage": numbered("getStorage", wrong(), _ANDROID),
        "setStorage": numbered("setStorage", _SETTING, _ANDROID),
        "removeStorage": numbered("removeStorage", wrong(), _ANDROID),
        "getStorageSync": _at_once("getStorageSync", wrong()),
        "setStorageSync": _at_once("setStorageSync", _SETTING),
        "removeStorageSync": _at_once("removeStorageSync", wrong()),
    },
)
