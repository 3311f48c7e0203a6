"""What the phone itself fetches for an app, as a font that it draws with, in the app's name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ..native import App, Result

if TYPE_CHECKING:
    from ..phone import Phone


async def fetched(phone: Phone, app: App, url: str, **options: Any) -> Result:
    """What the net answers, its body as bytes unless `options` say otherwise; or its failure, as programs get it."""
    reply: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    phone.network.fetch(app, {"url": url, "responseType": "arraybuffer", **options, "complete": reply.set_result})
    result: Result = await reply
    return result
