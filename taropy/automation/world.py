"""`World`: the JavaScript beside an app. Clients send functions, which find `wx`, `getApp`, `getCurrentPages`, … there.

The app itself is in Python. `wx` is its own native object: what a client puts in the place of one of its functions
stands in for the phone's, so that the app's calls go there, too. `world.js` is the other half.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ..extras import need
from ..models.json import json_of
from ..models.record import record
from ..phone.core.answers import NativeError
from ..phone.core.faults import Met
from ..phone.core.stand_ins import StandIn
from ..runtime.errors import Rejected, TaroError
from .commands import Refused
from .data import data_of, set_data
from .live import Lives
from .native_calls import TASK, kind_of, member_kind
from .values import plain

if TYPE_CHECKING:
    from ..phone.core.page import Page
    from .faces import Target

#: The functions of `wx.cloud` that clients mock.
CLOUD = ("callFunction", "callContainer", "uploadFile", "downloadFile", "deleteFile", "getTempFileURL")

#: The longest text of an error that is told.
LONGEST = 2_000


class World:
    """One engine, for one launch of an app. It needs the extra `devtools`."""

    def __init__(self, target: Target) -> None:
        need("quickjs", extra="devtools", what="JavaScript of automation clients")
        from ..port.engine.context import Engine

        self._target = target
        self._thread = threading.get_ident()
        self._lives = Lives(target)
        self._stand_ins: dict[str, StandIn] = {}
        self._replaced: set[str] = set()
        self._listeners: dict[Callable[..., Any], Callable[..., Any]] = {}
        self._calls: dict[str, Callable[..., Any]] = {}
        self._engine = Engine(
            target.taro, Path("automation.js"), printed=self._printed, unhandled=self._unhandled,
            interruptible=target.interruptible,
        )  # fmt: skip
        self._engine.define("$py", self._given())
        self._engine.run(files("taropy.automation").joinpath("world.js").read_text("utf-8"))
        for name in target.bindings:
            self.bind(name)

    def close(self) -> None:
        """Gives the app's functions back, and ends the timers."""
        for stand_in in self._stand_ins.values():
            stand_in.remove()
        self._stand_ins.clear()
        self._replaced.clear()
        self._target.routes.forget()
        self._engine.close()

    # --- what clients ask --------------------------------------------------------------------------------------

    def evaluate(self, text: str, arguments: list[Any], window: Mapping[str, Any] | None = None) -> Any:
        """A result for the client: what a function gives, or its promise is fulfilled with, as JSON has it."""
        given = json.dumps(arguments), None if window is None else json_of(window)
        return self._outcome(self._ask("evaluate", text, *given))

    def call(self, name: str, arguments: list[Any]) -> Any:
        """The same of a function of `wx`, which a client has replaced."""
        way = "request" if kind_of(self._target, name) == TASK else "call"
        return self._outcome(self._ask(way, name, json.dumps(arguments)))

    def mock(self, name: str, text: str, arguments: list[Any]) -> None:
        """Puts a function in the place of one of `wx`."""
        self._ask("mock", name, text, json.dumps(arguments))

    def mock_result(self, name: str, result: Any) -> None:
        """The same, that gives this result."""
        self._ask("mockResult", name, json.dumps(result))

    def restore(self, name: str) -> None:
        """Lets the function be itself again."""
        self._ask("restore", name)

    def bind(self, name: str) -> None:
        """Makes a global function that calls the clients."""
        self._ask("bind", name)

    def has_replaced(self, name: str) -> bool:
        """Whether a client has put something else in its place."""
        return name in self._replaced

    def _ask(self, name: str, *arguments: Any) -> Any:
        try:
            return self._calls[name](*arguments)
        except Exception as error:
            raise refusal(error) from error

    def _outcome(self, told: Any) -> Any:
        return _result(told) if isinstance(told, str) else self._outcome_to_come(told)

    async def _outcome_to_come(self, promise: Any) -> Any:
        try:
            return _result(await promise)
        except Exception as error:
            raise refusal(error) from error

    # --- what happens in it ------------------------------------------------------------------------------------

    def _printed(self, stream: str, text: str) -> None:
        self._target.log("error" if stream == "stderr" else "log", text)

    def _unhandled(self, reason: Any, stack: str) -> None:
        self._target.threw(str(refusal(reason)), getattr(reason, "stack", stack))

    def _program_calls(self, path: str, met: Met) -> Any:
        """The app calls a function that a client has replaced."""
        if threading.get_ident() != self._thread:
            return met.go_on()  # the engine is used in its own thread only
        try:
            result = self._calls["run"](path, met.kind, *met.arguments)
        except Exception as error:
            raise NativeError({"errMsg": str(refusal(error))}) from error
        if met.kind == "task" and isinstance(result, Mapping):
            return SimpleNamespace(**result)
        return result

    # --- what JavaScript asks ----------------------------------------------------------------------------------

    def _given(self) -> Mapping[str, Callable[..., Any]]:
        lives, pages = self._lives, self._page
        return {
            "ready": self._calls.update,
            "names": lambda: dir(self._target.native),
            "kind": lambda name: kind_of(self._target, name),
            "call": self._call_native,
            "value": lambda name: getattr(self._target.native, name),
            "changed": self._changed,
            "members": self._members,
            "isNative": lambda value: not isinstance(value, Mapping),
            "nativeName": lambda: self._target.app.native_name,
            "listenToRoutes": self._target.routes.listen,
            "binding": self._bound,
            "log": lambda kind, text: self._target.log(kind, *json.loads(text)),
            "config": lambda: json_of(self._config()),
            "app": lambda: lives.told(self._target.running.instance.value),
            "pages": self._pages,
            "pageData": lambda number: lives.told(data_of(pages(number)), page=pages(number)),
            "pageMember": lambda number, name: lives.member(pages(number).program, name),
            "setData": lambda number, text: set_data(pages(number), record(json.loads(text))),
            "replaceMethod": self._replace_method,
            "peek": lives.peek, "poke": lives.poke, "has": lives.has, "keys": lives.keys, "drop": lives.drop,
        }  # fmt: skip

    @staticmethod
    def _members(value: Any) -> dict[str, str] | None:
        """What an object of the phone has, and how each of its functions answers; nothing of a plain one."""
        if isinstance(value, Mapping):
            return None
        return {name: member_kind(value, name) for name in dir(value) if not name.startswith("_")}

    def _call_native(self, name: str, *arguments: Any) -> Any:
        """The phone's own function, whatever stands in for it."""
        arguments = tuple(map(self._from_any_thread, arguments))
        stand_in = self._stand_ins.get(name)
        try:
            if stand_in is None:
                return getattr(self._target.native, name)(*arguments)
            with stand_in.aside():
                return getattr(self._target.native, name)(*arguments)
        except NativeError as error:
            raise TaroError(error.errMsg, api=name) from error

    def _from_any_thread(self, value: Any) -> Any:
        """The value, whose functions the phone may call from whatever thread it is used in: here they go to their own.

        The same listener is the same one again, so that it can be taken off.
        """
        if isinstance(value, Mapping):
            return {key: self._guarded(each) if callable(each) else each for key, each in value.items()}
        if not callable(value):
            return value
        known = self._listeners.get(value)
        if known is None:
            known = self._listeners[value] = self._guarded(value)
        return known

    def _guarded(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            if threading.get_ident() == self._thread:
                return function(*arguments)
            self._engine.jobs.loop.call_soon_threadsafe(partial(function, *arguments))
            return None

        return call

    def _changed(self, name: str, replaced: bool) -> None:
        """A client has put something in the place of a function, or the function back."""
        paths = [f"cloud.{each}" for each in CLOUD] if name == "cloud" else [name]
        (self._replaced.add if replaced else self._replaced.discard)(name)
        for path in paths:
            if replaced and path not in self._stand_ins:
                key = f"Cloud.{path.partition('.')[2]}" if "." in path else path
                self._stand_in(path, key)
            elif not replaced and path in self._stand_ins:
                self._stand_ins.pop(path).remove()

    def _stand_in(self, path: str, key: str) -> None:
        def play(met: Met) -> Any:
            return self._program_calls(path, met)

        try:
            self._stand_ins[path] = StandIn(self._target.phone.faults, key, play)
        except ValueError:  # a value, or the platform's own name of a function
            return

    def _bound(self, name: str, text: str) -> None:
        self._target.tell("App.bindingCalled", {"name": name, "args": json.loads(text)})

    def _page(self, number: int) -> Page:
        return self._target.page({"pageId": number})

    def _pages(self) -> list[dict[str, Any]]:
        return [
            {"id": page.id, "route": page.route, "options": plain(page.query), "renderer": "webview"}
            for page in self._target.running.stack
        ]

    def _config(self) -> dict[str, Any]:
        """`__wxConfig`: what the app's own settings are."""
        package = self._target.running.package
        if package is None:
            pages = [page.route for page in self._target.running.stack]
            return {"pages": pages, "entryPagePath": pages[0]}
        config = plain(package.config)
        pages = [
            *config["pages"],
            *(f"{each['root'].strip('/')}/{page}" for each in package.sub_packages for page in each["pages"]),
        ]
        return {
            **config,
            "pages": pages,
            "entryPagePath": package.home,
            "global": {"window": config.get("window", {})},
            "accountInfo": {"appId": self._target.app.appid},
        }

    def _replace_method(self, number: int, name: str, function: Callable[..., Any]) -> None:
        """A client has put a function on a page: as its method, and as its handler of the event of that name."""
        instance = self._page(number).instance
        setattr(instance.value, name, function)
        handlers = getattr(instance, "handlers", None)
        if handlers is not None and name in handlers:
            handlers.replace(name, function)


def _result(told: str) -> dict[str, Any]:
    """A result for the client; None stands for undefined."""
    return {"result": json.loads(told) if told else None}


def refusal(error: Any) -> Refused:
    """What a client is told of an error of its own JavaScript, or of a call of its that has failed."""
    value = error.value if isinstance(error, Rejected) else error
    if isinstance(value, Mapping):
        text = str(value.get("errMsg") or value.get("message") or json_of(plain(value)))
    elif isinstance(value, Refused):
        return value
    elif isinstance(getattr(value, "message", None), str):
        text = value.message or str(value)
    else:
        text = str(value)
    return Refused(text[:LONGEST])
