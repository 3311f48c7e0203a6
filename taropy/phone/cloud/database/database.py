"""The database behind all environments: its collections, who may use them, and who watches them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ...core.options import js_type, wrong_type
from ...core.telling import Showing, count
from ..errors import INVALID, database_fail
from .access import PERMISSIONS, Access
from .places import Place
from .store import Store

if TYPE_CHECKING:
    from ...core.folder import StateFolder

#: How many records a query gives: guide/database/read.html, on phones and in cloud functions.
CLIENT = (20, 20)
SERVER = (100, 1000)


class Databases(Showing):
    """The collections of the cloud: `permissions` has them by name, and `store` their records."""

    def __init__(self, folder: StateFolder | None, permissions: dict[str, str], now: Callable[[], float]) -> None:
        self.permissions = permissions
        self.now = now
        self.store: Place = Store(folder)

    def in_words(self) -> Iterator[str]:
        """How many collections there are."""
        yield count(len(self.permissions), "collections")

    def client(self, name: Any, openid: str) -> Access:
        """A collection as a user's program may use it."""
        return Access(self, checked_name(name), openid, *CLIENT)

    def server(self, name: Any) -> Access:
        """A collection as cloud functions and the console may use it."""
        return Access(self, checked_name(name), None, *SERVER)

    def make(self, name: str, permission: str, records: Iterable[Any]) -> Access:
        """Makes a collection, or gives one another permission, and adds records."""
        if permission not in PERMISSIONS:
            raise ValueError(f"a collection's permission is one of {', '.join(PERMISSIONS)}, not {permission!r}")
        access = self.server(name)
        self.permissions[name] = permission
        for record in records:
            access.add(record)
        return access


def checked_name(name: Any) -> str:
    """A collection's name. Raises `Fail` for one that is none."""
    if js_type(name) != "String":
        raise wrong_type("parameter", "String", name)
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,127}", name):
        raise database_fail(INVALID, f"{name!r} is no name of a collection")
    checked: str = name
    return checked
