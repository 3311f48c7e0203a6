"""How what takes time begins, and how callbacks are called that are properties, or arguments, of objects that draw."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from ...loops import keep_under_way
from ...signatures import accepted
from ..core.listening import call

if TYPE_CHECKING:
    from ..core.faces import Phone

NEEDS_A_LOOP = "what is on the network is loaded in an event loop: in a page's handler, or by taropy.run"


def begin(phone: Phone, work: Coroutine[Any, Any, None], *, later: bool = False) -> None:
    """Has the work be done, with `later` after what was called in the same turn; `taropy.settled()` waits for it.

    Outside any event loop it is done at once. What has to wait, as for the network, is a RuntimeError there.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        _at_once(work)
    else:
        task = phone.spawn(_later(work) if later else work, takes_time=True)
        # A task that is cancelled before it began has never come to the work, which Python would warn of.
        task.add_done_callback(lambda _: work.close())
        keep_under_way(task)


async def _later(work: Coroutine[Any, Any, None]) -> None:
    for _ in range(2):
        await asyncio.sleep(0)
    await work


def _at_once(work: Coroutine[Any, Any, None]) -> None:
    try:
        work.send(None)
    except StopIteration:
        return
    except RuntimeError as error:  # asyncio's, of what begins with a look at the loop
        raise RuntimeError(NEEDS_A_LOOP) from error
    work.close()
    raise RuntimeError(NEEDS_A_LOOP)


def tell(phone: Phone, event: str, callback: Callable[..., Any] | None, *arguments: Any) -> None:
    """Calls the callback, if there is one, with as many arguments as it takes; an async one goes on by itself."""
    if callback is not None:
        call(event, _tell, phone, callback, arguments)


def _tell(phone: Phone, callback: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    returned = callback(*accepted(callback, arguments))
    if inspect.iscoroutine(returned):
        phone.spawn(returned)
