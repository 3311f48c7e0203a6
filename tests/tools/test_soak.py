"""The soak: the command works, and what grows is told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from tools.soak.__main__ import LIMITS, Sample, grown
from tools.soak.load import KINDS

FLAT = [Sample(minutes=n, works=n * 100, megabytes=60, objects=80_000, tasks=11, threads=1, files=14) for n in range(9)]

needs_proc = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the soak reads Linux's /proc")


def test_what_stays_as_it_is_has_not_grown() -> None:
    assert grown(FLAT) == []


@pytest.mark.parametrize("name", LIMITS)
def test_what_grows_with_each_sample_is_told(name: str) -> None:
    leaking = [
        attrs.evolve(sample, **{name: getattr(sample, name) * (1 + number)}) for number, sample in enumerate(FLAT)
    ]
    assert [found.partition(":")[0] for found in grown(leaking)] == [name]


def test_one_high_value_is_no_growth() -> None:
    assert grown([*FLAT[:-1], attrs.evolve(FLAT[-1], megabytes=200)]) == []


@needs_proc
def test_the_command_does_work_of_every_kind_and_prints_its_table() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.soak", "--minutes", "0.01", "--samples", "2"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.stdout.count("\n| ") == 4  # below the headings: the line, the first sample, and two
    for kind in KINDS:
        assert f" {kind}" in done.stdout
