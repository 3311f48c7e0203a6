"""What a program does on a phone, step by step, with the lines of its source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from ...runtime.errors import Rejected
from ...runtime.observation import ObservedCall
from ..engine.traces import Frame
from .meaning import meaning, thrown

Place = Callable[[], "Frame | None"]


@attrs.frozen
class Step:
    """One thing that a program did: `what` in words, `value` as JavaScript sees it, and the line that did it.

    `call` is the call of an exported function, with its arguments, that has led to it.
    """

    what: str
    value: str
    at: Frame | None = attrs.field(default=None, eq=False)
    call: str = attrs.field(default="", eq=False)

    def __str__(self) -> str:
        return f"{self.what} {self.value}".rstrip()


class Recording:
    """The steps of one program. `place` says on which line of its source it is now.

    `failure` is what the scenario has raised, if it has.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.failure: Exception | None = None
        self.place: Place = lambda: None
        self._line = ""
        self._call = ""
        self._begun: dict[int, tuple[ObservedCall, Frame | None]] = {}

    def note(self, what: str, value: str = "", at: Frame | None = None, call: str | None = None) -> None:
        """Adds a step: of the last call, unless it is said of which."""
        self.steps.append(Step(what, value, at, self._call if call is None else call))

    def called(self, call: str) -> None:
        """Notes that an exported function is called, with which arguments."""
        self._call = call
        self.note(call, call="")

    def write(self, text: str) -> int:
        """Notes what Python prints, as a file in the place of its standard output."""
        *whole, self._line = f"{self._line}{text}".split("\n")
        for line in whole:
            self.note("prints", line)
        return len(text)

    def flush(self) -> None:
        """Nothing: lines are noted when they are whole."""

    def observe(self, call: ObservedCall) -> None:
        """The observer of the program's Taro."""
        if call.outcome == "pending":
            at = self.place()
            self._begun[id(call)] = call, at
            self.note(f"Taro.{call.api}", meaning(call.options), at)
            return
        _, at = self._begun.pop(id(call), (call, None))
        if call.outcome == "ok":
            self.note(f"Taro.{call.api} gives", meaning(call.result), at)
        else:
            self.note(f"Taro.{call.api} fails with", thrown(call.error), at)

    def returned(self, name: str, value: Any, call: str) -> None:
        """Notes what a call of an exported function has given."""
        self.note(f"{name}() gives", meaning(value), call=call)

    def threw(self, name: str, error: Any, at: Frame | None, call: str = "") -> None:
        """Notes what a call of an exported function has thrown, or rejected with."""
        reason = error.value if isinstance(error, Rejected) else error
        self.note(f"{name}() throws", thrown(reason), at, call)
