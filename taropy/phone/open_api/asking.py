"""Asking the person for leave, for functions that give no promise: who answers at once is heard at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ..core.answers import Fail, Result
from ..core.person import Answer, Question

if TYPE_CHECKING:
    from ..core.faces import Phone

Do = Callable[[], Result]


def cancelled() -> Result:
    """What a no usually comes to."""
    raise Fail("cancel")


def with_leave(phone: Phone, question: Question, do: Do, otherwise: Do = cancelled) -> Result | Awaitable[Result]:
    """What `do` gives, if the person answers the question with `allow`, else what `otherwise` does."""
    answer = phone.person.answer_at_once(question)
    if isinstance(answer, Awaitable):
        return _later(question, answer, do, otherwise)
    return do() if answer["allow"] else otherwise()


async def _later(question: Question, answer: Awaitable[Answer | None], do: Do, otherwise: Do) -> Result:
    said = {**question.default, **(await answer or {})}
    return do() if said["allow"] else otherwise()
