"""What people have who install the wheel, and nothing else of this checkout: `pytest -m wheel`."""

from __future__ import annotations

import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from checkers import CHECKERS, REPO, WheelEnvironment, mistaken

pytestmark = pytest.mark.wheel
both = pytest.mark.parametrize("checker", CHECKERS)


def test_the_wheel_has_all_stubs_and_no_other(installed: WheelEnvironment) -> None:
    with ZipFile(installed.wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("taropy-stubs/")}
    stubs = REPO / "stubs"
    assert packed == {path.relative_to(stubs).as_posix() for path in stubs.rglob("*") if path.is_file()}
    assert "taropy-stubs/py.typed" in packed


@both
def test_a_program_that_uses_every_group_is_clean(installed: WheelEnvironment, checker: str) -> None:
    lines, told = CHECKERS[checker](installed, installed.folder / "program.py")
    assert not lines, told


@both
def test_every_mistake_is_found_on_its_line_and_nothing_else(installed: WheelEnvironment, checker: str) -> None:
    file = installed.folder / "mistakes.py"
    lines, told = CHECKERS[checker](installed, file)
    assert lines == mistaken(file), told


def test_every_public_symbol_has_a_type_without_the_extras(installed: WheelEnvironment) -> None:
    done = installed.run("pyright", "--verifytypes", "taropy", "--ignoreexternal")
    assert "Type completeness score: 100%" in done.stdout, done.stdout


TRACING = """
from pathlib import Path
import taropy
from taropy.trace.document import About, write
from taropy.trace.recording import Recording

with taropy.Phone(log=True) as phone:
    recording = Recording(phone)
    taropy.create("weapp", phone=phone).login().result()
    write(recording, About("login", "passed"), Path("trace.html"))
print(Path("trace.html").read_text("utf-8").count("<summary>"), Path("trace.json").exists())
"""


def test_a_trace_is_written_without_the_extras(installed: WheelEnvironment, tmp_path: Path) -> None:
    command = [installed.python, "-c", TRACING]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split() == ["1", "True"]


PROGRAM = """
import sys

opened = []
sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event == "open" else None)

from taropy import Taro

Taro.login().result()
Taro.request
print(sum("taropy-stubs" in path for path in opened), sum("taropy" in path for path in opened) > 0)
"""


def test_running_a_program_reads_no_stub(installed: WheelEnvironment) -> None:
    done = subprocess.run([installed.python, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "True"]
