"""What programs have called on a phone: `phone.log`, of a phone that keeps one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from reprlib import Repr
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from ...runtime.observation import ObservedCall
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
        return lines(self._calls)

    def __repr__(self) -> str:
        return f"<CallLog of {len(self)} calls>"


def lines(calls: Iterable[ObservedCall]) -> str:
    """The calls to be read, one per line: how long each took, what it was given, and its end; long values cut."""
    return "\n".join(map(_line, calls))


def given(call: ObservedCall) -> str:
    """The options of a call, `key='a', data={…}`; long values are cut in the middle."""
    return ", ".join(f"{name}={_VALUE.repr(value)}" for name, value in call.options.items())


_VALUE = Repr()
_VALUE.maxlevel = 3
_VALUE.maxdict = _VALUE.maxlist = _VALUE.maxtuple = 6
_VALUE.maxstring = _VALUE.maxother = 60

#: How many characters of a printed line the result may take.
LONGEST = 100


def _line(call: ObservedCall) -> str:
    return f"{call.elapsed:8.1f} ms  {call.api}({given(call)}) -> {_end(call)}"


def _end(call: ObservedCall) -> str:
    if call.outcome != "ok":
        return "pending" if call.error is None else str(call.error)
    result = repr(call.result)
    return result if len(result) <= LONGEST else f"{result[: LONGEST - 1]}…"
