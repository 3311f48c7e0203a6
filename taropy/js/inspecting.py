"""Values as Node.js's `util.inspect` shows them, which is how `console` prints them."""

from __future__ import annotations

import inspect
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from .conversions import number_text, typeof
from .missing import Undefined, hole

#: How deep it looks, how many items it shows, how long a line may be, and how many levels may stand on one.
DEPTH: Final = 2
MOST_ITEMS: Final = 100
LINE: Final = 80
LEVELS: Final = 3
_SHORT: Final = 16

PACKAGE: Final = "taropy.js."
_URL_PARTS: Final = (
    "href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search",
    "searchParams", "hash",
)  # fmt: skip
_NAME = re.compile("[a-zA-Z_][a-zA-Z_0-9]*")
_TO_ESCAPE = re.compile("[\x00-\x1f\x7f-\x9f\\\\'\ud800-\udfff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\v": "\\v", "\\": "\\\\"}


def inspected(value: Any, depth: float = DEPTH) -> str:
    """The value as it is shown, objects down to that depth."""
    return _Inspector(depth).text(value, 0)


class _Inspector:
    def __init__(self, depth: float) -> None:
        self._depth = depth
        self._indent = 0
        #: The objects that are being shown, from the outside in, and the numbers of those that contain themselves.
        self._open: list[int] = []
        self._circular: dict[int, int] = {}
        #: At what level the last object was that has been shown.
        self._level = 0

    def text(self, value: Any, level: int) -> str:
        if isinstance(value, str):
            return self._string(value)
        if value is None or isinstance(value, bool | int | float | Undefined):
            return primitive(value)
        if id(value) in self._open:
            return f"[Circular *{self._circular.setdefault(id(value), len(self._circular) + 1)}]"
        return self._object(value, level)

    def _string(self, value: str) -> str:
        lines = re.split(r"(?<=\n)", value)
        if len(value) <= max(_SHORT, LINE - self._indent - 4) or len(lines) < 2:
            return quoted(value)
        return f" +\n{' ' * (self._indent + 2)}".join(map(quoted, filter(None, lines)))

    def _object(self, value: Any, level: int) -> str:
        for kind in type(value).__mro__:
            if kind.__module__.startswith(PACKAGE) and kind.__name__ in _SHOWN:
                return _SHOWN[kind.__name__](self, value, level)
        if isinstance(value, bytes | bytearray):
            return self._buffer(value, level)
        if isinstance(value, list | tuple):
            return self._list(value, level, "")
        if isinstance(value, BaseException):
            return self._error(value, level)
        if callable(value) and not isinstance(value, Mapping):
            return _function(value)
        if hasattr(type(value), "__await__"):
            return self._promise(value, level)
        return self._fields(value, level)

    def _shown(
        self, value: Any, level: int, prefix: str, braces: str, parts: Callable[[], list[str]], *, is_list: bool = False
    ) -> str:
        """An object, of which `parts` shows the content; only its name if it is too deep."""
        if not _has_content(value):
            return f"{prefix}{braces}"
        if level > self._depth:
            return f"[{prefix.partition('(')[0].strip() or ('Array' if is_list else 'Object')}]"
        self._level = level
        self._open.append(id(value))
        output = parts()
        self._open.pop()
        if not output:
            return f"{prefix}{braces}"
        if id(value) in self._circular:
            prefix = f"<ref *{self._circular[id(value)]}> {prefix}"
        return self._laid_out(output, prefix + braces[0], braces[1], level, value if is_list else None)

    def inner(self, value: Any, level: int, indent: int = 2) -> str:
        """What is in an object."""
        self._indent += indent
        text = self.text(value, level + 1)
        self._indent -= indent
        return text

    # --- kinds of objects ----------------------------------------------------------------------------------------

    def _list(self, value: Any, level: int, prefix: str) -> str:
        return self._shown(value, level, prefix, "[]", lambda: self._items(value, level), is_list=True)

    def _items(self, value: Any, level: int) -> list[str]:
        output: list[str] = []
        holes = 0
        items = list(iter(value)) if not isinstance(value, list) else list(list.__iter__(value))
        for item in [*items, None]:  # one more, at which holes end
            if item is hole:
                holes += 1
                continue
            if holes:
                output.append(f"<{holes} empty item{'s' if holes > 1 else ''}>")
                holes = 0
            if len(output) >= MOST_ITEMS:
                break
            output.append(self.inner(item, level))
        else:
            output.pop()
        left = len(items) - MOST_ITEMS
        return [*output, _more(left)] if left > 0 else output

    def _map(self, value: Any, level: int) -> str:
        def parts() -> list[str]:
            return [f"{self.inner(key, level)} => {self.inner(item, level)}" for key, item in value.entries()]

        return self._shown(value, level, _sized(value, "Map", value.size), "{}", parts)

    def _set(self, value: Any, level: int) -> str:
        prefix = _sized(value, "Set", value.size)
        return self._shown(value, level, prefix, "{}", lambda: [self.inner(item, level) for item in value.values()])

    def _buffer(self, value: Any, level: int) -> str:
        return self._shown(value, level, "ArrayBuffer ", "{}", lambda: _bytes(value))

    def _typed(self, value: Any, level: int) -> str:
        return self._list(value, level, f"{type(value).__name__}({value.length}) ")

    def _params(self, value: Any, level: int) -> str:
        def parts() -> list[str]:
            return [f"{quoted(name)} => {quoted(item)}" for name, item in value]

        return self._shown(value, level, "URLSearchParams ", "{}", parts)

    def _date(self, value: Any, level: int) -> str:
        text: str = value.toJSON() or "Invalid Date"
        return text

    def _as_text(self, value: Any, level: int) -> str:
        return str(value)

    def _url(self, value: Any, level: int) -> str:
        fields = {name: getattr(value, name) for name in _URL_PARTS}
        return self._shown(value, level, "URL ", "{}", lambda: self._named(fields, level))

    def _promise(self, value: Any, level: int) -> str:
        from ..runtime.promise import FULFILLED, PENDING, Promise

        if not isinstance(value, Promise):
            return self._fields(value, level)

        def parts() -> list[str]:
            if value._state == PENDING:
                return ["<pending>"]
            shown = self.inner(value._value, level)
            return [shown if value._state == FULFILLED else f"<rejected> {shown}"]

        return self._shown(value, level, "Promise ", "{}", parts)

    def _error(self, value: BaseException, level: int) -> str:
        """What it says and where it was raised, and then the fields that a program gave it."""
        stack = getattr(value, "stack", None) or f"{type(value).__name__}: {value}"
        text = stack.replace("\n", "\n" + " " * self._indent) if "\n" in stack else f"[{stack}]"
        hidden = {"message", "stack", "name", "cause", "errors"}
        fields = {
            name: field
            for name, field in getattr(value, "__dict__", {}).items()
            if name[0] != "_" and name not in hidden
        }
        if getattr(value, "cause", None) is not None:
            fields["[cause]"] = value.cause  # type: ignore[attr-defined]
        if not fields:
            return text
        return self._shown(value, level, f"{text} ", "{}", lambda: self._named(fields, level))

    def _fields(self, value: Any, level: int) -> str:
        from .fields import own_fields

        kind = type(value)
        is_plain = any("keys" in vars(base) for base in kind.__mro__)  # a mapping, or a result of Taro's
        prefix = "" if is_plain else f"{kind.__name__} "
        return self._shown(value, level, prefix, "{}", lambda: self._named(own_fields(value), level))

    def _named(self, fields: Mapping[Any, Any], level: int) -> list[str]:
        return [f"{_key(name)}: {self.inner(fields[name], level)}" for name in fields]

    # --- on one line, or on several --------------------------------------------------------------------------------

    def _laid_out(self, output: list[str], opening: str, closing: str, level: int, items: Any) -> str:
        """The parts of an object: on a line of their own each, unless all are short and hold few levels."""
        count = len(output)
        if items is not None and count > 6:
            output = self._in_columns(output, items)
        if self._level - level < LEVELS and count == len(output):
            start = len(output) + self._indent + len(opening) + 10
            joined = ", ".join(output)
            if sum(map(len, output)) + len(output) + start <= LINE and "\n" not in joined:
                return f"{opening} {joined} {closing}"
        line = f"\n{' ' * self._indent}"
        return f"{opening}{line}  {f',{line}  '.join(output)}{line}{closing}"

    def _in_columns(self, output: list[str], items: Any) -> list[str]:
        """The items of an array in columns, if they are short enough for some."""
        rest = output[MOST_ITEMS:]
        shown = output[:MOST_ITEMS]
        sizes = [width(item) for item in shown]
        total, widest = sum(sizes) + 2 * len(sizes), max(sizes) + 2
        if widest * 3 + self._indent >= LINE or not (total / widest > 5 or widest - 2 <= 6):
            return output
        biased = max(widest - 3 - math.sqrt(widest - total / len(output)), 1)
        wanted = math.floor(math.sqrt(2.5 * biased * len(shown)) / biased + 0.5)
        columns = min(wanted, (LINE - self._indent) // widest, LEVELS * 4, 15)
        if columns <= 1:
            return output
        widths = [max(sizes[column::columns]) + 2 for column in range(columns)]
        listed = list(items)[: len(output)]
        right = all(typeof(item) == "number" for item in listed)
        return [*(_row(shown[at : at + columns], widths, right=right) for at in range(0, len(shown), columns)), *rest]


# How classes of this library are shown, by their names: so none of them is imported for it.
_SHOWN: Final[Mapping[str, Callable[[_Inspector, Any, int], str]]] = {
    "Map": _Inspector._map,
    "Set": _Inspector._set,
    "Date": _Inspector._date,
    "RegExp": _Inspector._as_text,
    "URL": _Inspector._url,
    "URLSearchParams": _Inspector._params,
    "ArrayBuffer": _Inspector._buffer,
    **dict.fromkeys(
        ["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array"],
        _Inspector._typed,
    ),
    **dict.fromkeys(["Float32Array", "Float64Array"], _Inspector._typed),
}


def _sized(value: Any, kind: str, size: int) -> str:
    name = type(value).__name__
    return f"{name}({size}) " if name == kind else f"{name}({size}) [{kind}] "


def _has_content(value: Any) -> bool:
    """Whether there is something between its braces."""
    from .fields import own_fields

    kind = type(value)
    if isinstance(value, list | tuple | Mapping) or getattr(kind, "BYTES_PER_ELEMENT", None) is not None:
        return len(value) > 0
    if getattr(kind, "size", None) is not None:  # a map, a set, search parameters
        return bool(value.size)
    return not hasattr(value, "__dict__") or len(own_fields(value)) > 0


def _row(items: list[str], widths: list[int], *, right: bool) -> str:
    if right:
        padded = [f"{item}, ".rjust(size) for item, size in zip(items, widths, strict=False)]
        return "".join([*padded[:-1], items[-1].rjust(widths[len(items) - 1] - 2)])
    return "".join([*(left(f"{item}, ", size) for item, size in zip(items[:-1], widths, strict=False)), items[-1]])


def width(text: str) -> int:
    """How wide it is on a terminal, where Chinese letters are as wide as two others."""
    return len(text) if text.isascii() else sum(_width_of(letter) for letter in text)


def _width_of(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def left(text: str, size: int) -> str:
    """The text, and spaces up to that width."""
    return text + " " * (size - width(text))


def _more(count: int) -> str:
    return f"... {count} more item{'s' if count > 1 else ''}"


def _bytes(value: bytes | bytearray) -> list[str]:
    shown = " ".join(f"{byte:02x}" for byte in value[:50])
    left = len(value) - 50
    more = f" ... {left} more byte{'s' if left > 1 else ''}" if left > 0 else ""
    return [f"[Uint8Contents]: <{shown}{more}>", f"byteLength: {len(value)}"]


def _function(value: Any) -> str:
    if isinstance(value, type):
        base = value.__bases__[0]
        extends = f" extends {base.__name__}" if base not in (object,) and base.__name__ != "Object" else ""
        return f"[class {value.__name__}{extends}]"
    kind = "AsyncFunction" if inspect.iscoroutinefunction(value) else "Function"
    name = getattr(value, "__name__", "<lambda>")
    return f"[{kind} (anonymous)]" if name == "<lambda>" else f"[{kind}: {name}]"


def _key(name: Any) -> str:
    name = str(name)
    return name if _NAME.fullmatch(name) or name[:1] == "[" else quoted(name)


def primitive(value: Any) -> str:
    """A value that is no object and no text, as it is shown; unlike `text` it tells -0 from 0."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == 0 and math.copysign(1, value) < 0:
        return "-0"
    if isinstance(value, int | float):
        return number_text(value)
    return "null" if value is None else "undefined"


def quoted(value: str) -> str:
    """A text between the quotes that need no escapes, if some do not."""
    quote = "'"
    if "'" in value:
        if '"' not in value:
            quote = '"'
        elif "`" not in value and "${" not in value:
            quote = "`"
    return f"{quote}{_TO_ESCAPE.sub(lambda found: _escaped(found[0], quote), value)}{quote}"


def _escaped(letter: str, quote: str) -> str:
    if letter == "'":
        return "\\'" if quote == "'" else letter
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return f"\\x{ord(letter):02X}" if ord(letter) < 256 else f"\\u{ord(letter):04x}"


def columns_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The keys of all rows, in the order in which they come first."""
    return list(dict.fromkeys(key for row in rows for key in row))
