"""Signs the user in when a token is first needed, and keeps it."""

from __future__ import annotations

from taropy import Promise, Taro

from . import api

TOKEN_KEY = "token"

_signing_in: Promise[str] | None = None


async def token() -> str:
    """The token for the backend. Calls at the same time share one login."""
    global _signing_in
    kept = Taro.getStorageSync(TOKEN_KEY)
    if kept:
        return str(kept)
    if _signing_in is None:
        _signing_in = Promise.resolve(log_in())
    try:
        return await _signing_in
    finally:
        _signing_in = None


async def log_in() -> str:
    """A new token, for a new login."""
    code = (await Taro.login()).code
    fresh: str = (await api.call("/login", "POST", {"code": code})).token
    Taro.setStorageSync(TOKEN_KEY, fresh)
    return fresh


def forget() -> None:
    """Signs the user out."""
    Taro.removeStorageSync(TOKEN_KEY)
