"""Signs the user in, and keeps the user signed in.

The token is kept in storage and goes out with every request to the backend. It is renewed when the vendor's session has
ended (`checkSession`, at the start of the program) and when the backend refuses it (401, at any request).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import api

from taropy import Promise, Taro, TaroError

TOKEN_KEY = "token"

_login: Promise[str] | None = None


def install() -> None:
    """Has every request carry the token. Called once, when the program starts."""
    Taro.addInterceptor(with_login)


async def sign_in() -> str:
    """The stored token if the session is still good, else the token of a new login."""
    token = await stored_token()
    if token and await session_is_good():
        return token
    return await log_in()


async def session_is_good() -> bool:
    """Whether the vendor's session goes on. Where it cannot be asked, a 401 will tell."""
    if not Taro.canIUse("checkSession"):
        return True
    try:
        await Taro.checkSession()
    except TaroError:
        return False
    return True


def log_in() -> Promise[str]:
    """A new token. Whoever asks while a login is under way shares it."""
    global _login
    if _login is None:
        _login = Promise.resolve(fetch_token()).finally_(forget_login)
    return _login


def forget_login() -> None:
    """The login is over, well or not; the next one is a new one."""
    global _login
    _login = None


async def fetch_token() -> str:
    """Logs in: a code from the vendor, for it a token from the backend, kept in storage."""
    res = await Taro.login()
    token = await api.token_for(res.code)
    await Taro.setStorage(key=TOKEN_KEY, data=token)
    return token


async def stored_token() -> str | None:
    """The token in storage. React Native and HarmonyOS have no `getStorageSync`, so it is read the other way."""
    try:
        res = await Taro.getStorage(key=TOKEN_KEY)
    except TaroError:  # getStorage:fail data not found
        return None
    return res.data or None


async def with_login(chain: Any) -> Any:
    """The interceptor: sends the token along; after a 401 logs in and repeats the request, once."""
    params = chain.requestParams
    if not needs_token(params["url"]):
        return await chain.proceed(params)
    token = await stored_token()
    res = await chain.proceed(with_token(params, token))
    if res.statusCode != 401:
        return res
    if await stored_token() == token:  # else another request has logged in meanwhile
        await log_in()
    return await chain.proceed(with_token(params, await stored_token()))


def needs_token(url: str) -> bool:
    """The token is for our backend alone, and logging in is what it comes from."""
    return url.startswith(api.base_url() + "/") and not url.endswith("/login")


def with_token(params: Mapping[str, Any], token: str | None) -> dict[str, Any]:
    """The request's options with the token in the header, if there is one."""
    bearer = {"Authorization": f"Bearer {token}"} if token else {}
    return {**params, "header": {**(params.get("header") or {}), **bearer}}
