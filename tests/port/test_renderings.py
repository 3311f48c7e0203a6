"""A ported component prints, step by step, what the original has printed in React: renderings, effects, callbacks."""

from __future__ import annotations

import asyncio
import importlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ported import ported_package

import taropy
from taropy.js import mount, to_js
from taropy.port.porting import Outcome
from taropy.port.translation.naming import snake
from tools.recording import RECORDED
from tools.renderings.cases import COMPONENTS, Call, steps_of

LINES: Mapping[str, Any] = json.loads((COMPONENTS / RECORDED).read_text("utf-8"))
#: So many turns of a loop are enough for what a step begins.
TURNS = 30
FILES = sorted(COMPONENTS.glob("*.tsx"))


@pytest.fixture(scope="module")
def ported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, Callable[[str], ModuleType]]]:
    """All components, ported together; and a function that imports one."""
    with ported_package(COMPONENTS, tmp_path_factory.mktemp("ported") / "ported_renderings") as found:
        yield found


class _Player:
    """A component, and the lines that each step on it prints."""

    def __init__(self, component: Any) -> None:
        self._component = component
        self._root: Any = None
        self._view: Any = None

    def play(self, step: Call) -> list[str]:
        lines = io.StringIO()
        with redirect_stdout(lines):
            self._do(step.name, to_js(step.arguments))
        return lines.getvalue().splitlines()

    def _do(self, name: str, arguments: Any) -> None:
        if self._root is not None and self._root.view is not None:
            self._view = self._root.view
        if name == "mount":
            self._root = mount(self._component, *arguments)
        elif name in ("update", "unmount"):
            getattr(self._root, name)(*arguments)
        else:
            self._handler(name)(*arguments)

    def _handler(self, name: str) -> Any:
        if snake(name) in self._view:
            return getattr(self._view, snake(name))
        return getattr(self._root.instance, name)


def _component(module: ModuleType, file: Path) -> Any:
    name = "".join(part.capitalize() for part in file.stem.split("_"))
    return getattr(module, name, None) or next(
        each for key, each in vars(module).items() if key in file.read_text("utf-8") and key[0].isupper()
        and getattr(each, "__module__", "") == module.__name__
    )  # fmt: skip


@pytest.mark.parametrize("in_a_loop", [False, True], ids=["script", "loop"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_ported_component_prints_what_react_has_recorded(
    file: Path, in_a_loop: bool, ported: tuple[Outcome, Callable[[str], ModuleType]]
) -> None:
    if not in_a_loop and "await waiting" in (text := file.read_text("utf-8")):
        pytest.skip(f"outside a loop its handler would be waited for, and a later step ends it: {text[:20]}")
    outcome, imported = ported
    of_component = next(module for module in outcome.modules if module.source == file)
    assert [each.reason for each in of_component.refusals] == []
    steps = list(steps_of(file))

    def played(index: int, lines: list[str]) -> None:
        assert (steps[index].text, lines) == (steps[index].text, LINES[file.stem][index])

    def player() -> _Player:
        return _Player(_component(importlib.reload(imported(file.stem)), file))

    async def main() -> None:
        playing = player()
        for index, step in enumerate(steps):
            before = io.StringIO()
            with redirect_stdout(before):
                playing._do(step.name, to_js(step.arguments))
                for _ in range(TURNS):  # and not until all is settled: some wait for a later step
                    await asyncio.sleep(0)
            played(index, before.getvalue().splitlines())

    if in_a_loop:
        taropy.run(main)
        return
    playing = player()
    for index, step in enumerate(steps):
        played(index, playing.play(step))


def test_all_components_are_recorded() -> None:
    assert set(LINES) == {"generated", *(file.stem for file in FILES)}
