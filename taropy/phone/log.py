"""What programs have called on a phone: `phone.log`, of a phone that keeps one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from ..runtime.observation import ObservedCall
    from .clock import Clock


class CallLog(Sequence["ObservedCall"]):
    """The calls of all programs on the phone, oldest first: each with its options, its end and its time.

    A call is in the log from its beginning; `outcome` is `"pending"` until it has ended. `started` is by the phone's
    clock, `duration` is real time, in milliseconds.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: list[ObservedCall] = []

    def add(self, call: ObservedCall) -> None:
        """Takes a call down. It is told of each twice, at its beginning and at its end."""
        if call.outcome == "pending":
            call.started = self._clock.now()
            self._calls.append(call)

    def of(self, api: str) -> list[ObservedCall]:
        """The calls of one function, `request`, or of a manager's, `FileSystemManager.readFile`."""
        return [call for call in self._calls if call.api == api]

    @property
    def names(self) -> list[str]:
        """What was called, in order."""
        return [call.api for call in self._calls]

    def clear(self) -> None:
        """Forgets the calls."""
        self._calls.clear()

    @overload
    def __getitem__(self, index: int) -> ObservedCall: ...
    @overload
    def __getitem__(self, index: slice) -> list[ObservedCall]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._calls[index]

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[ObservedCall]:
        return iter(self._calls)

    def __str__(self) -> str:
        return "\n".join(map(_line, self._calls))

    def __repr__(self) -> str:
        return f"<CallLog of {len(self)} calls>"


LONGEST = 100


def _line(call: ObservedCall) -> str:
    given = ", ".join(f"{name}={value!r}" for name, value in call.options.items())
    end = {"ok": call.result, "error": call.error, "pending": "pending"}[call.outcome]
    return f"{call.elapsed:8.1f} ms  {_short(f'{call.api}({given})')} -> {_short(str(end))}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
