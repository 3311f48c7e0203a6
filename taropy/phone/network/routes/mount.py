"""`Mount`: an ASGI app that stands behind a real address, in the process."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any

from ...core.loops import aclose_each, close_in
from ..http.reply import Response as Incoming
from .calls import Call
from .expected import Counted
from .messages import Request
from .patterns import below
from .scripted import Scripted
from .serving import Served

if TYPE_CHECKING:
    from .router import Router
    from .serving import App

HINT = "a2wsgi.WSGIMiddleware(app) makes an ASGI app of a WSGI one; Django has get_asgi_application()"


class Mount(Scripted):
    """What `phone.network.mount` gives: the app, and who has asked it.

    The app starts with the first request, once in each event loop, and is shut down with the phone, or with its loop.
    """

    def __init__(self, router: Router, base: str, app: App, *, optional: bool) -> None:
        super().__init__(router, None, below(base), optional=optional)
        check(app)
        self.app = app
        #: The WebSockets that have come to it, as the server has them; filled where there are any.
        self.sockets: Counted[Any] = Counted()
        self._served: dict[asyncio.AbstractEventLoop, Served] = {}

    def takes(self, request: Request) -> bool:
        """See `Scripted`."""
        return self.pattern.match(request.outgoing.url) is not None

    async def answer(self, call: Call) -> Incoming:
        """See `Scripted`."""
        self.calls.append(call)
        return await self.served().talk(call, self.pattern.base)

    def broke(self, error: BaseException) -> None:
        """Tells of what the app has raised for a WebSocket."""
        self._router.broke("the mounted app broke", error, None)

    @property
    def _count(self) -> int:
        return super()._count + self.sockets.total

    async def settled(self) -> None:
        """Waits until the app has ended all that it does in the running loop, also behind its answers."""
        served = self._served.get(asyncio.get_running_loop())
        if served is not None:
            await served.settled()

    def unroute(self) -> None:
        """Takes the app away, and shuts it down."""
        super().unroute()
        self.close()

    def come_back(self, state: Any) -> None:
        """See `Scripted`."""
        self.calls.clear()
        self.sockets.clear()

    def close(self) -> None:
        """Shuts the app down, in each loop that it runs in."""
        served, self._served = self._served, {}
        for loop, each in served.items():
            close_in(loop, each.aclose)

    async def aclose(self) -> None:
        """As `close`, and waits for the one in the running loop."""
        served, self._served = self._served, {}
        await aclose_each(served.values(), lambda each: each.loop, _aclose)

    def served(self) -> Served:
        """The app in the running loop."""
        loop = asyncio.get_running_loop()
        served = self._served.get(loop)
        if served is None:
            self._served = {old: kept for old, kept in self._served.items() if not old.is_closed()}
            served = self._served[loop] = Served(self.app, self._router.broke)
        return served


async def _aclose(served: list[Served]) -> None:
    for each in served:
        await each.aclose()


def check(app: Any) -> None:
    """Raises TypeError for what is no ASGI app."""
    if not callable(app) or inspect.isclass(app):
        raise TypeError(f"mount takes an ASGI app, as Starlette's and FastAPI's are, not {app!r}")
    try:
        inspect.signature(app).bind(None, None, None)
    except TypeError:
        raise TypeError(f"mount takes an ASGI app, app(scope, receive, send), which {app!r} is not; {HINT}") from None
    except ValueError:  # it has no signature to look at
        return
