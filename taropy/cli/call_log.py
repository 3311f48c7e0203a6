"""`taropy run --log`: a line for every call, on the error output, so that the program's own output stays as it is."""

from __future__ import annotations

from typing import Any, Self

from rich.text import Text

from ..masking import masked_text
from ..phone.core.log import given
from ..runtime.errors import NotSupported, TaroError
from ..runtime.observation import ObservedCall
from .output import error_console

OPEN, OK, FAILED = ("open", "yellow"), ("ok", "green"), ("fail", "red")


class CallLog:
    """An observer that prints each call when it has ended, and at its own end those that have not."""

    def __init__(self, *, show_secrets: bool = False) -> None:
        self._show_secrets = show_secrets
        self._console = error_console()
        self._open: dict[ObservedCall, None] = {}

    def __call__(self, call: ObservedCall) -> None:
        """Notes a call that has begun, prints one that has ended."""
        if call.outcome == "pending":
            self._open[call] = None
        else:
            self._open.pop(call, None)
            self._print(call)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for call in self._open:
            self._print(call)

    def _print(self, call: ObservedCall) -> None:
        self._console.print(line(call, show_secrets=self._show_secrets), soft_wrap=True)


def line(call: ObservedCall, *, show_secrets: bool = False) -> Text:
    """`   12.9 ms  ok    request(url='…', method='POST')`."""
    word, style = _outcome(call)
    text = Text.assemble(
        (f"{call.elapsed:9.1f} ms  ", "dim"),
        (f"{word:<4}  ", style),
        (call.api, "bold"),
        f"({given(call, show_secrets=show_secrets)})",
    )
    told = _reason(call.api, call.error) if call.error is not None else _status(call.result)
    if told:
        text.append(f"  {told if show_secrets else masked_text(told)}", style)
    return text


def _outcome(call: ObservedCall) -> tuple[str, str]:
    if call.outcome == "pending":
        return OPEN
    return OK if call.outcome == "ok" else FAILED


def _reason(api: str, error: BaseException) -> str:
    """Why it failed, without the name that the line has already."""
    if isinstance(error, NotSupported):
        return str(error)
    if isinstance(error, TaroError):
        return error.errMsg.removeprefix(f"{api}:fail").lstrip(" :") or "failed"
    return f"{type(error).__name__}: {error}"


def _status(result: Any) -> str:
    """The HTTP status of a result that has one: a request that was answered 401 is `ok` to Taro."""
    status = getattr(result, "statusCode", None)
    return f"HTTP {status}" if isinstance(status, int) else ""
