"""The phone in place of a browser: what a person does and sees there.

In the browser these are tools/browser/person.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from taropy.phone import Phone, Question, leave_open
from tools.browser.backend import FILES, Backend

Json = dict[str, Any]

ANSWERS = frozenset({"confirms", "cancels", "chooses", "cancels the sheet"})
PATIENCE = 1.0
HELD_BACK = 0.2
LONG = 0.6


class Dialogs:
    """The dialogs on the screen, which stay open until the case answers them."""

    def __init__(self) -> None:
        self._open = asyncio.Event()

    async def ask(self, question: Question) -> Any:
        """The phone's way to ask: whatever is no dialog is answered by default."""
        if question.kind in ("modal", "action sheet"):
            self._open.set()
        return await leave_open(question)

    async def opened(self) -> None:
        """Until there is one, as a person waits until there is something to tap."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._open.wait(), PATIENCE)


class Outside:
    """The person with the phone, what is around it, and the servers."""

    def __init__(self, phone: Phone, dialogs: Dialogs, backend: Backend) -> None:
        self.phone = phone
        self._dialogs = dialogs
        self.backend = backend
        self._acts: Mapping[str, Callable[..., Any]] = {
            "confirms": lambda: phone.screen.answer_modal(confirm=True),
            "cancels": lambda: phone.screen.answer_modal(confirm=False),
            "cancels the sheet": phone.screen.cancel_action_sheet,
            "chooses": phone.screen.answer_action_sheet,
            "closes the preview": phone.media.close_preview,
            "presses back": phone.pages.press_back,
            "taps the tab": phone.pages.tap_tab,
            "scrolls": phone.pages.scroll,
            "leaves": phone.background,
            "comes back": phone.foreground,
            "goes offline": lambda: self._connect(False),
            "goes online": lambda: self._connect(True),
            "goes to": self._go,
            "prefers": self._prefer,
            "turns the window": lambda width, height: phone.rotate("landscape" if width > height else "portrait"),
        }

    def prepare(self, told: Json) -> None:
        """The world when the page is opened, and what the person will pick, which a phone is told beforehand."""
        world = told.get("world", {})
        self.phone.browser.origin = self.backend.addresses["origin"]
        self._connect(True)
        self.phone.hardware.set_battery(100, charging=True)  # as a computer's, or one's that has none
        if "geolocation" in world:
            self._go(world["geolocation"])
        granted = "geolocation" in world.get("permissions", ())
        for_location = self.phone.permissions.grant if granted else self.phone.permissions.deny
        for_location("scope.userLocation")
        if world.get("offline"):
            self._connect(False)
        if "colorScheme" in world:
            self._prefer(world["colorScheme"])
        for verb, *given in told["do"]:
            if verb == "person" and given[0] == "picks":
                self.phone.media.pick(*(FILES / name for name in given[1:]))
            elif verb == "person" and given[0] == "picks nothing":
                self.phone.media.cancel()

    def act(self, what: str, *given: Any) -> Awaitable[None] | None:
        """What a person does; what they pick, the phone has been told beforehand."""
        if what in ("picks", "picks nothing"):
            return None
        return self._act(what, *given)

    async def _act(self, what: str, *given: Any) -> None:
        if what in ANSWERS:
            await self._dialogs.opened()
        self._acts[what](*given)

    def seen(self, what: str) -> Any:
        """What is on the screen, in the recordings' words."""
        screen = self.phone.screen
        match what:
            case "title":
                return screen.navigation_bar.title
            case "toast":
                shown = screen.toast or screen.loading
                return None if shown is None else shown.title
            case "modal" if (modal := screen.modal) is not None:
                buttons = [modal.cancelText] * modal.showCancel + [modal.confirmText]
                return {"title": modal.title, "content": modal.content, "buttons": buttons}
            case "action sheet" if (sheet := screen.action_sheet) is not None:
                return [*([sheet.alertText] if sheet.alertText else []), *sheet.itemList]
            case "tab bar" if (bar := screen.tab_bar) is not None:
                return [f"{item.badge or ''}{item.text}" for item in bar.items]
        return None

    async def rest(self, length: str) -> None:
        """Until nothing is under way any more; what a server holds back is under way for as long as it likes.

        While a browser's page is left alone for long, its time goes on.
        """
        if length == "long":
            self.phone.clock.advance(LONG)
        end = time.monotonic() + HELD_BACK
        while self.phone.network.in_flight and time.monotonic() < end:  # noqa: ASYNC110 - nothing tells when it rests
            await asyncio.sleep(0.005)

    def _connect(self, online: bool) -> None:
        self.phone.network.type = "4g" if online else "none"

    def _prefer(self, scheme: str) -> None:
        self.phone.system.theme = scheme

    def _go(self, position: Json) -> None:
        self.phone.location.set(
            position["latitude"], position["longitude"], accuracy=position.get("accuracy", 0), vertical_accuracy=0
        )
