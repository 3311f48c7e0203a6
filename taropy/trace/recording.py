"""A trace as it is made: what a phone's programs call, and what is to be seen after each call."""

from __future__ import annotations

import linecache
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..masking import masked_text
from ..program import is_program, place_of
from .entries import Entry, entry_of
from .screen import Screen, look
from .values import short

if TYPE_CHECKING:
    from ..phone import Phone
    from ..runtime.observation import ObservedCall

#: How much is kept: the last calls, so many of them, and about so many characters in all.
MOST_CALLS, MOST_TEXT = 2_000, 4_000_000


class Recording:
    """Takes down what programs call on a phone, which has to keep a log, from now on until it is ended.

    Kept are the last calls, up to `MOST_CALLS` and `MOST_TEXT`; `left_out` counts those before. What is kept are plain
    values, taken when a call begins and when it ends: what the program does with its own later changes nothing.
    """

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.began: float = time.time()
        self.left_out: int = 0
        self.entries: deque[Entry] = deque()
        #: What was to be seen when it ended; None until then.
        self.last_screen: Screen | None = None
        #: How long it took, in milliseconds of real time.
        self.duration: float = 0.0
        #: What handlers of pages and apps have raised, with the program's lines.
        self.handler_errors: list[str] = []
        self._origin = time.perf_counter()
        self._show_secrets = phone.log.show_secrets
        self._count = self._text = 0
        self._folder = Path.cwd()
        self._places: dict[tuple[str, int], tuple[str, str]] = {}
        self._open: dict[ObservedCall, tuple[Entry, Any]] = {}
        self._screen: Screen | None = None
        phone.log.watch(self._observe)

    def end(self) -> None:
        """Takes down how it ends, while the phone is still there. A second call does nothing."""
        if self.last_screen is not None:
            return
        self.phone.log.unwatch(self._observe)
        self.duration = (time.perf_counter() - self._origin) * 1000
        self.last_screen = self._seen()
        if "lifecycle" in vars(self.phone):
            self.handler_errors = [self._told(error) for error in self.phone.lifecycle.errors]

    @property
    def platforms(self) -> list[str]:
        """Those that the phone's programs are on."""
        return list(dict.fromkeys(app.platform for app in self.phone.apps))

    def shown(self, text: str) -> str:
        """A text of the program's, with its secrets masked if the log's are."""
        return text if self._show_secrets else masked_text(text)

    def _observe(self, call: ObservedCall) -> None:
        if call.outcome == "pending":
            self._begin(call)
        else:
            self._end(call)

    def _begin(self, call: ObservedCall) -> None:
        self._count += 1
        entry = entry_of(call, self._count, self._origin, show_secrets=self._show_secrets)
        place = _calling()
        if place is not None:
            entry.place, entry.code = self._at(*place)
        self._open[call] = entry, self._last_dialog()
        self.entries.append(entry)
        self._text += entry.size
        self._forget()

    def _end(self, call: ObservedCall) -> None:
        entry, dialog = self._open.pop(call, (None, None))
        if entry is None:  # it began before the recording did
            return
        before = entry.size
        entry.end(call, show_secrets=self._show_secrets)
        answered = self._last_dialog()
        entry.screen = self._seen(answered if answered is not dialog else None)
        if entry.number > self.left_out:  # or else it is among those that are not kept
            self._text += entry.size - before
            self._forget()

    def _forget(self) -> None:
        while len(self.entries) > MOST_CALLS or (self._text > MOST_TEXT and len(self.entries) > 1):
            self._text -= self.entries.popleft().size
            self.left_out += 1

    def _seen(self, dialog: Any = None) -> Screen:
        """The screen now; the same object as long as the same is to be seen."""
        screen = look(self.phone, dialog=dialog, show_secrets=self._show_secrets)
        if screen != self._screen:
            self._screen = screen
        return self._screen or screen

    def _last_dialog(self) -> Any:
        """The last dialog that the phone has shown: one that is answered at once is gone when its call has ended."""
        history = self.phone.screen.history if "screen" in vars(self.phone) else ()
        return next(
            (shown for shown in reversed(history) if hasattr(shown, "itemList") or hasattr(shown, "showCancel")), None
        )

    def _told(self, error: Exception) -> str:
        text = short(f"{type(error).__name__}: {error}", show_secrets=self._show_secrets)
        place = place_of(error)
        return f"{': '.join(filter(None, self._at(*place)))}\n{text}" if place is not None else text

    def _at(self, filename: str, line: int) -> tuple[str, str]:
        """A place as it is read, from the folder in which the program was started, and the line there."""
        found = self._places.get((filename, line))
        if found is None:
            path, code = Path(filename), linecache.getline(filename, line).strip()
            shown = path.relative_to(self._folder) if path.is_relative_to(self._folder) else path
            found = self._places[filename, line] = f"{shown}:{line}", short(code, show_secrets=self._show_secrets)
        return found


def _calling() -> tuple[str, int] | None:
    """The line of the program that is making a call."""
    frame = sys._getframe(1)
    while frame is not None and not is_program(frame.f_code.co_filename):
        frame = frame.f_back  # type: ignore[assignment]
    return None if frame is None else (frame.f_code.co_filename, frame.f_lineno)
