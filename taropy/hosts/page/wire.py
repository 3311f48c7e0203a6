"""Messages between Python and a page: JSON, with tags for what JSON has not, and files as they are.

A frame is a list of messages. As a text it is that list in JSON. As bytes it begins with the length of its JSON in four
bytes, big-endian, then comes the JSON in ASCII, and then the files, in the order in which the JSON speaks of them.

A value that JSON has not is an object whose one distinguishing key is `$`:

- `u`: undefined, `n`: NaN, an infinity or -0, in words; `d`: a Date, in milliseconds; `i`: a BigInt, in digits
- `b`: the bytes of an ArrayBuffer, `f`: those of a Blob or a File; `size`, and of a file `type` and `name`
- `e`: an Error, its fields in `v`
- `h`: an object that stays in the page, by its number; `c`: a function of Python's, by its number
- `o`: an object of the program's that has a key `$` itself

In messages to the letter (direct.py) `u` has an `x` if it came from the page, fields that are undefined are there, and

- `k`: an instance of the class `c`, its fields in `v`; `e` says that it is an Error
- `r`: what Python has numbered itself, or what is reached from there by the names in `at`
- `c` has in `x` what the function does at once
"""

from __future__ import annotations

import datetime
import json
import math
import re
import struct
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from ...models.model import Model
from ..js_values import UNDEFINED, Blob, Instance

TAG = "$"
Message = list[Any]

_LENGTH = struct.Struct(">I")
#: Half a sign, of which JavaScript's texts may have some, and UTF-8 has none.
_HALVES = re.compile("[\ud800-\udfff]")
_FINE = frozenset({str, bool, int, type(None)})
#: So deep may what is sent be; what is deeper is a circle, most likely.
DEEPEST = 200


class WireError(Exception):
    """A frame that is none, or a value that cannot be sent; the text says why."""


# --- to the page -------------------------------------------------------------------------------------------------

#: Gives what stands for an object that only one side has, or None.
Refer = Callable[[Any], Any]


@attrs.frozen
class Packed:
    """A message as JSON, and the files in it."""

    text: str
    files: list[Any]


def packed_message(message: Message, refer: Refer, *, exact: bool = False) -> Packed:
    """The message; `WireError` if something in it cannot be sent. `exact` keeps fields that are undefined."""
    packer = _Packer(refer, exact)
    fields = packer.list(message, 0)
    text = json.dumps(fields, ensure_ascii=bool(packer.files), separators=(",", ":"))
    if not text.isascii() and _HALVES.search(text):
        text = json.dumps(fields, separators=(",", ":"))
    return Packed(text, packer.files)


def packed_tree(value: Any, refer: Refer) -> Any:
    """A value without files as it is in a message to the letter, to be put into another value."""
    packer = _Packer(refer, True)
    tree = packer.list([value], 0)[0]
    if packer.files:
        raise WireError("bytes cannot be sent in what a function does; keep them in the page first")
    return tree


def frames(messages: Iterable[Packed]) -> list[str | bytes]:
    """The messages as frames, in their order: those without files together, each other one by itself."""
    made: list[str | bytes] = []
    plain: list[str] = []
    for message in messages:
        if not message.files:
            plain.append(message.text)
            continue
        if plain:
            made.append(f"[{','.join(plain)}]")
            plain = []
        head = f"[{message.text}]".encode("ascii")
        made.append(b"".join((_LENGTH.pack(len(head)), head, *message.files)))
    if plain:
        made.append(f"[{','.join(plain)}]")
    return made


def with_first(message: Message, frame: bytes) -> bytes:
    """A frame of bytes with one more message, before the others."""
    (length,) = _LENGTH.unpack_from(frame)
    head = json.dumps(message, separators=(",", ":")).encode("ascii")
    rest = memoryview(frame)[_LENGTH.size + 1 :]
    return b"".join((_LENGTH.pack(length + len(head) + 1), b"[", head, b",", rest))


class _Packer:
    """Makes JSON of one message, and collects the files in it."""

    def __init__(self, refer: Refer, exact: bool) -> None:
        self._refer = refer
        self._exact = exact
        self.files: list[Any] = []

    def _value(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind in _FINE:
            return value
        if kind is float:
            return value if math.isfinite(value) and (value or math.copysign(1, value) > 0) else _number(value)
        if kind is dict:
            return self._object(value, depth)
        if kind is list or kind is tuple:
            return self.list(value, depth)
        return self._other(value, depth)

    def list(self, values: Any, depth: int) -> Any:
        if depth > DEEPEST:
            raise WireError("what is sent to a page holds itself, or is too deep")
        return [self._value(value, depth + 1) for value in values]

    def _object(self, fields: Mapping[Any, Any], depth: int) -> Any:
        if depth > DEEPEST:
            raise WireError("what is sent to a page holds itself, or is too deep")
        packed = {
            key if type(key) is str else str(key): self._value(value, depth + 1)
            for key, value in fields.items()
            if value is not UNDEFINED or self._exact
        }
        return {TAG: "o", "v": packed} if TAG in packed else packed

    def _other(self, value: Any, depth: int) -> Any:
        if value is UNDEFINED:
            return {TAG: "u"}
        if (reference := self._refer(value)) is not None:
            return reference
        match value:
            case str():
                return str(value)
            case bool() | int() | float():
                return self._value(float(value) if isinstance(value, float) else int(value), depth)
            case bytes() | bytearray() | memoryview():
                return self._file(value)
            case datetime.datetime():
                return {TAG: "d", "v": value.timestamp() * 1000}
            case Mapping():
                return self._object(value, depth)
            case list() | tuple() | set() | frozenset():
                return self.list(value, depth)
            case Model():
                return self._object({**value}, depth)
        raise WireError(f"a {type(value).__name__} cannot be sent to a page")

    def _file(self, data: bytes | bytearray | memoryview) -> Any:
        size = data.nbytes if isinstance(data, memoryview) else len(data)
        self.files.append(data)
        if isinstance(data, Blob):
            return {TAG: "f", "size": size, "type": data.type, "name": data.name}
        return {TAG: "b", "size": size}


def _number(value: float) -> Any:
    words = "NaN" if value != value else "-0" if not value else "Infinity" if value > 0 else "-Infinity"
    return {TAG: "n", "v": words}


# --- from the page -----------------------------------------------------------------------------------------------


class Unpacker:
    """Reads frames. `resolve` gives the object on this side that a tag `h` stands for."""

    def __init__(self, resolve: Callable[[Mapping[str, Any]], Any]) -> None:
        self._resolve = resolve
        self._rest = memoryview(b"")

    def messages(self, frame: str | bytes) -> list[Message]:
        """The messages of a frame; `WireError` for one that is none, or lies about its lengths."""
        text: str | bytes = frame if isinstance(frame, str) else self._head(frame)
        is_tagged = f'"{TAG}"' in text if isinstance(text, str) else f'"{TAG}"'.encode() in text
        try:
            given = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise WireError(f"the page has sent what is no message: {type(error).__name__}") from None
        if not isinstance(given, list) or not all(isinstance(each, list) and each for each in given):
            raise WireError("the page has sent what is no message: it is no list of lists")
        try:
            messages = [self._list(each) for each in given] if is_tagged else given
        except (KeyError, TypeError, ValueError, RecursionError, OverflowError) as error:
            raise WireError(f"the page has sent what is no message: {type(error).__name__}") from None
        if len(self._rest):
            raise WireError("the page has sent a message that is longer than it says")
        return messages

    def _head(self, frame: bytes) -> bytes:
        if len(frame) < _LENGTH.size:
            raise WireError("the page has sent a message that is shorter than it says")
        (length,) = _LENGTH.unpack_from(frame)
        end = _LENGTH.size + length
        if end > len(frame):
            raise WireError("the page has sent a message that is shorter than it says")
        self._rest = memoryview(frame)[end:]
        return frame[_LENGTH.size : end]

    def _value(self, value: Any) -> Any:
        kind = type(value)
        if kind is dict:
            return self._tag(value) if TAG in value else {key: self._value(field) for key, field in value.items()}
        return self._list(value) if kind is list else value

    def _list(self, values: list[Any]) -> list[Any]:
        return [self._value(value) for value in values]

    def _tag(self, tagged: dict[str, Any]) -> Any:
        match tagged[TAG]:
            case "u":
                return UNDEFINED if tagged.get("x") else None
            case "n":
                return float(tagged["v"].replace("Infinity", "inf"))
            case "d":
                return datetime.datetime.fromtimestamp(tagged["v"] / 1000, datetime.UTC)
            case "i":
                return int(tagged["v"])
            case "b":
                return self._file(tagged["size"])
            case "f":
                return Blob(self._file(tagged["size"]), tagged.get("type") or "", tagged.get("name"))
            case "e":
                return self._value(tagged["v"])
            case "k":
                return Instance(self._value(tagged["v"]), str(tagged["c"]), is_error=bool(tagged.get("e")))
            case "h":
                return self._resolve(tagged)
            case "o":
                return {key: self._value(field) for key, field in tagged["v"].items()}
        raise ValueError(tagged[TAG])

    def _file(self, size: Any) -> bytes:
        if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= len(self._rest):
            raise WireError("the page has sent a message that is shorter than it says")
        data, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return data
