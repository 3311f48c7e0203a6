"""What a person does at a page in a browser, under the names that it has on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .host import PageHost


class Person:
    def __init__(self, host: PageHost) -> None:
        self.host = host
