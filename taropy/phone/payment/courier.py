"""Brings merchants' backends the notices of what was paid on a phone, and of its refunds, until they have heard."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ..core.answers import Fail
from ..open_platform.notices import Letter, next_letter

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.journey import Journey
    from ..open_platform import OpenPlatform


class Courier:
    """Sends in the loop in which was paid last, at the moments that the phone's clock shows.

    It goes the way of the phone's requests, so that a backend that is mounted in the test hears; but what the phone's
    network is like does not matter to it.
    """

    def __init__(self, phone: Phone, platform: OpenPlatform) -> None:
        self._phone = phone
        self._platform = platform
        self._payers: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._waits = False
        platform.payments.watch(self.wake)

    def serve(self, user_id: str) -> None:
        """From now on it brings what this person has paid, in the running loop."""
        self._payers.add(user_id)
        self._loop = asyncio.get_running_loop()

    def wake(self) -> None:
        """There is news, maybe of another thread's."""
        loop = self._loop
        if loop is None or loop.is_closed() or self._phone.closed:
            return
        if asyncio._get_running_loop() is loop:
            self._go()
        else:
            loop.call_soon_threadsafe(self._go)

    def deliver(self) -> Journey:
        """Has what is due sent, and waits for that."""
        clock, running = self._phone.clock, asyncio._get_running_loop()
        self._payers.add(self._phone.account.user.id)
        if running is not None:
            self._loop = running
            self._go()
        elif self._loop is None or self._loop.is_closed():
            asyncio.run(self._deliver_at_once())
        else:
            # An alarm, since a journey that begins outside loops runs the loops of those that ring.
            clock.call_at(clock.now(), partial(self._loop.call_soon_threadsafe, self._go), self._loop)
        return clock.advance(0)

    def _go(self) -> None:
        """Begins, or, if it waits for a later notice, looks again."""
        if self._phone.closed:
            return
        task = self._task
        if task is not None and not task.done() and task.get_loop() is self._loop:
            if not self._waits:
                return
            task.cancel()
        self._task = self._phone.spawn(self._deliver(), takes_time=True)

    async def _deliver(self) -> None:
        clock = self._phone.clock
        while True:
            for letter in self._due():
                self._phone.spawn(self._send(letter), takes_time=True)
            due = [self._platform.payments.next_due(payer) for payer in self._payers]
            moments = [moment for moment in due if moment is not None]
            if not moments:
                return
            self._waits = True
            try:
                await clock.until(min(moments))
            finally:
                self._waits = False

    async def _deliver_at_once(self) -> None:
        """What is due now, and nothing later: where no loop is left that could wait."""
        await asyncio.gather(*map(self._send, self._due()))

    def _due(self) -> Iterator[Letter]:
        for payer in tuple(self._payers):
            while (letter := next_letter(self._platform, payer)) is not None:
                yield letter

    async def _send(self, letter: Letter) -> None:
        # What a backend does wrong is its own affair here: the notice comes again, and says what became of it.
        notice, payments = letter.notice, self._platform.payments
        try:
            status, answer = await self._phone.network.posted(notice.url, letter.headers, letter.body, letter.patience)
        except asyncio.CancelledError:
            payments.put_back(notice)  # the loop ends, or the phone
            raise
        except ConnectionError as error:
            payments.told(notice, str(error), heard=False)
        except TimeoutError:
            payments.told(notice, "timeout", heard=False)
        except Fail as failure:
            payments.told(notice, failure.reason, heard=False)
        else:
            payments.told(notice, str(status), heard=letter.is_heard(self._platform, status, answer))
