"""What programs have called on a phone: `phone.log`, of a phone that keeps one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from reprlib import Repr
from typing import TYPE_CHECKING, Any, overload

from ...masking import MASK, Masking, asks_for_secrets, masked_fields, masked_text, whole
from .guarded import Guarded
from .telling import count, told

if TYPE_CHECKING:
    from ...runtime.observation import ObservedCall
    from .clock import Clock


class CallLog(Guarded, Sequence["ObservedCall"]):
    """The calls of all programs on the phone, oldest first: each with its options, its end and its time.

    A call is in the log from its beginning; `outcome` is `"pending"` until it has ended. `started` is by the phone's
    clock, `duration` is real time, in milliseconds.

    A call has its options and its result as they were. Printed, the log has a mask for tokens, passwords and other
    secrets in them, unless `show_secrets` is set.
    """

    _in_messages = "phone.log"
    _busy = frozenset(("add",))

    def __init__(self, clock: Clock, *, show_secrets: bool = False) -> None:
        self.show_secrets = show_secrets
        self._clock = clock
        self._calls: list[ObservedCall] = []
        self._watching: tuple[Callable[[ObservedCall], object], ...] = ()

    def add(self, call: ObservedCall) -> None:
        """Takes a call down. It is told of each twice, at its beginning and at its end."""
        if call.outcome == "pending":
            call.started = self._clock.now()
            self._calls.append(call)
        for watch in self._watching:
            watch(call)

    def watch(self, watch: Callable[[ObservedCall], object]) -> None:
        """Has `watch` told of each call twice, too, once it is in the log: at its beginning and at its end."""
        self._watching = (*self._watching, watch)

    def unwatch(self, watch: Callable[[ObservedCall], object]) -> None:
        """Tells it no more."""
        self._watching = tuple(each for each in self._watching if each != watch)

    def of(self, api: str) -> list[ObservedCall]:
        """The calls of one function, `request`, or of a manager's, `FileSystemManager.readFile`.

        ValueError for a name that is none and near to one; a plugin's own functions may have any.
        """
        found = [call for call in self._calls if call.api == api]
        if not found:
            from .declared import check_function

            check_function(api)
        return found

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
        return lines(self._calls, show_secrets=self.show_secrets)

    def __repr__(self) -> str:
        return told("CallLog", self._told)

    def _told(self) -> Iterator[str]:
        yield count(len(self), "calls")
        failed = sum(call.outcome == "error" for call in self._calls)
        pending = sum(call.outcome == "pending" for call in self._calls)
        yield from [f"{failed} failed"] if failed else []
        yield from [f"{pending} pending"] if pending else []
        yield from [f"last {self._calls[-1].api}"] if self._calls else []

    def _repr_html_(self) -> str:
        from ...trace.markup import log_html

        return log_html(self._calls, show_secrets=self.show_secrets)


def lines(calls: Iterable[ObservedCall], *, show_secrets: bool = False) -> str:
    """The calls to be read, one per line: how long each took, what it was given, and its end; long values cut."""
    return "\n".join(_line(call, show_secrets) for call in calls)


def given(call: ObservedCall, *, show_secrets: bool = False) -> str:
    """The options of a call, `key='a', data={…}`; long values are cut in the middle, and secrets masked."""
    options, values = (call.options, _VALUE) if show_secrets else (masked_fields(call.options), _MASKED)
    return ", ".join(f"{name}={values.repr(value)}" for name, value in options.items())


def _short(values: Repr) -> Repr:
    values.maxlevel = 3
    values.maxdict = values.maxlist = values.maxtuple = 6
    values.maxstring = values.maxother = 60
    return values


_VALUE, _MASKED = _short(Repr()), _short(Masking())

#: How many characters of a printed line the result may take.
LONGEST = 100


def _line(call: ObservedCall, show_secrets: bool) -> str:
    return f"{call.elapsed:8.1f} ms  {call.api}({given(call, show_secrets=show_secrets)}) -> {_end(call, show_secrets)}"


def _end(call: ObservedCall, show_secrets: bool) -> str:
    if call.outcome == "pending":
        return "pending"
    if not show_secrets and call.outcome == "ok" and asks_for_secrets(call.options):
        return MASK
    told = whole(call.result) if call.error is None else str(call.error)
    result = told if show_secrets else masked_text(told)
    if call.error is not None:
        return result
    return result if len(result) <= LONGEST else f"{result[: LONGEST - 1]}…"
