"""What `phone.network.route` takes, for type checkers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from .messages import Body, HeaderTypes, Response
from .route import Handler

Where = str | re.Pattern[str]
AnswerTypes = Response | Exception | type[Exception] | Mapping[str, Any] | str | bytes | Handler
Answers = AnswerTypes | Sequence[AnswerTypes]
Wanted = Mapping[str, str | float | bool | re.Pattern[str] | Sequence[str | float] | None]


class MatchOptions(TypedDict, total=False):
    """Which requests a route takes, when and how often."""

    delay: float
    times: int
    query: Wanted
    match_headers: Mapping[str, str | re.Pattern[str] | None]
    match_json: Any
    cors: bool
    optional: bool


class RouteOptions(MatchOptions, total=False):
    """And what it answers, unless that stands behind the url."""

    json: Any
    text: str
    body: Body
    status: int
    headers: HeaderTypes
    error: str | Exception | type[Exception]
