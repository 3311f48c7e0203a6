"""Native objects that tests bring: any object whose attributes are a platform's native functions is one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import attrs

PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")


class Everything:
    """A native object that has every function: notes each call, and answers `success` at once with `answer`."""

    def __init__(self, answer: Mapping[str, Any] | None = None) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._answer = answer

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_") or not name:
            raise AttributeError(name)

        def function(*arguments: Any) -> Any:
            self.calls.append((name, arguments))
            options = arguments[0] if arguments else None
            if isinstance(options, Mapping) and callable(options.get("success")):
                options["success"](None if self._answer is None else dict(self._answer))
                return None
            return True if name == "canIUse" else {}

        return function

    @property
    def called(self) -> list[str]:
        """The names of the functions that were called."""
        return [name for name, _ in self.calls]


@attrs.define
class Held:
    """A native function that answers when the test says so; `calls` are the options that it was given."""

    calls: list[dict[str, Any]] = attrs.field(factory=list)
    returns: Any = None

    def __call__(self, options: dict[str, Any]) -> Any:
        self.calls.append(options)
        return self.returns

    def succeed(self, **result: Any) -> None:
        """Answers the last call."""
        self.calls[-1]["success"](result)

    def fail(self, **error: Any) -> None:
        """Lets the last call fail."""
        self.calls[-1]["fail"](error)


@attrs.define
class Task:
    """A native task, as `request` returns one: notes what is called on it."""

    options: dict[str, Any]
    asked: list[tuple[str, tuple[Any, ...]]] = attrs.field(factory=list)

    def abort(self) -> None:
        """Ends the request, as phones do."""
        self.asked.append(("abort", ()))
        self.options["fail"]({"errMsg": "request:fail abort"})

    def onHeadersReceived(self, listener: Callable[..., Any]) -> None:
        """Notes the listener."""
        self.asked.append(("onHeadersReceived", (listener,)))

    def offHeadersReceived(self, listener: Callable[..., Any]) -> None:
        """Notes that the listener is taken off."""
        self.asked.append(("offHeadersReceived", (listener,)))

    def onProgressUpdate(self, listener: Callable[..., Any]) -> None:
        """Notes the listener."""
        self.asked.append(("onProgressUpdate", (listener,)))


@attrs.define
class Network:
    """A native object with `request`, `uploadFile` and `downloadFile`, which answer when the test says so."""

    tasks: list[Task] = attrs.field(factory=list)
    begun: asyncio.Queue[Task] = attrs.field(factory=asyncio.Queue)

    def request(self, options: dict[str, Any]) -> Task:
        """Begins, and returns the task."""
        self.tasks.append(Task(options))
        self.begun.put_nowait(self.tasks[-1])
        return self.tasks[-1]

    uploadFile = downloadFile = request

    def answer(self, **result: Any) -> None:
        """Answers the last request."""
        self.tasks[-1].options["success"]({"statusCode": 200, "header": {}, "data": {}, **result})

    @property
    def options(self) -> dict[str, Any]:
        """What the last request was given."""
        return self.tasks[-1].options


class SmallPhone:
    """A native object with the few functions that small programs call; `answer` says when each answers.

    It is given what there is to say, to call it at once or later.
    """

    def __init__(self, answer: Callable[[Callable[[], None]], object]) -> None:
        self._answer = answer
        self._store: dict[str, Any] = {}

    def login(self, options: dict[str, Any]) -> None:
        """Succeeds."""
        self._end("login", options, {"code": "a-code"})

    def getNetworkType(self, options: dict[str, Any]) -> None:
        """Succeeds."""
        self._end("getNetworkType", options, {"networkType": "wifi"})

    def setStorage(self, options: dict[str, Any]) -> None:
        """Succeeds; what it stores is there at once."""
        self.setStorageSync(options["key"], options["data"])
        self._end("setStorage", options, {})

    def getStorage(self, options: dict[str, Any]) -> None:
        """Succeeds if the key is known."""
        key = options["key"]
        self._end("getStorage", options, {"data": self._store[key]} if key in self._store else None)

    def setStorageSync(self, key: str, data: Any) -> None:
        """Stores."""
        self._store[key] = data

    def getStorageSync(self, key: str) -> Any:
        """What is stored, or an empty text."""
        return self._store.get(key, "")

    def _end(self, name: str, options: dict[str, Any], result: dict[str, Any] | None) -> None:
        def answer() -> None:
            told = {**(result or {}), "errMsg": f"{name}:{'fail' if result is None else 'ok'}"}
            options["fail" if result is None else "success"](told)
            options["complete"](told)

        self._answer(answer)
