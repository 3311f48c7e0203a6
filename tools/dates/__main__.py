"""`python -m tools.dates`: record what JavaScript answers about dates, or verify it with `--check`.

The cases are written as those of `tools.answers`. What is recorded depends on the time zones and the words that Node.js
brings along, so it is called by itself, as `tools.zones` is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tools import generated
from tools.answers.__main__ import record
from tools.answers.cases import Case, read
from tools.programs import ProgramError

COMMAND = "python -m tools.dates"
CASES = Path(__file__).parents[2] / "tests" / "js" / "dates"
RECORDED = "recorded.json"
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
    parser = generated.parser(COMMAND, "Record what JavaScript answers about dates, zone by zone.")
    generated.add_folder(parser, "--cases", CASES, "the cases' folder")
    options = parser.parse_args(arguments)
    cases = read(options.cases)
    try:
        recorded = document({zone: record(cases_in(zone, cases), TZ=zone, LANG="en_US.UTF-8") for zone in ZONES})
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    return generated.finish_page(recorded, options.cases / RECORDED, check=options.check)


def cases_in(zone: str, cases: Iterable[Case]) -> list[Case]:
    """Those that are asked in a zone."""
    return [case for case in cases if zone in ZONES_OF[case.place.partition(":")[0]]]


def document(answers: dict[str, dict[str, Any]]) -> str:
    """A JSON document with an expression a line, zone by zone."""
    zones = [f"{json.dumps(zone)}: {{\n{_lines(given)}\n}}" for zone, given in answers.items()]
    return ",\n".join([f'{{"generated": {json.dumps(COMMAND)}', *zones]) + "\n}\n"


def _lines(given: dict[str, Any]) -> str:
    return ",\n".join(
        f"{json.dumps(each, ensure_ascii=False)}: {json.dumps(answer, ensure_ascii=False)}"
        for each, answer in given.items()
    )


if __name__ == "__main__":
    sys.exit(main())
