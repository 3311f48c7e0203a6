"""`console`: what a program prints, as Node.js prints it.

`log`, `info`, `debug`, `dir`, `table`, `group`, `count` and the times go to standard output, `warn`, `error`, `assert_`
and `trace` to standard error.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Mapping
from typing import Any, Final, TextIO

from . import clock
from .conversions import number, text, typeof
from .inspecting import PACKAGE, columns_of, inspected, left, primitive, width
from .missing import is_nullish
from .numeric import parseFloat, parseInt
from .utf16 import usv

_DIRECTIVE = re.compile("%([sdifjoOc%])")


def formatted(*values: Any) -> str:
    """The values as one line: the first, if it is a text, with the others in the places of its `%s`, `%d`, ….

    `%o` and `%O` show an object, `%j` its JSON, `%i` and `%f` a number, `%c` nothing. What is left follows after
    spaces. An exception of Python's is shown as what JavaScript's `catch` gets in its place.
    """
    values = tuple(_told(value) if isinstance(value, BaseException) else value for value in values)
    if not values:
        return ""
    first, *rest = values
    if not isinstance(first, str):
        return " ".join(map(_shown, values))
    if rest and "%" in first:
        first = _DIRECTIVE.sub(lambda found: _directed(found, rest), first)
    return " ".join([first, *map(_shown, rest)])


def _told(error: BaseException) -> Any:
    from .throwing import caught

    return caught(error)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else inspected(value)


def _directed(found: re.Match[str], rest: list[Any]) -> str:
    """What stands in the place of a directive; it takes its value from the rest."""
    if found[1] == "%":
        return "%"
    if not rest:
        return found[0]
    value = rest.pop(0)
    match found[1]:
        case "s":
            return _as_text(value)
        case "d":
            return "NaN" if typeof(value) in ("object", "function") and value is not None else primitive(number(value))
        case "i":
            return "NaN" if typeof(value) == "object" else primitive(parseInt(value))
        case "f":
            return primitive(parseFloat(value))
        case "j":
            return _json(value)
        case "o" | "O":
            return inspected(value, 4)
    return ""


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if typeof(value) in ("object", "function") and not _has_own_text(value):
        return inspected(value, 0)
    return primitive(value) if typeof(value) in ("number", "boolean", "undefined") else text(value)


def _has_own_text(value: Any) -> bool:
    """Whether its class says what its text is: a program's class, and none of Python's or of this library."""
    own = getattr(type(value), "toString", None) if not isinstance(value, Mapping | list) else None
    return own is not None and not own.__module__.startswith(PACKAGE)


def _json(value: Any) -> str:
    from .errors import TypeError
    from .json import JSON

    try:
        return text(JSON.stringify(value))
    except TypeError as error:
        if "circular" in str(error):
            return "[Circular]"
        raise


class Console:
    """What `console` is."""

    def __init__(self) -> None:
        self._indent = ""
        self._counts: dict[str, int] = {}
        self._times: dict[str, float] = {}

    def _print(self, stream: TextIO, line: str) -> None:
        if self._indent:
            line = self._indent + line.replace("\n", f"\n{self._indent}")
        stream.write(f"{usv(line)}\n")

    def log(self, *values: Any) -> None:
        """Prints the values on a line."""
        self._print(sys.stdout, formatted(*values))

    def info(self, *values: Any) -> None:
        """The same."""
        self.log(*values)

    def debug(self, *values: Any) -> None:
        """The same."""
        self.log(*values)

    def error(self, *values: Any) -> None:
        """Prints them to standard error."""
        self._print(sys.stderr, formatted(*values))

    def warn(self, *values: Any) -> None:
        """The same."""
        self.error(*values)

    def trace(self, *values: Any) -> None:
        """Prints them, and who has called, to standard error."""
        frames = "".join(reversed(traceback.format_stack()[:-1])).rstrip()
        said = formatted(*values)
        self._print(sys.stderr, f"Trace{': ' * bool(said)}{said}\n{frames}")

    def dir(self, value: Any = None, options: Any = None) -> None:
        """Shows an object; `{"depth": None}` to whatever depth."""
        depth: Any = 2 if is_nullish(options) or "depth" not in options else options["depth"]
        self._print(sys.stdout, inspected(value, float("inf") if depth is None else depth))

    def assert_(self, condition: Any = False, *values: Any) -> None:
        """Prints the values if the condition is not true. (`assert` is a word of Python's.)"""
        if not condition:
            first = f"Assertion failed: {text(values[0])}" if values else "Assertion failed"
            self.error(first, *values[1:])

    # --- groups, counts and times ----------------------------------------------------------------------------------

    def group(self, *values: Any) -> None:
        """Prints the values, and what follows further to the right."""
        if values:
            self.log(*values)
        self._indent += "  "

    def groupCollapsed(self, *values: Any) -> None:
        """The same, since what is printed can't be folded."""
        self.group(*values)

    def clear(self) -> None:
        """Nothing: what was printed stays, as where a program's output goes to a file."""

    def groupEnd(self) -> None:
        """Ends a group."""
        self._indent = self._indent[:-2]

    def count(self, label: Any = "default") -> None:
        """Prints how often it was called with this label."""
        name = text(label)
        self._counts[name] = self._counts.get(name, 0) + 1
        self.log(f"{name}: {self._counts[name]}")

    def countReset(self, label: Any = "default") -> None:
        """Begins to count anew."""
        self._counts.pop(text(label), None)

    def time(self, label: Any = "default") -> None:
        """Begins to take the time, by the phone's clock."""
        self._times[text(label)] = clock.milliseconds()

    def timeLog(self, label: Any = "default", *values: Any) -> None:
        """Prints the time that has passed, and the values."""
        name = text(label)
        if name in self._times:
            self.log(f"{name}: {_duration(clock.milliseconds() - self._times[name])}", *values)
        else:
            self.warn(f"No such label '{name}' for console.time()")

    def timeEnd(self, label: Any = "default") -> None:
        """Prints the time that has passed, and takes it no longer."""
        self.timeLog(label)
        self._times.pop(text(label), None)

    # --- tables ------------------------------------------------------------------------------------------------------

    def table(self, data: Any = None, columns: Any = None) -> None:
        """Prints the rows of a list or an object as a table; what is no such thing is logged."""
        if not isinstance(data, Mapping | list | tuple):
            self.log(data)
            return
        rows = _rows(data)
        fields = [_fields(value) for value in rows.values()]
        names = columns_of(field for field in fields if field is not None) if is_nullish(columns) else [*columns]
        has_values = any(field is None for field in fields)
        head = ["(index)", *names, *(["Values"] if has_values else [])]
        lines = [
            [
                index,
                *(_cell(field or {}, name) for name in names),
                *([inspected(value, 1) if field is None else ""] * has_values),
            ]
            for (index, value), field in zip(rows.items(), fields, strict=True)
        ]
        self._print(sys.stdout, _drawn([head, *lines]))

    def __repr__(self) -> str:
        return "console"


def _rows(data: Any) -> dict[str, Any]:
    if isinstance(data, Mapping):
        return {text(key): data[key] for key in data}
    return {str(place): value for place, value in enumerate(data)}


def _fields(value: Any) -> dict[str, Any] | None:
    return _rows(value) if isinstance(value, Mapping | list | tuple) else None


def _cell(fields: Mapping[str, Any], name: str) -> str:
    return inspected(fields[name], 0) if name in fields else ""


def _drawn(lines: list[list[str]]) -> str:
    widths = [max(map(width, column)) + 2 for column in zip(*lines, strict=True)]
    top, middle, bottom = (_edge(widths, corners) for corners in ("┌┬┐", "├┼┤", "└┴┘"))
    head, *body = [_row(line, widths) for line in lines]
    return "\n".join([top, head, middle, *body, bottom])


def _edge(widths: list[int], corners: str) -> str:
    return corners[0] + corners[1].join("─" * size for size in widths) + corners[2]


def _row(cells: list[str], widths: list[int]) -> str:
    return f"│{'│'.join(left(f' {cell}', size) for cell, size in zip(cells, widths, strict=True))}│"


def _duration(ms: float) -> str:
    if ms < 1000:
        return f"{primitive(round(ms, 3))}ms"
    if ms < 60_000:
        return f"{ms / 1000:.3f}s"
    hours, rest = divmod(ms / 1000, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{int(hours)}:{int(minutes):02d}:{int(seconds):02d} (h:mm:ss)"
    return f"{int(minutes)}:{seconds:06.3f} (m:ss.mmm)"


console: Final = Console()
