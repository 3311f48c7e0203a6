"""Open data for cloud functions: a program hands an id on, and the function gets the data themselves.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api/open/Cloud.CloudID.html: fields of the data's
top level are replaced, five at most, deeper ones are texts; an id is good for five minutes. Numbers and words of those
that are not: wx-server-sdk 4.0.2.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import attrs

from ..core.answers import Fail, Result
from ..core.javascript import is_object
from ..core.options import string
from .errors import CLOUD_ID_EXPIRED, INVALID, NAMES, NO_CLOUD_ID, OTHERS_CLOUD_ID

MOST_IDS = 5
#: How long an id is good, in seconds.
LIFE = 300
#: How long it is remembered that there was one, in seconds; judgement.
REMEMBERED = 3600


@attrs.frozen
class CloudID:
    """An id of open data; as the value of a field of `callFunction`'s data it stands for them."""

    cloudID: str

    def __str__(self) -> str:
        return self.cloudID


def cloud_id(value: Any) -> CloudID:
    """The text as an id. Raises `Fail` for what is no text."""
    return value if isinstance(value, CloudID) else CloudID(string(value, "parameter"))


@attrs.frozen
class Given:
    """What an id stands for: for which user, and until when."""

    data: Mapping[str, Any]
    user: str
    until: float


class OpenData:
    """The ids that the vendor has given, each with its data."""

    def __init__(self) -> None:
        self.given: dict[str, Given] = {}

    def give(self, data: Mapping[str, Any], user: str, now: float) -> str:
        """An id for data of a user."""
        self.given = {id_: each for id_, each in self.given.items() if each.until + REMEMBERED >= now}
        id_ = f"{secrets.randbelow(90) + 10}_{secrets.token_urlsafe(48)}"
        self.given[id_] = Given(deepcopy(dict(data)), user, now + LIFE)
        return id_

    def told(self, id_: str, user: str, now: float) -> Result:
        """What a function gets for an id that the user has sent."""
        known = self.given.get(id_)
        if known is None:
            return _wrong(id_, NO_CLOUD_ID)
        if known.until < now:
            return _wrong(id_, CLOUD_ID_EXPIRED)
        if known.user != user:
            return _wrong(id_, OTHERS_CLOUD_ID)
        return {"cloudID": id_, "data": deepcopy(known.data)}

    def replaced(self, event: Any, user: str, now: float) -> Any:
        """A call's data with what its ids stand for. Raises `Fail` for too many of them."""
        if not is_object(event):
            return event
        fields = {name: event[name] for name in event.keys()}  # noqa: SIM118 - what a call has given may have keys alone
        if sum(isinstance(each, CloudID) for each in fields.values()) > MOST_IDS:
            raise Fail(f"parameter error: parameter.data can have at most {MOST_IDS} CloudIDs", INVALID)
        return {
            name: self.told(each.cloudID, user, now) if isinstance(each, CloudID) else _as_texts(each)
            for name, each in fields.items()
        }


def _wrong(id_: str, number: int) -> Result:
    return {"cloudID": id_, "errCode": number, "errMsg": NAMES[number]}


def _as_texts(value: Any) -> Any:
    if isinstance(value, CloudID):
        return value.cloudID
    if isinstance(value, Mapping):
        return {name: _as_texts(each) for name, each in value.items()}
    return [_as_texts(each) for each in value] if isinstance(value, (list, tuple)) else value
