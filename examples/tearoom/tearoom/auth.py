"""Signs the user in when a token is first needed, keeps it, and signs in again when the backend does not take it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from taropy import Promise, Taro, TaroError

from . import api

TOKEN_KEY = "token"
UNAUTHORIZED = 401

Send = Callable[[dict[str, str]], Awaitable[Any]]

_signing_in: Promise[str] | None = None


async def signed_in(send: Send) -> Any:
    """What comes of `send(header)`, with the user's token in the header; if that is refused, with a new one."""
    res = await send(bearer(await token()))
    if res.statusCode == UNAUTHORIZED:
        res = await send(bearer(await sign_in()))
    return res


async def token() -> str:
    """The token in storage, else that of a new login."""
    try:
        kept = (await Taro.getStorage(key=TOKEN_KEY)).data
    except TaroError:  # getStorage:fail data not found, where a key that is not there is a failure
        kept = None
    return str(kept) if kept else await sign_in()


async def sign_in() -> str:
    """A new token. Whoever asks for one at the same time shares the login."""
    global _signing_in
    if _signing_in is None:
        _signing_in = Promise.resolve(log_in())
    try:
        return await _signing_in
    finally:
        _signing_in = None


async def log_in() -> str:
    """A code from the vendor, for it a token from the backend, which is kept."""
    code = (await Taro.login()).code
    fresh: str = (await api.call("/login", "POST", {"platform": Taro.getEnv(), "code": code})).token
    await Taro.setStorage(key=TOKEN_KEY, data=fresh)
    return fresh


def bearer(token: str) -> dict[str, str]:
    """The header that tells the backend who asks."""
    return {"Authorization": f"Bearer {token}"}
