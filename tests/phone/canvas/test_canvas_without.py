"""What a program is told where the library that draws is not there, or lacks one of the system's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import taropy

with taropy.create("weapp") as t:
    canvas = t.createOffscreenCanvas(type="2d")
    try:
        canvas.getContext("2d")
    except taropy.TaroError as error:
        print(error)
    t.phone.screen.draw('<canvas type="2d" id="a"/><canvas canvas-id="b"/>')
    query = t.createSelectorQuery()
    query.select("#a").node()
    [told] = taropy.Promise(lambda resolve, reject: query.exec(resolve)).result()
    print(told.node.width, t.canvasToTempFilePath(canvasId="b").catch(lambda error: error.errMsg).result())
"""


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (
            "raise ModuleNotFoundError(name='skia')",
            "a canvas needs the package skia-python: pip install 'taropy[canvas]'",
        ),
        (
            "raise ImportError('libGL.so.1: no such file')",
            "libGL.so.1: no such file (on Debian and Ubuntu: apt install ",
        ),
    ],
    ids=["not installed", "without the system's libraries"],
)
def test_it_is_named_with_the_command_that_brings_it(module: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "skia.py").write_text(module)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    drawing, saving = done.stdout.splitlines()
    assert words in drawing
    assert saving.startswith("300 canvasToTempFilePath:fail ")
    assert words in saving
