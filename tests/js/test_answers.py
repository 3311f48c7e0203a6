"""What the library answers is what JavaScript answers: each expression of `answers`, which Node.js has answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from answering import answer, normal

from tools.answers.cases import Case, read
from tools.recording import RECORDED

FOLDER = Path(__file__).with_name("answers")
ANSWERS = json.loads((FOLDER / RECORDED).read_text("utf-8"))
CASES = read(FOLDER)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_answer_is_that_of_javascript(case: Case) -> None:
    assert answer(case.python) == normal(ANSWERS[case.javascript])


def test_nothing_is_recorded_that_is_not_asked() -> None:
    assert set(ANSWERS) == {"generated", *(case.javascript for case in CASES)}


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(CASES) >= 500
