"""Each test has the process's `Taro` for itself, whether or not it has the fixture of that name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..phone import Phone
    from ..runtime.bound import Runtime
    from ..runtime.taro import ProcessTaro


class Isolation:
    """What the process's `Taro` is between tests. Nothing is imported for it that no test uses."""

    def __init__(self) -> None:
        self._imported: Runtime | None = None
        # What fixtures of classes, modules and sessions have begun is shared by the tests for which they were made.
        self._shared: list[Runtime] = []

    def collected(self) -> None:
        """Keeps what modules have set up in Taro when they were imported: every test finds that."""
        taro = process_taro()
        self._imported = current()
        if taro is not None and self._imported is not None:
            taro._leave()
            taro._set_up_by.append(self.prepare)

    def prepare(self, runtime: Runtime) -> None:
        """Sets up a new runtime as modules have been when they were imported."""
        if self._imported is not None:
            runtime.set_up_as(self._imported)

    @contextmanager
    def sharing(self, at_end: Callable[[Callable[[], None]], object]) -> Iterator[None]:
        """Keeps the runtime that a fixture of a wider scope begins until that ends; `at_end` takes what ends it."""
        before = current()
        begun: list[Runtime] = []

        def end() -> None:
            for runtime in begun:
                self._shared.remove(runtime)
                if current() is runtime:
                    _leave()

        at_end(end)  # before the fixture says what ends it itself, which comes first then, and finds the runtime
        yield
        runtime = current()
        if runtime is not None and runtime is not before:
            begun.append(runtime)
            self._shared.append(runtime)

    @contextmanager
    def beginning_on(self, platform: str, phone: Phone) -> Iterator[None]:
        """The process's `Taro` begins on this phone, if the test just uses it, and ends before the phone does."""
        from ..runtime.taro import ProcessTaro

        begun: list[Runtime] = []

        def begin() -> tuple[str, dict[str, Any]]:
            return platform, {"phone": phone}

        ProcessTaro._begins.append(begin)
        ProcessTaro._set_up_by.append(begun.append)
        try:
            yield
        finally:
            ProcessTaro._begins.remove(begin)
            ProcessTaro._set_up_by.remove(begun.append)
            if current() in begun:
                _leave()

    def begun(self) -> Runtime | None:
        """What the test has begun by itself, if it has."""
        runtime = current()
        return None if runtime in self._shared else runtime

    def end_test(self) -> None:
        """Closes what the test has begun."""
        if self.begun() is not None:
            _leave()

    def end(self) -> None:
        """No more tests."""
        taro = process_taro()
        if taro is not None and self.prepare in taro._set_up_by:
            taro._set_up_by.remove(self.prepare)


def process_taro() -> ProcessTaro | None:
    """The process's `Taro`, if anything has imported it."""
    module = sys.modules.get("taropy.runtime.taro")
    return None if module is None else module.process_taro


def current() -> Runtime | None:
    """Its runtime, if it has one yet."""
    taro = process_taro()
    return None if taro is None else vars(taro).get("_runtime")


def _leave() -> None:
    taro = process_taro()
    if taro is not None:
        taro._leave()
