"""A page's own functions to the letter: `Taro.native.direct()`.

`Taro` behaves as everywhere. Here is what the page itself does, as a program in it would see it: which callbacks it
calls, and when; what it returns before a promise has settled; what is undefined, and of which class.

- What is done in one turn of the loop goes in one frame, and nothing happens in the page between.
- What a call returns can be used at once: Python numbers it, and refers to it by that.
- What comes is told in the order in which it happened, in the loop of who has called.
- A function may do something in the page at once when it is called, and give something.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Hashable
from typing import TYPE_CHECKING, Any, Protocol
from weakref import finalize

import attrs

from ...loops import loop_of_caller
from ...runtime.listeners import identity
from ...undoing import undone_by
from ..js_values import UNDEFINED, JsError
from .objects import RemoteObject, RemotePromise
from .pending import Callback, Pending
from .wire import TAG, WireError, packed_tree

if TYPE_CHECKING:
    from .bridge import Bridge


#: So often a function may be let go of that the page is to have until it is gone.
FOR_GOOD = 1 << 62


@attrs.define(eq=False)
class Call:
    """What is done in the page.

    - `kind`: `"call"`, `"new"`, `"get"`, `"set"`, or `"keep"` for a value that is only put there.
    - `owner`, `name`: of what, and the name that it has there; `arguments`: what is given.
    - `within`: the function that does it when it is called.
    """

    kind: str
    owner: Reference
    name: str
    arguments: tuple[Any, ...]
    within: Function | None = None


class Listener(Protocol):
    """Who is told of all that is done, and of what comes of it, in order."""

    def made(self, call: Call) -> None:
        """It is asked for."""

    def came(self, call: Call, what: str, value: Any) -> None:
        """It has `"returned"` or `"threw"`, or its promise is `"resolved"` or `"rejected"`."""

    def told(self, function: Function, arguments: tuple[Any, ...]) -> None:
        """The page calls a function of the program's."""


class Reference:
    """What is in the page: `Taro`, what a call comes to, and what is reached from there by names.

    To take a name asks nothing. A call of it goes to the page, and an `await` reads what it is.
    """

    def __init__(self, direct: Direct, number: int, path: tuple[str, ...] = (), kept: Kept | None = None) -> None:
        self._direct = direct
        self._number = number
        self._path = path
        self._kept = kept  # which lets the page forget the number when nothing refers to it any more

    def __getattr__(self, name: str) -> Reference:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # Python's own, which nothing has for asking; `[name]` takes any
        return self[name]

    def __getitem__(self, name: str | int) -> Reference:
        return Reference(self._direct, self._number, (*self._path, str(name)), self._kept)

    def __call__(self, *arguments: Any) -> Made:
        return self._direct.call(self, *arguments)

    def __await__(self) -> Generator[Any, None, Any]:
        return self._direct.get(self).__await__()

    def __repr__(self) -> str:
        return f"<{'.'.join(self._path) or 'what a call came to'}, in the page>"


class Made(Reference):
    """What a call returns; an `await` gives that, or what its promise comes to. `JsError` if it fails."""

    _outcome: Outcome

    def __await__(self) -> Generator[Any, None, Any]:
        return self._outcome.awaited().__await__()


class Function:
    """A function of the program's, as it is in the page: what it does there at once when it is called, and gives."""

    def __init__(self, direct: Direct, told: Callable[..., object] | None) -> None:
        self.told = told
        self._direct = direct
        callback = Callback(self._hear)
        callback.loop = loop_of_caller()
        #: What it needs in the page.
        self.holds: Any = None
        self.number: int = direct.bridge.callback(callback)
        callback.sent = FOR_GOOD
        self.epoch: int = direct.bridge.epoch
        self.script: Any = {"does": [], "gives": {TAG: "u"}, "throws": None}
        #: The first argument of a call of it, while that is done.
        self.argument: Reference = Reference(direct, -self.number)

    def _hear(self, *arguments: Any) -> None:
        self._direct.hear(self, arguments)


class Direct:
    """A page to the letter. `api` is its `Taro`: `await direct.api.getStorage({"key": "tea"})`.

    Functions that it was given are there until the page is gone.
    """

    def __init__(self, bridge: Bridge) -> None:
        self.bridge = bridge
        self.api: Reference = Reference(self, 0)
        self._listeners: list[Listener] = []
        self._functions: dict[Hashable, Function] = {}
        self._within: Function | None = None
        self._steps: list[Any] = []

    def listen(self, listener: Listener) -> None:
        """Tells this one, from now on, of all that is done and comes."""
        self._listeners.append(listener)

    # --- what is done --------------------------------------------------------------------------------------------

    def call(self, reference: Reference, *arguments: Any, untold: bool = False) -> Made:
        """Calls a function; `untold` leaves what it returns in the page."""
        owner, name = _parted(reference)
        return self._do("call", Call("call", owner, name, arguments), owner, name, list(arguments), untold=untold)

    def new(self, reference: Reference, *arguments: Any) -> Made:
        """Makes an object of a class of the page's, and leaves it there."""
        owner, name = _parted(reference)
        return self._do("make", Call("new", owner, name, arguments), owner, name, list(arguments))

    def get(self, reference: Reference) -> Made:
        """Reads what is there."""
        owner, name = _parted(reference)
        return self._do("keep", Call("get", owner, name, ()), reference, False)

    def keep(self, value: Any) -> Made:
        """Puts a value into the page, to refer to it."""
        return self._do("keep", Call("keep", self.api, "", (value,)), value, True)

    def set(self, reference: Reference, value: Any) -> Made:
        """Sets a property."""
        owner, name = _parted(reference)
        return self._do("put", Call("set", owner, name, (value,)), owner, name, value)

    async def returned(self, made: Made) -> Any:
        """What a call has returned, though it be a promise."""
        return await made._outcome.returned

    def outcome(self, made: Made) -> Reference:
        """What a call's promise has come to, in the page."""
        return Reference(self, -made._outcome.end, (), made._outcome.kept)

    def function(
        self,
        told: Callable[..., object] | None = None,
        *,
        does: Callable[[Reference], Any] | None = None,
        throws: str | None = None,
    ) -> Function:
        """A function to give to the page, of which `told` is told when it is called.

        - `does` is called once, now, with what stands for its first argument: what it does with this page is what the
          function does there, at once, whenever it is called, and what it returns is what that gives.
        - `throws`: the message of the error that it then throws.
        """
        made = Function(self, told)
        outer, self._within, self._steps = (self._within, self._steps), made, []
        try:
            gives = UNDEFINED if does is None else does(made.argument)
            steps = self._steps
        finally:
            self._within, self._steps = outer
        try:
            made.script = {
                "does": packed_tree(steps, self._refer),
                "gives": packed_tree(self._without_bytes(gives), self._refer),
                "throws": throws,
            }
        except WireError as error:
            raise JsError({"errMsg": str(error)}) from None
        made.holds = steps, gives
        return made

    def _do(self, kind: str, call: Call, *rest: Any, untold: bool = False) -> Made:
        call.within = self._within
        outcome = Outcome(self, call, repeats=self._within is not None)
        for listener in self._listeners:
            listener.made(call)
        message = [*rest, outcome.end, untold] if kind == "call" else list(rest)
        with undone_by(lambda: self.bridge.expect_no_more(outcome.end)):
            self._say(outcome, kind, *message)
        finalize(outcome.kept, _let_go, self.bridge, self.bridge.epoch, outcome.number, outcome.end)
        made = Made(self, -outcome.number, (), outcome.kept)
        made._outcome = outcome
        return made

    def _say(self, outcome: Outcome, kind: str, *message: Any) -> None:
        if self._within is None:
            self.bridge.post(outcome, kind, *message, refer=self._refer)
        else:
            self.bridge.expect(outcome)
            self._steps.append([kind, outcome.number, *map(self._without_bytes, message)])

    def _without_bytes(self, value: Any) -> Any:
        """The value with what refers to its bytes, which are put into the page now."""
        if isinstance(value, dict):
            return {name: self._without_bytes(field) for name, field in value.items()}
        if isinstance(value, list | tuple):
            return [self._without_bytes(each) for each in value]
        if not isinstance(value, bytes | bytearray | memoryview):
            return value
        within, self._within = self._within, None
        try:
            return self.keep(value)
        finally:
            self._within = within

    def _refer(self, value: Any) -> Any:
        """What stands in a message for what is no data."""
        if isinstance(value, Reference):
            return {TAG: "r", "n": value._number, "at": list(value._path)}
        if callable(value) and not isinstance(value, RemoteObject | Function | type):
            value = self.function_of(value)
        if isinstance(value, Function):
            if value.epoch != self.bridge.epoch:
                raise WireError("a function that was made for a page that is gone cannot be given to another")
            return {TAG: "c", "n": value.number, "x": value.script}
        return self.bridge.refer(value)

    def function_of(self, told: Callable[..., object]) -> Function:
        """A function of the program's that was given as it is: the same one as long as the page is there."""
        key = identity(told)
        known = self._functions.get(key)
        if known is None or known.epoch != self.bridge.epoch:
            known = self._functions[key] = Function(self, told)
        return known

    # --- what comes ----------------------------------------------------------------------------------------------

    def came(self, call: Call, what: str, value: Any) -> None:
        """Something has come of a call."""
        for listener in self._listeners:
            listener.came(call, what, value)

    def hear(self, function: Function, arguments: tuple[Any, ...]) -> None:
        """The page has called a function."""
        for listener in self._listeners:
            listener.told(function, arguments)
        if function.told is not None:
            function.told(*arguments)


class Outcome(Pending):
    """What comes of a call: first what it returns, then, if that is a promise, what it comes to."""

    def __init__(self, direct: Direct, call: Call, *, repeats: bool) -> None:
        super().__init__(call.name)
        self.repeats = repeats
        self._direct = direct
        self._call = call
        self.kept: Kept = Kept(call)
        loop = loop_of_caller()
        assert loop is not None  # where the runtime is, each thread has one
        self._loop = loop
        self.returned: asyncio.Future[Any] = loop.create_future()
        self._settled: asyncio.Future[Any] = loop.create_future()
        self._is_promise = False
        #: The number of what is told how its promise ends.
        self.end: int = direct.bridge.expect(_End(self))

    def succeed(self, value: Any) -> None:
        self._is_promise = isinstance(value, RemotePromise)
        if not self._is_promise and not self.repeats:
            self._direct.bridge.expect_no_more(self.end)
        self.post("returned", self.returned, value)

    def fail(self, reason: Any) -> None:
        if not self.repeats:
            self._direct.bridge.expect_no_more(self.end)
        self.post("threw", self.returned, reason)

    def post(self, what: str, future: asyncio.Future[Any], value: Any) -> None:
        """Has it told in the loop of who has called."""
        self._direct.bridge.mail.post(self._loop, self._tell, what, future, value)

    def _tell(self, what: str, future: asyncio.Future[Any], value: Any) -> None:
        self._direct.came(self._call, what, value)
        if future.done():
            return
        if what in ("returned", "resolved"):
            future.set_result(value)
        else:
            future.set_exception(JsError(value))
            future.exception()  # who listens does not look at it

    async def awaited(self) -> Any:
        """What it comes to."""
        value = await self.returned
        return await self._settled if isinstance(value, RemotePromise) else value

    def settle(self, what: str, value: Any) -> None:
        """Its promise is settled; without one, the page is gone, of which the call tells itself."""
        if self._is_promise:
            self.post(what, self._settled, value)


class _End(Pending):
    """How the promise that a call has returned is settled."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.name)
        self.repeats = outcome.repeats
        self._outcome = outcome

    def succeed(self, value: Any) -> None:
        self._outcome.settle("resolved", value)

    def fail(self, reason: Any) -> None:
        self._outcome.settle("rejected", reason)


class Kept:
    """As long as this is there, the page keeps what a call came to."""

    def __init__(self, call: Call) -> None:
        self.call = call


def _let_go(bridge: Bridge, epoch: int, *numbers: int) -> None:
    for number in numbers:
        bridge.let_go(epoch, -number)


def _parted(reference: Reference) -> tuple[Reference, str]:
    """What something is of, and its name there; the name "" is for what has none."""
    *path, name = reference._path or ("",)
    if not reference._path:
        return reference, ""
    return Reference(reference._direct, reference._number, tuple(path), reference._kept), name
