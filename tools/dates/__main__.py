"""`python -m tools.dates`: record what JavaScript answers about dates, or verify it with `--check`.

The cases are written as those of `tools.answers`. What is recorded depends on the time zones and the words that Node.js
brings along, so it is called by itself, as `tools.zones` is.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tools import recording
from tools.answers.__main__ import record
from tools.answers.cases import Case, read
from tools.recording import Recorder, table

COMMAND = "python -m tools.dates"
CASES = Path(__file__).parents[2] / "tests" / "js" / "dates"
#: A zone without summer time, one of half an hour, both halves of the earth, and some that have changed much.
ZONES = (
    "UTC",
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
#: How dates are written in a language is recorded in one zone.
ZONES_OF = {"dates": ZONES, "locales": ("Asia/Shanghai",)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the recording is stale or missing, or if it can't be made."""
    return Recorder(
        COMMAND,
        "Record what JavaScript answers about dates, zone by zone.",
        "cases",
        CASES,
        "the cases' folder",
        lambda cases: document(record_all(read(cases))),
    ).run(arguments)


def record_all(cases: list[Case]) -> dict[str, dict[str, Any]]:
    """What each expression gives, zone by zone."""
    return {zone: record(cases_in(zone, cases), TZ=zone, LANG="en_US.UTF-8") for zone in ZONES}


def cases_in(zone: str, cases: Iterable[Case]) -> list[Case]:
    """Those that are asked in a zone."""
    return [case for case in cases if zone in ZONES_OF[case.place.partition(":")[0]]]


def document(answers: dict[str, dict[str, Any]]) -> str:
    """A JSON document with an expression a line, zone by zone."""
    return recording.document(COMMAND, itertools.starmap(table, answers.items()))


if __name__ == "__main__":
    sys.exit(main())
