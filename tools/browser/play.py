"""Plays the steps of a case in the page; the language is told in `cases`.

The trace has it all: what is called stands there to the letter, and the rest as notes (`recorded` reads them).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from itertools import takewhile
from typing import Any
from weakref import WeakKeyDictionary

from taropy.hosts.js_values import UNDEFINED, JsError
from taropy.hosts.page.direct import Call, Function, Made, Reference
from taropy.hosts.page.objects import RemotePromise
from taropy.hosts.replay import note
from tools.browser.asked import Asked, Json
from tools.browser.notes import AS, BEGUN, CASE, ENDED, LOADED_ANEW
from tools.browser.person import Acts, frame
from tools.browser.places import addressed

Steps = list[list[Any]]

# How long a promise or an event is waited for, and for how long nothing may happen before a case goes on, in seconds.
PATIENCE = 6.0
QUIET = {"short": 0.08, "long": 0.6}
#: What waits for what is around the page: until then, steps follow each other in it at once.
OUTSIDE = frozenset({"arrived", "person", "received", "release"})
#: What waits for a promise, and what the page can do at once when that has come.
SETTLES = frozenset({"call", "await"})
AT_ONCE = frozenset({"on", "read", "get", "let", "set"})
ALONE: Mapping[str, Any] = {
    "$undefined": UNDEFINED,
    "$nan": math.nan,
    "$infinity": math.inf,
    "$date": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
}


class Play:
    """One case in a page that has just been opened."""

    def __init__(self, taro: Any, told: Json, addresses: Mapping[str, str], asked: Asked) -> None:
        self._taro = taro
        self._phone = taro.phone
        self._page = taro.native.direct()
        self._page.listen(self)
        self._told = told
        self._addresses = addresses
        self._asked = asked
        self._acts = Acts(taro.phone)
        self._labels: dict[str, Reference] = {}
        self._functions: dict[str, Function] = {}
        #: What is called within a function, while that is made.
        self._within: list[Made] | None = None
        self._as: str | None = None
        self._labelled: WeakKeyDictionary[Call, str] = WeakKeyDictionary()
        self._open: set[asyncio.Future[Any]] = set()
        self._heard: list[str] = []
        self._happened = 0
        self._ready = asyncio.Event()

    async def record(self) -> None:
        """Plays the whole case."""
        note(self._taro, CASE, self._told["id"])
        gone = self._phone.gone
        await self._launch()
        if not self._told.get("unready"):
            await asyncio.wait_for(self._ready.wait(), 5 * PATIENCE)
        await self.do_quiet()
        note(self._taro, BEGUN, bool(self._told.get("boot")))
        await self._play(self._told["do"])
        await self.do_quiet()
        if self._phone.gone != gone:
            note(self._taro, LOADED_ANEW)
        note(self._taro, ENDED)

    async def _launch(self) -> None:
        await self._acts.touch()
        pages = {name: self._of_page(page) for name, page in self._told.get("pages", {}).items()}
        self._page.call(self._page.api.launch, self._told["app"], self._lived, pages, untold=True)

    def _of_page(self, page: Json) -> Json:
        """What a page shows, and what it does in which moment."""
        content = {"content": page["content"]} if "content" in page else {}
        moments = [name for name in page if name != "content"]
        return {**content, "does": {name: self._page.function(does=self._doing(page[name])) for name in moments}}

    def _lived(self, page: str, moment: str, given: list[Any]) -> None:
        self._heard.append(f"{page}.{moment}")
        if page != "app" and moment == "ready":
            self._ready.set()

    async def _play(self, steps: Steps) -> None:
        """Plays steps one after the other; only those that wait let anything else happen in the page."""
        was_outside, left = True, list(steps)
        while left:
            step = left.pop(0)
            is_outside = step[0] in OUTSIDE
            if was_outside and not is_outside:
                await self._acts.touch()
            was_outside = is_outside
            if step[0] in SETTLES and left and left[0][0] in AT_ONCE:
                at_once = list(takewhile(lambda each: each[0] in AT_ONCE, left))
                left = left[len(at_once) :]
                if left and left[0][0] == "call":
                    at_once.append(left[0])
                    left[0] = ["await", "it"]
                await self._play_on(step, at_once)
            elif (waiting := self._step(step)) is not None:
                await waiting

    async def _play_on(self, step: list[Any], steps: Steps) -> None:
        """Plays a step that waits for a promise, and those that the page takes when that has come, at once."""
        label = step[1] if step[0] == "await" else "it"
        made = self._labels[label] if step[0] == "await" else self._invoke("", self._page.api[step[1]], step[2:])
        assert isinstance(made, Made)
        labels, taken = {**self._labels, label: made}, list[Made]()
        self._labels[label] = self._page.outcome(made)

        def does(argument: Reference) -> None:
            self._within = taken
            for each in steps:
                self._step(each)
            self._within = None

        then = self._page.function(does=does)
        self._page.call(made.then, then, then, untold=True)
        if not await self._is_promise(made):
            self._labels = labels
            for each in steps:
                if (waiting := self._step(each)) is not None:
                    await waiting
        elif await self._settle(made):
            for called in taken:
                self._expect(called)
        else:
            raise ValueError(f"{self._told['id']}: what comes after {step} cannot come, since that is pending")

    def _step(self, step: list[Any]) -> Awaitable[None] | None:
        verb, *given = step
        do: Callable[..., Awaitable[None] | None] = getattr(self, f"do_{verb}")
        return do(*given)

    # --- what is told of the page (`Listener`) --------------------------------------------------------------------

    def made(self, call: Call) -> None:
        """It is asked for."""
        if self._as is not None:
            self._labelled[call], self._as = self._as, None

    def came(self, call: Call, what: str, value: Any) -> None:
        """Something has come of it."""
        self._happened += 1
        if call in self._labelled:
            self._heard.append(f"{self._labelled[call]}{what}")

    def told(self, function: Function, arguments: tuple[Any, ...]) -> None:
        """The page has called a function."""
        self._happened += 1
        if function.told is not None:
            self._heard.append(function.told.__name__)

    # --- the steps in the page -----------------------------------------------------------------------------------

    def do_call(self, name: str, *arguments: Any) -> Awaitable[None] | None:
        made = self._invoke("", self._page.api[name], arguments)
        self._labels["it"] = made
        return self._settled("it", made, "pending") if self._within is None else None

    def do_start(self, label: str, name: str, *arguments: Any) -> None:
        self._labels[label] = self._invoke(f"{label} ", self._page.api[name], arguments)

    def do_get(self, label: str, name: str, *arguments: Any) -> None:
        self._labels[label] = self._page.call(self._page.api[name], *self._revived(arguments), untold=True)

    def do_await(self, label: str) -> Awaitable[None] | None:
        made = self._labels[label]
        if not isinstance(made, Made):
            return None
        return self._settled(label, made, "pending" if label == "it" else f"{label} pending")

    def do_on(self, path: str, method: str, *arguments: Any) -> None:
        self._labels["it"] = self._invoke(f"{path}.{method} ", self._find(path)[method], arguments)

    def do_new(self, label: str, name: str, *arguments: Any) -> None:
        self._labels[label] = self._page.new(self._page.api[name], *self._revived(arguments))

    def do_let(self, label: str, value: Any) -> None:
        self._labels[label] = self._page.keep(self._revived(value))

    def do_set(self, path: str, value: Any) -> None:
        self._page.set(self._find(path), self._revived(value))

    def do_read(self, path: str) -> None:
        self._call_it(path)
        self._expect(self._page.get(self._find(path)))

    # --- the steps around it -------------------------------------------------------------------------------------

    async def do_see(self, what: str) -> None:
        await self._answered()
        await frame(self._phone)
        await frame(self._phone)
        note(self._taro, f"sees {what}", await self._acts.seen(what))

    async def do_person(self, what: str, *given: Any) -> None:
        await self._answered()
        note(self._taro, "person", what, *given)
        await self._acts.act(what, *given)

    async def do_received(self, which: str = "") -> None:
        await self._answered()
        note(self._taro, "received", *self._asked.received(options=which == "with options"))

    async def do_arrived(self, path: str) -> None:
        await self._answered()
        await asyncio.to_thread(self._asked.arrived, path)

    async def do_release(self, path: str) -> None:
        await self._answered()
        self._asked.release(path)

    async def do_until(self, name: str, count: int = 1) -> None:
        end = time.monotonic() + PATIENCE
        while self._heard.count(name) < count:
            if time.monotonic() > end:
                note(self._taro, "never", name)
                return
            await asyncio.sleep(0.002)

    async def do_quiet(self, length: str = "short") -> None:
        await self._answered()
        happened, since = -1, 0.0
        end = time.monotonic() + 5 * PATIENCE
        while time.monotonic() < end:
            if self._happened != happened:
                happened, since = self._happened, time.monotonic()
            if time.monotonic() - since > QUIET[length]:
                return
            await frame(self._phone)

    # --- what they need ------------------------------------------------------------------------------------------

    def _invoke(self, label: str, function: Reference, arguments: Any) -> Made:
        given = self._revived(arguments)
        self._call_it(label)
        return self._expect(function(*given))

    def _call_it(self, label: str) -> None:
        """What is done next has this label."""
        note(self._taro, AS, label)
        self._as = label

    def _expect(self, made: Made) -> Made:
        """Nothing is written down beside it before it has returned."""
        if self._within is not None:
            self._within.append(made)
        else:
            returning = asyncio.ensure_future(self._page.returned(made))
            self._open.add(returning)
            returning.add_done_callback(self._open.discard)
            returning.add_done_callback(lambda done: done.exception())
        return made

    async def _answered(self) -> None:
        """Until all that was called has returned."""
        if self._open:
            await asyncio.wait(list(self._open))

    async def _settled(self, label: str, made: Made, otherwise: str) -> None:
        """Until the promise of a call is settled; the label is what it came to then."""
        if await self._is_promise(made):
            self._labels[label] = self._page.outcome(made)
            if not await self._settle(made):
                note(self._taro, otherwise)

    async def _is_promise(self, made: Made) -> bool:
        """Whether a call has returned a promise."""
        try:
            return isinstance(await self._page.returned(made), RemotePromise)
        except JsError:
            return False

    async def _settle(self, made: Made) -> bool:
        """Waits for what a call comes to; whether it has come to anything."""
        settling = asyncio.ensure_future(_quietly(made))
        done, _ = await asyncio.wait([settling], timeout=PATIENCE)
        settling.cancel()
        return bool(done)

    def _find(self, path: str) -> Reference:
        """What stands at a path: a label, or `Taro`, and then fields."""
        root, *fields = path.split(".")
        found = self._page.api if root == "Taro" else self._labels[root]
        for field in fields:
            found = found[field]
        return found

    def _function(self, name: str, *, throwing: bool = False) -> Function:
        """The program's function of this name: it tells that it is called, and does what the case says it does."""
        if name not in self._functions:

            def heard(*given: Any) -> None:
                """The trace has it."""

            heard.__name__ = name
            steps = self._told.get("functions", {}).get(name)
            self._functions[name] = self._page.function(
                heard,
                does=None if steps is None else self._doing(steps),
                throws=f"thrown by {name}" if throwing else None,
            )
        return self._functions[name]

    def _doing(self, steps: Steps) -> Callable[[Reference], Any]:
        """What a function does in the page, with labels of its own."""

        def does(argument: Reference) -> Any:
            labels, within = dict(self._labels), self._within
            self._labels["arg"], self._within = argument, []
            try:
                for step in steps:
                    if step[0] == "give":
                        return self._revived(step[1])
                    self._step(step)
                return UNDEFINED
            finally:
                self._labels, self._within = labels, within

        return does

    def _revived(self, value: Any, key: str = "fn") -> Any:
        """The value that a case's argument stands for."""
        match value:
            case str():
                return self._revived_text(value, key)
            case list() | tuple():
                return [self._revived(item, key) for item in value]
            case {"$bytes": text}:
                return base64.b64decode(text)
            case dict():
                return {name: self._revived(field, name) for name, field in value.items()}
        return value

    def _revived_text(self, text: str, key: str) -> Any:
        marker, _, rest = text.partition(" ")
        match marker:
            case "$fn":
                return self._function(rest or key)
            case "$throwing":
                return self._function(rest or key, throwing=True)
            case "$ref":
                return self._find(rest)
        return ALONE[text] if text in ALONE else addressed(text, self._addresses)


async def _quietly(made: Made) -> None:
    with contextlib.suppress(JsError):
        await made
