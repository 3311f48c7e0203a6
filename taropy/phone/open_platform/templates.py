"""The records of messages that people subscribe to, and the rules of what may stand in one.

Facts: developers.weixin.qq.com/miniprogram/dev, "OpenApiDoc/mp-message-management/subscribe-message/sendMessage" (the
kinds of values and their limits) and "framework/open-ability/subscribe-message" (one-time and lasting templates).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from ..core import javascript

#: A template is good for one message each time that somebody agrees, for any number of them, or for those of a device.
ONCE = "once"
LASTING = "lasting"
DEVICE = "device"
KINDS = (ONCE, LASTING, DEVICE)

_DATE = r"\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2})"
_TIME = r"\d{1,2}:\d{2}(:\d{2})?"

#: What a value of each kind looks like; the name of a field begins with its kind (`thing1`, `time2`).
VALUES: Mapping[str, re.Pattern[str]] = {
    "thing": re.compile(r".{1,20}", re.DOTALL),
    "number": re.compile(r"(?=.{1,32}\Z)[+-]?\d+(\.\d+)?"),
    "letter": re.compile(r"[A-Za-z]{1,32}"),
    "symbol": re.compile(r"[^\w\s]{1,5}"),
    "character_string": re.compile(r"[!-~ ]{1,32}"),
    "time": re.compile(rf"({_DATE} ?)?{_TIME}(~({_DATE} ?)?{_TIME})?|{_DATE}(~{_DATE})?"),
    "date": re.compile(rf"{_DATE}( ?{_TIME})?(~{_DATE}( ?{_TIME})?)?"),
    "amount": re.compile(r"[^\d\s]?\d{1,10}(\.\d+)?元?"),
    "phone_number": re.compile(r"[\d+() -]{1,17}"),
    "car_number": re.compile(r"(?=.{1,8}\Z)[一-鿿]?[A-Za-z0-9]+[一-鿿]?"),
    "name": re.compile(r"[一-鿿·]{1,10}|[A-Za-z .·'-]{1,20}"),
    "phrase": re.compile(r"[一-鿿]{1,5}"),
}


@attrs.frozen
class Template:
    """A message's form, as the app's developer has picked it.

    `fields` are the names of its values (`thing1`) and what each is called on the card; `kind` is one of `KINDS`, and
    `model` the id of the devices that a device's messages are of.
    """

    app_key: str
    id: str
    title: str
    fields: dict[str, str]
    kind: str = ONCE
    model: str = ""
    banned: bool = False


@attrs.frozen
class Subscription:
    """What a person has said to a template of an app, and how many messages that is still good for.

    `left` is that number; `kept` is the answer that the person does not want to be asked for again, "accept" or
    "reject", else empty. A lasting template that was accepted has it, and is good for any number of messages.
    """

    app_key: str
    user_id: str
    openid: str
    template: str
    left: int = 0
    kept: str = ""


@attrs.frozen
class FormSubscription:
    """Baidu's: what a form has subscribed to, and whether it still is."""

    app_key: str
    user_id: str
    template: str
    subscription: str
    form_id: str
    subscribed: bool
    at: float


@attrs.frozen
class Switch:
    """Whether a person lets an app send any message."""

    on: bool


@attrs.frozen
class Published:
    """The pages of an app as they were published."""

    routes: list[str]


@attrs.frozen
class Ticket:
    """What a device's messages may be asked for with, until its end."""

    app_key: str
    device: str
    model: str
    ends_at: float


@attrs.frozen
class ServiceMessage:
    """A message that an app's backend has sent to a person.

    - `title`: the template's; `data`: the values by the names of their fields; `lines`: the same as the person reads
      them, each with what it is called.
    - `page`: where it leads to, empty if nowhere; `state` and `lang`: as the backend has given them.
    - `at`: when it came, in seconds since the epoch by the open platform's clock.
    """

    id: str
    app_key: str
    user_id: str
    template: str
    title: str
    data: dict[str, str]
    lines: dict[str, str]
    page: str
    at: float
    state: str = "formal"
    lang: str = "zh_CN"


def wrong_field(template: Template, data: Mapping[str, Any]) -> str | None:
    """What is wrong with the first value that is, in WeChat's words; none if all are good."""
    for name in template.fields or data:
        value = text_of(data.get(name))
        if not value:
            return f"data.{name}.value is empty"
        looks = VALUES.get(name.rstrip("0123456789"))
        if looks is not None and not looks.fullmatch(value):
            return f"data.{name}.value invalid"
    return None


def text_of(given: Any) -> str:
    """The value in `{"value": …}`, as text; empty if there is none."""
    value = given.get("value") if isinstance(given, Mapping) else None
    return javascript.text_of(value) if isinstance(value, str | int | float) else ""
