"""The person who holds the phone, as tests script what they do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy import Phone
from taropy.phone import QUESTIONS, Question


@pytest.fixture
def taro(phone: Phone) -> Any:
    return taropy.create("weapp", phone=phone)


def test_answers_are_used_in_the_order_in_which_they_were_given(phone: Phone, taro: Any) -> None:
    phone.person.script("modal", confirm=False)
    phone.person.script("modal", confirm=True)
    assert [taro.showModal(title="Sure?").result().confirm for _ in range(2)] == [False, True]


def test_what_no_script_answers_is_asked_and_goes_by_its_default_if_nobody_knows(phone: Phone, taro: Any) -> None:
    answers = iter([{"confirm": False}, None])
    phone.person.ask = lambda question: next(answers)
    assert [taro.showModal(title="Sure?").result().confirm for _ in range(2)] == [False, True]
    assert [question.shown["title"] for question in phone.person.asked] == ["Sure?", "Sure?"]


@pytest.mark.parametrize(
    ("kind", "answer", "told"),
    [
        ("modl", {"confirm": True}, "the phone does not ask 'modl'; did you mean 'modal'?"),
        ("?", {}, f"the phone does not ask '?'; there are {', '.join(QUESTIONS)}"),
        ("authorize", {"alow": False}, "an answer to 'authorize' has no 'alow'; did you mean 'allow'?"),
        ("action sheet", {"item": 1}, "an answer to 'action sheet' has no 'item'; there are tapIndex, cancel"),
        ("updateWeChatApp", {"ok": True}, "an answer to 'updateWeChatApp' has no 'ok'; there are none"),
    ],
)
def test_an_answer_that_no_question_can_use_is_refused_at_once(
    phone: Phone, kind: str, answer: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        phone.person.script(kind, **answer)
    assert phone.person.unused == []


def test_answers_that_were_never_asked_for_are_told(phone: Phone, taro: Any) -> None:
    phone.screen.answer_modal(confirm=False)
    phone.media.cancel()
    assert phone.person.unused == [("modal", {"confirm": False}), ("pick", {"cancel": True})]
    taro.showModal(title="Sure?").result()
    assert phone.person.unused == [("pick", {"cancel": True})]


def test_the_phone_asks_every_question_that_can_be_scripted() -> None:
    rooms = Path(taropy.__file__).parent.joinpath("phone").rglob("*.py")
    asked = "".join(room.read_text("utf-8") for room in rooms if room.name not in {"person.py", "surface.py"})
    assert [kind for kind in QUESTIONS if f'"{kind}"' not in asked] == []


def test_the_phone_asks_nothing_that_cannot_be_scripted() -> None:
    with pytest.raises(ValueError, match="riddle"):
        Question("riddle", {}, {})


def test_the_last_thousand_questions_are_remembered() -> None:
    with taropy.create("weapp") as t:
        for number in range(1002):
            t.showModal(title=str(number)).result()
        asked = [question.shown["title"] for question in t.phone.person.asked]
    assert asked == [str(number) for number in range(2, 1002)]
