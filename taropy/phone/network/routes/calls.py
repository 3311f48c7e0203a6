"""What was asked for, and by what it was answered: `phone.network.calls`, and the checks that tests make."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from .expected import Counted
from .messages import Headers, Request, described

if TYPE_CHECKING:
    from .scripted import Scripted

# How many calls a failing check shows: the last.
SHOWN = 20


class Call:
    """A request that has left the phone, and what became of it.

    - `method`, `url`, `headers`, `query`, `body`, `text` and `json` are the request's; `json` is None for a body that
      is none. `request` is the request itself.
    - `route`: the route or mount that has answered; None if it went to the real server, or nowhere.
    - `status`: the answer's, None until it is there. `error`: what went wrong in place of an answer, or in a handler.
    """

    __slots__ = ("error", "request", "route", "status")

    def __init__(self, request: Request) -> None:
        self.request = request
        self.route: Scripted | None = None
        self.status: int | None = None
        self.error: BaseException | None = None

    @property
    def method(self) -> str:
        return self.request.method

    @property
    def url(self) -> str:
        return self.request.url

    @property
    def headers(self) -> Headers:
        return self.request.headers

    @property
    def query(self) -> dict[str, str]:
        return self.request.query

    @property
    def body(self) -> bytes:
        return self.request.body

    @property
    def text(self) -> str:
        return self.request.text

    @property
    def json(self) -> Any:
        try:
            return self.request.json() if self.request.body else None
        except ValueError:
            return None

    def __repr__(self) -> str:
        return f"<Call {self}>"

    def __str__(self) -> str:
        by = "no route" if self.route is None else f"by {self.route.where}"
        return f"{described(self.request)} -> {self._end()} ({by})"

    def _end(self) -> str:
        if self.status is not None:
            return str(self.status)
        if isinstance(self.error, asyncio.CancelledError):
            return "ended before it was answered"
        return "no answer" if self.error is None else str(self.error) or type(self.error).__name__


class Calls(Counted[Call]):
    """The last thousand calls, oldest first; printed, a line each. `total` is how many there have been in all."""


def listed(calls: Calls) -> str:
    """The last calls, for the message of a check that fails."""
    if not calls:
        return "Nothing was asked for."
    before = calls.total - SHOWN
    head = "What was asked for" + (f", after {before} others" if before > 0 else "")
    return "\n  ".join([f"{head}:", *map(str, calls[-SHOWN:])])
