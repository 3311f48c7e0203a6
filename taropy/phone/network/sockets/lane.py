"""One direction of a socket, in the network that the phone is in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...core.faces import Phone


class Lane:
    """Carries messages one way: each as late as the network's conditions say, and all in their order.

    What goes missing on the way is sent again by TCP, which is the computer's affair; so nothing is lost here.
    """

    def __init__(self, phone: Phone, *, up: bool) -> None:
        self._phone = phone
        self._network = phone.network
        self._up = up
        self._last: asyncio.Task[None] | None = None

    @property
    def free(self) -> bool:
        """Whether a message would arrive at once: nothing slows the network down, and nothing is on its way."""
        return self._last is None and not self._network.latency and self._network.bandwidth is None

    def carry(self, size: int, deliver: Callable[[], None]) -> None:
        """Calls `deliver` when a message of `size` bytes has arrived, and all that was sent before it."""
        if self.free:
            deliver()
        else:
            self._last = self._phone.spawn(self._later(self._last, size, deliver))
            self._last.add_done_callback(self._arrived)

    async def _later(self, before: asyncio.Task[None] | None, size: int, deliver: Callable[[], None]) -> None:
        await self._network.delay(size, up=self._up)
        if before is not None:
            await asyncio.wait([before])
        deliver()

    def _arrived(self, message: asyncio.Task[None]) -> None:
        if self._last is message:
            self._last = None
