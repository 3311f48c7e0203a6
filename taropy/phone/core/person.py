"""The person who holds the phone: what taps, answers and choices come from.

An answer comes from the first of: what a test has scripted, the chosen way to ask (a callable, or the terminal),
the stated default of the question.
"""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import attrs

from ...hints import check_word
from ...models.record import record
from .guarded import Guarded
from .remembered import Remembered
from .telling import count, told

Answer = Mapping[str, Any]

#: What the phone asks, and what an answer may say of it; what it leaves out is as the question's default has it.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "action sheet": ("tapIndex", "cancel"),
    "addPhoneCalendar": ("save",),
    "addCard": ("allow",),
    "addPhoneContact": ("save",),
    "applyAddToMyApps": ("allow",),
    "authorize": ("allow", "remember"),
    "chooseContact": ("displayName", "cancel"),
    "connectWifi": ("allow",),
    "faceVerifyForPay": ("allow",),
    "form": ("fields", "cancel"),
    "getUserProfile": ("allow",),
    "interstitialAd": (),
    "getWifiList": ("confirm",),
    "join1v1Chat": ("confirm",),
    "leave page": ("confirm",),
    "login": ("allow",),
    "makePhoneCall": ("confirm",),
    "modal": ("confirm", "cancel", "content"),
    "navigateToMiniProgram": ("allow",),
    "openAppAuthorizeSetting": ("permissions",),
    "openBusinessView": ("allow",),
    "openEmbeddedMiniProgram": ("allow",),
    "openMapApp": ("cancel",),
    "openPrivacyContract": (),
    "openQzonePublish": ("allow",),
    "openSetting": ("authSetting",),
    "openSystemBluetoothSetting": ("bluetooth",),
    "pair": ("allow", "pin"),
    "payment": ("outcome",),
    "pick": ("paths", "original", "cancel"),
    "place": (
        "type",
        "city",
        "name",
        "address",
        "latitude",
        "longitude",
        "provinceName",
        "cityName",
        "cancel",
    ),
    "preview": (),
    "privacy": ("allow",),
    "rewardedVideoAd": ("isEnded",),
    "requestDeviceVoIP": ("allow",),
    "save file": ("name", "cancel"),
    "scan": ("result", "scanType", "rawData", "path", "picture", "cancel"),
    "startFacialRecognitionVerify": ("allow", "cancel"),
    "startSoterAuthentication": ("allow", "cancel"),
    "reserveChannelsLive": ("allow",),
    "send": ("to", "cancel"),
    "setCustomDress": ("allow",),
    "setOfficialDress": ("allow",),
    "share picture": ("what", "to", "cancel"),
    "shareToWeRun": ("allow",),
    "subscribe": ("answers", "always", "cancel"),
    "updateWeChatApp": (),
}

ASKS_NO = "the phone does not ask {!r}"

#: What of an answer is one of a few words.
WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("payment", "outcome"): ("pay", "cancel", "no money", "wrong password", "unknown"),
    ("share picture", "what"): ("send", "save", "favorite"),
    ("subscribe", "answers"): ("accept", "reject"),
}


def check_words(kind: str, answer: Answer) -> None:
    """Raises ValueError if an answer says another word than those that it may, or one of several answers does."""
    for name, given in answer.items():
        words = WORDS.get((kind, name))
        if words is not None:
            for word in given.values() if isinstance(given, Mapping) else [given]:
                check_word(word, words, f"an answer to {kind!r} has no {name} {{!r}}")


@attrs.frozen
class Question:
    """What the phone asks its person: a kind, one of `QUESTIONS`, and what is to be seen."""

    kind: str = attrs.field(validator=lambda _, __, kind: check_word(kind, QUESTIONS, ASKS_NO))
    shown: Mapping[str, Any] = attrs.field(converter=record)
    default: Answer


Ask = Callable[[Question], "Answer | Awaitable[Answer | None] | None"]


class Person(Guarded):
    """Answers the phone's questions.

    `ask` is called for every question that no script answers; it may be async, and leaves a question to its default by
    returning nothing. `taropy.phone.core.terminal.ask` asks on the terminal. `asked` are the questions so far, the last
    thousand of them.
    """

    _in_messages = "phone.person"
    _busy = frozenset(("answer_at_once", "answer"))

    def __init__(self, ask: Ask | None = None) -> None:
        self.ask = ask
        self._scripted: dict[str, deque[Answer]] = {}
        self.asked: Remembered[Question] = Remembered()

    def script(self, kind: str, **answer: Any) -> None:
        """Answers the next unanswered question of this kind; several are used in the order they were given.

        ValueError for a kind that the phone never asks, and for an answer that says what nobody wants to know.
        """
        check_word(kind, QUESTIONS, ASKS_NO)
        for name in answer:
            check_word(name, QUESTIONS[kind], f"an answer to {kind!r} has no {{!r}}")
        check_words(kind, answer)
        self._scripted.setdefault(kind, deque()).append(answer)

    def __repr__(self) -> str:
        return told("Person", self._told)

    def _told(self) -> Iterator[str]:
        yield from [f"{count(len(self.unused), 'answers')} to come"] if self.unused else []
        yield from [f"asked {count(len(self.asked), 'times')}"] if self.asked else []

    @property
    def unused(self) -> list[tuple[str, Answer]]:
        """The answers that were scripted and that no question has used: what they were for, and what they say."""
        return [(kind, answer) for kind, answers in self._scripted.items() for answer in answers]

    def snapshot(self) -> dict[str, deque[Answer]]:
        """What has been scripted and not been used yet."""
        return {kind: deque(answers) for kind, answers in self._scripted.items()}

    def restore(self, state: Mapping[str, deque[Answer]]) -> None:
        """Has that scripted again, and nothing else; what was asked is forgotten."""
        self._scripted = {kind: deque(answers) for kind, answers in state.items()}
        self.asked.clear()

    def answer_at_once(self, question: Question) -> Answer | Awaitable[Answer | None]:
        """The answer, or an awaitable of it when the way to ask takes its time."""
        self.asked.append(question)
        scripted = self._scripted.get(question.kind)
        if scripted:
            return {**question.default, **scripted.popleft()}
        answer = self.ask(question) if self.ask is not None else None
        return answer if inspect.isawaitable(answer) else {**question.default, **(answer or {})}

    async def answer(self, question: Question) -> Answer:
        """The answer to the question, however long it takes."""
        answer = self.answer_at_once(question)
        if inspect.isawaitable(answer):
            return {**question.default, **(await answer or {})}
        return answer

    async def allows(self, kind: str, shown: Mapping[str, Any]) -> bool:
        """Whether the person allows what a question of this kind asks leave for; unless told otherwise they do."""
        return bool((await self.answer(Question(kind, shown, {"allow": True})))["allow"])
