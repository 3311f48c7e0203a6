"""A browser for the page, by Playwright, in a thread of its own: `taropy.create(…, host="page", launch=True)`."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import re
import shutil
import threading
import warnings
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ...extras import need
from ...undoing import undone_by
from ..errors import PageError
from .agent import AGENT

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, ConsoleMessage, Error, FileChooser, Page

    from .session import Session

T = TypeVar("T")

#: What a Chromium of the system is called; Playwright's own is taken where there is none.
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
ARGUMENTS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--mute-audio",
)  # fmt: skip
#: The device that shows the page, unless the caller says otherwise: a phone's window, with touch.
DEVICE: Mapping[str, Any] = {
    "viewport": {"width": 393, "height": 754},
    "screen": {"width": 393, "height": 852},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}
#: What else a browser is given; all others are options of Playwright's contexts.
OPTIONS = ("headless", "executable_path", "arguments", "device")
#: Seconds until a browser that does not end by itself is left to Playwright's driver, which ends it.
ENDING = 10.0
LAST_TAP = 0.5


class PageWarning(UserWarning):
    """What a person was to do at the page could not be done."""


class Browser:
    """A browser with one page in it. Its methods may be called from any thread, and wait for what they do."""

    def __init__(self, host: Session) -> None:
        self._host = host
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="taropy page browser", daemon=True)
        self._thread.start()
        self._stop: Callable[[], Coroutine[Any, Any, Any]] | None = None
        self._background: set[asyncio.Task[Any]] = set()
        self._thrown: deque[str] = deque(maxlen=10)
        self._logged: deque[str] = deque(maxlen=10)
        self._failed: list[str] = []
        self.crashed: bool = False
        self.closed: bool = False
        self._browser: Chromium | None = None
        #: Is told when the page asks for files.
        self.choosing: Callable[[FileChooser], None] = lambda chooser: None
        self.page: Page
        self.context: BrowserContext

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Does it in the browser's thread, and waits."""
        if self.closed:
            work.close()
            raise RuntimeError("this browser is closed")
        done = asyncio.run_coroutine_threadsafe(work, self._loop)
        with undone_by(done.cancel):
            return done.result()

    def catch_up(self) -> None:
        """Waits until the page has taken what the program has said to it."""
        self._host.bridge.catch_up()

    def begin(self, work: Coroutine[Any, Any, Any], what: str) -> None:
        """Has it done in the browser's thread; what fails in it is told when the browser is closed."""

        async def start() -> None:
            self.begin_here(work, what)

        self.run(start())

    def begin_here(self, work: Coroutine[Any, Any, Any], what: str) -> None:
        """As `begin`, in the browser's thread."""

        async def watched() -> None:
            try:
                await work
            except asyncio.CancelledError:
                self._failed.append(f"{what}: there was nothing to answer")
            except Exception as error:
                self._failed.append(f"{what}: {_line(str(error))}")

        task = asyncio.ensure_future(watched())
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def state(self) -> str:
        """How the page is, in a few words, for who waits for it."""
        if self._browser is not None and not self._browser.is_connected():
            return "its browser has ended"
        if self.crashed:
            return "it has crashed"
        told = self._thrown or self._logged
        said = f"; it says: {told[-1]}" if told else ""
        return f"{self._host.page_url} is open and does not connect{said}"

    def launch(self, options: Mapping[str, Any]) -> None:
        """Starts the browser and opens the page."""
        self.run(self._launch(**options))

    async def _launch(
        self,
        *,
        headless: bool = True,
        executable_path: str | None = None,
        arguments: Iterable[str] = (),
        device: Mapping[str, Any] | None = None,
        **context: Any,
    ) -> None:
        from playwright.async_api import async_playwright

        manager = async_playwright()
        playwright = await manager.start()
        self._stop = playwright.stop
        if isinstance(device, str):
            device = playwright.devices[device]
        self._browser = browser = await playwright.chromium.launch(
            headless=headless,
            executable_path=executable_path,
            args=[*ARGUMENTS, *_for_root(), *arguments],
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        self.context = await browser.new_context(
            **{**(DEVICE if device is None else device), "bypass_csp": True, **context}
        )
        await self.context.add_init_script(self._script())
        await self._open(str(self._host.page_url))

    def reload(self) -> None:
        """Loads the page anew, in a new tab if this one does so no more, as after a crash."""
        self.run(self._reload())

    async def _reload(self) -> None:
        from playwright.async_api import Error

        try:
            await self.page.reload(wait_until="commit")
        except Error:
            await self._open_anew(self.page.url)

    def open(self, url: str) -> None:
        """Closes the page, and opens this address in a new tab."""
        self.run(self._open_anew(url))

    async def _open_anew(self, url: str) -> None:
        await self.page.close()
        await self._open(url)

    async def _open(self, url: str) -> None:
        self.page = await self.context.new_page()
        self.crashed = False
        self.page.on("crash", lambda _: self._crash())
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._hear_error)
        self.page.on("filechooser", lambda chooser: self.choosing(chooser))
        await self.page.goto(url, wait_until="commit")

    def _script(self) -> str:
        """The agent, which connects by itself in the page of this origin alone: nothing else in it learns the token."""
        host = self._host
        told = {"address": host.address, "token": host.token, "names": list(host.names)}
        here = f"window.top === window && location.origin === {json.dumps(host.server.origin)}"
        script = AGENT.read_text("utf-8")
        agent = f"const module = {{ exports: {{}} }};\n{script}\nmodule.exports.connectTo({json.dumps(told)})"
        return f"(() => {{ if ({here}) {{\n{agent} }} }})()"

    def _crash(self) -> None:
        self.crashed = True

    def _hear(self, message: ConsoleMessage) -> None:
        is_of_browser = str(message.location["url"]).endswith("/favicon.ico")  # which no page has asked for
        if message.type == "error" and not is_of_browser:
            self._logged.append(_line(message.text))

    def _hear_error(self, error: Error) -> None:
        self._thrown.append(_line(str(error)))

    def close(self) -> None:
        """Ends the browser, and the thread."""
        if self.closed:
            return
        try:
            done = asyncio.run_coroutine_threadsafe(self._end(), self._loop)
            done.result(ENDING)
        except (TimeoutError, RuntimeError):
            pass
        finally:
            self.closed = True
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(ENDING)
            if not self._thread.is_alive():
                self._loop.close()
        for each in self._failed:
            warnings.warn(f"at the page, {each}", PageWarning, stacklevel=2)

    async def _end(self) -> None:
        if self._background:  # a tap that has been answered already may not be through
            await asyncio.wait(self._background, timeout=LAST_TAP)
        for task in list(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        if self._browser is not None:
            await self._browser.close()
        if self._stop is not None:
            await self._stop()
        await self._loop.shutdown_asyncgens()


def known_options() -> set[str]:
    """What a browser may be given."""
    playwright = need("playwright.async_api", extra="browser", what="a page with launch=True")
    return {*OPTIONS, *inspect.signature(playwright.Browser.new_context).parameters} - {"self"}


def launch(host: Session, **options: Any) -> Browser:
    """A browser that shows the host's page. `MissingExtra`, or `PageError`, that say what is missing."""
    playwright = need("playwright.async_api", extra="browser", what="a page with launch=True")
    options.setdefault("executable_path", found())
    browser = Browser(host)
    try:
        with undone_by(browser.close):
            browser.launch(options)
    except playwright.Error as error:
        raise PageError(_reason(str(error), options["executable_path"])) from None
    return browser


def found() -> str | None:
    """The path of a Chromium of the system's; None if there is none."""
    return next((path for name in NAMES if (path := shutil.which(name)) is not None), None)


def _reason(told: str, path: str | None) -> str:
    if path is not None and not Path(path).is_file():
        return f"there is no browser at {path}"
    if "Executable doesn't exist" in told:
        return "there is no browser: install chromium with your system's packages, or run `playwright install chromium`"
    first = told.splitlines()[0]
    if "Protocol error" in first:
        browser = "the browser" if path is None else f"the browser {path}"
        return f"{browser} is too old or too new for the installed playwright: {first}"
    said = re.search(r"\[err\] (.*)", told)
    return f"the browser could not show the page: {first}" + (f"; it said: {said[1][:200]}" if said else "")


def _for_root() -> list[str]:
    """Chromium has no sandbox for root, as in a container."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _line(text: str) -> str:
    return text.partition("\n")[0][:200]
