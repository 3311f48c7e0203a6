"""A trace as it is played: what a program may do next, and what may be told it now.

A call is found by its function, on its object: calls of one function are made in the order of the trace, but that those
which were open at the same time may change places; calls of different functions may come in any order.

What was told is told in the order of the trace, as soon as the calls before it have been made.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from heapq import heappop, heappush

import attrs

from .traces import OUTCOMES, RETURNS, Step, Trace, markers
from .values import Json

MADE = frozenset({"call", "set"})
#: What came of a call of which nothing is written: it has returned nothing, and was not answered.
NO_ANSWER: tuple[str, Json] = ("returned", None)


@attrs.define(eq=False)
class Call:
    """One call of the trace: at which index it was made, when its answer came, and what it returned."""

    step: Step
    index: int
    #: The index of its first outcome; of one that never came, beyond all.
    answered: int
    returned: Step | None = None
    #: The index of the line in which it has returned, if something was told before that.
    returned_at: int = -1
    told: list[int] = attrs.field(factory=list)
    made: bool = False

    @property
    def is_unanswered(self) -> bool:
        """Whether it has returned, and no callback was called after that."""
        return not self.told


class Script:
    """The steps of a trace, and which of them are over."""

    def __init__(self, trace: Trace) -> None:
        self.steps: tuple[Step, ...] = trace.steps
        self.calls: dict[int, Call] = {}
        self._waiting: dict[tuple[str, int, str], deque[Call]] = {}
        self._in_order: list[Call] = []
        #: What functions of the program's are told, by their numbers; and what may be told by now.
        self._of_functions: dict[int, list[int]] = {}
        self._known: set[int] = set()
        self._ready: list[int] = []
        self._gets: dict[tuple[int, str], list[tuple[int, Step]]] = {}
        self._take_in()
        #: How many of the calls, from the first on, have all been made.
        self._first = 0

    def _take_in(self) -> None:
        for index, step in enumerate(self.steps):
            if step.kind in MADE:
                call = self.calls[step.call] = Call(step, index, answered=len(self.steps))
                self._waiting.setdefault((step.kind, step.on, step.name), deque()).append(call)
                self._in_order.append(call)
            elif step.kind in OUTCOMES:
                call = self.calls[step.call]
                call.answered = min(call.answered, index)
                if step.kind in RETURNS:
                    call.returned, call.returned_at = step, index
                else:
                    call.told.append(index)
            elif step.kind == "get":
                self._gets.setdefault((step.on, step.name), []).append((index, step))
            elif step.kind == "told":
                self._of_functions.setdefault(step.function, []).append(index)

    # --- what the program does -----------------------------------------------------------------------------------

    def candidates(self, kind: str, on: int, name: str) -> Iterator[Call]:
        """The calls that this one may be: the next in the order, then those that were open at the same time."""
        waiting = self._waiting.get((kind, on, name), deque())
        while waiting and waiting[0].made:
            waiting.popleft()
        # The index at which the first of them was answered: what was called after that was not open with it.
        end = len(self.steps)
        for call in waiting:
            if call.made:
                continue
            if call.index > end:
                break
            yield call
            end = min(end, call.answered)

    def make(self, call: Call) -> None:
        """The program has made it: what came of it may be told, and what functions that it gave were told."""
        for index in call.told:
            heappush(self._ready, index)
        for marked in markers(call.step.value):
            number = marked.get("$function")
            if number is not None and number not in self._known:
                self._known.add(number)
                for index in self._of_functions.get(number, ()):
                    heappush(self._ready, index)
        self.pass_over(call)

    def pass_over(self, call: Call) -> None:
        """The call is over, and what came of it is not told, unless it was made."""
        call.made = True
        while self._first < len(self._in_order) and self._in_order[self._first].made:
            self._first += 1

    def has(self, on: int, name: str) -> bool:
        """Whether the trace has calls of this function."""
        return ("call", on, name) in self._waiting

    def count(self, kind: str, on: int, name: str) -> int:
        """How many calls of it were recorded."""
        return sum((each.step.kind, each.step.on, each.step.name) == (kind, on, name) for each in self._in_order)

    @property
    def is_through(self) -> bool:
        """Whether the program has made all of the calls."""
        return self._first == len(self._in_order)

    @property
    def unmade(self) -> list[Call]:
        """The calls that the program has not made."""
        return [call for call in self._in_order[self._first :] if not call.made]

    @property
    def _first_index(self) -> int:
        """The index of the first call that has not been made; beyond all if there is none."""
        return self._in_order[self._first].index if self._first < len(self._in_order) else len(self.steps)

    def outcome(self, call: Call) -> tuple[str, Json]:
        """What came of a call: by its first answer `"success"` or `"fail"`, else `"returned"` or `"threw"`."""
        if call.told:
            step = self.steps[call.told[0]]
            how = {"resolved": "success", "rejected": "fail"}.get(step.kind, step.kind)
            if how == "complete":
                failed = isinstance(step.value, dict) and ":fail" in str(step.value.get("errMsg"))
                how = "fail" if failed else "success"
            return how, step.value
        return NO_ANSWER if call.returned is None else (call.returned.kind, call.returned.value)

    # --- what it is told -----------------------------------------------------------------------------------------

    @property
    def next_index(self) -> int:
        """The index of what may be told next; beyond all if there is nothing."""
        return self._ready[0] if self._ready else len(self.steps)

    @property
    def is_next_due(self) -> bool:
        """Whether the calls that were made before what may be told next have been made."""
        if not self._ready:
            return False
        return self._ready[0] < self._first_index

    def wait(self) -> float:
        """How long after its own call, in milliseconds, the next that may be told came."""
        index = self._ready[0]
        step = self.steps[index]
        if step.call:
            return step.at - self.calls[step.call].step.at
        return step.at - self.steps[max(index - 1, 0)].at

    def take(self) -> Step:
        """What is told now."""
        return self.steps[heappop(self._ready)]

    # --- what it reads -------------------------------------------------------------------------------------------

    def read(self, on: int, name: str) -> Step | None:
        """The property as it was at this point of the trace, or when it was first read; None if it never was."""
        read = self._gets.get((on, name), ())
        position = min(self.next_index, self._first_index)
        return next((step for index, step in reversed(read) if index < position), read[0][1] if read else None)
