"""How good the phone's network is: its kind, its speed, what gets lost; and the functions that tell programs.

By default nothing slows the computer's own network down. A test sets what it is about: `phone.network.type = "none"`,
`phone.network.latency = 0.2`, or all at once by `phone.network.behave_as("3g")`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, ClassVar

import attrs

from ...hints import check_word
from ..core.answers import Fail, Options, Result, extras_told
from ..core.app import App
from ..core.events import off, on
from ..core.functions import answered
from ..core.listening import Listeners
from ..core.room import Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

NO_TYPE = "{!r} is no type of network"
TYPES = ("wifi", "2g", "3g", "4g", "5g", "unknown", "none")

#: Who hears of a change whether the network costs: plugin-platform-harmony-ets 4.2.0, `device/network.ts`.
TELLS_COSTS: Mapping[str, bool] = {"harmony": True}
# What the vendors call them; Alipay's: alibabacloud.com/help/doc-detail/67552.htm.
TYPE_NAMES: Mapping[str, Mapping[str, str]] = {
    "my": {
        "wifi": "WIFI", "2g": "2G", "3g": "3G", "4g": "4G", "5g": "5G", "unknown": "UNKNOWN", "none": "NOTREACHABLE",
    },
    # developer.open-douyin.com, `tt.getNetworkType`, which has no word for it.
    "tt": {"5g": "unknown"},
}  # fmt: skip
# Where nothing is told of the signal and of proxies: taro-h5 4.2.1, `api/device/network.js`.
TYPE_ALONE: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}


@attrs.frozen
class Quality:
    """How long a message is on its way, in seconds, and how many bytes a second go up and come down."""

    latency: float
    up: float
    down: float


# As the throttling of browsers' developer tools had them for years ("Regular 2G", …), whose latency is that of a
# message and its answer; that of 5g is judgement.
QUALITIES: Mapping[str, Quality] = {
    "2g": Quality(latency=0.150, up=50_000 / 8, down=250_000 / 8),
    "3g": Quality(latency=0.050, up=250_000 / 8, down=750_000 / 8),
    "4g": Quality(latency=0.010, up=3_000_000 / 8, down=4_000_000 / 8),
    "5g": Quality(latency=0.005, up=20_000_000 / 8, down=100_000_000 / 8),
    "wifi": Quality(latency=0.001, up=15_000_000 / 8, down=30_000_000 / 8),
}


class Conditions(Room):
    """What a test may set on the phone's network, and what programs are told of it.

    - `type`: one of `TYPES`. With "none" all that is under way fails, and so does what is begun.
    - `latency`: how many seconds a message is on its way; a request and its answer take twice that.
    - `bandwidth`: bytes a second, `(up, down)` or one number for both, shared by all that is under way; None is as
      fast as the computer can.
    - `loss`: the chance, 0 to 1, that a message goes missing. A request that does fails as one that no server
      answers, though without the wait. `random` decides; it is seeded, so that a test runs the same way each time.
    - `weak`: whether the network counts as weak, which phones judge by failures and answers that come late.
    - `signal`: the strength of the signal in dBm.
    - `listeners`: tells the phone's own rooms of "status" (as `onNetworkStatusChange` tells programs) and of "offline".
    """

    STATE: ClassVar[tuple[str, ...]] = ("type", "latency", "bandwidth", "loss", "random", "weak", "signal")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.latency = 0.0
        self.loss = 0.0
        self.signal = -50
        self.listeners = Listeners()
        self._type = "wifi"
        self._weak = False
        self._bandwidth: tuple[float, float] | None = None
        # When each direction has sent what it was given so far.
        self._free = {True: 0.0, False: 0.0}

    @cached_property
    def random(self) -> Random:
        return Random(0)  # which takes 2.5 KB, and most networks lose nothing

    def in_words(self) -> Iterator[str]:
        """What the network is, and what is wrong with it."""
        yield self._type
        yield from ["weak"] if self._weak else []
        yield from [f"latency {self.latency} s"] if self.latency else []
        yield from [f"loss {self.loss}"] if self.loss else []
        yield from ["bandwidth limited"] if self._bandwidth is not None else []

    # --- what a test sets -----------------------------------------------------------------------------------------

    @property
    def type(self) -> str:
        """The kind of network: wifi, 2g, 3g, 4g, 5g, unknown or none."""
        return self._type

    @type.setter
    def type(self, type: str) -> None:
        check_word(type, TYPES, NO_TYPE)
        if type == self._type:
            return
        self._type = type
        if not self.online:
            self.listeners.tell("offline")
        self._tell("status", {"isConnected": self.online})

    @property
    def bandwidth(self) -> tuple[float, float] | None:
        """Bytes a second, up and down; a number that is set stands for both."""
        return self._bandwidth

    @bandwidth.setter
    def bandwidth(self, bandwidth: float | tuple[float, float] | None) -> None:
        rates = (bandwidth, bandwidth) if isinstance(bandwidth, int | float) else bandwidth
        if rates is not None and min(rates) <= 0:
            raise ValueError("a bandwidth is more than no bytes a second; for no network at all there is type = 'none'")
        self._bandwidth = rates

    @property
    def weak(self) -> bool:
        """Whether the network counts as weak."""
        return self._weak

    @weak.setter
    def weak(self, weak: bool) -> None:
        if weak == self._weak:
            return
        self._weak = weak
        self._tell("weak", {"weakNet": weak})

    @property
    def online(self) -> bool:
        """Whether there is a network at all."""
        return self._type != "none"

    def behave_as(self, type: str) -> None:
        """Puts the phone into a network of this type, as slow as `QUALITIES` says such a one is."""
        check_word(type, QUALITIES, "{!r} is no type of network with a speed")
        quality = QUALITIES[type]
        self.latency, self.bandwidth = quality.latency, (quality.up, quality.down)
        self.type = type

    # --- what the phone's rooms ask -------------------------------------------------------------------------------

    @property
    def slow(self) -> bool:
        """Whether anything slows messages down."""
        return bool(self.latency) or self._bandwidth is not None

    async def delay(self, number_of_bytes: int, *, up: bool = False) -> None:
        """Waits as long as a message of this size is on its way: the latency, and the time to send its bytes."""
        if self.slow:
            await self.phone.clock.until(self.arrival(number_of_bytes, up=up))

    def arrival(self, number_of_bytes: int, *, up: bool) -> float:
        """When a message of this size arrives that is sent now, by the phone's clock."""
        return self._sent(number_of_bytes, up=up) + self.latency

    async def pace(self, number_of_bytes: int, *, up: bool = False) -> None:
        """Waits for as long as it takes to send these bytes: parts of a message of which the first has come."""
        if self._bandwidth is not None:
            await self.phone.clock.until(self._sent(number_of_bytes, up=up))

    def lost(self) -> bool:
        """Whether what is sent now goes missing."""
        return self.loss > 0 and self.random.random() < self.loss

    def _sent(self, number_of_bytes: int, *, up: bool) -> float:
        """When the bytes have been sent: after all that goes the same way and came before."""
        now = self.phone.clock.now()
        if self._bandwidth is None:
            return now
        self._free[up] = max(now, self._free[up]) + number_of_bytes / self._bandwidth[not up]
        return self._free[up]

    # --- what programs ask ----------------------------------------------------------------------------------------

    @answered
    def getNetworkType(self, app: App, options: Options) -> Result:
        """`wx.getNetworkType`: `networkType`, `signalStrength` in dBm, and whether the computer has a proxy set.

        A web page is told the type alone, as browsers on Android know it.
        """
        from .proxies import proxies

        if of_vendor(TYPE_ALONE, app, False):
            return {"networkType": _name(self._type, app)}
        signal = {"signalStrength": self.signal} if self.online else {}
        return {"networkType": _name(self._type, app), "hasSystemProxy": bool(proxies()), **signal}

    @answered
    def getLocalIPAddress(self, app: App, options: Options) -> Result:
        """`wx.getLocalIPAddress`: the computer's own IPv4 address in its network, in `localip`, and the `netmask`.

        It is the address that packets to elsewhere are sent from; that of the loopback interface if there is none.
        Without a network it fails; the reason that phones give is nowhere told.
        """
        from .addresses import local_network

        if not self.online:
            raise Fail("no network")
        with extras_told():
            return local_network()

    onNetworkStatusChange = on("status", "Tells `isConnected` and `networkType` when the type has changed.")
    offNetworkStatusChange = off("status")

    onNetworkWeakChange = on("weak", "Tells `weakNet` and `networkType` when the network becomes weak, or good again.")
    offNetworkWeakChange = off("weak")

    def _tell(self, event: str, told: Result) -> None:
        """Tells the phone's rooms and then the programs, each in the words of its vendor."""
        self.listeners.tell(event, {**told, "networkType": self._type})
        self.tell_apps(event, lambda app: {**told, "networkType": _name(self._type, app), **self._cost(event, app)})

    def _cost(self, event: str, app: App) -> Result:
        """What programs are told beside a change, where they hear whether the network costs."""
        tells = event == "status" and of_vendor(TELLS_COSTS, app, False)
        return {"metered": is_metered(self._type)} if tells else {}


def is_metered(type: str) -> bool:
    """Whether what is sent over a network of this type costs: over a mobile one."""
    return type not in ("wifi", "none", "unknown")


def _name(type: str, app: App) -> str:
    return of_vendor(TYPE_NAMES, app, {}).get(type, type)
