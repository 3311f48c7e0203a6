"""Plays the cases through taropy, as tools/browser/play.py plays them in a page: the same steps, in order.

The language is told in tools/browser/cases.py. What a person does, and sees, is in h5_person.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import attrs
from h5_values import Thrown, plain, revived

import taropy
from tools.browser.places import addressed, placeless

Json = dict[str, Any]
Steps = list[list[Any]]

# So long, in seconds, is waited for what has to come, and for what must not.
PATIENCE = 3.0
IMPATIENCE = 0.3
TURNS = 30


def patience_for(steps: Steps) -> float:
    """How long to wait where these steps are due: not long where one of them is that nothing comes."""
    return IMPATIENCE if any(step[0] == "never" or step[0].endswith("pending") for step in steps) else PATIENCE


@attrs.define
class Called:
    """A call: what it returned, and how that settled."""

    value: Any = None
    outcome: Any = None
    settled: asyncio.Event | None = None


class Player:
    """One case: what it has called, and what came of it."""

    def __init__(
        self, taro: Any, told: Json, addresses: Mapping[str, str], outside: Any, patience: float = PATIENCE
    ) -> None:
        self.taro = taro
        self.patience = patience
        self.told = told
        self.addresses = addresses
        self.outside = outside
        self.log: Steps = []
        self._labels: dict[str, Any] = {}
        self._functions: dict[str, Callable[..., Any]] = {}
        self._rendered: set[str] = set()
        self._heard = asyncio.Event()
        self._going: list[asyncio.Future[None]] = []
        self._lost = False

    def recorded(self) -> Steps:
        """The steps so far, without the ports and ids of this run."""
        steps: Steps = json.loads(placeless(json.dumps(self.log, ensure_ascii=False), self.addresses))
        return steps

    def note(self, *entry: Any) -> None:
        if not self._lost:
            self.log.append(list(entry))
            self._heard.set()

    def lose(self, *_: Any) -> None:
        """The page is loaded anew, and what was noted in it is gone, as in a browser."""
        self.log[:] = [["the page is loaded anew"]]
        self._lost = True

    async def play(self, steps: Steps) -> None:
        """Plays steps one after the other; only those that wait let anything else happen."""
        for step in steps:
            waiting = self.step(step)
            if waiting is not None:
                await waiting

    def step(self, step: list[Any]) -> Awaitable[None] | None:
        verb, *given = step
        do: Callable[..., Awaitable[None] | None] = getattr(self, f"do_{verb}")
        return do(*given)

    # --- the steps ---------------------------------------------------------------------------------------------

    def do_call(self, name: str, *arguments: Any) -> Awaitable[None] | None:
        called = self._invoke("", self.taro, name, arguments)
        self._labels["it"] = called.value
        return None if called.settled is None else self._settled(called, "it", "pending")

    def do_start(self, label: str, name: str, *arguments: Any) -> None:
        self._labels[label] = self._invoke(f"{label} ", self.taro, name, arguments)

    def do_get(self, label: str, name: str, *arguments: Any) -> None:
        self._labels[label] = getattr(self.taro, name)(*revived(list(arguments), self))

    def do_await(self, label: str) -> Awaitable[None] | None:
        called = self._labels[label]
        if not isinstance(called, Called) or called.settled is None:
            return None
        return self._settled(called, label, f"{label} pending")

    def do_on(self, path: str, method: str, *arguments: Any) -> None:
        self._labels["it"] = self._invoke(f"{path}.{method} ", self.find(path), method, arguments).value

    def do_new(self, label: str, name: str, *arguments: Any) -> None:
        self._labels[label] = self.find(f"Taro.{name}")(*revived(list(arguments), self))

    def do_let(self, label: str, value: Any) -> None:
        self._labels[label] = revived(value, self)

    def do_set(self, path: str, value: Any) -> None:
        parent, _, last = path.rpartition(".")
        owner = self.find(parent)
        if hasattr(owner, "__setitem__"):
            owner[last] = revived(value, self)
        else:
            setattr(owner, last, revived(value, self))

    def do_read(self, path: str) -> None:
        try:
            self.note(path, plain(self.find(path)))
        except (AttributeError, KeyError, IndexError, TypeError, taropy.TaroError):
            self.note(path, None)

    def do_see(self, what: str) -> None:
        self.note(f"sees {what}", plain(self.outside.seen(what)))

    def do_person(self, what: str, *given: Any) -> Awaitable[None] | None:
        done: Awaitable[None] | None = self.outside.act(what, *given)
        return done

    def do_received(self, which: str = "") -> None:
        self.note("received", *self.outside.backend.case.received(options=which == "with options"))

    async def do_arrived(self, path: str) -> None:
        await asyncio.to_thread(self.outside.backend.case.arrived, path)

    def do_release(self, path: str) -> None:
        self.outside.backend.case.release(path)

    async def do_until(self, name: str, count: int = 1) -> None:
        try:
            async with asyncio.timeout(self.patience):
                while sum(entry[0] == name for entry in self.log) < count:
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError:
            self.note("never", name)

    async def do_quiet(self, length: str = "short") -> None:
        for _ in range(TURNS):
            await asyncio.sleep(0)
        await self.outside.rest(length)

    # --- what they need ----------------------------------------------------------------------------------------

    def _invoke(self, label: str, target: Any, name: str, arguments: Any) -> Called:
        """Calls a function, notes what it returns or raises, and how its promise settles."""
        called = Called()
        try:
            called.value = _member(target, name)(*revived(list(arguments), self))
            self.note(f"{label}returned", plain(called.value))
        except Exception as error:
            self.note(f"{label}threw", plain(error))
            return called
        if isinstance(called.value, taropy.Promise):
            self._watch(label, called, called.value)
        return called

    def _watch(self, label: str, called: Called, promise: taropy.Promise[Any]) -> None:
        called.settled = settled = asyncio.Event()

        def settle(word: str) -> Callable[[Any], None]:
            def note(outcome: Any) -> None:
                called.outcome = outcome
                self.note(f"{label}{word}", plain(outcome))
                settled.set()

            return note

        promise.then(settle("resolved"), settle("rejected"))

    async def _settled(self, called: Called, label: str, otherwise: str) -> None:
        assert called.settled is not None
        try:
            await asyncio.wait_for(called.settled.wait(), self.patience)
        except TimeoutError:
            self.note(otherwise)
            return
        self._labels[label] = called.outcome

    def find(self, path: str) -> Any:
        """What stands at a path: a label, or `Taro`, and then fields."""
        root, *fields = path.split(".")
        found = self.taro if root == "Taro" else self._labels.get(root)
        if isinstance(found, Called):
            found = found.value
        for field in fields:
            found = _member(found, field)
        return found

    def fn(self, name: str, *, throwing: bool = False) -> Callable[..., Any]:
        """The program's function of this name: it notes what it is given, and does what the case says it does."""
        if name not in self._functions:

            def function(*given: Any) -> Any:
                self.note(name, *(plain(value) for value in given))
                returned = self._react(self.told.get("functions", {}).get(name, []), *given[:1])
                if throwing:
                    raise Thrown(f"thrown by {name}")
                return returned

            self._functions[name] = function
        return self._functions[name]

    def _react(self, steps: Steps, *argument: Any) -> Any:
        if argument:
            self._labels["arg"] = argument[0]
        for verb, *given in steps:
            if verb == "give":
                return revived(given[0], self)
            waiting = self.step([verb, *given])
            if waiting is not None:  # a function of the program does not wait for it, and it goes on
                self._going.append(asyncio.ensure_future(waiting))
        return None

    def addressed(self, text: str) -> str:
        return addressed(text, self.addresses)

    # --- what the app and its pages tell -----------------------------------------------------------------------

    def lived(self, page: str, moment: str, *given: Any) -> None:
        """A page, or the app, has come to a moment of its life."""
        self.note(f"{page}.{moment}", *(plain(value) for value in given))
        self._react(self.told.get("pages", {}).get(page, {}).get(moment, []), *given[:1])

    def rendered(self, page: str) -> None:
        if page not in self._rendered:
            self._rendered.add(page)
            self._react(self.told.get("pages", {}).get(page, {}).get("render", []))


def _member(owner: Any, name: str) -> Any:
    if isinstance(owner, list):
        return len(owner) if name == "length" else owner[int(name)]
    if isinstance(owner, Mapping):
        return owner[name]
    return getattr(owner, name)
