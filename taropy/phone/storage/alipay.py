"""The storage in Alipay's own form, options and results for arguments and values: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from ..core.answers import Result
from ..core.javascript import parsed
from ..core.variant import Surface, Variant, mapping


def _key(options: object = None, *_: object) -> tuple[object]:
    return (mapping(options).get("key"),)


def _key_and_data(options: object = None, *_: object) -> tuple[object, object]:
    given = mapping(options)
    return given.get("key"), given.get("data")


def _nothing(*_: object) -> tuple[()]:
    return ()


def _done(_: object) -> Result:
    return {"success": True}


def _fetched(result: Result) -> Result:
    """Alipay gives JSON as an object, and calls the time of it `timestamp`."""
    told = {"timestamp" if name == "timeStamp" else name: value for name, value in result.items()}
    return {name: parsed(value) if name == "fetchedData" else value for name, value in told.items()}


SURFACE = Surface(
    "my",
    {
        "getStorageSync": Variant("getStorageSync", arguments=_key, result=lambda data: {"data": data}),
        "setStorageSync": Variant("setStorageSync", arguments=_key_and_data, result=_done),
        "removeStorageSync": Variant("removeStorageSync", arguments=_key, result=_done),
        "clearStorageSync": Variant("clearStorageSync", arguments=_nothing, result=_done),
        "getStorageInfoSync": Variant(
            "getStorageInfoSync", arguments=_nothing, result=lambda info: {**info, "success": True}
        ),
        "getBackgroundFetchData": Variant("getBackgroundFetchData", result=_fetched),
    },
)
