"""Who is signed in: a token in storage, fetched when it is first needed, and anew when the server has forgotten it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from taropy import Promise, Taro

API = "https://api.library.example"

_signing_in: Promise[str] | None = None


class SignInNeeded(Exception):
    """The platform has no login of its own: the user has to sign in by phone number."""


class ServerError(Exception):
    """The server has refused something; the text is its own, for people."""


class Response(Protocol):
    """What `request` and `uploadFile` both give."""

    @property
    def statusCode(self) -> float: ...
    @property
    def data(self) -> Any: ...


R = TypeVar("R", bound=Response)
Header = dict[str, str]


async def signed_in(send: Callable[[Header], Awaitable[R]]) -> R:
    """What `send` gets with the token in its header; it is called once more if the server has forgotten the token."""
    res = await send({"authorization": f"Bearer {await token()}"})
    if res.statusCode == 401:
        Taro.removeStorageSync("token")
        res = await send({"authorization": f"Bearer {await token()}"})
    return checked(res)


def checked(res: R) -> R:
    """The same response; raises `ServerError` if the server has refused."""
    if res.statusCode >= 400:
        raise ServerError(res.data["message"])
    return res


async def token() -> str:
    """The token. Whoever asks while it is fetched waits for the same one."""
    global _signing_in
    kept: str = Taro.getStorageSync("token")
    if kept:
        return kept
    if not Taro.canIUse("login"):
        raise SignInNeeded
    if _signing_in is None:
        _signing_in = Promise.resolve(_sign_in()).finally_(_forget)
    return await _signing_in


def _forget() -> None:
    global _signing_in
    _signing_in = None


async def _sign_in() -> str:
    return await _exchange({"code": (await Taro.login()).code, "platform": Taro.getEnv()})


async def send_code(phone_number: str) -> None:
    """Has the server send a code to that number."""
    checked(await Taro.request(url=f"{API}/codes", method="POST", data={"phone": phone_number}))


async def sign_in_with(phone_number: str, code: str) -> str:
    """Signs in by the code that came to that number."""
    return await _exchange({"phone": phone_number, "code": code})


async def _exchange(proof: dict[str, str]) -> str:
    res = checked(await Taro.request(url=f"{API}/login", method="POST", data=proof))
    token: str = res.data.token
    Taro.setStorageSync("token", token)
    library: Any = Taro.getApp()
    await library.notices.listen()
    return token
