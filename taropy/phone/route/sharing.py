"""What is shared of a page: what it says, what it promises, and the page itself for the rest."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any

from ...models.record import Record, record
from ..core.answers import Result
from ..core.app import App
from ..core.page import Page

if TYPE_CHECKING:
    from ..core.faces import Phone

#: How long a promise of what is shared may take, in seconds, before what came with it is shared.
PATIENCE = 3.0


def title(page: Page) -> str:
    """What the page's navigation bar says."""
    return str(page.window.get("navigationBarTitleText", ""))


def described(page: Page, said: Result | None) -> Record:
    """What the page said of itself, and the rest as it is."""
    return Record(record({"title": title(page), "query": page.path.partition("?")[2], **(said or {})}))


async def in_time(phone: Phone, app: App, page: Page, promised: Any) -> Any:
    """What the page gives to share, or what came of its promise: nothing if that failed or took too long."""
    if not inspect.isawaitable(promised):
        return promised
    waiting = asyncio.ensure_future(_awaited(promised))
    patience = asyncio.ensure_future(phone.clock.sleep(PATIENCE))
    try:
        await asyncio.wait((waiting, patience), return_when=asyncio.FIRST_COMPLETED)
    finally:
        patience.cancel()
        waiting.cancel()
    return _outcome(phone, app, page, waiting) if waiting.done() else None


def _outcome(phone: Phone, app: App, page: Page, done: asyncio.Future[Any]) -> Any:
    error = done.exception()
    if isinstance(error, Exception):
        phone.lifecycle.failed(app, error, f"onShareAppMessage of {page.route}")
        return None
    return done.result()


async def _awaited(promised: Any) -> Any:
    return await promised
