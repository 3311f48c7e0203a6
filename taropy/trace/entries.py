"""Calls as traces keep them: plain values, which nothing that the program does later changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..masking import MASK, asks_for_secrets
from .values import Plain, plain, short, size_of

if TYPE_CHECKING:
    from ..runtime.observation import ObservedCall
    from .screen import Screen

#: The functions that talk to servers, and the method that they do it by unless told otherwise.
NETWORK: Mapping[str, str] = {"request": "GET", "uploadFile": "POST", "downloadFile": "GET", "connectSocket": "GET"}

#: Which callbacks are called at an end.
CALLED: Mapping[str, tuple[str, ...]] = {"ok": ("success", "complete"), "error": ("fail", "complete")}


@attrs.define(eq=False)
class Entry:
    """One call.

    - `began`: after how many milliseconds of real time since the trace began; `clock`: the phone's time then, in
      seconds since the epoch; `duration`: in milliseconds of real time, None of a call that has not ended.
    - `outcome`: `"pending"`, `"ok"` or `"error"`.
    - `callbacks`: what it was given beside `options`, each with whether its end has called it; listeners are called
      later, if at all.
    - `error`: what it failed with, and `error_fields`, the fields of that.
    - `place`, `code`: the line of the program that made the call, as `shop.py:12`, and its text.
    - `screen`: what was to be seen when it had ended.
    """

    number: int
    api: str
    began: float
    clock: float
    options: dict[str, Any]
    callbacks: dict[str, bool] = attrs.field(factory=dict)
    duration: float | None = None
    outcome: str = "pending"
    result: Plain = None
    error: str = ""
    error_fields: dict[str, Any] = attrs.field(factory=dict)
    place: str = ""
    code: str = ""
    screen: Screen | None = None

    @property
    def is_network(self) -> bool:
        """Whether it talks to a server."""
        return self.api in NETWORK

    def end(self, call: ObservedCall, *, show_secrets: bool = False) -> None:
        """Takes down how the call has ended."""
        self.duration, self.outcome = call.duration, call.outcome
        called = CALLED.get(call.outcome, ())
        self.callbacks = {name: name in called for name in self.callbacks}
        if call.error is not None:
            self.error, self.error_fields = _told(call, show_secrets)
        elif not show_secrets and asks_for_secrets(call.options):
            self.result = MASK
        else:
            self.result = plain(call.result, show_secrets=show_secrets)

    @property
    def size(self) -> int:
        """About how many characters it takes."""
        return 500 + sum(map(size_of, (self.options, self.result, self.error, self.error_fields)))

    def exchange(self) -> dict[str, Any]:
        """What went out and came back, of a call that talks to a server; as far as it has come."""
        answer = self.result if isinstance(self.result, dict) else {}
        headers = self.options.get("header")
        sent = {name: self.options[name] for name in ("data", "formData", "filePath", "name") if name in self.options}
        return {
            "method": str(self.options.get("method") or NETWORK[self.api]),
            "url": str(self.options.get("url", "")),
            "requestHeaders": headers if isinstance(headers, dict) else {},
            "requestBody": sent.get("data", sent or None),
            "status": answer.get("statusCode"),
            "responseHeaders": answer.get("header") or {},
            "responseBody": answer.get("data", answer.get("tempFilePath", answer.get("filePath"))),
            "profile": answer.get("profile"),
        }


def entry_of(call: ObservedCall, number: int, origin: float, *, show_secrets: bool = False) -> Entry:
    """A call as it is now; `origin` is when the trace has begun, by `time.perf_counter`."""
    options = plain(call.options, show_secrets=show_secrets)
    entry = Entry(
        number,
        call.api,
        max((call.began - origin) * 1000, 0.0),
        call.started,
        options if isinstance(options, dict) else {},
        dict.fromkeys(call.callbacks, False),
    )
    if call.outcome != "pending":
        entry.end(call, show_secrets=show_secrets)
    return entry


def _told(call: ObservedCall, show_secrets: bool) -> tuple[str, dict[str, Any]]:
    """An error's text, and its fields: those that Taro's errors have."""
    error = call.error
    text = short(str(error), show_secrets=show_secrets)
    if not hasattr(error, "errMsg"):
        return f"{type(error).__name__}: {text}", {}
    names = ("errMsg", "errCode", "errno", "reason", "platform")
    fields = {name: value for name in names if (value := getattr(error, name, None)) is not None}
    told = plain(fields, show_secrets=show_secrets)
    return text, told if isinstance(told, dict) else {}
