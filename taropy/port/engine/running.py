"""`taropy run` of a program in JavaScript or TypeScript."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...masking import masked_text
from ...runtime.promise import FULFILLED, PENDING, Promise
from ...runtime.rejections import report_held
from ...runtime.taro import run
from .program import Program
from .unheard import Hearing

if TYPE_CHECKING:
    from ...runtime.taro import Taro


def run_script(taro: Taro, file: Path, arguments: tuple[str, ...] = ()) -> int:
    """Runs a module, then its exported `main` if it has one, and then until nothing is open; returns the exit code.

    What fails is told on stderr, with the line of the source. `MissingExtra` where the engine is not installed.
    """
    running = _Running(taro, file, arguments)
    with Hearing(running.fail):
        run(running.begin)
        report_held()
    return running.end()


class _Running:
    """One run: what has failed in it, and what it waits for."""

    def __init__(self, taro: Taro, file: Path, arguments: tuple[str, ...]) -> None:
        self.taro = taro
        self.file = file
        self.arguments = arguments
        self.failed = False
        self.awaited: Promise[Any] | None = None
        self.program: Program | None = None

    def begin(self) -> None:
        """Loads the program and starts its `main`. Nobody waits for that: a promise that never settles ends nothing."""
        program = self.program = Program(
            self.taro, self.file, printed=_print, unhandled=self.fail, interruptible=True, arguments=self.arguments
        )
        try:
            self.awaited = program.load()
            if self.awaited is None:
                self._start_main()
            else:
                self.awaited._watch_settling(lambda loaded: self._start_main() if loaded._state == FULFILLED else None)
        except Exception as error:
            self.fail(error)

    def _start_main(self) -> None:
        assert self.program is not None
        if "main" not in self.program.functions:
            return
        outcome = self.program.call("main")
        self.awaited = outcome if isinstance(outcome, Promise) else None

    def fail(self, reason: Any, stack: str = "") -> None:
        """Tells of what nobody in the program has caught."""
        self.failed = True
        told = str(reason) if self.program is None else self.program.failure(reason, stack)
        print(masked_text(told), file=sys.stderr)

    def end(self) -> int:
        """The exit code, when nothing is open any more."""
        if self.awaited is not None and self.awaited._state == PENDING:
            print("the program awaits a promise that nothing will settle", file=sys.stderr)
            return 1
        return 1 if self.failed else 0


def _print(stream: str, text: str) -> None:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    print(whole, file=sys.stdout if stream == "stdout" else sys.stderr)
