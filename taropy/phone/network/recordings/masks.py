"""What of an exchange goes into a file: all but its secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import unquote_plus

from ....masking import MASK, is_secret, masked_json, masked_text

Texts = Iterable[tuple[str, str]]

COOKIES = frozenset({"cookie", "set-cookie"})
_SCHEME = re.compile(r"(Basic|Bearer|Digest|Negotiate|Token)\s+\S", re.IGNORECASE)
_JSON = re.compile(r"\s*[\[{]")


class Masks:
    """Masks what is secret by its name, as `phone.log` does; `names` are secret as well."""

    def __init__(self, names: Collection[str] = ()) -> None:
        self.names = frozenset(names)
        self._lower = frozenset(name.lower() for name in names)

    def is_secret(self, name: str) -> bool:
        """Whether what has this name is masked."""
        return name.lower() in self._lower or is_secret(name)

    def url(self, text: str) -> str:
        """A URL, with a mask for secret values in its query, and for who asks."""
        before, mark, query = text.partition("?")
        return f"{masked_text(before)}{mark}{'&'.join(map(self._queried, query.split('&')))}"

    def _queried(self, piece: str) -> str:
        name, equals, value = piece.partition("=")
        return f"{name}={MASK}" if value and self.is_secret(unquote_plus(name)) else f"{name}{equals}{value}"

    def pairs(self, pairs: Texts) -> list[tuple[str, str]]:
        """The fields of a query or a form."""
        return [(name, MASK if value and self.is_secret(name) else masked_text(value)) for name, value in pairs]

    def headers(self, pairs: Texts) -> list[tuple[str, str]]:
        """The headers of a message. Cookies keep their names and what is said of them, so that they still work."""
        return [(name, self._header(name, value)) for name, value in pairs]

    def _header(self, name: str, value: str) -> str:
        if name.lower() in COOKIES:
            first, semicolon, rest = value.partition(";")
            if name.lower() == "cookie":
                return "; ".join(_cookie(each) for each in value.split(";"))
            return f"{_cookie(first)}{semicolon}{rest}"
        if not self.is_secret(name) or not value:
            return masked_text(value)
        scheme = _SCHEME.match(value)
        return MASK if scheme is None else f"{scheme[1]} {MASK}"

    def text(self, text: str) -> str:
        """A body: JSON by its fields, any other text by what stands before a secret."""
        value = json_in(text)
        if value is None:
            return masked_text(text)
        masked = self.json(value)
        return text if masked == value else json.dumps(masked, ensure_ascii=False)

    def json(self, value: Any) -> Any:
        """A body as JSON."""
        return masked_json(value, self.is_secret)


def json_in(text: str) -> Any:
    """The object or list that a text is as JSON; None for any other."""
    if _JSON.match(text) is None:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _cookie(pair: str) -> str:
    name, equals, value = pair.strip().partition("=")
    return f"{name}={MASK}" if equals and value else pair.strip()
