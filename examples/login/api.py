"""What the program asks its backend."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from taropy import Taro


class ApiError(Exception):
    """The backend answered with an error; the text is the backend's own sentence for people."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def base_url() -> str:
    """The backend's address. Taro builds `TARO_APP_…` variables into the program; here they are read when it runs."""
    return os.environ["TARO_APP_API"]


async def call(path: str, method: str = "GET", data: Any = None) -> Any:
    """The data that the backend answers. Raises `ApiError`, or `TaroError` if the network fails."""
    res = await Taro.request(url=base_url() + path, method=method, data=data)
    if res.statusCode >= 400:
        message = res.data.get("message") if isinstance(res.data, Mapping) else None
        raise ApiError(res.statusCode, message or f"the server answered {res.statusCode}")
    return res.data


async def token_for(code: str) -> str:
    """A token for the login code."""
    token: str = (await call("/login", "POST", {"platform": Taro.getEnv(), "code": code})).token
    return token


async def teas() -> list[str]:
    """What the shop sells. Needs no token."""
    return list(await call("/teas"))


async def me() -> Any:
    """The user: `id`, `platform`, `nickname`, and `logins`, how often the user has logged in."""
    return await call("/me")


async def orders() -> Any:
    """The user's orders, each with `id` and `tea`."""
    return await call("/orders")


async def place_order(tea: str) -> Any:
    """Orders a tea."""
    return await call("/orders", "POST", {"tea": tea})


async def save_profile(encryptedData: str, iv: str) -> Any:
    """Has the backend decrypt and keep the user's profile; gives the `nickname`."""
    return await call("/profile", "POST", {"encryptedData": encryptedData, "iv": iv})
