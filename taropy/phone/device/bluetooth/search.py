"""A search for devices: which of those that are heard a program is told of, and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from ....loops import once_returned
from ...core.loops import end_tasks
from .advertising import beacon_of
from .radio import Heard, Stop
from .uuids import full

if TYPE_CHECKING:
    from ...core.faces import Phone

#: Whether an iPhone's system keeps iBeacons from searches (developer.apple.com, Core Location, "Ranging for beacons").
HIDES_BEACONS = {"ios": True}


@attrs.frozen(kw_only=True)
class Wanted:
    """What a program searches for: devices that advertise one of `services`, or any.

    `names` and `ids` likewise; `classic`: devices of classic Bluetooth too. `duplicates`: each is told of as often as
    it is heard. `interval`: in seconds, how long devices are gathered before they are told of.
    """

    services: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    classic: bool = False
    duplicates: bool = False
    interval: float = 0.0

    def admits(self, device_id: str, heard: Heard) -> bool:
        """Whether it is what is searched for."""
        if heard.classic and not self.classic:
            return False
        if self.services and not self.services & set(map(full, heard.services)):
            return False
        if self.names and not self.names & {heard.name, heard.local_name}:
            return False
        return not self.ids or device_id in self.ids


class Search:
    """One search, until it is stopped. `tell` tells the program of devices, if it listens; whether it does it returns.

    What it does not listen to yet it is told when it does: a real search takes its time, and programs rely on that.
    """

    def __init__(self, phone: Phone, wanted: Wanted, tell: Callable[[dict[str, Heard]], bool]) -> None:
        self._phone = phone
        self._wanted = wanted
        self._tell = tell
        self._told: set[str] = set()
        self._gathered: dict[str, Heard] = {}
        self._hides_beacons = HIDES_BEACONS.get(phone.system.device.platform, False)
        self.stopping: Stop | None = None
        self.on = True
        self._telling = phone.spawn(self._tell_by_the_clock()) if wanted.interval else None

    def hear(self, device_id: str, heard: Heard) -> bool:
        """Takes note of a device; whether it is one that is searched for."""
        if not self.on or not self._wanted.admits(device_id, heard) or (self._hides_beacons and beacon_of(heard)):
            return False
        if self._wanted.duplicates or device_id not in self._told:
            self._told.add(device_id)
            self._gathered[device_id] = heard
            if not self._wanted.interval:
                self.tell()
        return True

    def tell(self) -> None:
        """Tells of what was gathered; without an interval of each device by itself."""
        gathered, self._gathered = self._gathered, {}
        parts = [gathered] if self._wanted.interval else [{each: heard} for each, heard in gathered.items()]
        for part in filter(None, parts):
            if not self._tell(part):
                self._gathered.update(part)

    def listened(self) -> None:
        """Takes note that the program listens now; it is told in its turn."""
        if not self._gathered or self._wanted.interval:
            return
        once_returned(self.tell)

    async def stop(self) -> None:
        """Ends it."""
        self.on = False
        if self._telling is not None:
            end_tasks([self._telling])
        if self.stopping is not None:
            stopping, self.stopping = self.stopping, None
            await stopping()

    async def _tell_by_the_clock(self) -> None:
        while self.on:
            await self._phone.clock.sleep(self._wanted.interval)
            if self.on:
                self.tell()
