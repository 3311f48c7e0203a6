"""What the pages ask the backend."""

from __future__ import annotations

import json
import os
from typing import Any

from taropy import Record, Taro

from . import auth


class ApiError(Exception):
    """The backend answered with an error; the text is its own sentence for people."""


def base_url() -> str:
    """The backend's address. Taro builds `TARO_APP_…` variables into the program; here they are read when it runs."""
    return os.environ["TARO_APP_API"]


async def call(path: str, method: str = "GET", data: Any = None) -> Any:
    """The data that the backend answers. Raises `ApiError`, or `TaroError` if the network fails."""
    res = await Taro.request(url=base_url() + path, method=method, data=data)
    return _data(res.statusCode, res.data)


async def teas(skip: int, count: int) -> Any:
    """Some of the teas, and whether there are `more`."""
    return await call(f"/teas?skip={skip}&count={count}")


async def notes() -> Any:
    """What the user has written."""
    res = await auth.signed_in(lambda header: Taro.request(url=f"{base_url()}/notes", header=header))
    return _data(res.statusCode, res.data)


async def write_note(tea: str, text: str, picture: str) -> Any:
    """Sends a text about a tea, with a picture."""
    form = {"tea": tea, "text": text}
    res = await auth.signed_in(
        lambda header: Taro.uploadFile(
            url=f"{base_url()}/notes", filePath=picture, name="picture", formData=form, header=header
        )
    )
    return _data(res.statusCode, Record(json.loads(res.data)))


def _data(status: int, data: Any) -> Any:
    if status >= 400:
        raise ApiError(data.message)
    return data
