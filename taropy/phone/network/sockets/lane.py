"""One direction of a socket, in the network that the phone is in."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from ...core.listening import call

if TYPE_CHECKING:
    from ...core.faces import Phone

# How many bytes are on their way at the most before the sender is held back, as TCP's window does; and how many of them
# a message takes beside its own, so that many small ones are held back as well.
WINDOW = 4 * 1024 * 1024
OVERHEAD = 256


class Lane:
    """Carries messages one way: each as late as the network's conditions say, and all in their order.

    What goes missing on the way is sent again by TCP, which is the computer's affair; so nothing is lost here.
    `hold` is called with True when more than `WINDOW` bytes are on their way, and with False when half has arrived.
    """

    def __init__(self, phone: Phone, *, up: bool, hold: Callable[[bool], None] | None = None) -> None:
        self._phone = phone
        self._network = phone.network
        self._up = up
        self._hold = hold
        self._held = False
        self._waiting: deque[tuple[float, int, Callable[[], None]]] = deque()
        self._carrier: asyncio.Task[None] | None = None
        #: How many bytes are on their way.
        self.load: int = 0

    @property
    def free(self) -> bool:
        """Whether a message would arrive at once: nothing slows the network down, and nothing is on its way."""
        return self._carrier is None and not self._network.slow

    def carry(self, size: int, deliver: Callable[[], None]) -> None:
        """Calls `deliver` when a message of `size` bytes has arrived, and all that was sent before it."""
        if self.free:
            deliver()
            return
        self._waiting.append((self._network.arrival(size, up=self._up), size, deliver))
        self._weigh(size + OVERHEAD)
        if self._carrier is None:
            self._carrier = self._phone.spawn(self._carry())

    async def _carry(self) -> None:
        try:
            while self._waiting:
                await self._phone.clock.until(self._waiting[0][0])
                _, size, deliver = self._waiting.popleft()
                self._weigh(-size - OVERHEAD)
                call("a socket's message", deliver)
        finally:
            self._carrier = None
            self._waiting.clear()  # something is left only where the phone has ended

    def _weigh(self, more: int) -> None:
        self.load += more
        held = self.load > (WINDOW // 2 if self._held else WINDOW)
        if held != self._held:
            self._held = held
            if self._hold is not None:
                self._hold(held)
