"""Asking the person for leave, for functions that give no promise: who answers at once is heard at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail, Result
from ..core.person import Answer, Question

if TYPE_CHECKING:
    from ..core.faces import Phone

Do = Callable[[], Result]


def cancelled() -> Result:
    """What a no usually comes to."""
    raise Fail("cancel")


def with_leave(
    phone: Phone, kind: str, shown: Mapping[str, Any], do: Do, otherwise: Do = cancelled
) -> Result | Awaitable[Result]:
    """What `do` gives, if the person answers the question of this kind with `allow`, else what `otherwise` does."""
    question = Question(kind, shown, {"allow": True})
    answer = phone.person.answer_at_once(question)
    if isinstance(answer, Awaitable):
        return _later(question, answer, do, otherwise)
    return do() if answer["allow"] else otherwise()


async def _later(question: Question, answer: Awaitable[Answer | None], do: Do, otherwise: Do) -> Result:
    said = {**question.default, **(await answer or {})}
    return do() if said["allow"] else otherwise()
