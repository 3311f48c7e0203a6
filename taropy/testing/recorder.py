"""A native object that has everything: notes what it is asked, and answers as spec and platform's table say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import attrs

from .. import spec
from ..runtime.platforms import Adaptation
from ..spec import CALLBACKS, Member, Ref
from .examples import fitting

# How the functions end: by `success`, by `fail`, by an exception, or not at all.
Manner = Literal["succeed", "fail", "throw", "hold"]

CODE = 7
REASON = "as the test wants it"


@attrs.frozen
class Noted:
    """One native call: the function's name and what it was given."""

    name: str
    arguments: tuple[Any, ...]

    @property
    def options(self) -> dict[str, Any]:
        """The options, without callbacks and other functions; empty if it was given something else."""
        first = self.arguments[0] if self.arguments else None
        return _without_functions(first) if isinstance(first, Mapping) else {}

    @property
    def plain(self) -> tuple[Any, ...]:
        """The name and what was given, but for functions, which may be new ones each time, and options without any."""
        given = (_without_functions(each) for each in self.arguments)
        return self.name, *(each for each in given if each != {})


def _without_functions(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: each for name, each in value.items() if not callable(each)}
    return None if callable(value) else value


class NativeObject:
    """What native functions hand out, such as a task or a context: has every method, and notes which were called.

    `abort` fails the call that the object belongs to, as phones do.
    """

    def __init__(self, abort: Callable[[], None] | None = None) -> None:
        self.asked: list[str] = []
        self._abort = abort

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return partial(self._ask, name)

    def _ask(self, name: str, *arguments: Any) -> Any:
        self.asked.append(name)
        if name == "abort" and self._abort is not None:
            self._abort()
        first = arguments[0] if arguments else None
        if isinstance(first, Mapping) and callable(first.get("success")):
            first["success"]({"errMsg": f"{name}:ok"})


class Recorder:
    """The native object. `expect` says which of Taro's functions is to come, and how it shall end."""

    def __init__(self) -> None:
        self.noted: list[Noted] = []
        self.listeners: list[Callable[..., Any]] = []
        self.given: NativeObject | None = None
        self._manner: Manner = "succeed"
        self._answer: Any = None
        self._off = False

    def expect(self, member: Member, answer: Any, manner: Manner = "succeed") -> None:
        """Forgets what was noted, and ends the calls that come now in this manner, for this function of Taro."""
        self.noted = []
        self.given = None
        self._manner = manner
        self._answer = answer
        self._off = member.name.startswith("off")

    def emit(self, *arguments: Any) -> None:
        """Lets the event happen that the program listens to."""
        for listener in list(self.listeners):
            listener(*arguments)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return partial(self._called, name)

    def _called(self, name: str, *arguments: Any) -> Any:
        if name == "canIUse":  # platforms ask it before they choose a function
            return True
        self.noted.append(Noted(name, arguments))
        if self._manner == "throw":
            raise RuntimeError(REASON)
        first = arguments[0] if arguments else None
        if isinstance(first, Mapping) and callable(first.get("success")):
            return self._end(name, first)
        if callable(first):
            self._listen(first)
        elif self._off:
            self.listeners.clear()
        return self._answer

    def _end(self, name: str, options: Mapping[str, Any]) -> NativeObject:
        """Answers by the callbacks, as native functions do: `complete` follows whatever came."""
        error = {"errMsg": f"{name}:fail {REASON}", "errCode": CODE}
        self.given = NativeObject(lambda: options["fail"]({"errMsg": f"{name}:fail abort"}))
        if self._manner != "hold":
            kind, result = ("success", self._with_message(name)) if self._manner == "succeed" else ("fail", error)
            options[kind](result)
            options["complete"](result)
        return self.given

    def _with_message(self, name: str) -> Any:
        answer = self._answer
        return {"errMsg": f"{name}:ok", **answer} if isinstance(answer, Mapping) else answer

    def _listen(self, listener: Callable[..., Any]) -> None:
        if not self._off:
            self.listeners.append(listener)
        elif listener in self.listeners:
            self.listeners.remove(listener)


def native_answer(member: Member, adaptation: Adaptation) -> Any:
    """What the native function gives: what Taro's is declared to give, as the platform's table says it is called."""
    type_ = member.result
    if type_ is None or not member.is_function:
        return None
    if gives_object(member):
        return {} if member.is_promise else NativeObject()
    fields = spec.fields_of(type_)
    if not fields and not member.is_promise:
        return fitting(type_)
    given = {name: fitting(field.type) for name, field in fields.items() if name not in {"errMsg", *CALLBACKS}}
    return _as_native(given, adaptation)


def gives_object(member: Member) -> bool:
    """Whether a function gives an object with methods, such as a context or a task."""
    type_ = member.result
    if not isinstance(type_, Ref) or type_.name not in spec.type_names():
        return False
    return spec.type_def(type_.name).role == "manager"


def _as_native(given: dict[str, Any], adaptation: Adaptation) -> dict[str, Any]:
    """A result of Taro's under the native names."""
    sources = {taro: source for taro, source in adaptation.results.items() if isinstance(source, str)}
    moved = {source: given.get(taro, "a") for taro, source in sources.items()}
    extra = dict.fromkeys(adaptation.remove, "a")
    return {**extra, **{name: value for name, value in given.items() if name not in sources}, **moved}
