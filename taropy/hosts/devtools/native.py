"""The native object of a mini program in DevTools: its attributes are the functions of `wx` there."""

from __future__ import annotations

import base64
import itertools
import math
import secrets
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from importlib.resources import files
from typing import Any
from weakref import WeakValueDictionary, finalize

from ...loops import post
from ...runtime.errors import TaroError
from ...runtime.jobs import current_loop
from ...runtime.listeners import identity
from ...spec import CALLBACKS
from .wire import DevToolsError, Wire

#: The functions that give a task at once, beside what they answer later.
TASKS = frozenset({"request", "uploadFile", "downloadFile", "connectSocket"})

#: What a task tells of; it is heard from the task's beginning on, and kept until the program listens.
TASK_EVENTS = frozenset({
    "Open", "Close", "Error", "Message", "ProgressUpdate", "HeadersReceived", "ChunkReceived",
})  # fmt: skip

#: So much of what a task has told is kept for listeners to come.
KEPT = 1_000


class Native:
    """What `wx` has in the mini program. A name that it does not have is no attribute."""

    def __init__(self, wire: Wire) -> None:
        self._session = Session(wire)

    def __getattr__(self, name: str) -> Any:
        kind = None if name.startswith("_") else self._session.members().get(name)
        if kind is None or kind == "undefined":
            raise AttributeError(f"wx in DevTools has no {name!r}")
        if kind != "function":
            return self._session.get(0, name)
        function = partial(self._session.call, 0, name)
        self.__dict__[name] = function
        return function

    def __dir__(self) -> list[str]:
        return sorted(self._session.members())

    def __repr__(self) -> str:
        return f"<wx in DevTools at {self._session.wire.url}>"


class Remote:
    """An object of the mini program's: its methods are called there, and its properties read and set there."""

    def __init__(self, session: Session, number: int, kinds: Mapping[str, str] | None = None) -> None:
        self.__dict__.update(_session=session, _number=number, _kinds=kinds)
        finalize(self, session.gone.append, number)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        kinds = self._kinds
        if kinds is None:
            kinds = self.__dict__["_kinds"] = self._session.kinds(self._number)
        kind = kinds.get(name)
        if kind is None:
            raise AttributeError(f"the object in DevTools has no {name!r}")
        if kind == "function":
            return partial(_called, self, name)
        return self._session.get(self._number, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._session.set(self._number, name, value)

    def __repr__(self) -> str:
        return f"<object {self._number} in DevTools>"


def _called(remote: Remote, name: str, *arguments: Any) -> Any:
    """Calls a method of an object, which is there as long as its method is held."""
    return remote._session.call(remote._number, name, *arguments)


class Task(Remote):
    """A task: what it tells is heard here, so that nothing of it is lost before the program listens."""

    def __init__(self, session: Session, number: int) -> None:
        super().__init__(session, number)
        self.__dict__.update(_told=deque(maxlen=KEPT), _listeners={})
        session.tasks[number] = self

    def __getattr__(self, name: str) -> Any:
        event = name.removeprefix("on").removeprefix("off")
        if event in TASK_EVENTS and event != name:
            return partial(self._listen if name.startswith("on") else self._leave, event)
        if name.startswith(("_", "on", "off")):
            raise AttributeError(name)
        return partial(_called, self, name)

    def _listen(self, event: str, listener: Callable[..., Any]) -> None:
        listeners = self._listeners.setdefault(event, [])
        loop = current_loop()
        listeners.append((listener, loop))
        kept = [given for told, given in self._told if told == event]
        self.__dict__["_told"] = deque((each for each in self._told if each[0] != event), maxlen=KEPT)
        for given in kept:
            loop.call_soon(partial(listener, *given))

    def _leave(self, event: str, listener: Callable[..., Any] | None = None) -> None:
        kept = [] if listener is None else [each for each in self._listeners.get(event, ()) if each[0] != listener]
        self._listeners[event] = kept

    def _hear(self, event: str, given: list[Any]) -> None:
        """The task has told of something, in the connection's thread."""
        listeners = self._listeners.get(event)
        if not listeners:
            self._told.append((event, given))
            return
        for listener, loop in list(listeners):
            post(loop, listener, *given)


class Session:
    """One agent in the mini program, and what is kept for it."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.name: str = f"taropy_{secrets.token_hex(8)}"
        #: The tasks that the program, or a call of its, still holds.
        self.tasks: WeakValueDictionary[int, Task] = WeakValueDictionary()
        #: The objects that Python has let go of, which are told with the next call.
        self.gone: deque[int] = deque()
        self._numbers = itertools.count(1)
        self._calls: dict[int, Mapping[str, Any]] = {}
        self._functions: dict[Any, int] = {}
        self._listeners: dict[int, tuple[Callable[..., Any], Any]] = {}
        self._members: Mapping[str, str] | None = None
        self._lock = threading.Lock()
        wire.listeners["App.bindingCalled"] = self._bound
        wire.listeners["App.initialized"] = lambda _: self._begun_anew()
        wire.ended.append(self._fail_all)

    # --- the agent ---------------------------------------------------------------------------------------------

    def members(self) -> Mapping[str, str]:
        """What `wx` has: `function`, or another kind, by name. The agent is sent if it is not there."""
        members = self._members
        if members is None:
            binding = f"{self.name}_tell"
            self.wire.ask("App.addBinding", name=binding)
            agent = files("taropy.hosts.devtools").joinpath("agent.js").read_text("utf-8")
            agent = agent[agent.index("function (name") :]
            self._evaluate(agent, [self.name, binding])
            members = self._members = self._do("members")
        return members

    def _evaluate(self, text: str, given: list[Any]) -> Any:
        answer = self.wire.ask("App.callFunction", functionDeclaration=text, args=given)
        return answer.get("result") if isinstance(answer, Mapping) else None

    def _request(self, method: str, *given: Any) -> Future[Any]:
        text = f"function () {{ return global.{self.name}.{method}.apply(null, arguments) }}"
        return self.wire.send("App.callFunction", {"functionDeclaration": text, "args": list(given)})

    def _do(self, method: str, *given: Any, api: str = "devtools") -> Any:
        try:
            answer = self.wire.result(self._request(method, *given), api)
        except DevToolsError as error:
            raise DevToolsError(error.errMsg.replace("devtools:fail ", f"{api}:fail ", 1), api=api) from None
        return self.unpack(answer.get("result")) if isinstance(answer, Mapping) else None

    def _begun_anew(self) -> None:
        """The app has been launched anew: what was there is gone, and its calls with it."""
        self._members = None
        self.tasks.clear()
        self._fail_all("the app was launched anew")

    def _fail_all(self, reason: str) -> None:
        with self._lock:
            calls, self._calls = self._calls, {}
        for options in calls.values():
            self._settle(options, "fail", {"errMsg": f"{options['']}:fail {reason}"})

    # --- calls -------------------------------------------------------------------------------------------------

    def call(self, on: int, name: str, *arguments: Any) -> Any:
        """Calls a function there. With callbacks it answers by them, later; without, the value is waited for."""
        self.members()
        self._let_go()
        first = arguments[0] if arguments else None
        if isinstance(first, Mapping) and any(callable(first.get(each)) for each in CALLBACKS):
            return self._call_later(on, name, first, arguments[1:])
        given = list(arguments)
        while given and given[-1] is None:
            given.pop()
        return self._do("call", on, name, [self.pack(each) for each in given], 0, 0, api=name)

    def _call_later(self, on: int, name: str, options: Mapping[str, Any], rest: tuple[Any, ...]) -> Task | None:
        number = next(self._numbers)
        # An option that is None was not given.
        given = {key: self.pack(each) for key, each in options.items() if key not in CALLBACKS and each is not None}
        task = Task(self, next(self._numbers)) if on == 0 and name in TASKS else None
        with self._lock:
            self._calls[number] = {**options, "": name}
        request = self._request(
            "call", on, name, [given, *map(self.pack, rest)], number, 0 if task is None else task._number
        )
        request.add_done_callback(partial(self._sent, number, name))
        return task

    def _sent(self, number: int, name: str, request: Future[Any]) -> None:
        """The request of a call has ended: the answer comes by itself, unless the call has not been made."""
        error = request.exception()
        if error is not None:
            told = str(error).replace("devtools:fail ", "", 1)
            self._answered("fail", number, {"errMsg": told if ":fail" in told else f"{name}:fail {told}"})

    def _answered(self, kind: str, number: int, result: Any) -> None:
        with self._lock:
            options = self._calls.pop(number, None)
        if options is not None:
            self._settle(options, kind, result)

    @staticmethod
    def _settle(options: Mapping[str, Any], kind: str, result: Any) -> None:
        for each in dict.fromkeys((kind, "complete")):
            if callable(options.get(each)):
                options[each](result)

    def get(self, on: int, name: str) -> Any:
        """A property."""
        self.members()
        return self._do("get", on, name, api=name)

    def kinds(self, on: int) -> Mapping[str, str]:
        """What an object has."""
        kinds: Mapping[str, str] = self._do("has", on)
        return kinds

    def set(self, on: int, name: str, value: Any) -> None:
        """Sets a property."""
        self._do("set", on, name, self.pack(value), api=name)

    def _let_go(self) -> None:
        """Tells the agent what Python has let go of."""
        gone = [self.gone.popleft() for _ in range(len(self.gone))]
        if gone:
            self._request("drop", gone)

    # --- events ------------------------------------------------------------------------------------------------

    def _bound(self, told: Any) -> None:
        """The agent has said something, in the connection's thread."""
        if not isinstance(told, Mapping) or told.get("name") != f"{self.name}_tell":
            return
        given = told.get("args")
        if not isinstance(given, list) or len(given) != 3 or not isinstance(given[1], int):
            return
        kind, number, value = given[0], given[1], self.unpack(given[2])
        if kind in CALLBACKS:
            failed = kind == "fail" or (kind == "complete" and ":fail" in str(value))
            self._answered("fail" if failed else "success", number, value)
        elif kind == "event":
            if number not in self._listeners or not isinstance(value, list):
                return
            listener, loop = self._listeners[number]
            post(loop, listener, *value)
        else:
            task = self.tasks.get(number)
            if task is not None and isinstance(value, list):
                task._hear(str(kind), value)

    # --- values ------------------------------------------------------------------------------------------------

    def pack(self, value: Any) -> Any:
        """The value as JSON, and marks."""
        if value is None or isinstance(value, str | bool | int):
            return value
        if isinstance(value, float):
            return value if math.isfinite(value) else {"$": ["number", str(value).replace("inf", "Infinity")]}
        if isinstance(value, bytes | bytearray | memoryview):
            return {"$": ["bytes", base64.b64encode(bytes(value)).decode("ascii")]}
        if isinstance(value, Remote):
            return {"$": ["object", value._number]}
        if isinstance(value, Mapping):
            packed = {str(name): self.pack(item) for name, item in value.items()}
            return {"$": ["plain", packed]} if "$" in packed else packed
        if isinstance(value, list | tuple):
            return [self.pack(item) for item in value]
        if callable(value):
            return {"$": ["function", self._function(value)]}
        raise TaroError(f"devtools:fail {type(value).__name__} cannot be handed to DevTools")

    def _function(self, function: Callable[..., Any]) -> int:
        """The number of a listener; the same one is the same function there, so that `off…` finds it."""
        key = identity(function)
        number = self._functions.get(key)
        if number is None:
            number = self._functions[key] = next(self._numbers)
        self._listeners[number] = function, current_loop()
        return number

    def unpack(self, value: Any) -> Any:
        """What a value of the agent's stands for."""
        if isinstance(value, list):
            return [self.unpack(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "$" not in value:
            return {name: self.unpack(item) for name, item in value.items()}
        kind, given = value["$"]
        if kind == "bytes":
            return base64.b64decode(given)
        if kind == "number":
            return float(given.replace("Infinity", "inf"))
        if kind == "object":
            return Remote(self, given)
        if kind == "function":
            return partial(_called, Remote(self, given, {}), "call", None)
        return {name: self.unpack(item) for name, item in given.items()}
