"""What all open sockets have in common: a loop in which they live, and an end."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from ....loops import runs_here
from ...core.answers import Fail
from ...core.app import App
from .faults import Fault

if TYPE_CHECKING:
    from ...core.faces import Phone


class Link(ABC):
    """An open socket of `app`'s, or one that is being opened, in the event loop in which that began.

    `gone` is set when nothing is left of it. Until then the phone's `Sockets` know it.
    """

    def __init__(self, phone: Phone, app: App) -> None:
        self.loop = running_loop()
        self.gone = asyncio.Event()
        self.phone = phone
        self.app = app
        phone.sockets.keep(self)

    @property
    def is_here(self) -> bool:
        """Whether the caller is in the link's own loop, where alone it may be touched."""
        return runs_here(self.loop)

    @abstractmethod
    def drop(self, fault: Fault | None = None) -> None:
        """Ends it at once: because of `fault`, or because the app ends. To be called in its own loop."""

    def leave(self) -> None:
        """Says that nothing is left of it."""
        self.gone.set()
        self.phone.sockets.let_go(self)


def loop_of(link: Link) -> asyncio.AbstractEventLoop:
    """The loop in which the link lives."""
    return link.loop


async def drop_all(links: list[Link]) -> None:
    """Ends links, in their loop, and waits until nothing is left of them."""
    for link in links:
        link.drop()
    await asyncio.gather(*(link.gone.wait() for link in links))


def running_loop() -> asyncio.AbstractEventLoop:
    """The loop that runs. `Fail` without one: nobody would hear of what comes in."""
    loop = asyncio._get_running_loop()
    if loop is None:
        raise Fail("no event loop runs in which a socket could listen; start the program by taropy.run(main)")
    return loop
