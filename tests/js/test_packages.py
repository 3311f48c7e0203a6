"""What stands in for a package answers what the package answers: the cases of `packages`, which Node.js has answered.

A case without Python of its own is ported, as part of a program that imports the packages.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from answering import NAMES, described, evaluated, normal

import taropy
from taropy.js import Error, NotPorted, caught
from taropy.phone.core.clock import Clock
from taropy.port.packages import stand_in
from taropy.port.porting import translated
from tools.answers.cases import Case
from tools.packages.__main__ import NOW, ZONE
from tools.packages.cases import FOLDER, Sheet, is_ported, name_of, sheets
from tools.recording import RECORDED

ANSWERS = json.loads((FOLDER / RECORDED).read_text("utf-8"))
SHEETS = sheets()
#: How many dots are in the name of a package's module.
_DEPTH = 3
CASES = [(sheet, case) for sheet in SHEETS for case in sheet.cases]


@pytest.fixture
def clock(Taro: Any, phone: taropy.Phone, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands still where the recording's does."""
    monkeypatch.setenv("TZ", ZONE)
    phone.clock.set(NOW / 1000)
    phone.clock.stop()
    return phone.clock


@pytest.fixture(autouse=True)
def _packages_as_they_were_installed() -> Iterator[None]:
    """What one case sets (a locale, a plugin) is not there for the next, nor for other tests."""
    package = importlib.import_module("taropy.js.packages")
    before = _taken(package)
    yield
    _taken(package)
    for name, module in before.items():
        sys.modules[name] = module
        if name.count(".") == _DEPTH:
            setattr(package, name.rpartition(".")[2], module)


def _taken(package: ModuleType) -> dict[str, ModuleType]:
    """Takes away all modules of packages that were imported, and gives them."""
    names = [name for name in sys.modules if name.startswith(f"{package.__name__}.")]
    for name in [name for name, value in vars(package).items() if isinstance(value, ModuleType)]:
        delattr(package, name)
    return {name: sys.modules.pop(name) for name in names}


@cache
def _ported(sheet: Sheet) -> CodeType:
    """The cases of a file that have no Python of their own, as a module: a function each, `case_12` of line 12."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{sheet.name}.js")
        file.write_text(sheet.program(), "utf-8")
        [module] = translated([file], layout=False).modules
    return compile(module.text, file.name, "exec")


@pytest.mark.parametrize(("sheet", "case"), CASES, ids=[str(case) for _, case in CASES])
def test_the_answer_is_that_of_the_package(sheet: Sheet, case: Case, clock: Clock) -> None:
    def tick(milliseconds: float) -> None:
        clock.advance(milliseconds / 1000)

    if is_ported(case):
        names: dict[str, Any] = {"__name__": sheet.name}
        exec(_ported(sheet), names)
        answer = _answer(lambda: names[name_of(case)](tick))
    else:
        names = {**NAMES, **{name: _imported(specifier) for name, specifier in sheet.imports.items()}, "tick": tick}
        for line in sheet.setup:
            exec(line, names)
        answer = _answer(lambda: evaluated(case.python, names))
    assert answer == normal(ANSWERS[sheet.name][case.javascript])


def _imported(specifier: str) -> Any:
    found = stand_in(specifier)
    assert found is not None, specifier
    return found.value(found.default) if found.default else importlib.import_module(found.module)


def _answer(ask: Callable[[], Any]) -> Any:
    async def main() -> Any:
        try:
            value = ask()
            return described(await value if isinstance(value, taropy.Promise) else value)
        except NotPorted as error:
            return str(error)
        except Exception as error:
            thrown = caught(error)
            return {"throws": thrown.name if isinstance(thrown, Error) else described(thrown)}

    return taropy.run(main())


def test_nothing_is_recorded_that_is_not_asked() -> None:
    assert set(ANSWERS) == {"generated", *(sheet.name for sheet in SHEETS)}
    for sheet in SHEETS:
        assert set(ANSWERS[sheet.name]) == {case.javascript for case in sheet.cases}
