"""Traces as files: a line of JSON for what a program asked, and for what the native object said, in their order.

The first line is the head: `{"taropy-trace": 1, "platform": "weapp", "host": "phone"}`, with the `date` if that was
wanted, and `"secrets": "shown"` if they are not masked. Then there are

- `{"call": N, "name": NAME, "options": {}}`: a call, numbered from 1 on; `on` is the object whose function it is, and
  `arguments` stand in place of `options` unless these are all that there is. What happens before the call has returned
  stands there too if it fits in: one of its answers, and `returned`, or `threw`
- `{"call": N, "set": NAME, "value": V}`: a property is set
- `{"call": N, "success": V}`, or `fail`, `complete`, `resolved`, `rejected`, `returned`, `threw`: what came of it
- `{"told": N, "with": []}`: the native object calls a function of the program's, as a listener
- `{"get": NAME, "value": V}`: what a property is, when that is read and is another than before
- `{"lacks": NAME}`: what was asked for and is not there
- `{"note": TEXT, "with": []}`: what the program has noted beside, as what a person did
- `{"call": N, "direct": KIND, "name": NAME, "arguments": []}`: what was done to the letter. KIND is `"call"`, `"new"`,
  `"get"`, `"set"`, or `"keep"` for a value that is put there; NAME belongs to what call `of` came to, else to the
  native object; `in` is the function of the program's that does it when it is called, whose first argument is named
  `argument`. Callbacks stand in the options, as functions; what a function does may return more than once
- `{"end": true}`: the program has ended the recording; a trace without it is a prefix

What the native object says may have `after`: how long after the line before it came, in milliseconds and so roughly
that two recordings have the same. How long the program takes is not written. The keys of options are sorted; those of
what comes are in the order in which they came, which a program may go by.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import attrs

from ...spec import CALLBACKS
from .errors import TraceError
from .values import Json, MalformedValue, checked, mark_of

#: The form of traces; it changes when a reader of the one before would misread it.
FORMAT = 1
MARK = "taropy-trace"

#: How a promise that a call has returned is settled.
SETTLED = ("resolved", "rejected")
RETURNS = ("returned", "threw")
#: What is done to the letter.
DIRECT = ("call", "new", "get", "set", "keep")
OUTCOMES = (*CALLBACKS, *SETTLED, *RETURNS)

ANEW = "record it anew with taropy record"
_DIGEST = re.compile(r"[0-9a-f]{64}")


@attrs.frozen(eq=False)
class Step:
    """What happened at one moment.

    - `kind`: `"call"`, `"set"`, `"get"`, `"lacks"`, `"told"`, `"direct"`, `"note"`, or one of `OUTCOMES`.
    - `line`: its line in the file.
    - `call`: the number of the call that it is, or that it came of; `on`: the object's number, 0 for the native object.
    - `name`: the function's, or the property's; `value`: the arguments as a list, or what came, both as they stand in
      the file; `function`: the number of the program's function that was told.
    - `how`: what was done to the letter, one of `DIRECT`; `on` is then the call to whose value `name` belongs.
    - `at`: after how many milliseconds since the beginning.
    """

    kind: str
    line: int
    at: float = 0.0
    call: int = 0
    on: int = 0
    name: str = ""
    value: Json = None
    function: int = 0
    how: str = ""


@attrs.frozen
class Trace:
    """A file that was read. `ended`: whether the recording came to its end; else it is a prefix of one."""

    path: Path
    platform: str
    host: str
    shows_secrets: bool
    steps: tuple[Step, ...]
    ended: bool
    files: Files

    @property
    def until(self) -> str:
        """What the trace is known to end with, in words."""
        return "it ends there" if self.ended else "it was cut off there"


@attrs.frozen
class Files:
    """The folder beside a trace in which long bytes and texts are: `shop.bytes` of `shop.jsonl`."""

    folder: Path

    def put(self, digest: str, data: bytes) -> None:
        """Keeps what has this digest."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / digest
        if not file.exists():
            file.write_bytes(data)

    def get(self, digest: str) -> bytes:
        """What has this digest."""
        return self.look_for(digest).read_bytes()

    def look_for(self, digest: str) -> Path:
        """The file of this digest; `MalformedValue` if it is not there."""
        if _DIGEST.fullmatch(digest) is None:
            raise MalformedValue(f"{digest!r} is no SHA-256")
        if not (file := self.folder / digest).is_file():
            raise MalformedValue(f"{file} is not there; it belongs to the trace")
        return file

    def clear(self) -> None:
        """Takes away what an earlier recording has left."""
        if self.folder.is_dir() and all(_DIGEST.fullmatch(each.name) for each in self.folder.iterdir()):
            shutil.rmtree(self.folder)


def files_of(path: Path) -> Files:
    """What stands beside the trace."""
    return Files(path.with_suffix(".bytes"))


# --- writing -----------------------------------------------------------------------------------------------------


class Writer:
    """Writes a trace line by line: what is killed leaves all that has happened so far."""

    def __init__(self, path: Path, head: Mapping[str, Json]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _is_of_others(path):
            raise TraceError(path, "it is there and is no trace of calls, so it is not written over")
        self.files: Files = files_of(path)
        self.files.clear()
        # A lone half of a pair, which UTF-8 has no form of, is escaped, as JSON may have it.
        self._file: IO[str] = path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        self.write({MARK: FORMAT, **head})

    def write(self, line: Mapping[str, Json]) -> None:
        """Writes a line."""
        self._file.write(f"{json.dumps(line, ensure_ascii=False, allow_nan=False)}\n")
        self._file.flush()

    def close(self) -> None:
        """Ends it."""
        self._file.close()


def _is_of_others(path: Path) -> bool:
    """Whether a file is there that no recorder has written, such as a program that was named in the trace's place."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.read(200)
    return bool(head.strip()) and f'"{MARK}"'.encode() not in head


# --- reading -----------------------------------------------------------------------------------------------------


def read(path: Path, *, whole: bool = False) -> Trace:
    """Reads a trace. `TraceError` for a file that is none, is of another version, or is not as a recorder writes it.

    A last line that was cut off in the middle is left out. So are, unless it is to be `whole`, notes and what was done
    to the letter, which nobody plays.
    """
    lines = _lines(path)
    head = _head(path, lines[0] if lines else "")
    reader = _Reader(path, files_of(path))
    for number, text in enumerate(lines[1:], 2):
        reader.take(number, text)
    return Trace(
        path=path,
        platform=head["platform"],
        host=str(head.get("host", "")),
        shows_secrets=head.get("secrets") == "shown",
        steps=tuple(reader.steps if whole else _played(reader.steps)),
        ended=reader.ended,
        files=files_of(path),
    )


def _played(steps: Iterable[Step]) -> Iterator[Step]:
    direct: set[int] = set()
    functions: set[int] = set()
    for step in steps:
        if step.kind == "direct":
            direct.add(step.call)
        elif step.kind == "told" and step.function not in functions:
            continue
        elif step.kind != "note" and step.call not in direct:
            functions.update(each["$function"] for each in markers(step.value) if "$function" in each)
            yield step


def steps_of(lines: Iterable[str], path: Path) -> list[Step]:
    """The steps of lines that a recorder has written; `path` is what faults are told of."""
    reader = _Reader(path, None)
    for number, text in enumerate(lines, 2):
        reader.take(number, text)
    return reader.steps


def _lines(path: Path) -> list[str]:
    """The lines of the file that are whole."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise TraceError(path, f"there is no such file; {ANEW}") from None
    except OSError as error:
        raise TraceError(path, f"it cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        if error.end < error.start + 4 and error.end == len(error.object):  # cut off within a letter
            text = error.object[: error.start].decode("utf-8-sig")
        else:
            raise TraceError(path, f"it is no trace, since it is no text in UTF-8; {ANEW}") from None
    if not text.strip():
        raise TraceError(path, f"it is empty; {ANEW}")
    lines = text.split("\n")
    last = lines.pop()
    if last and _is_json(last):  # edited, without a line's end
        lines.append(last)
    return [line.removesuffix("\r") for line in lines]


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _head(path: Path, line: str) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
        head = None
    if not isinstance(head, dict) or MARK not in head:
        raise TraceError(path, f'it is no trace of calls, whose first line is {{"{MARK}": {FORMAT}, …}}; {ANEW}')
    if head[MARK] != FORMAT:
        raise TraceError(path, f"it is of version {head[MARK]}, and this taropy reads {FORMAT}; {ANEW}")
    if not isinstance(head.get("platform"), str):
        raise TraceError(path, "the head does not say its platform", 1)
    return head


class _Reader:
    """Reads lines into steps, and looks whether each can stand where it stands."""

    def __init__(self, path: Path, files: Files | None) -> None:
        self._path = path
        self._files = files
        self.steps: list[Step] = []
        self.ended = False
        self._line = 0
        self._at = 0.0
        self._last_call = 0
        self._returned: set[int] = set()
        self._direct: set[int] = set()
        #: What has been there: objects, and functions of the program's.
        self._objects: set[int] = {0}
        self._functions: set[int] = set()

    def take(self, number: int, text: str) -> None:
        """A line of the file."""
        self._line = number
        try:
            line = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self._wrong(f"it is no JSON ({error})") from None
        if not isinstance(line, dict):
            raise self._wrong('a line is an object, as {"call": 1, …}')
        if self.ended:
            raise self._wrong('nothing follows on {"end": true}')
        try:
            self._take(line)
        except MalformedValue as error:
            raise self._wrong(str(error)) from None

    def _take(self, line: dict[str, Json]) -> None:
        after = line.pop("after", 0)
        if not isinstance(after, int | float) or isinstance(after, bool) or after < 0:
            raise self._wrong(f"after is a number of milliseconds, not {after!r}")
        self._at += after
        if line == {"end": True}:
            self.ended = True
        elif "direct" in line:
            self._done_directly(line)
        elif "note" in line:
            self._noted(line)
        elif "name" in line or "set" in line:
            self._call(line)
        elif "call" in line:
            self._outcomes(line, self._number(line, "call"))
        elif "told" in line:
            self._told(line)
        elif "get" in line or "lacks" in line:
            self._property(line)
        else:
            raise self._wrong(f"nothing that a line can be has only {', '.join(line) or 'nothing'}")

    def _call(self, line: dict[str, Json]) -> None:
        number, on = self._next_call(line), self._on(line)
        kind = "set" if "set" in line else "call"
        name = self._text(line, "set" if kind == "set" else "name")
        if kind == "set":
            given = [line.pop("value", None)]
        else:
            given = [line.pop("options")] if "options" in line else self._arguments(line)
        self._step(kind, call=number, on=on, name=name, value=given)
        self._outcomes(line, number)

    def _next_call(self, line: dict[str, Json]) -> int:
        number = self._number(line, "call")
        if number != self._last_call + 1:
            raise self._wrong(f"calls are numbered one by one: after {self._last_call} comes {self._last_call + 1}")
        self._last_call = number
        return number

    def _done_directly(self, line: dict[str, Json]) -> None:
        number, kind, name = self._next_call(line), self._text(line, "direct"), self._text(line, "name")
        if kind not in DIRECT:
            raise self._wrong(f"what is done to the letter is {', '.join(DIRECT)}, not {kind!r}")
        self._direct.add(number)
        if "in" in line:
            self._functions.add(self._number(line, "in"))
        of = self._number(line, "of") if "of" in line else 0
        if not 0 <= of < number:
            raise self._wrong(f"there is no call {of} before it")
        self._step("direct", how=kind, call=number, on=of, name=name, value=self._arguments(line))
        self._done(line)

    def _noted(self, line: dict[str, Json]) -> None:
        self._step("note", name=self._text(line, "note"), value=self._list(line, "with", "what is noted is a list"))
        self._done(line)

    def _outcomes(self, line: dict[str, Json], number: int) -> None:
        if not 0 < number <= self._last_call:
            raise self._wrong(f"there is no call {number} before it")
        for kind in OUTCOMES:
            if kind in line:
                if kind in RETURNS:
                    if number in self._returned and number not in self._direct:
                        raise self._wrong(f"call {number} has returned before")
                    self._returned.add(number)
                self._step(kind, call=number, value=line.pop(kind))
        self._done(line)

    def _told(self, line: dict[str, Json]) -> None:
        function, given = self._number(line, "told"), self._list(line, "with", "what a function is told is a list")
        if function not in self._functions:
            raise self._wrong(f"no call before it was given function {function}")
        self._step("told", function=function, value=given)
        self._done(line)

    def _property(self, line: dict[str, Json]) -> None:
        kind, on = "get" if "get" in line else "lacks", self._on(line)
        self._step(kind, on=on, name=self._text(line, kind), value=line.pop("value", None))
        self._done(line)

    def _step(self, kind: str, **fields: Any) -> None:
        checked(fields.get("value"))
        self._learn(fields.get("value"))
        self.steps.append(Step(kind, self._line, self._at, **fields))

    def _learn(self, tree: Json) -> None:
        """Notes the objects and functions that are in a value."""
        for marked in markers(tree):
            if "$object" in marked:
                self._objects.add(marked["$object"])
            elif "$function" in marked:
                self._functions.add(marked["$function"])
            for told in (marked.get("$bytes"), marked.get("$text")):
                if isinstance(told, dict) and self._files is not None:
                    self._files.look_for(told["sha256"])

    def _done(self, line: Mapping[str, Json]) -> None:
        if line:
            raise self._wrong(f"a line of this kind has no {', '.join(map(repr, line))}")

    def _on(self, line: dict[str, Json]) -> int:
        on = self._number(line, "on") if "on" in line else 0
        if on not in self._objects:
            raise self._wrong(f"there is no object {on} before it")
        return on

    def _number(self, line: dict[str, Json], name: str) -> int:
        number = line.pop(name, None)
        if not isinstance(number, int) or isinstance(number, bool):
            raise self._wrong(f"{name} is a number, not {number!r}")
        return number

    def _arguments(self, line: dict[str, Json]) -> list[Json]:
        return self._list(line, "arguments", "arguments are a list")

    def _list(self, line: dict[str, Json], name: str, fault: str) -> list[Json]:
        given = line.pop(name, [])
        if not isinstance(given, list):
            raise self._wrong(fault)
        return given

    def _text(self, line: dict[str, Json], name: str) -> str:
        text = line.pop(name)
        if not isinstance(text, str):
            raise self._wrong(f"{name} is a text, not {text!r}")
        return text

    def _wrong(self, fault: str) -> TraceError:
        return TraceError(self._path, fault, self._line)


def markers(tree: Json) -> Iterator[Mapping[str, Json]]:
    """The markers in a value, in their order."""
    if isinstance(tree, list):
        for each in tree:
            yield from markers(each)
    elif isinstance(tree, dict):
        if mark_of(tree) is not None:
            yield tree
        for each in tree.values():
            yield from markers(each)
