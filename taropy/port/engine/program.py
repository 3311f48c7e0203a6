"""A program in JavaScript or TypeScript on a runtime: loaded, its functions called, and how its failures are told."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...models.json import json_of
from ...runtime.errors import Rejected, TaroError
from ...runtime.promise import Promise
from ..files import absolute
from .context import Engine, Print, Unhandled
from .edits import CannotRun
from .traces import Frame
from .values import UNDEFINED, ProgramError

if TYPE_CHECKING:
    from ...runtime.taro import Taro


class Program:
    """A program over `taro`, in the running event loop.

    `file` is its main module. `printed` is called with `"stdout"` or `"stderr"` and each text that it prints;
    `unhandled` with what nobody in it has caught, a rejection or what a timer has thrown, and the stack of Taro's call.
    `MissingExtra` where the engine is not installed.
    """

    def __init__(
        self,
        taro: Taro,
        file: Path,
        *,
        printed: Print,
        unhandled: Unhandled,
        interruptible: bool = False,
        arguments: tuple[str, ...] = (),
    ) -> None:
        self.file: Path = absolute(file)
        self._taro = taro
        self._told = unhandled
        self._key = str(self.file)
        self.engine: Engine = Engine(
            taro, self.file, printed=printed, unhandled=self._unhandled, interruptible=interruptible
        )
        self.engine.define("process", _process(taro, self.file, arguments))
        if taro.platform.native_name:
            self.engine.define(taro.platform.native_name, taro.native)
        taro._runtime.link.log = partial(_log, printed)

    def load(self) -> Promise[Any] | None:
        """Runs the main module, and those that it imports before it; a promise if it awaits anything at its top.

        Raises what it throws; `CannotRun` for a module that can't be run.
        """
        loaded: Promise[Any] | None = self.engine.ask("main", self.engine.values.written(self._key))
        return loaded

    @property
    def functions(self) -> list[str]:
        """The names of the functions that the main module exports."""
        found: list[str] = self.engine.ask("functions", self.engine.values.written(self._key))
        return found

    def call(self, name: str, *arguments: Any) -> Any:
        """Calls an exported function; what it gives, a `Promise` if it is a promise. Raises what it throws.

        An argument that is None is `undefined`; within an argument it is null.
        """
        written = self.engine.values.written
        given = [UNDEFINED if each is None else self.engine.values.pack(each) for each in arguments]
        return self.engine.ask("callExport", written(self._key), written(name), json.dumps(given))

    def place(self, error: BaseException) -> Frame | None:
        """The line of the program where an error was made; None where it is not known."""
        if not isinstance(error, ProgramError):
            return None
        return next(self.engine.traces.frames(error.stack), None)

    def failure(self, error: Any, stack: str = "") -> str:
        """How an error, or another thing that was thrown, is told: where, what, and the way there."""
        if isinstance(error, ProgramError):
            stack = error.stack
        frame = next(self.engine.traces.frames(stack), None)
        head = f"{frame}: {frame.text}\n" if frame is not None else ""
        return f"{head}{_shown(error)}{self.engine.traces.text(stack)}"

    def close(self) -> None:
        """Ends what the program has begun by itself: its timers."""
        self.engine.close()

    def _unhandled(self, reason: Any, stack: str) -> None:
        for listener in list(self._taro._runtime.home.listeners):
            self.engine.jobs.add(partial(listener, reason))
        self._told(reason, stack)


def _shown(error: Any) -> str:
    """What was thrown, in a line."""
    if isinstance(error, Rejected):
        error = error.value
    if isinstance(error, Mapping) and isinstance(error.get("errMsg"), str):
        return str(error["errMsg"])
    if isinstance(error, BaseException):
        known = isinstance(error, ProgramError | TaroError | CannotRun)
        return str(error) if known else f"{type(error).__name__}: {error}"
    return f"thrown: {json_of(error)}"


def _process(taro: Taro, file: Path, arguments: tuple[str, ...]) -> Mapping[str, Any]:
    """What programs read of `process`; a build of Taro writes the values of `process.env` into the code."""
    environment = {"NODE_ENV": "development", **os.environ, "TARO_ENV": taro.platform.name}
    return {"env": environment, "argv": ["taropy", str(file), *arguments], "platform": "taropy"}


def _log(printed: Print, *values: Any) -> None:
    """Prints values of Taro's as the program's console does."""
    from ...js import to_js
    from ...js.printing import formatted

    printed("stdout", formatted(*map(to_js, values)))
