"""What shops have in common: a phone, a vendor's server, and a backend that hears notices, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from servers import Answer, Received, WebServer

from taropy.phone import Phone


class Shop:
    """A program with a backend: `heard` are the notices that it took, `answers` what it says instead to the next."""

    def __init__(self, phone: Phone, backend: WebServer) -> None:
        self.phone, self.backend = phone, backend
        self.heard: list[dict[str, Any]] = []
        self.answers: list[Answer] = []

    def hear(self, received: Received) -> Answer:
        """The backend's address for notices: takes what it can verify, unless an answer is set."""
        return self.answers.pop(0) if self.answers else self.take(received)

    def take(self, received: Received) -> Answer:
        """What the backend makes of a notice."""
        raise NotImplementedError


AnyShop = TypeVar("AnyShop", bound=Shop)


@contextmanager
def selling(phone: Phone, make: Callable[[str, WebServer], AnyShop]) -> Iterator[AnyShop]:
    """The shop that `make` makes of the vendor's address and the backend, both at addresses on this computer."""
    shop: AnyShop
    with phone.open_platform.serve() as server, WebServer(lambda received: shop.hear(received)) as backend:
        shop = make(server.url, backend)
        yield shop
