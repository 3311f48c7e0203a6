"""What the server tells, as `types.ts` has it."""

from __future__ import annotations

from typing import TypedDict


class Book(TypedDict):
    """A book of the library; `free` are the copies that nobody has."""

    id: str
    title: str
    author: str
    free: int


class BookPage(TypedDict):
    """Some of the books, and whether there are more."""

    books: list[Book]
    more: bool


class Loan(TypedDict):
    """A book that the user has, until the day `due` (2026-03-31)."""

    id: str
    title: str
    due: str


class Branch(TypedDict):
    """One of the library's houses."""

    name: str
    latitude: float
    longitude: float


class Line(TypedDict):
    """What is in the bag: a book, and for how many weeks."""

    id: str
    title: str
    weeks: int
