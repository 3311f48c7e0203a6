"""What the pages ask the backend."""

from __future__ import annotations

import json
import os
from typing import Any

from taropy import Record, Taro

from . import auth

UNAUTHORIZED = 401


class ApiError(Exception):
    """The backend answered with an error; the text is its own sentence for people."""


def base_url() -> str:
    """The backend's address. Taro builds `TARO_APP_…` variables into the program; here they are read when it runs."""
    return os.environ["TARO_APP_API"]


async def call(path: str, method: str = "GET", data: Any = None, header: Any = None) -> Any:
    """The data that the backend answers. Raises `ApiError`, or `TaroError` if the network fails."""
    res = await Taro.request(url=base_url() + path, method=method, data=data, header=header)
    return _data(res.statusCode, res.data)


async def teas(skip: int, count: int) -> Any:
    """Some of the teas, and whether there are `more`."""
    return await call(f"/teas?skip={skip}&count={count}")


async def notes() -> Any:
    """What the user has written."""
    return await call("/notes", header=await _authorization())


async def write_note(tea: str, text: str, picture: str) -> Any:
    """Sends a text about a tea, with a picture."""
    res = await Taro.uploadFile(
        url=f"{base_url()}/notes",
        filePath=picture,
        name="picture",
        formData={"tea": tea, "text": text},
        header=await _authorization(),
    )
    return _data(res.statusCode, Record(json.loads(res.data)))


async def _authorization() -> dict[str, str]:
    return {"Authorization": f"Bearer {await auth.token()}"}


def _data(status: int, data: Any) -> Any:
    if status == UNAUTHORIZED:
        auth.forget()
    if status >= 400:
        raise ApiError(data.message)
    return data
