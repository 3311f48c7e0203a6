"""JSONP, which taro-h5 has for servers that do not know CORS: a script whose one call brings the data.

Facts: `jsonp-retry` 1.0.3, by which taro-h5 asks. The page runs such a script; here it is read, so what it calls the
function with has to be JSON.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ...core.answers import Fail, Options, Result
from ...core.exchange import Exchange
from ...core.javascript import encode_uri_component, is_object, parsed_or, text_of
from .outgoing import DEFAULT_TIMEOUT

if TYPE_CHECKING:
    from .session import Session
    from .wire import Wire

PARAMETER = "callback"
RETRIES = 2
# Where data say that they came from a backup.
BACKUP = "__$$backupCall"
NO_DATA = "Timeout and no data return"


async def jsonp(session: Session, wire: Wire, exchange: Exchange) -> Result:
    """The data that the script at `url` brings, or one of the `backup` urls; `retryTimes` is as for taro-h5, 2."""
    options = exchange.options
    timeout = options.get("timeout", DEFAULT_TIMEOUT) / 1000
    for url, is_backup in _urls(options):
        brought = await _brought(session, wire, options, url, timeout)
        if brought is None:
            continue
        data = brought[0]
        return {"statusCode": 200, "data": {**data, BACKUP: {"backup": url}} if is_backup else data}
    raise Fail(NO_DATA)


def _urls(options: Options) -> Iterator[tuple[str, bool]]:
    """What is asked, one after the other, and whether it stands in for another."""
    retries = options.get("retryTimes", RETRIES)
    backup = options.get("backup") or []
    yield from [(options["url"], False)] * (1 + max(0, retries))
    for url in [backup] if isinstance(backup, str) else backup:
        yield url, True


async def _brought(session: Session, wire: Wire, options: Options, url: str, timeout: float) -> tuple[Any] | None:
    """What a script brings within its time, in a tuple; one that brings nothing takes all of the time."""
    name, address = _asking(options, url, session.network.phone.clock.now())
    try:
        async with session.network.phone.clock.timeout(timeout):
            try:
                found = await _called(session, wire, address, name)
            except Fail:
                found = None
            if found is None:
                await asyncio.Event().wait()
            return found
    except TimeoutError:
        return None


async def _called(session: Session, wire: Wire, url: str, name: str) -> tuple[Any] | None:
    asked = {"url": url, "mode": "no-cors", "credentials": "include", "cache": "default"}
    outgoing = session.compose(asked, "request")
    reply = await session.fetch(outgoing, wire, Exchange("request", {}, None))
    call = re.search(rf"(?:^|[\s;/]|window\.){re.escape(name)}\s*\((.*)\)\s*;?\s*$", reply.text(), re.DOTALL)
    if call is None or not 200 <= reply.status < 300:
        return None
    nothing = object()
    data = parsed_or(call[1], nothing)
    return None if data is nothing else (data,)


def _asking(options: Options, url: str, now: float) -> tuple[str, str]:
    """The name of the function that the script is to call, and the url that tells it."""
    data, stamp = options.get("data"), int(now * 1000)
    url = f"{url}{'&' if '?' in url else '?'}{data if isinstance(data, str) else _serialized(data)}"
    url = url.replace("?&", "?", 1)
    known = re.search(rf"[?&]{PARAMETER}=([^&#?]+)", url)
    name: str = options["jsonp"] if isinstance(options["jsonp"], str) else f"__jsonp{stamp}"
    if known is None:
        url = _and(url, f"{PARAMETER}={encode_uri_component(name)}")
    return known[1] if known else name, url if options.get("jsonpCache") else _and(url, f"_={stamp}")


def _and(url: str, part: str) -> str:
    return f"{url}{'' if url.endswith('&') else '&'}{part}"


def _serialized(data: Any) -> str:
    entries: Mapping[Any, Any] = dict(data) if is_object(data) else {}
    return "&".join(f"{text_of(name)}={encode_uri_component(text_of(value))}" for name, value in entries.items())
