"""What tests of programs cost beside empty ones, and pytest beside itself without the plugin."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from .measure import Result, output_of, timed

#: What the fixtures may cost a test, and loading the plugin a session that does not use it, in milliseconds.
FIXTURES, LOADING = 0.5, 10.0

TESTS = """
import pytest

# By turns, so that whatever else the machine does hits both.
@pytest.mark.parametrize("number", range(500))
class TestByTurns:
    def test_empty(self, number):
        pass

    def test_with_the_fixtures(self, number, Taro, phone):
        Taro.setStorageSync("number", number)
        Taro.getStorageSync("number")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.callspec.params["number"])
"""

TIMING = """
import time
from collections import defaultdict

import pytest

from test_by_turns import pytest_collection_modifyitems

times = defaultdict(list)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    begun = time.perf_counter()
    result = yield
    times[item.originalname].append((time.perf_counter() - begun) * 1e3)
    return result


def pytest_unconfigure():
    for name, each in times.items():
        print("\\ntimes", name, *each)
"""

SESSION = """
import pytest
pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir", {folder!r}, {folder!r}, *{arguments!r}])
"""


def results() -> list[Result]:
    """A test with the fixtures and two calls, and a session of tests that use nothing of taropy."""
    with tempfile.TemporaryDirectory() as folder:
        empty, fixtures = _by_turns(Path(folder))
        Path(folder, "test_by_turns.py").write_text("def test_empty():\n    pass\n", "utf-8")
        without, loaded = _sessions(folder, [], ["-p", "taropy.testing.pytest_plugin"])
    return [
        _at_most_more("a test with the fixtures", ("two storage calls", fixtures), ("an empty test", empty), FIXTURES),
        _at_most_more("pytest with the plugin", ("loaded", loaded), ("without it", without), LOADING),
    ]


def _by_turns(folder: Path) -> tuple[float, float]:
    """Milliseconds of an empty test and of one with the fixtures; the median, after the first fifty."""
    (folder / "test_by_turns.py").write_text(TESTS, "utf-8")
    (folder / "conftest.py").write_text(TIMING, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", ".", "."]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(folder)])}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    (folder / "conftest.py").unlink()
    times = dict(_times(line) for line in done.stdout.splitlines() if line.startswith("times "))
    return times["test_empty"], times["test_with_the_fixtures"]


def _sessions(folder: str, *arguments: list[str], rounds: int = 15) -> list[float]:
    """Milliseconds of the processor's that pytest takes with these arguments; the median, by turns.

    All modules are compiled beforehand, as those of installed packages are; no other plugins are loaded.
    """
    programs = [timed(SESSION.format(folder=folder, arguments=each), "process_time") for each in arguments]
    environment = {
        **os.environ,
        "PYTHONPYCACHEPREFIX": f"{folder}/compiled",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    measured = [[float(output_of(program, environment)) for program in programs] for _ in range(rounds + 1)]
    return [statistics.median(times) for times in zip(*measured[1:], strict=True)]


def _times(line: str) -> tuple[str, float]:
    _, name, *times = line.split()
    return name, statistics.median(map(float, times[50:]))


def _at_most_more(name: str, ours: tuple[str, float], theirs: tuple[str, float], limit: float) -> Result:
    """`ours` may take so many milliseconds more than `theirs`."""
    more = ours[1] - theirs[1]
    shown = [f"{what} {cost:.2f} ms" for what, cost in (ours, theirs)]
    return Result(name, shown[0], shown[1], ours[1] / theirs[1], f"at most {limit:g} ms more", more <= limit)
