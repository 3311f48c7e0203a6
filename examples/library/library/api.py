"""What the pages ask the server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from taropy import Taro

from .models import Book, BookPage, Branch, Line, Loan
from .session import API, Header, checked, signed_in


async def books(page: int, words: str = "") -> BookPage:
    """A page of the books in whose title or author the words are."""
    res = checked(await Taro.request(url=f"{API}/books", data={"page": page, "q": words}))
    found: BookPage = res.data
    return found


async def book(id: str) -> Book:
    """One book."""
    found: Book = checked(await Taro.request(url=f"{API}/books/{id}")).data
    return found


async def branches() -> list[Branch]:
    """The library's houses."""
    found: list[Branch] = checked(await Taro.request(url=f"{API}/branches")).data
    return found


async def loans() -> list[Loan]:
    """What the user has borrowed."""
    res = await signed_in(lambda header: Taro.request(url=f"{API}/loans", header=header))
    found: list[Loan] = res.data
    return found


async def borrow(lines: list[Line]) -> None:
    """Reserves all that is in the bag."""
    await signed_in(lambda header: Taro.request(url=f"{API}/loans", method="POST", data=lines, header=header))


async def save_bag(lines: list[Line]) -> None:
    """Keeps the bag on the server, for the user's other phones."""
    await signed_in(lambda header: Taro.request(url=f"{API}/bag", method="PUT", data=lines, header=header))


async def report_damage(loan: str, photo: str, progress: Callable[[float], object]) -> str:
    """Sends a photo of a damaged book; `progress` is told from 0 to 100. Gives the report's number."""

    def send(header: Header) -> Any:
        task = Taro.uploadFile(url=f"{API}/loans/{loan}/damage", filePath=photo, name="photo", header=header)
        task.onProgressUpdate(lambda res: progress(res.progress))
        return task

    res = await signed_in(send)
    number: str = json.loads(res.data)["number"]
    return number
