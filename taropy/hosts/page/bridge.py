"""The calls, callbacks and objects that Python and a page have between them.

What Python says (each `id` is a call's own number, `h` an object's in the page, of which 0 is `Taro`):

- `value id h name args`: call it, and say what it returns; the name "" is for the object itself
- `options id h name args task`: call it with `success`, `fail` and `complete`; the first that comes of these, and of
  its promise, is the answer. `task` is `{id, on, comes}`: what the call returns, or its promise comes to, is the answer
  to a call of that `id`, and has got a listener for each name in `on` before anything can happen to it
- `await id h`: say what comes of a promise
- `get id h name`, `set id h name value`: a property
- `free [[h, count], …]`: Python has let go of these, which it has been sent so often
- `call`, `make`, `keep`, `put`: what is done to the letter, see direct.py
- `beside secret most`: by this the page may fetch large messages, and leave its own, of at most so many bytes; `large
  N`: in this place comes the one of that number, and `instead N`, as the first of the messages of a frame: this is the
  one that could not be fetched (see large.py)

What the page says: `hello {…}` first; `ok id value` and `fail id reason`; `event n args`, when Python's function `n`
was called, and `lost n why`, when its arguments cannot be sent; `free n count`, when the page has let go of it;
`large N`, in whose place comes the message that it has left, `arrived N` and `send N` of those it has to fetch.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from itertools import count
from typing import Any
from weakref import WeakValueDictionary, finalize

import attrs

from ...loops import loop_of_caller
from ...runtime.listeners import identity
from ..js_values import JsError
from .connection import DONE, REFUSED, Connection
from .large import LargeMessages
from .mail import Mail
from .objects import RemoteObject, kind_of
from .pending import Callback, CallbackNumber, Pending, Waiter, failure
from .wire import TAG, Packed, Refer, Unpacker, WireError, frames, packed_message, with_first

VERSION = 1
GONE = "the page is gone: it was closed, loaded anew, or has crashed"
CLOSED = "this runtime is closed"

_log = logging.getLogger("taropy.page")


@attrs.define
class Page:
    """What a connected page has said of itself."""

    connection: Connection
    members: Mapping[str, int] | None
    names: list[str]
    #: What tells of the life of the app in it, if it has that (shell/life.js).
    app: RemoteObject | None = None


class Bridge:
    """One page at a time, and what goes on with it. Safe from any thread.

    - `patience`: how long, in seconds, a page may take to come, and to answer a call that waits for it.
    - `invitation`: what to say to who waits for a page in vain.
    """

    def __init__(self, *, patience: float) -> None:
        self.patience = patience
        self.invitation: Callable[[], str] = lambda: "no page has connected"
        #: Why the last that has tried to be the page is not; None once one is.
        self.refused: str | None = None
        #: Is told when a page has come, in the thread that reads.
        self.arrived: Callable[[], object] = lambda: None
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._numbers = count(1)
        self._pending: dict[int, Pending] = {}
        self._callbacks: dict[int, Callback] = {}
        self._callback_numbers: dict[Hashable, int] = {}
        self._objects: WeakValueDictionary[int, RemoteObject] = WeakValueDictionary()
        self._shapes: dict[int, tuple[str, Mapping[str, int]]] = {}
        self._garbage: deque[tuple[int, int, list[int]]] = deque()
        self._waiting: list[tuple[float, tuple[int, ...], Packed]] = []
        self._outgoing: list[Packed] = []
        self._admitted: Connection | None = None
        self._admitted_at = 0.0
        self._page: Page | None = None
        self._reader: int | None = None
        self.closed: bool = False
        #: How many pages have gone: what they gave is gone with them.
        self.epoch: int = 0
        self.mail: Mail = Mail(self.drop)

    # --- the page comes and goes ---------------------------------------------------------------------------------

    def admit(self, connection: Connection) -> bool:
        """Whether this connection may be the page's: only if no other is."""
        with self._lock:
            if self.closed or self._admitted is not None:
                return False
            self._admitted, self._admitted_at = connection, time.monotonic()
            return True

    def dismiss(self, connection: Connection) -> None:
        """A connection that was admitted is not to be after all."""
        with self._lock:
            if self._admitted is connection:
                self._admitted = None

    def lose(self, connection: Connection, reason: str | None) -> None:
        """The connection is over: every call on it ends with one error."""
        with self._lock:
            if self._admitted is not connection:
                return
            self._admitted = None
            if self._page is None:
                self.refused = reason or self.refused
                return
            self.epoch += 1
            ended = self._part()
        for each in ended:
            each.fail(failure(each.name, reason or GONE))

    def drop(self, reason: str) -> None:
        """Ends the connection, and says why."""
        with self._lock:
            connection = self._admitted
        if connection is not None:
            connection.end(REFUSED, reason)
            self.lose(connection, reason)

    def close(self) -> None:
        """Ends every call, and takes no more."""
        with self._lock:
            self.closed = True
            connection, self._admitted = self._admitted, None
            ended = self._part()
            self._waiting.clear()
            self._changed.notify_all()
        for each in ended:
            each.fail(failure(each.name, CLOSED))
        if connection is not None:
            connection.end(DONE, CLOSED)

    def _part(self) -> list[Pending]:
        """Forgets the page and all that it and Python have of each other; the calls that are open are to be ended."""
        self._page = None
        ended, self._pending = list(self._pending.values()), {}
        self._callbacks.clear()
        self._callback_numbers.clear()
        self._objects.clear()
        self._shapes.clear()
        self._garbage.clear()
        self._outgoing.clear()
        return ended

    def page(self) -> Page:
        """The page, which is waited for; `JsError` if none comes, or none that is of use."""
        with self._lock:
            self._check_thread()
            end = time.monotonic() + self.patience
            while self._page is None:
                left = end - time.monotonic()
                if self.closed or left <= 0:
                    raise JsError({"errMsg": CLOSED if self.closed else self.invitation()})
                self._changed.wait(left)
            page = self._page
        if page.members is None:
            raise JsError({"errMsg": f"the page has no {' or '.join(page.names)} that could be called, see agent.js"})
        return page

    @property
    def connected(self) -> bool:
        """Whether there is a page now."""
        return self._page is not None

    @property
    def large(self) -> LargeMessages | None:
        """What crosses beside the connection that there is now."""
        connection = self._admitted
        return None if connection is None else connection.large

    @property
    def app(self) -> RemoteObject | None:
        """What tells of the life of the app in the page that is there now."""
        page = self._page
        return None if page is None else page.app

    def wait_for_other_page(self, epoch: int, patience: float) -> bool:
        """Waits until a page is there that is another than in this `epoch`; whether one is."""
        with self._lock:
            return self._changed.wait_for(lambda: self.closed or (self.epoch > epoch and self.connected), patience)

    # --- what the page says ------------------------------------------------------------------------------------------

    def take(self, connection: Connection, frame: str | bytes) -> None:
        """Takes a frame; `WireError` if it is none."""
        self._reader = threading.get_ident()
        with self._lock:
            if connection is not self._admitted:
                return
        opened = [iter(Unpacker(self._resolve).messages(frame))]
        while opened:  # a frame that was left beside the connection has its place among the messages of another
            message = next(opened[-1], None)
            if message is None:
                opened.pop()
                continue
            try:
                if message[0] == "large":
                    left = connection.large.left(message[1])
                    opened.append(iter(Unpacker(self._resolve).messages(left)))
                else:
                    self._take(connection, *message)
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                raise WireError(f"the page has sent what is no message: {str(message[0])[:40]}") from error

    def _take(self, connection: Connection, kind: str, number: Any, rest: Any = None) -> None:
        if kind == "hello":
            self._greet(connection, number)
            return
        if self._page is None:
            raise WireError("the page has not said hello")
        if kind == "ok" or kind == "fail":
            with self._lock:
                call = self._pending.get(number)
                if call is not None and not call.repeats:
                    del self._pending[number]
            if call is not None:  # else it is answered twice, or nobody waits for it any more
                call.succeed(rest) if kind == "ok" else call.fail(rest)
        elif kind == "event" or kind == "lost":
            self._tell(kind, number, rest)
        elif kind == "free":
            self._forget(number, rest)
        elif kind == "arrived":
            connection.large.arrived(number)
        elif kind == "send":
            self._send_instead(connection, number)
        else:
            raise WireError(f"the page has sent what is no message: {kind[:40]}")

    def _greet(self, connection: Connection, told: Mapping[str, Any]) -> None:
        if told["version"] != VERSION:
            raise WireError(f"the page has agent.js of version {told['version']}, and taropy here needs {VERSION}")
        members, app = told["members"], told.get("app")
        if self._page is not None:
            raise WireError("the page has said hello twice")
        with self._lock:
            names = list(told["names"])
            self._page = Page(connection, None if members is None else dict(members), names, _remote(app))
            self.refused = None
            waiting, self._waiting = self._waiting, []
            large = connection.large
            large.works = bool(told.get("fetches"))
            beside = [packed_message(["beside", large.secret, large.most], self.refer)] if large.works else []
            self._put(self._page, *beside, *(packed for _, _, packed in waiting))
            self._changed.notify_all()
        self._push(connection)
        self.arrived()

    def _send_instead(self, connection: Connection, number: int) -> None:
        """The page cannot fetch this message, nor will it any other."""
        connection.large.works = False
        frame = connection.large.arrived(number)
        if frame is not None:
            connection.put([with_first(["instead", number], frame)])
            self._push(connection)

    def _tell(self, kind: str, number: int, rest: Any) -> None:
        with self._lock:
            callback = self._callbacks.get(number)
        if callback is None:
            return
        if kind == "lost":
            _log.warning("what the page told a listener could not be sent: %s", rest)
            return
        if not isinstance(rest, list):
            raise TypeError
        callback.tell(self.mail, tuple(rest))

    def _forget(self, number: int, times: int) -> None:
        """The page has let go of a function, which it has been sent so often."""
        with self._lock:
            callback = self._callbacks.get(number)
            if callback is None:
                return
            callback.sent -= times
            if callback.sent <= 0:
                self._drop_callback(number)

    def _drop_callback(self, number: int) -> None:
        callback = self._callbacks.pop(number, None)
        if callback is not None and callback.key is not None and self._callback_numbers.get(callback.key) == number:
            del self._callback_numbers[callback.key]

    def _resolve(self, tagged: Mapping[str, Any]) -> RemoteObject:
        """The object of the page's that a tag stands for: the same one for as long as a program holds it."""
        number = tagged["n"]
        with self._lock:
            if "d" in tagged:
                self._shapes[tagged["s"]] = (str(tagged.get("k") or tagged["c"]), dict(tagged["d"]))
            known = self._objects.get(number)
            if known is not None:
                known._received[0] += 1
                return known
            name, inherited = self._shapes[tagged["s"]] if "s" in tagged else (str(tagged["c"]), {})
            made = kind_of(tagged)(self, number, name, {**inherited, **tagged["m"]})
            self._objects[number] = made
            finalize(made, self._garbage.append, (self.epoch, number, made._received)).atexit = False
            return made

    # --- what Python says -----------------------------------------------------------------------------------------

    def ask(self, name: str, kind: str, handle: int, *rest: Any, epoch: int | None = None) -> Any:
        """Says it, and waits for the answer. `JsError` for a failure, and if none comes in time."""
        waiter = Waiter(name)
        with self._lock:
            self._check_epoch(epoch, name)
            page = self.page()
            self._check_epoch(epoch, name)
            packed = self._register(waiter, kind, handle, *rest)
            self._put(page, packed)
        try:
            self._push(page.connection)
            return waiter.wait(self.patience)
        finally:
            with self._lock:
                self._pending.pop(waiter.number, None)

    def catch_up(self) -> None:
        """Waits until the page has taken what has been said to it; without a page there is nothing to wait for."""
        if self.connected:
            with suppress(JsError):
                self.ask("", "get", 0, "version")

    def post(
        self,
        call: Pending,
        kind: str,
        handle: Any,
        *rest: Any,
        epoch: int | None = None,
        parts: tuple[int, ...] = (),
        refer: Refer | None = None,
    ) -> None:
        """Says it, and goes on; the call is told the answer. Without a page, it waits for the next one.

        `parts` are the numbers of calls that are a part of this one. With a `refer` it is said to the letter, by that.
        """
        with self._lock:
            if self.closed:
                raise JsError(failure(call.name, CLOSED))
            self._check_epoch(epoch, call.name)
            packed = self._register(call, kind, handle, *rest, refer=refer)
            page, loop = self._page, asyncio._get_running_loop()
            if page is None:
                self._waiting.append((time.monotonic() + self.patience, (call.number, *parts), packed))
                return
            if loop is not None:  # what else is said in this turn goes in the same frame
                self._outgoing.append(packed)
                if len(self._outgoing) == 1:
                    loop.call_soon(self.flush)
                return
            self._put(page, packed)
        self._push(page.connection)

    def expect(self, call: Pending) -> int:
        """The number of a call that is a part of another, as that for its task is."""
        with self._lock:
            call.number = next(self._numbers)
            self._pending[call.number] = call
            return call.number

    def expect_no_more(self, number: int) -> None:
        """The call that this one is a part of is not made."""
        with self._lock:
            self._pending.pop(number, None)

    def callback(self, callback: Callback) -> int:
        """The number of a function that the page gets with the call that is made next."""
        with self._lock:
            number = next(self._numbers)
            self._callbacks[number] = callback
            callback.sent = 1
            return number

    def forget(self, numbers: Iterable[int]) -> None:
        """Nobody will listen by these functions any more."""
        with self._lock:
            for number in numbers:
                self._drop_callback(number)

    def let_go(self, epoch: int, handle: int) -> None:
        """Python needs no more what it has numbered itself; the page is told with what is said next."""
        self._garbage.append((epoch, handle, [1]))

    def flush(self) -> None:
        """Sends what has been held back, and what Python has let go of."""
        with self._lock:
            page = self._page
            if page is None or not (self._outgoing or self._garbage):
                return
            self._put(page)
        self._push(page.connection)

    def look_at_the_time(self) -> None:
        """Ends the calls that have waited too long for a page, and a connection that has not said hello."""
        now = time.monotonic()
        with self._lock:
            late = [
                self._pending.pop(number, None) for end, numbers, _ in self._waiting if end <= now for number in numbers
            ]
            self._waiting = [each for each in self._waiting if each[0] > now]
            mute = self._admitted if self._page is None and now - self._admitted_at > self.patience else None
        for call in late:
            if call is not None:
                call.fail(failure(call.name, self.invitation()))
        if mute is not None:
            mute.cut()
        self.flush()

    def _register(self, call: Pending, kind: str, handle: Any, *rest: Any, refer: Refer | None = None) -> Packed:
        """The message of a call that waits for its answer from now on."""
        number = next(self._numbers)
        try:
            packed = packed_message([kind, number, handle, *rest], refer or self.refer, exact=refer is not None)
        except WireError as error:
            raise JsError(failure(call.name, str(error))) from None
        call.number = number
        self._pending[number] = call
        return packed

    def refer(self, value: Any) -> Any:
        """What stands in a message for an object of the page's, or a function of Python's; None for any other."""
        if isinstance(value, RemoteObject):
            if value._bridge is not self or value._epoch != self.epoch:
                raise WireError("an object of a page that is gone cannot be given to another")
            return {TAG: "h", "n": value._handle}
        if isinstance(value, CallbackNumber):
            callback = self._callbacks.get(value.number)
            if callback is not None:
                callback.sent += 1
            return {TAG: "c", "n": value.number}
        if not callable(value) or isinstance(value, Mapping) or hasattr(type(value), "__attrs_attrs__"):
            return None
        key = identity(value)
        number = self._callback_numbers.get(key)
        if number is None:
            number = self._callback_numbers[key] = next(self._numbers)
            self._callbacks[number] = Callback(value, key)
        callback = self._callbacks[number]
        callback.loop = loop_of_caller()
        callback.sent += 1
        return {TAG: "c", "n": number}

    def _put(self, page: Page, *packed: Packed) -> None:
        """Has these sent, after what was held back."""
        held, self._outgoing = self._outgoing, []
        page.connection.put(frames([*held, *packed, *self._freed()]))  # what is freed may be in what is said before

    def _freed(self) -> list[Packed]:
        pairs: list[list[int]] = []
        while self._garbage:
            epoch, number, received = self._garbage.popleft()
            if epoch == self.epoch:
                pairs.append([number, received[0]])
        return [packed_message(["free", pairs], self.refer)] if pairs else []

    def _push(self, connection: Connection) -> None:
        """Sends what has been put; a connection that takes it no more is lost."""
        try:
            connection.push()
        except OSError as error:
            # before the cut, by which the thread that reads would lose it for no reason that it knows
            self.lose(connection, "the page does not take any more" if isinstance(error, TimeoutError) else None)
            connection.cut()

    def _check_epoch(self, epoch: int | None, name: str) -> None:
        if epoch is not None and epoch != self.epoch:
            raise JsError(failure(name, "the page that this object was in is gone"))

    def _check_thread(self) -> None:
        if threading.get_ident() == self._reader:
            raise JsError({"errMsg": "a call that waits for its answer cannot be made where answers are read"})


def _remote(value: Any) -> RemoteObject | None:
    if value is not None and not isinstance(value, RemoteObject):
        raise TypeError
    return value
