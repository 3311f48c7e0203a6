"""The storage in Alipay's own form, options and results for arguments and values: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from ..core.alipay import failing
from ..core.answers import NativeError, Options, Result
from ..core.javascript import parsed
from ..core.options import UNDEFINED, unknown, wrong_type
from ..core.variant import Surface, Variant, called, mapping, only_told


def _key(options: object = None, *_: object) -> tuple[object]:
    return (mapping(options).get("key"),)


def _key_and_data(options: object = None, *_: object) -> tuple[object, object]:
    given = mapping(options)
    return given.get("key", UNDEFINED), given.get("data", UNDEFINED)


def _data(options: Options) -> Options:
    """Alipay wants the data to be given."""
    if "data" not in options:
        raise wrong_type("parameter.data", "Object or String", UNDEFINED)
    return options


def _kind(options: Options) -> Options:
    """What Alipay fetches beforehand: a reply, or a position."""
    if options.get("fetchType", "pre") not in ("pre", "jsapiPre"):
        raise unknown("parameter.fetchType", ("pre", "jsapiPre"))
    return options


def _nothing(*_: object) -> tuple[()]:
    return ()


def _done(_: object) -> Result:
    return {"success": True}


def _told(error: NativeError) -> Result:
    return error.result


def _fetched(result: Result) -> Result:
    """Alipay gives JSON as an object, and calls the time of it `timestamp`."""
    told = {**only_told("fetchType", "fetchedData")(result), **called(timeStamp="timestamp")(result)}
    return {name: parsed(value) if name == "fetchedData" else value for name, value in told.items()}


SURFACE = Surface(
    "my",
    {
        "getStorageSync": Variant("getStorageSync", arguments=_key, result=lambda data: {"data": data}),
        "setStorage": Variant("setStorage", _data),
        # Its page: what it returns is what the other one calls back with, of a success as of a failure.
        "setStorageSync": Variant("setStorageSync", arguments=_key_and_data, result=_done, returned=_told),
        "removeStorageSync": Variant("removeStorageSync", arguments=_key, result=_done),
        "clearStorageSync": Variant("clearStorageSync", arguments=_nothing, result=_done),
        "getStorageInfoSync": Variant(
            "getStorageInfoSync", arguments=_nothing, result=lambda info: {**info, "success": True}
        ),
        "getBackgroundFetchData": Variant(
            "getBackgroundFetchData", _kind, _fetched, failure=failing({"record is null": 3})
        ),
    },
)
