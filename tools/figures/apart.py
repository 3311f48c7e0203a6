"""What has to run in interpreters of its own, several at a time: each module is imported as if it were the first."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

#: So many interpreters at a time, and how long one may take, in seconds.
AT_A_TIME = os.cpu_count() or 1
PATIENCE = 60

#: The platform of each native object: a module that uses one when it is imported is one for that platform.
_PLATFORMS = {"wx": "weapp", "my": "alipay", "swan": "swan", "tt": "tt", "qq": "qq", "jd": "jd"}
_OF_PLATFORM = re.compile(r"ReferenceError: (\w+) is not defined$")

Given = TypeVar("Given")
Made = TypeVar("Made")


def each(function: Callable[[Given], Made], given: Iterable[Given]) -> list[Made]:
    """What a function that waits for an interpreter gives for each, several at a time."""
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return list(pool.map(function, given))


def python(*arguments: str, folder: Path, platform: str = "weapp") -> subprocess.CompletedProcess[str]:
    """Runs Python in a folder. What takes too long ends as an error does."""
    root = Path(__file__).parents[2]
    path = os.pathsep.join([str(root), str(root / "plugins"), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-W", "ignore", *arguments]
    try:
        return subprocess.run(
            command, cwd=folder, env={**os.environ, "PYTHONPATH": path, "TARO_ENV": platform, "TZ": "UTC"},
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"it took more than {PATIENCE} seconds")


def imported(names: Sequence[str], folder: Path) -> list[str]:
    """For each module why it can't be imported; "" for one that can, on the platform that it is for."""
    return each(lambda name: _import(name, folder), names)


def _import(name: str, folder: Path, platform: str = "weapp") -> str:
    done = python("-c", f"import importlib; importlib.import_module({name!r})", folder=folder, platform=platform)
    if done.returncode == 0:
        return ""
    reason = (done.stderr.strip().splitlines() or ["it ended"])[-1]
    other = _OF_PLATFORM.search(reason)
    wanted = _PLATFORMS.get(other[1], platform) if other is not None else platform
    return reason if wanted == platform else _import(name, folder, wanted)
