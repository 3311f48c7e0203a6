"""What waits for a person in DevTools, and is answered by `Tool.native`: modals, permissions, payments, sharing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..loops import settle
from ..phone.core.person import Answer, Ask, Question
from .commands import Refused

if TYPE_CHECKING:
    from .faces import Target

#: The questions that stay open until a client answers them, as they do in DevTools. Others are answered by default.
WAITING = frozenset({
    "modal", "authorize", "getUserProfile", "leave page", "payment", "privacy", "send", "share picture", "subscribe",
})  # fmt: skip


def _to_permissions(answer: Answer) -> dict[str, Answer]:
    return {kind: answer for kind in ("authorize", "getUserProfile", "privacy")}


#: The ways to answer: to which questions, and what.
ANSWERS: Mapping[str, Mapping[str, Answer]] = {
    "confirmModal": {"modal": {"confirm": True}, "subscribe": {}, **_to_permissions({"allow": True})},
    "cancelModal": {
        "modal": {"confirm": False},
        "subscribe": {"cancel": True},
        **_to_permissions({"allow": False}),
    },
    "authorizeAllow": {**_to_permissions({"allow": True}), "subscribe": {}},
    "authorizeCancel": {**_to_permissions({"allow": False}), "subscribe": {"cancel": True}},
    "closePaymentDialog": {"payment": {"outcome": "cancel"}},
    "shareConfirm": {"send": {}, "share picture": {}},
    "shareCancel": {"send": {"cancel": True}, "share picture": {"cancel": True}},
    "confirmConfirm": {"leave page": {"confirm": True}},
    "confirmCancel": {"leave page": {"confirm": False}},
}

#: What the buttons of the privacy notice say, and what they mean.
_PRIVACY_BUTTONS: Mapping[str, bool] = {"同意": True, "拒绝": False}


@attrs.frozen(eq=False)
class _Waiting:
    """A question, and what gets the answer, in the loop of who has asked."""

    question: Question
    answer: asyncio.Future[Answer]


class Dialogs:
    """The questions of the phone that wait for a client."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._waiting: list[_Waiting] = []
        self._before: Ask | None = None

    @property
    def open(self) -> list[str]:
        """The kinds of the questions that wait, the latest last."""
        return [each.question.kind for each in self._waiting]

    def begin(self) -> None:
        """Has questions wait from now on; what a test has scripted, and a way to ask of the phone's own, come first."""
        person = self._target.phone.person
        self._before = person.ask
        person.ask = self._ask

    def end(self) -> None:
        """Answers by default what still waits, and all that comes."""
        person = self._target.phone.person
        if person.ask == self._ask:
            person.ask = self._before
        for each in self._waiting:
            settle(each.answer, each.question.default)
        self._waiting.clear()

    def native(self, method: str, data: Mapping[str, Any]) -> None:
        """Does what a person would do to DevTools' dialogs and bars. `LookupError` if there is nothing to do it to."""
        if method in ANSWERS:
            self._answer(ANSWERS[method], method)
            return
        known = _ACTIONS.get(method)
        if known is None:
            raise Refused(f"can not find in protocol: {method}")  # words that `minium` looks for
        known(self, data)

    def _answer(self, answers: Mapping[str, Answer], method: str) -> None:
        waiting = next((each for each in reversed(self._waiting) if each.question.kind in answers), None)
        if waiting is None:
            raise LookupError(f"{method}: nothing of the kind is open")
        self._waiting.remove(waiting)
        settle(waiting.answer, {**waiting.question.default, **answers[waiting.question.kind]})

    def _ask(self, question: Question) -> Any:
        answer = None if self._before is None else self._before(question)
        if answer is not None or question.kind not in WAITING:
            return answer
        return self._wait(question)

    async def _wait(self, question: Question) -> Answer:
        waiting = _Waiting(question, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        try:
            return await waiting.answer
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    # --- what is done to the bars ------------------------------------------------------------------------------

    def _go_home(self, data: Mapping[str, Any]) -> None:
        running = self._target.running
        if running.package is None:
            raise LookupError("goHome: the app was never launched")
        home = running.package.home
        if running.is_tab(home):
            self._tap_tab(home)
        else:
            self._target.native.reLaunch({"url": f"/{home}"})

    def _navigate_left(self, data: Mapping[str, Any]) -> None:
        if len(self._target.running.stack) == 1:
            raise LookupError("navigateLeft: this is the first page")
        self._target.phone.pages.press_back(self._target.app)

    def _switch_tab(self, data: Mapping[str, Any]) -> None:
        self._tap_tab(str(data.get("url", "")).strip("/").partition("?")[0])

    def _tap_tab(self, route: str) -> None:
        running = self._target.running
        routes = [] if running.package is None else running.package.tab_routes
        if route not in routes:
            raise LookupError(f"switchTab: {route or 'it'} is no page of the tab bar")
        if running.top.route != route:
            self._target.phone.pages.tap_tab(routes.index(route), self._target.app)

    def _click_cover_view(self, data: Mapping[str, Any]) -> None:
        inner = data.get("data")
        text = inner.get("text") if isinstance(inner, Mapping) else None
        if not isinstance(text, str) or text not in _PRIVACY_BUTTONS:
            raise LookupError(f"clickCoverView: nothing says {text!r}")
        self._answer({"privacy": {"allow": _PRIVACY_BUTTONS[text]}}, "clickCoverView")


_ACTIONS: Mapping[str, Callable[[Dialogs, Mapping[str, Any]], None]] = {
    "goHome": Dialogs._go_home,
    "navigateLeft": Dialogs._navigate_left,
    "switchTab": Dialogs._switch_tab,
    "clickCoverView": Dialogs._click_cover_view,
}
