"""`python -m tools.answers`: record what JavaScript answers, or verify it with `--check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tools.answers.cases import Case, read
from tools.programs import run
from tools.recording import Recorder

COMMAND = "python -m tools.answers"
ANSWERER = Path(__file__).with_name("answer.mjs")
CASES = Path(__file__).parents[2] / "tests" / "js" / "answers"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the recording is stale or missing, or if it can't be made."""
    return Recorder(
        COMMAND,
        "Record what JavaScript answers to the expressions of tests/js/answers.",
        "cases",
        CASES,
        "the cases' folder",
        lambda cases: document(record(read(cases))),
    ).run(arguments)


def record(cases: Iterable[Case], **variables: str) -> dict[str, Any]:
    """What each expression gives in Node.js, by the expression; `variables` are added to its environment."""
    expressions = list(dict.fromkeys(case.javascript for case in cases))
    answers = run("node", str(ANSWERER), given=json.dumps(expressions), variables=variables)
    return dict(zip(expressions, json.loads(answers), strict=True))


def document(answers: dict[str, Any]) -> str:
    """A JSON document with an expression a line."""
    lines = [f"{json.dumps(each)}: {json.dumps(answer)}" for each, answer in answers.items()]
    return ",\n".join([f'{{"generated": {json.dumps(COMMAND)}', *lines]) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main())
