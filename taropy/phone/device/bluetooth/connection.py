"""`Connection`: a program's connection to a device, from the first attempt on. It is a radio's `Central`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from ...core.answers import Fail
from ...core.app import App
from .failures import NO_CHARACTERISTIC, NO_CONNECTION, NO_SERVICE, failure
from .radio import Attribute, Link, Offer
from .uuids import known
from .waiting import idle

if TYPE_CHECKING:
    from ...core.faces import Phone


class Connection:
    """What an app has to a device. What is asked of the device goes one after another.

    `values` are what was last heard of each characteristic. `tell` tells the app of an event; `ended` is called when
    the connection is lost, `pairing` says whether phone and device are paired.
    """

    def __init__(
        self,
        phone: Phone,
        app: App,
        device_id: str,
        address: str,
        ended: Callable[[Connection], None],
        changed: Callable[[Connection, int], None],
        pairing: Callable[[str], Awaitable[bool]],
    ) -> None:
        self.phone = phone
        self.app = app
        self.device_id = device_id
        self.device = address
        self.address = phone.bluetooth.address
        self.mtu = 0
        self.link: Link | None = None
        self.task: asyncio.Task[object] | None = None
        self.failure: Fail | None = None
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()
        self.values: dict[Attribute, bytes] = {}
        self._ended = ended
        self._changed = changed
        self._pairing = pairing

    # --- as a radio's central ----------------------------------------------------------------------------------

    def lost(self) -> None:
        """As `Central.lost`."""
        self._ended(self)

    def mtu_changed(self, mtu: int) -> None:
        """As `Central.mtu_changed`."""
        self._changed(self, mtu)

    async def paired(self) -> bool:
        """As `Central.paired`."""
        return await self._pairing(self.device)

    # --- for the room ------------------------------------------------------------------------------------------

    def give_up(self, failure: Fail | None = None) -> None:
        """Ends the attempt to connect, if it goes on: with this failure, or with no answer for a program that ends."""
        if self.task is not None:
            self.failure = failure
            self.task.cancel()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Link]:
        """Waits for the calls before it; gives the link."""
        lock = self._turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())
        with idle(self.phone):
            await lock.acquire()
        try:
            yield self.open
        finally:
            lock.release()

    @property
    def open(self) -> Link:
        """The link; fails while there is none."""
        if self.link is None:
            raise failure(NO_CONNECTION)
        return self.link

    def offer(self, service: object) -> Offer:
        """The service of this UUID, in any form; fails without one."""
        wanted = known(service)
        found = next((each for each in self.open.offers if each.uuid == wanted), None)
        if found is None:
            raise failure(NO_SERVICE)
        return found

    def attribute(self, offer: Offer, characteristic: object) -> Attribute:
        """The characteristic of this UUID, in any form; fails without one."""
        wanted = known(characteristic)
        found = next((each for each in offer.attributes if each.uuid == wanted), None)
        if found is None:
            raise failure(NO_CHARACTERISTIC)
        return found
