"""What a person does at a page in a browser, under the names that it has on a phone.

So one test runs on both: `Taro.phone.screen.answer_modal(confirm=True)` gives the simulated dialog its answer, and here
it taps the button. As on a phone, an answer is for the dialog that is open, else for the next one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import attrs

from ...hints import check_word
from .browser import Browser
from .opening import Opening
from .paging import Pages
from .part import Part, tap

if TYPE_CHECKING:
    from playwright.async_api import FileChooser

    from .apps import Apps
    from .session import Session

MODAL, SHEET, TOAST = ".taro__modal", ".taro__actionSheet", ".taro__toast"
CONFIRM, CANCEL = ".taro-model__confirm", ".taro-model__cancel"
CELL = ".taro-actionsheet__cell"
#: Of a dialog, whether it is open: one that fades away can be tapped still, and answers nothing any more.
OPEN = ':not([style*="opacity: 0"]):not([style*="opacity:0"])'
#: What a page's browser calls what programs ask for as a scope; other names are the browser's own.
PERMISSIONS: Mapping[str, tuple[str, ...]] = {
    "scope.userLocation": ("geolocation",),
    "scope.camera": ("camera",),
    "scope.record": ("microphone",),
    "scope.clipboard": ("clipboard-read", "clipboard-write"),
}


@attrs.frozen
class Modal:
    """A dialog as it is to be seen; without a cancel button `showCancel` is false."""

    title: str
    content: str
    showCancel: bool
    cancelText: str
    confirmText: str


@attrs.frozen
class ActionSheet:
    """A sheet of things to choose from."""

    itemList: list[str]
    alertText: str


@attrs.frozen
class Toast:
    """A toast, or a loading sign."""

    title: str


@attrs.frozen
class NavigationBar:
    """The bar on top, whose title is the page's."""

    title: str


class Screen(Part):
    """What is to be seen, and the answers to dialogs."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser)
        self._turns = {MODAL: asyncio.Lock(), SHEET: asyncio.Lock()}

    def _answer(self, dialog: str, part: str, what: str, at: int = 0) -> None:
        """Taps a part of the dialog that is open, else of the next one: each answer is for another dialog."""
        locator = self._browser.page.locator(f"{dialog}{OPEN} {part}").nth(at)

        async def answer() -> None:
            async with self._turns[dialog]:
                await tap(locator, timeout=0)

        self._browser.begin(answer(), what)

    @property
    def toast(self) -> Toast | None:
        """The toast, or the loading sign, which share a place on the web."""
        told = self._see(TOAST, "div p:last-child")
        return None if told is None else Toast(told[0][-1] if told[0] else "")

    loading = toast

    @property
    def modal(self) -> Modal | None:
        """The dialog that waits for an answer."""
        told = self._see(MODAL, ".taro-modal__title", ".taro-modal__text", CANCEL, CONFIRM)
        if told is None:
            return None
        title, content, cancel, confirm = ("".join(each) for each in told)
        return Modal(title, content, bool(cancel), cancel, confirm)

    @property
    def action_sheet(self) -> ActionSheet | None:
        """The sheet that waits for an answer."""
        told = self._see(SHEET, f"{CELL}:first-child", CELL)
        if told is None:
            return None
        alert, items = told
        return ActionSheet([each for each in items if each not in alert], "".join(alert))

    @property
    def navigation_bar(self) -> NavigationBar:
        """The page's title."""
        return NavigationBar(self._browser.run(self._browser.page.title()))

    def answer_modal(self, confirm: bool = True) -> None:
        """Taps confirm or cancel, on the dialog that is open, else on the next one."""
        self._answer(MODAL, CONFIRM if confirm else CANCEL, f"answer_modal(confirm={confirm})")

    def answer_action_sheet(self, tapIndex: int) -> None:
        """Taps the item `tapIndex`, counted from 0, of the open sheet, else of the next one."""
        title = 1  # which is the first cell, shown or not
        self._answer(SHEET, CELL, f"answer_action_sheet({tapIndex})", at=title + tapIndex)

    def cancel_action_sheet(self) -> None:
        """Closes the open sheet, else the next one, without a choice."""
        self._answer(SHEET, "> div:last-child > div:last-child", "cancel_action_sheet()")


class Media(Part):
    """The files that a person picks when the page asks for some."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser)
        self._answers: deque[list[str] | None] = deque()
        self._asking: deque[FileChooser] = deque()
        browser.choosing = self._ask

    def forget(self) -> None:
        """What was asked and answered belongs to a page that is gone."""
        self._answers.clear()
        self._asking.clear()

    def _ask(self, chooser: FileChooser) -> None:
        self._asking.append(chooser)
        self._browser.begin_here(self._answer(), "pick()")

    def pick(self, *files: str | PathLike[str]) -> None:
        """Picks these, when the page asks, or the next time that it does."""
        paths = [str(Path(file).resolve(strict=True)) for file in files]
        self._give(paths)

    def cancel(self) -> None:
        """Picks nothing, likewise."""
        self._give(None)

    def close_preview(self) -> None:
        """Closes what is shown full screen."""
        self._browser.run(tap(self._browser.page.locator(".preview-image")))

    def _give(self, answer: list[str] | None) -> None:
        self._answers.append(answer)
        self._evaluate("0")  # as a person's tap, after which a page may ask for files for some seconds
        self._browser.run(self._answer())

    async def _answer(self) -> None:
        while self._answers and self._asking:
            chooser, files = self._asking.popleft(), self._answers.popleft()
            if files is None:  # Playwright closes no chooser; this is what the browser tells the page's input then
                await chooser.element.evaluate("input => input.dispatchEvent(new Event('cancel'))")
            else:
                await chooser.set_files(files)


class Location(Part):
    """Where the browser says that it is."""

    def set(self, latitude: float, longitude: float, *, accuracy: float = 30.0) -> None:
        """Puts it there: degrees in wgs84, metres."""
        position: Any = {"latitude": latitude, "longitude": longitude, "accuracy": accuracy}
        self._browser.run(self._browser.context.set_geolocation(position))


class Permissions(Part):
    """What the page may do, as the browser would ask its person."""

    def __init__(self, browser: Browser, origin: str) -> None:
        super().__init__(browser)
        self._origin = origin
        self._granted: list[str] = []

    def grant(self, scope: str) -> None:
        """Allows what a scope (`scope.userLocation`) or the browser's own name (`geolocation`) stands for."""
        self._granted += [each for each in PERMISSIONS.get(scope, (scope,)) if each not in self._granted]
        self._browser.run(self._browser.context.grant_permissions(self._granted, origin=self._origin))

    def deny(self, scope: str) -> None:
        """Forbids it again; what was never allowed is forbidden here."""
        self._granted = [each for each in self._granted if each not in PERMISSIONS.get(scope, (scope,))]
        self._browser.run(self._denied())

    async def _denied(self) -> None:
        await self._browser.context.clear_permissions()
        await self._browser.context.grant_permissions(self._granted, origin=self._origin)


class Network(Part):
    """Whether the page has a network; the way to its program stays open without."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser)
        self._type = "wifi"

    @property
    def type(self) -> str:
        """`"none"`, or what a browser cannot tell from `"wifi"`."""
        return self._type

    @type.setter
    def type(self, kind: str) -> None:
        check_word(kind, ("wifi", "none"), "a page has no network of type {!r}")
        if kind != self._type:
            self._type = kind
            self._browser.run(self._become(kind == "none"))

    async def _become(self, offline: bool) -> None:
        browser = self._browser
        if offline:
            await browser.context.route("**/*", _refuse)
        else:
            await browser.context.unroute("**/*", _refuse)
        session = await browser.context.new_cdp_session(browser.page)
        state = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        await session.send("Network.overrideNetworkState", state)


async def _refuse(route: Any) -> None:
    await route.abort("internetdisconnected")


class Clipboard(Part):
    """The browser's clipboard."""

    def __init__(self, browser: Browser, permissions: Permissions) -> None:
        super().__init__(browser)
        self._permissions = permissions

    @property
    def text(self) -> str:
        """The text that was copied last."""
        self._permissions.grant("scope.clipboard")
        return str(self._evaluate("() => navigator.clipboard.readText()"))

    @text.setter
    def text(self, text: str) -> None:
        self._permissions.grant("scope.clipboard")
        self._evaluate("text => navigator.clipboard.writeText(text)", text)


class Person(Opening):
    """What `Taro.phone` gives at a page with `launch=True`.

    Its parts have the names that they have on a phone, as far as a browser has them. What Playwright can do beside is
    at `browser`: `browser.run(browser.page.screenshot())`.
    """

    def __init__(self, host: Session, browser: Browser, apps: Apps) -> None:
        super().__init__(host, apps)
        self.browser = browser
        self.screen: Screen = Screen(browser)
        self.media: Media = Media(browser)
        self.location: Location = Location(browser)
        self.permissions: Permissions = Permissions(browser, host.server.origin)
        self.network: Network = Network(browser)
        self.clipboard: Clipboard = Clipboard(browser, self.permissions)

    @property
    def pages(self) -> Pages:
        """The pages of a launched app, and what a person does on them."""
        return Pages(self.browser, self._apps)

    def tap(self, selector: str) -> None:
        """Taps what a CSS selector finds, and waits until that is done."""
        self.browser.run(self.browser.page.click(selector))
        self._apps.follow()

    def reload(self) -> None:
        """Loads the page anew: what it had is gone, and every call that is open ends. Waits until it is connected."""
        epoch = self._epoch()
        self.browser.reload()
        self._wait_for_other(epoch)

    def open(self, place: str = "") -> None:
        """Opens the page in a new tab in place of this one, at a place of it: `"#/pages/tea/index?id=1"`."""
        epoch = self._epoch()
        self.media.forget()
        self.browser.open(urljoin(str(self._host.page_url), place))
        self._wait_for_other(epoch)

    def _epoch(self) -> int:
        """The epoch of the page that is there; where none is, any that comes is another one."""
        bridge = self._host.bridge
        return bridge.epoch if bridge.connected else bridge.epoch - 1

    def _wait_for_other(self, epoch: int) -> None:
        bridge = self._host.bridge
        if not bridge.wait_for_other_page(epoch, bridge.patience):
            raise TimeoutError(self._host.invitation())
        self._apps.follow()

    def background(self) -> None:
        """Leaves the page: it is hidden."""
        self.browser.run(self.browser.page.evaluate(VISIBILITY, "hidden"))
        self._apps.follow()

    def foreground(self) -> None:
        """Comes back to it."""
        self.browser.run(self.browser.page.evaluate(VISIBILITY, "visible"))
        self._apps.follow()

    def rotate(self, orientation: str) -> None:
        """Holds the phone in `"portrait"` or `"landscape"`: the window's sides are changed."""
        check_word(orientation, ("portrait", "landscape"), "a page is not held in {!r}")
        size = self.browser.page.viewport_size or {"width": 0, "height": 0}
        short, long = sorted((size["width"], size["height"]))
        width, height = (long, short) if orientation == "landscape" else (short, long)
        self.browser.run(self.browser.page.set_viewport_size({"width": width, "height": height}))
        self._apps.follow()

    def screenshot(self, path: str | PathLike[str]) -> None:
        """Writes a picture of the page, as PNG."""
        self.browser.run(self.browser.page.screenshot(path=str(path)))


#: A headless page is never hidden by another one: it is told so, as the browser would.
VISIBILITY = """state => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true })
  window.dispatchEvent(new Event('visibilitychange'))
  document.dispatchEvent(new Event('visibilitychange'))
}"""
