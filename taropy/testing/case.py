"""One function on one platform, as the suite looks at it: how it is called, and what is found wrong with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import attrs

from .. import spec
from ..runtime.errors import TaroError
from ..runtime.jobs import own_loop
from ..runtime.own import OWN
from ..runtime.platforms import Adaptation
from ..runtime.taro import Taro
from ..spec import Member
from .recorder import Manner, Recorder

# How functions give what they give: by a promise and callbacks, to a listener, as a value from options or arguments.
Kind = Literal["promise", "listener", "option", "direct", "value", "own"]

# How long a call may take to settle, in seconds. The recorder answers at once, so only what hangs takes this long.
PATIENCE = 3.0


@attrs.define
class Case:
    """One function on one platform, and what is found wrong with it.

    - `taro`: a runtime over `native`, a recorder; `bare`: one over a native object that has nothing.
    - `adaptation`: what the platform's table says of the function; `replaced`: a plugin has put another in its place.
    - `answer`: what the native function gives.
    """

    taro: Taro
    bare: Taro
    native: Recorder
    member: Member
    adaptation: Adaptation
    replaced: bool
    answer: Any
    faults: list[str] = attrs.field(factory=list)

    @property
    def by_table(self) -> bool:
        """Whether the table alone says what happens, and no function of the plugin's."""
        return self.adaptation.function is None and not self.replaced

    @property
    def kind(self) -> Kind:
        """How the function gives what it gives."""
        return kind_of(self.member)

    def expect(self, right: object, fault: str) -> None:
        """Notes the fault unless it is right."""
        if not right:
            self.faults.append(fault)

    def prepare(self, manner: Manner = "succeed") -> None:
        """Has the native function end in this manner."""
        self.native.expect(self.member, self.answer, manner)

    def call(self, *given: Any, **named: Any) -> Any:
        """Calls the function as a program does."""
        return getattr(self.taro, self.member.name)(*given, **named)

    async def outcome(self, *given: Any, **named: Any) -> Any:
        """What calling the function gives, awaited; or what it raises, of Taro's errors."""
        try:
            value = self.call(*given, **named)
            return await settled(value) if self.kind == "promise" else value
        except TaroError as error:
            return error


async def settled(promise: Awaitable[Any]) -> Any:
    """What a promise gives. TimeoutError if it takes too long."""
    async with asyncio.timeout(PATIENCE):
        return await promise


def kind_of(member: Member) -> Kind:
    """How a member of Taro gives what it gives, by its declaration."""
    if member.name in OWN:
        return "own"
    if not member.is_function:
        return "value"
    option = member.option
    if member.is_promise or (option is not None and "success" in spec.fields_of(option)):
        return "promise"
    if member.callback is not None or member.name.startswith(("on", "off")):
        return "listener"
    return "direct" if option is None else "option"


@contextmanager
def patience(taro: Taro) -> Iterator[None]:
    """Outside any loop: ends the calls of the runtime that take too long."""
    alarm = own_loop().call_later(PATIENCE, taro._runtime.open.interrupt)
    try:
        yield
    finally:
        alarm.cancel()
