"""Plays the calls of a trace on the phone, and says where the phone does otherwise than what was recorded.

The calls are made in the order of the trace, each when what came before it in the trace has come on the phone too. The
phone's person answers as the recorded one did, as far as the trace says. Compared are the first answer of each call,
what calls return that have none, what functions of the program's are told, and properties, by the rules of `kinds`.
"""

from __future__ import annotations

import asyncio
import json
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ...runtime.plugins import registry
from ...spec import CALLBACKS
from .around import Recorded
from .kinds import comparable, differences, is_ignored, shown
from .recorder import Recorder
from .script import MADE, NO_ANSWER, Call, Script
from .servers import Servers
from .standing import Meaning
from .traces import SETTLED, Step, Trace, markers, read, steps_of
from .values import Json, Opaque
from .values import read as value_of

if TYPE_CHECKING:
    from ...phone import Phone
    from ...phone.core.person import Answer, Question

#: What failures say where the person has not allowed something.
_DENIED = ("auth", "denied", "deny", "permission", "授权")
#: What no call of the trace was given: its name, and the number of an object.
_UNKNOWN = ("a function of the program", 0)
#: How many seconds the phone is waited for, for each thing that it is to say.
PATIENCE = 2.0


@attrs.frozen
class Differing:
    """Where the phone differs: in which call or event of the trace, and how, a line for each difference."""

    line: int
    name: str
    call: int
    how: tuple[str, ...]

    def __str__(self) -> str:
        number = f"call {self.call}  " if self.call else ""
        return "\n".join([f"{number}{self.name} (line {self.line})", *(f"    {each}" for each in self.how)])


@attrs.frozen
class Comparison:
    """What has come of comparing: how many calls were played, and where the phone differs."""

    calls: int
    differing: tuple[Differing, ...]


def compare(
    trace: Path | str,
    *,
    ignore: Collection[str] = (),
    patience: float = PATIENCE,
    device: str | None = None,
    har: Path | str | None = None,
    real_servers: bool = False,
    prepare: Callable[[Phone], object] | None = None,
) -> Comparison:
    """Compares a new phone with what was recorded in the file.

    - `ignore`: what does not count: `getSystemInfo`, `getSystemInfo.model`, `*.SDKVersion`.
    - `patience`: how many seconds an answer or event is waited for.
    - `device`: the phone's model; `prepare` gets the phone before anything is played, for the world around it.
    - Servers say what they said in the trace; or what is in `har`, a recording of requests; or the real ones are asked.

    `TraceError` for a file that is no trace.
    """
    from ...phone import Phone
    from ...phone.network.routes.unrouted import UnroutedRequestWarning

    found = read(Path(trace))
    known = registry().platform(found.platform).platform
    comparing = _Comparing(found, patience, ignore)
    with Phone(device=device, ask=comparing.answer) if device else Phone(ask=comparing.answer) as phone:
        if har is not None:
            phone.network.replay(har)
        elif not real_servers:
            comparing.serve(phone)
        if prepare is not None:
            prepare(phone)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnroutedRequestWarning)
            asyncio.run(comparing.play(phone.native(known.name, known.native_name), phone))
        return comparing.compared()


class _Lines:
    """What the phone does, as lines of a trace; and files that are only held."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        #: The calls that have thrown, by their numbers on the phone.
        self.threw: set[int] = set()
        self._files: dict[str, bytes] = {}
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()

    def write(self, line: Mapping[str, Json]) -> None:
        self.texts.append(json.dumps(line))
        if "threw" in line:
            self.threw.add(line["call"])
        self._loop.call_soon_threadsafe(self._changed.set)

    def put(self, digest: str, data: bytes) -> None:
        self._files[digest] = data

    def get(self, digest: str) -> bytes:
        return self._files[digest]

    async def next(self) -> None:
        """Waits until there is another line."""
        self._changed.clear()
        await self._changed.wait()


class _Comparing:
    """One trace, and one phone."""

    def __init__(self, trace: Trace, patience: float, ignore: Collection[str]) -> None:
        self.trace = trace
        self._patience = patience
        self._ignore = ignore
        self._script = Script(trace)
        self._meaning = Meaning()
        self._objects: dict[int, Any] = {}
        self._functions: dict[int, _Function] = {}
        #: By the numbers of the trace: what calls there are on the phone, what has come of them, why there are none.
        self._numbers: dict[int, int] = {}
        self._came: set[int] = set()
        self._lacking: dict[int, str] = {}
        self._properties: list[tuple[Step, Json]] = []
        self._current: Call | None = None
        self._servers: Servers | None = None
        self._made = 0
        self._steps: Sequence[Step] = ()
        #: What each function of the program's was first given to: the name, and the number of the object that has it.
        self._given_to: dict[int, tuple[str, int]] = {}
        for call in self._script.calls.values():
            for marked in markers(call.step.value):
                if "$function" in marked:
                    self._given_to.setdefault(marked["$function"], (call.step.name, call.step.on))

    # --- playing -------------------------------------------------------------------------------------------------

    def serve(self, phone: Phone) -> None:
        """Has servers say what they said in the trace."""
        self._servers = Servers(phone, self._script, self._value)
        self._servers.open()

    async def play(self, native: Any, phone: Phone) -> None:
        """Makes the calls of the trace on the phone."""
        self._lines = _Lines()
        self._recorder = Recorder(
            native, self._lines, self._lines, phone.clock.elapsed, show_secrets=self.trace.shows_secrets
        )
        self._objects[0] = self._recorder.native
        for index, step in enumerate(self.trace.steps):
            if step.kind in MADE:
                self._call(self._script.calls[step.call])
            elif step.kind in CALLBACKS or step.kind in SETTLED:
                call = self._script.calls[step.call]
                if call.told[0] == index and step.call in self._numbers:
                    await self._until(partial(self._has_come, step.call))
            elif step.kind == "told":
                await self._hear(step)
            elif step.kind == "get":
                self._read(step)
        await asyncio.sleep(0)
        self._recorder.end()
        self._steps = steps_of(self._lines.texts, self.trace.path)

    def _has_come(self, call: int) -> bool:
        return call in self._came

    async def _until(self, has_come: Callable[[], bool]) -> bool:
        """Whether it has come before the patience is at its end."""
        try:
            async with asyncio.timeout(self._patience):
                while not has_come():
                    await self._lines.next()
        except TimeoutError:
            return False
        return True

    def _call(self, call: Call) -> None:
        """Makes one call; what the phone throws is in the lines, and any other exception is raised."""
        step = call.step
        target = self._objects.get(step.on)
        if target is None:
            self._lacking[step.call] = "the phone has not given the object that it is called on"
            return
        given = [self._value(each) for each in step.value]
        self._current = call
        try:
            if step.kind == "set":
                self._count(step)
                setattr(target, step.name, given[0])
                return
            function = getattr(target, step.name, None)
            if not callable(function):
                self._lacking[step.call] = "the phone does not have it"
                return
            if given and isinstance(given[0], dict) and (call.told or call.returned is None):
                given[0] |= {how: partial(self._answered, call, how) for how in CALLBACKS}
            self._count(step)
            returned = function(*given)
        except Exception:
            if self._numbers.get(step.call) not in self._lines.threw:
                raise
            self._came.add(step.call)
            return
        if call.returned is not None:
            self._learn(call.returned.value, returned)
        for step in map(self.trace.steps.__getitem__, call.told):
            if step.kind == "resolved":  # to a task, which the phone returns
                self._learn_objects(step.value, returned)

    def _count(self, step: Step) -> None:
        self._made += 1
        self._numbers[step.call] = self._made

    def _answered(self, call: Call, how: str, value: Any = None) -> None:
        self._came.add(call.step.call)
        if call.told:
            self._learn(self.trace.steps[call.told[0]].value, value)

    async def _hear(self, step: Step) -> None:
        """Waits for what a function of the program's was told; one that was told nothing is not waited for again."""
        function = self._functions.get(step.function)
        if function is None or function.is_silent:
            return
        if self._servers is not None:
            self._servers.say(step, *self._given_to.get(step.function, _UNKNOWN))
        function.due += 1
        function.is_silent = not await self._until(lambda: len(function.heard) >= function.due)
        if not function.is_silent:
            self._learn(step.value, function.heard[function.due - 1])

    def _read(self, step: Step) -> None:
        target = self._objects.get(step.on)
        if target is not None:
            value = getattr(target, step.name, None)
            self._learn(step.value, value)
            self._properties.append((step, self._recorder.told_of(value)))

    # --- values --------------------------------------------------------------------------------------------------

    def _value(self, tree: Json) -> Any:
        """A value of the trace as it is on this phone."""
        return value_of(self._meaning.of(tree), self.trace.files, self._object, self._function)

    def _object(self, tree: Json) -> Any:
        return self._objects.get(tree["$object"], Opaque("object"))

    def _function(self, number: int) -> _Function:
        return self._functions.setdefault(number, _Function(self._recorder.told_of))

    def _learn(self, recorded: Json, come: Any) -> None:
        """Notes which object, and which name of a file, is which on this phone."""
        self._meaning.learn(recorded, come)
        self._learn_objects(recorded, come)

    def _learn_objects(self, recorded: Json, come: Any) -> None:
        if isinstance(recorded, dict) and "$object" in recorded:
            if isinstance(come, Recorded):
                self._objects.setdefault(recorded["$object"], come)
        elif isinstance(recorded, dict) and isinstance(come, Mapping):
            for name, each in recorded.items():
                self._learn_objects(each, come.get(name))
        elif isinstance(recorded, list) and isinstance(come, list):
            for one, other in zip(recorded, come, strict=False):
                self._learn_objects(one, other)

    # --- the person ----------------------------------------------------------------------------------------------

    def answer(self, question: Question) -> Answer:
        """What the recorded person must have answered, as far as it can be told by what the call has given."""
        from ...phone.core.person import QUESTIONS

        how, value = self._script.outcome(self._current) if self._current is not None else ("", None)
        names, fields = QUESTIONS[question.kind], value if isinstance(value, dict) else {}
        if how == "fail":
            words = str(value).lower()
            no: dict[str, Any] = {"allow": False} if any(map(words.count, _DENIED)) else {}
            no = {"cancel": True, "outcome": "cancel"} if "cancel" in words else no
            return {name: answer for name, answer in {**no, "confirm": False}.items() if name in names}
        return {name: self._value(fields[name]) for name in names if name in fields}

    # --- comparing -----------------------------------------------------------------------------------------------

    def compared(self) -> Comparison:
        """Where the phone differs, in the order of the trace."""
        on_phone = Script(attrs.evolve(self.trace, steps=tuple(self._steps)))
        found = [*self._calls(on_phone), *self._events(), *self._read_properties()]
        return Comparison(len(self._script.calls), tuple(sorted(found, key=lambda each: each.line)))

    def _calls(self, on_phone: Script) -> Iterator[Differing]:
        for number, call in self._script.calls.items():
            if number in self._lacking:
                how = [self._lacking[number]]
            else:
                come = on_phone.outcome(on_phone.calls[self._numbers[number]])
                how = list(self._differ(call.step.name, self._script.outcome(call), come))
            yield from self._differing(call.step, how, number)

    def _differ(self, name: str, recorded: tuple[str, Json], come: tuple[str, Json]) -> Iterator[str]:
        if recorded == NO_ANSWER and come[0] in ("success", "fail"):
            return  # the recording has ended before there was one
        if recorded[0] != come[0]:
            answers = recorded[0] in ("success", "fail")
            yield f"recorded: {_said(*recorded)}"
            yield f"on the phone: {'no answer came' if answers and come == NO_ANSWER else _said(*come)}"
            return
        yield from self._different(name, recorded[1], come[1])

    def _different(self, name: str, recorded: Json, come: Json) -> Iterator[str]:
        for each in differences(comparable(recorded), comparable(come), anew=True):
            if not is_ignored(f"{name}.{each.path}", self._ignore):
                yield f"{each.path or 'value'}: {each.recorded} was recorded, {each.other} is on the phone"

    def _events(self) -> Iterator[Differing]:
        """What functions of the program's were told: those of each in their order."""
        counts: dict[int, int] = {}
        for step in self.trace.steps:
            if step.kind != "told":
                continue
            at = counts[step.function] = counts.get(step.function, 0) + 1
            function = self._functions.get(step.function)
            heard = function.written if function is not None else []
            name, _ = self._given_to.get(step.function, _UNKNOWN)
            if at <= len(heard):
                yield from self._differing(step, list(self._different(name, step.value, heard[at - 1])), name=name)
            elif at == len(heard) + 1:
                yield from self._differing(step, [f"told {_told(step.value)}, and nothing on the phone"], name=name)

    def _read_properties(self) -> Iterator[Differing]:
        for step, come in self._properties:
            yield from self._differing(step, list(self._different(step.name, step.value, come)))

    def _differing(self, step: Step, how: list[str], number: int = 0, name: str = "") -> Iterator[Differing]:
        name = name or step.name
        if how and not is_ignored(name, self._ignore):
            yield Differing(step.line, name, number, tuple(how))


class _Function:
    """Stands for a function of the program's."""

    def __init__(self, write: Callable[[Any], Json]) -> None:
        self._write = write
        self.heard: list[list[Any]] = []
        self.written: list[Json] = []
        self.due = 0
        self.is_silent = False

    def __call__(self, *arguments: Any) -> None:
        self.heard.append(list(arguments))
        self.written.append([self._write(each) for each in arguments])


def _said(how: str, value: Json) -> str:
    words = {"success": "it succeeds with", "fail": "it fails with", "threw": "it throws", "returned": "it returns"}
    return f"{words[how]} {shown(value)}"


def _told(values: list[Json]) -> str:
    return ", ".join(map(shown, values)) or "without anything"
