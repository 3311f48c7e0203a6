"""`Scripted`: what stands for a server, be it a route or an app: where it is, who has called it, and whether enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from ..http.reply import Response as Incoming
from .calls import Call, Calls, listed
from .expected import Expected, how_often
from .messages import Pass, Request
from .patterns import Pattern

if TYPE_CHECKING:
    from .router import Router


class Scripted(Expected[Calls]):
    """Something that answers requests to some addresses in the process.

    `calls` are the requests that it has taken. With `optional` it may go unused; otherwise the pytest plugin tells.
    """

    MET = "asked for"
    #: Whether it may refuse a request that it takes, at the program's line. One that does is for any server.
    refuses: ClassVar[bool] = False

    def __init__(self, router: Router, method: str | None, pattern: Pattern, *, optional: bool) -> None:
        self._router = router
        self.pattern = pattern
        self.method = method
        self.optional = optional
        self.calls = Calls()
        #: When it came, among all of the router's: a later one goes first.
        self.number = 0

    @property
    def where(self) -> str:
        """What it is for: its method, if there is one, and its pattern, as it was written."""
        return f"{self.method} {self.pattern}" if self.method else str(self.pattern)

    def _instead(self) -> str:
        return listed(self._router.calls)

    def _shown(self) -> str:
        return f". {listed(self.calls)}"

    def unroute(self) -> None:
        """Takes it away: what it has answered is asked of other routes, or the real server, from now on."""
        self._router.remove(self)

    def takes(self, request: Request) -> bool:
        """Whether it answers this request, whose address it is for as far as the index knows."""
        raise NotImplementedError

    def lacks(self, request: Request) -> Iterable[str]:
        """What of a request to its address it does not take, in words: `its method`."""
        return ()

    async def answer(self, call: Call) -> Incoming | Pass:
        """The answer. Raises `NetError`, or TimeoutError, for none."""
        raise NotImplementedError

    def state(self) -> Any:
        """How much of it has been used, for `come_back`."""
        return None

    def come_back(self, state: Any) -> None:
        """It is as it was; its calls are forgotten."""
        self.calls.clear()

    def close(self) -> None:
        """Ends what it has begun."""

    async def aclose(self) -> None:
        """As `close`, and waits until it has ended."""
        self.close()

    @property
    def unused(self) -> str:
        """What of it nothing has asked for, in words; "" if all of it was."""
        return "" if self.optional or self.called else f"{self.where}, which nothing has asked for"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.where}, asked for {how_often(self._count)}>"
