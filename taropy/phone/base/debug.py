"""The logs that programs write for their developers, as a test reads them.

Facts: developers.weixin.qq.com/miniprogram/dev/api/base/debug, LogManager and RealtimeLogManager. What is over the
limit of one call is in no log; what a program is told of that is not documented: here, nothing.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ..core.answers import Fail, NativeFunction
from ..core.app import App
from ..core.functions import plain
from ..core.javascript import json_of
from ..core.options import mapping, optional, string, unknown
from ..core.remembered import Remembered
from ..core.room import Manager, Room

if TYPE_CHECKING:
    from ..core.faces import Phone

Kind = TypeVar("Kind", bound=Manager)

KB = 1024
LOG_CALL = 100 * KB
LOG_IN_ALL = 5 * 1024 * KB
REALTIME_CALL = 5 * KB
FILTER = 1 * KB
LEVELS = (0, 1)


@attrs.frozen
class Line:
    """What one call has written.

    - `level`: `debug`, `info`, `log`, `warn` or `error`; `values`: what was given; `text`: how it read at that time.
    - `time`: by the phone's clock; `page`: the route of the page that it belongs to.
    - `filters`: the keywords that a real-time line is found by; `tag`: whose manager wrote it, if it is tagged.
    """

    app: App
    level: str
    values: tuple[Any, ...]
    text: str
    time: float
    page: str
    filters: tuple[str, ...] = ()
    tag: str | None = None

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(self.text.encode("utf-8", "replace"))


class Debugging(Room, name="debugging"):
    """The logs of all apps on the phone, oldest line first.

    - `lines`: what `LogManager`s wrote, as a person sends it along with feedback: at most 5 MB for each app.
    - `realtime`: what `RealtimeLogManager`s sent to the vendor's console.
    - `dropped`: what was too long for one call, in either.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._logs: dict[str, _Log] = {}
        self._managers: dict[tuple[type[Manager], str], Any] = {}
        self.realtime: Remembered[Line] = Remembered()
        self.dropped: Remembered[Line] = Remembered()
        phone.lifecycle.listeners.on("launch", self._launched)

    @property
    def lines(self) -> list[Line]:
        """What `LogManager`s wrote."""
        return [line for log in self._logs.values() for line in log.lines]

    def snapshot(self) -> Any:
        """The lines."""
        return self.lines, list(self.realtime), list(self.dropped)

    def restore(self, state: Any) -> None:
        """Has these lines in the logs again, and no others."""
        lines, realtime, dropped = state
        self.realtime, self.dropped = Remembered(realtime), Remembered(dropped)
        self._logs.clear()
        for line in lines:
            self._log(line.app).add(line)

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def getLogManager(self, app: App, options: Any = None) -> LogManager:
        """The app's `LogManager`. With `level` 0, the default, phones log calls as well; here `phone.log` has those.

        A level that is neither 0 nor 1 is refused; phones do not say what they make of it.
        """
        if optional(mapping(options), "level", "Number", 0) not in LEVELS:
            raise unknown("parameter.level", LEVELS)
        return self._manager(LogManager, app)

    @plain
    def getRealtimeLogManager(self, app: App) -> RealtimeLogManager:
        """The app's `RealtimeLogManager`."""
        return self._manager(RealtimeLogManager, app)

    # --- for the managers --------------------------------------------------------------------------------------

    def write(self, line: Line) -> None:
        """Adds a line to its app's log, the oldest of which go when it is full."""
        if line.size > LOG_CALL:
            self.dropped.append(line)
        else:
            self._log(line.app).add(line)

    def send(self, line: Line) -> None:
        """Adds a line to the real-time log."""
        (self.dropped if line.size > REALTIME_CALL else self.realtime).append(line)

    def line(self, app: App, level: str, values: tuple[Any, ...], **more: Any) -> Line:
        """The line that a call writes."""
        page = more.pop("page", None) or self.phone.pages.top(app).route
        return Line(app, level, values, " ".join(map(_shown, values)), self.phone.clock.now(), page, **more)

    def _launched(self, app: App) -> None:
        """An app that starts anew has new managers, without the keywords of the old ones."""
        self._managers = {key: manager for key, manager in self._managers.items() if key[1] != app.key}

    def _log(self, app: App) -> _Log:
        return self._logs.setdefault(app.key, _Log())

    def _manager(self, kind: type[Kind], app: App) -> Kind:
        made: Kind = self._managers.setdefault((kind, app.key), kind(self.phone, app))
        return made


class _Log:
    """The lines of one app, as many of the newest as there is room for."""

    def __init__(self) -> None:
        self.lines: deque[Line] = deque()
        self._size = 0

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self._size += line.size
        while self._size > LOG_IN_ALL:
            self._size -= self.lines.popleft().size


def _level(level: str) -> NativeFunction:
    """The method that writes a line of this level."""

    @plain
    def write(self: LogManager | _Realtime, app: App, *values: Any) -> None:
        self._write(level, values)

    write.__doc__ = f"Writes a line of the level `{level}`."
    return write


class LogManager(Manager):
    """What `getLogManager` gives: each call writes one line, of at most 100 KB."""

    debug = _level("debug")
    info = _level("info")
    log = _level("log")
    warn = _level("warn")

    def _write(self, level: str, values: tuple[Any, ...]) -> None:
        debugging = Debugging.on(self.phone)
        debugging.write(debugging.line(self.app, level, values))


class _Realtime(Manager):
    """What both kinds of real-time log share: lines of at most 5 KB, and the keywords that they are found by."""

    info = _level("info")
    warn = _level("warn")
    error = _level("error")

    def __init__(self, phone: Phone, app: App) -> None:
        super().__init__(phone, app)
        self._filters: tuple[str, ...] = ()
        self._page: str | None = None
        self._tag: str | None = None

    @plain
    def setFilterMsg(self, app: App, message: Any = None) -> None:
        """Has the next lines found by this keyword, and no other."""
        self._set_filters((message,))

    @plain
    def addFilterMsg(self, app: App, message: Any = None) -> None:
        """Has the next lines found by this keyword, too."""
        self._set_filters((*self._filters, message))

    def _set_filters(self, messages: tuple[Any, ...]) -> None:
        """Keeps the keywords, together at most 1 KB; more are refused, though phones do not say so."""
        if sum(len(string(message).encode("utf-8", "replace")) for message in messages) > FILTER:
            raise Fail("parameter error: the filter messages should not be larger than 1KB")
        self._filters = messages

    def _write(self, level: str, values: tuple[Any, ...]) -> None:
        debugging = Debugging.on(self.phone)
        more = {"page": self._page, "filters": self._filters, "tag": self._tag}
        debugging.send(debugging.line(self.app, level, values, **more))


class RealtimeLogManager(_Realtime):
    """What `getRealtimeLogManager` gives."""

    @plain
    def in_(self, app: App, page: Any = None) -> None:
        """Says which page the next lines belong to; without one, the page on the screen at each."""
        self._page = getattr(page, "route", None)

    @plain
    def tag(self, app: App, tagName: Any = None) -> RealtimeTagLogManager:
        """A manager whose lines have a key and a value, and this tag. Phones have it for plugins; here all may."""
        return RealtimeTagLogManager(self.phone, app, string(tagName))


class RealtimeTagLogManager(_Realtime):
    """What `RealtimeLogManager.tag` gives."""

    def __init__(self, phone: Phone, app: App, tag: str) -> None:
        super().__init__(phone, app)
        self._tag = tag

    def _write(self, level: str, values: tuple[Any, ...]) -> None:
        """Each line has a key, a text, and its value."""
        key, value = (*values, None, None)[:2]
        super()._write(level, (string(key), value))


def _shown(value: Any) -> str:
    """How a value reads in a log: text as it is, what has a form in JSON in that, the rest as Python shows it."""
    try:
        return value if isinstance(value, str) else json_of(value)
    except (TypeError, ValueError, RecursionError):
        return repr(value)
