"""The guide's programs run, with the real taro-h5."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
#: What `taropy page build --app` finds of the guide's app.
APP = {
    "pages": ["pages/teas/index", "pages/note/index"],
    "window": {"navigationBarTitleText": "Tea room"},
    "pageConfigs": {"pages/teas/index": {"enablePullDownRefresh": True}},
}
BLOCK = re.compile(r"^```py\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.browser
def test_the_guide_s_python_runs_as_one_program(built: Callable[[Mapping[str, Any]], Path], tmp_path: Path) -> None:
    blocks = BLOCK.findall((ROOT / "docs" / "guides" / "page.md").read_text("utf-8"))
    (tmp_path / "page.py").write_text("\n".join(blocks), "utf-8")
    shutil.copytree(built(APP), tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}"}
    command = [sys.executable, "-W", "error", "page.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
