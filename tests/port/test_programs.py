"""A ported program does what the original does: each call that Node.js has answered, of each program.

What is compared are the answer, or what was thrown, and the lines that were printed, in their order.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ported import ported_package

import taropy
from taropy.js import Error, caught, to_js
from taropy.js.fields import own_fields, own_keys
from taropy.port.porting import Outcome
from tools.ports.cases import PROGRAMS, Call, calls_of
from tools.recording import RECORDED

ANSWERS: Mapping[str, Any] = json.loads((PROGRAMS / RECORDED).read_text("utf-8"))
FILES = sorted(PROGRAMS.glob("*.ts"))


@pytest.fixture(scope="module")
def ported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, Callable[[str], ModuleType]]]:
    """All programs, ported together; and a function that imports one."""
    with ported_package(PROGRAMS, tmp_path_factory.mktemp("ported") / "ported_programs") as found:
        yield found


def _plain(value: Any) -> Any:
    """The value as the recording has it."""
    if value is None or isinstance(value, bool | str):
        return None if value is None else value if isinstance(value, bool) else str(value)
    if isinstance(value, int | float):
        if not math.isfinite(value) or (value == 0 and math.copysign(1, value) < 0):
            return {"$number": {math.inf: "Infinity", -math.inf: "-Infinity", 0: "-0"}.get(value, "NaN")}
        return float(value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict) and callable(value):
        return {"$function": True}
    fields = own_fields(value)
    return {"$fields": [[key, _plain(fields[key])] for key in own_keys(value)]}


def _recorded(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | list | dict):
        return value
    if isinstance(value, list):
        return [_recorded(each) for each in value]
    return {key: _recorded(each) for key, each in value.items()} if isinstance(value, dict) else float(value)


def _played(module: ModuleType, call: Call) -> dict[str, Any]:
    async def main() -> dict[str, Any]:
        try:
            answer = getattr(module, _python(module, call.name))(*map(to_js, call.arguments))
            return {"answer": _plain(await answer if isinstance(answer, taropy.Promise) else answer)}
        except Exception as error:
            thrown = caught(error)
            if isinstance(thrown, Error):
                return {"thrown": {"name": thrown.name, "message": thrown.message}}
            return {"thrown": _plain(thrown)}

    lines = io.StringIO()
    with redirect_stdout(lines):
        outcome = taropy.run(main())
    return {**outcome, "lines": lines.getvalue().splitlines()}


def _python(module: ModuleType, name: str) -> str:
    from taropy.port.translation.naming import python_name

    return python_name(name)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_ported_program_does_what_node_has_recorded(
    file: Path, ported: tuple[Outcome, Callable[[str], ModuleType]], monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, imported = ported
    monkeypatch.setenv("TZ", "UTC")
    of_program = next(module for module in outcome.modules if module.source == file)
    assert not of_program.refusals
    module = imported(file.stem)
    for call, answer in zip(calls_of(file), ANSWERS[file.stem], strict=True):
        assert (call.text, _played(module, call)) == (call.text, _recorded(answer))


def test_all_programs_are_recorded() -> None:
    assert set(ANSWERS) == {"generated", *(file.stem for file in FILES)}
