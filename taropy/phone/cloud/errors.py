"""The failures of the cloud: numbers and words.

Numbers: developers.weixin.qq.com/miniprogram/dev/wxcloud/reference/errcode.html, and the tables of wx-server-sdk
4.0.2. Words are those that programs' authors quote of their failures; where none is known they are ours, in the form of
the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.answers import Fail

GENERAL = -1
WRONG_PARAMETER = -401002
WRONG_TYPE = -401003
CIRCULAR = -402001
WATCH_NOT_BEGUN = -402002
WATCH_ENDED = -402006
SYSTEM = -501001
NOT_FOUND = -501000
INVALID = -501007
REQUEST_FAILED = -502001
INVALID_COMMAND = -502002
DENIED = -502003
NO_COLLECTION = -502005
STORAGE_DENIED = -503002
NO_FILE = -503003
FUNCTION_FAILED = -504002
FUNCTION_OVERDUE = -504003
NO_CLOUD_ID = -601005
CLOUD_ID_EXPIRED = -601006
OTHERS_CLOUD_ID = -601007
AUTH_EMPTY = -601015
AUTH_REFUSED = -601017

#: What the vendor calls a number, where it says so beside it.
NAMES: Mapping[int, str] = {
    SYSTEM: "cloud resource system error",
    INVALID: "invalid parameters",
    REQUEST_FAILED: "database request fail",
    INVALID_COMMAND: "database invalid command",
    DENIED: "database permission denied",
    NO_COLLECTION: "database collection not exists",
    STORAGE_DENIED: "storage permission denied",
    NO_FILE: "storage file not exists",
    FUNCTION_FAILED: "functions execute fail",
    FUNCTION_OVERDUE: "functions execute fail",
    NO_CLOUD_ID: "invalid cloudID",
    CLOUD_ID_EXPIRED: "cloudID expired",
    OTHERS_CLOUD_ID: "cloudID and calling user does not match",
    AUTH_EMPTY: "access denied (cloudfunction cloudbase_auth returns empty errCode)",
    AUTH_REFUSED: "access denied (cloudbase_auth returns non-zero errCode)",
}


class CloudError(Exception):
    """A failure in a cloud function's own calls: `errCode`, and `errMsg` as the vendor's server SDK words it."""

    def __init__(self, errMsg: str, errCode: int) -> None:
        super().__init__(errMsg)
        self.errMsg = errMsg
        self.errCode = errCode

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.errMsg, self.errCode)


def refused(number: int, words: str) -> Fail:
    """A failure of functions, containers and files: `Error: errCode: -501000  | errMsg: …`."""
    return Fail(f"Error: errCode: {number} {NAMES.get(number, '')} | errMsg: {words}", number)


def database_fail(number: int, words: str = "") -> Fail:
    """A failure of the database: `-502003 database permission denied`, and more words behind it."""
    named = f"{number} {NAMES[number]}" if number in NAMES else ""
    return Fail(f"{named}{'. ' if named and words else ''}{words}", number)


def unreachable() -> Fail:
    """What a call fails with that has no network."""
    return Fail("request:fail network is unavailable", GENERAL)


def raised(name: str, failure: Fail) -> CloudError:
    """The failure of the call `name` as the server SDK raises it."""
    result = failure.result(name)
    return CloudError(result["errMsg"], result.get("errCode", GENERAL))


def wrong_parameter(words: str, number: int = WRONG_PARAMETER) -> Fail:
    """What the client itself refuses to send."""
    return Fail(f"parameter error: {words}", number)


__all__ = ["CloudError", "database_fail", "raised", "refused", "unreachable", "wrong_parameter"]
