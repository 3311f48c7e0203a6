"""The soak: the command works, and what grows is told."""

from __future__ import annotations

import asyncio
import ctypes
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from tools.soak import __main__ as command
from tools.soak.__main__ import LIMITS, REST, SAMPLES, Gate, Sample, Soak, grown, samples_in
from tools.soak.load import KINDS, Place

AT_REST = Sample(minutes=0, works=0, resident=60, heap=8, blocks=300_000, objects=80_000, tasks=11, threads=1, files=14)
FLAT = [attrs.evolve(AT_REST, minutes=number, works=number * 100) for number in range(9)]

needs_proc = pytest.mark.skipif(
    not Path("/proc/self/statm").exists() or not hasattr(ctypes.CDLL(None), "mallinfo2"),
    reason="the soak reads Linux's /proc, and asks glibc 2.33",
)


def test_what_stays_as_it_is_has_not_grown() -> None:
    assert grown(FLAT) == []


@pytest.mark.parametrize("name", LIMITS)
def test_what_grows_with_each_sample_is_told(name: str) -> None:
    leaking = [
        attrs.evolve(sample, **{name: getattr(sample, name) * (1 + number)}) for number, sample in enumerate(FLAT)
    ]
    assert [found.partition(":")[0] for found in grown(leaking)] == [name]


def test_one_high_value_is_no_growth() -> None:
    assert grown([*FLAT[:-1], attrs.evolve(FLAT[-1], resident=200)]) == []


@pytest.mark.parametrize("minutes", ["0", "-1", "nan", "inf", "soon"])
def test_no_time_to_run_is_refused(minutes: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--minutes", minutes])
    assert ended.value.code == 2
    assert "argument --minutes" in capsys.readouterr().err


@pytest.mark.parametrize("samples", ["1", "0", "-1"])
def test_too_few_samples_are_refused(samples: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--samples", samples])
    assert ended.value.code == 2
    assert f"{samples} are too few, 2 are needed at least" in capsys.readouterr().err


@pytest.mark.parametrize("minutes", [0.1, 0.2, 0.5, 1, 2, 10, 600])
def test_a_short_run_is_not_spent_on_samples(minutes: float) -> None:
    assert samples_in(minutes) * REST <= minutes * 60 / 2
    assert samples_in(minutes) <= SAMPLES


@pytest.mark.parametrize("minutes", [0.001, 0.05])
def test_the_shortest_run_has_a_beginning_and_an_end(minutes: float) -> None:
    assert samples_in(minutes) == 2


@pytest.mark.anyio
async def test_the_load_stops_for_a_sample_after_the_pieces_that_it_is_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work, go_on = asyncio.Semaphore(0), asyncio.Event()

    async def work(place: Place) -> None:
        at_work.release()
        await go_on.wait()

    monkeypatch.setattr(command, "KINDS", dict.fromkeys("abc", work))
    load = Soak("127.0.0.1:9", tmp_path, Gate(2))
    tasks = [asyncio.create_task(load.lasting(1)), asyncio.create_task(load.passing(1))]
    for _ in tasks:
        await at_work.acquire()
    closing = asyncio.create_task(load.gate.close())
    await asyncio.sleep(0)
    go_on.set()
    await closing
    assert load.done.total() - load.done["phones"] == len(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


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
