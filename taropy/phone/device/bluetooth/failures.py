"""What programs are told of failures: WeChat's numbers and words.

The table stands on each page of developers.weixin.qq.com/miniprogram/dev/api/device/bluetooth-ble. That its words
follow on a colon is what programs rely on that look for them, as are the words of a location that is denied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ...core.answers import Fail
from .radio import GattError, Gone, Silent, Unknown, Unreachable

ALREADY_CONNECTED = -1
NOT_INIT, NOT_AVAILABLE, NO_DEVICE, CONNECTION_FAIL, NO_SERVICE, NO_CHARACTERISTIC = (
    10000,
    10001,
    10002,
    10003,
    10004,
    10005,
)
NO_CONNECTION, NOT_SUPPORTED, SYSTEM_ERROR, TIME_OUT, INVALID_DATA = 10006, 10007, 10008, 10012, 10013
#: Alipay's alone: `alipay` has the words.
NO_DESCRIPTOR = 10010

WORDS: Mapping[int, str] = {
    ALREADY_CONNECTED: "already connect",
    NOT_INIT: "not init",
    NOT_AVAILABLE: "not available",
    NO_DEVICE: "no device",
    CONNECTION_FAIL: "connection fail",
    NO_SERVICE: "no service",
    NO_CHARACTERISTIC: "no characteristic",
    NO_CONNECTION: "no connection",
    NOT_SUPPORTED: "property not support",
    SYSTEM_ERROR: "system error",
    NO_DESCRIPTOR: "no descriptor",
    TIME_OUT: "operate time out",
    INVALID_DATA: "invalid_data",
}
#: Which number a radio's own failures have.
_RADIO: Mapping[type[Exception], int] = {
    Unknown: NO_DEVICE,
    Unreachable: CONNECTION_FAIL,
    Gone: NO_CONNECTION,
    Silent: TIME_OUT,
}


def failure(code: int, more: str = "", **fields: Any) -> Fail:
    """The failure of this number, in its words and `more`."""
    return Fail(f":{WORDS[code]}{more and f' {more}'}", code, **fields)


@contextmanager
def answering() -> Iterator[None]:
    """Has what a radio raises told in WeChat's numbers."""
    try:
        yield
    except tuple(_RADIO) as error:
        raise failure(_RADIO[type(error)]) from error
    except GattError as error:
        raise failure(SYSTEM_ERROR, str(error)) from error
