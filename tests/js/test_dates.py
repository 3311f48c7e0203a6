"""Dates are JavaScript's in every time zone: each expression of `dates`, which Node.js has answered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from answering import answer, normal

from taropy.js import Date, Obj, text
from tools.answers.cases import Case, read
from tools.dates.__main__ import ZONES, cases_in
from tools.recording import RECORDED

FOLDER = Path(__file__).with_name("dates")
ANSWERS = json.loads((FOLDER / RECORDED).read_text("utf-8"))
CASES = read(FOLDER)


@pytest.mark.parametrize(
    ("zone", "case"),
    [pytest.param(zone, case, id=f"{zone} {case}") for zone in ZONES for case in cases_in(zone, CASES)],
)
def test_the_answer_is_that_of_javascript(zone: str, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    assert answer(case.python) == normal(ANSWERS[zone][case.javascript])


def test_nothing_is_recorded_that_is_not_asked() -> None:
    asked = {zone: {case.javascript for case in cases_in(zone, CASES)} for zone in ZONES}
    assert {zone: set(given) for zone, given in ANSWERS.items() if zone != "generated"} == asked


@pytest.mark.parametrize(("before", "meanwhile"), [(0, float("nan")), (float("nan"), 0)])
def test_a_date_is_set_from_what_it_was_before_its_arguments_were_read(before: float, meanwhile: float) -> None:
    """As the standard has it since 2021 (test262), and Node.js 20 not yet: there the later value counts."""
    date, other = Date(before), Date(before)

    def read() -> int:
        date.setTime(meanwhile)
        return 2

    assert text(date.setDate(Obj(valueOf=read))) == text(other.setDate(2))
    assert text(date.getTime()) == text(meanwhile if before != before else other.getTime())


@pytest.mark.parametrize("utc", ["", "UTC"])
@pytest.mark.parametrize("field", ["Date", "Hours", "Minutes", "Seconds", "Milliseconds"])
@pytest.mark.parametrize("value", [-100_000, -1, 0, 1, 31, 1000, 10**8, 10**17])
def test_a_field_is_set_to_a_whole_number_as_to_any(
    field: str, utc: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    for moment in ("2024-03-30T01:30:00Z", "2024-10-26T00:30:00Z", "1969-12-31T23:59:59.999Z"):
        whole, other = Date(moment), Date(moment)
        getattr(whole, f"set{utc}{field}")(value)
        getattr(other, f"set{utc}{field}")(float(value))
        assert repr(whole) == repr(other)
