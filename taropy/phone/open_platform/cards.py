"""`Cards`: what WeChat knows of the cards and coupons in people's wallets."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import attrs

from ..core.telling import Showing, count
from .records import Store
from .refusals import Reason, Refused


@attrs.frozen
class CardCode:
    """The code of a card that a program of the app was told in secret."""

    app_key: str
    code: str


class Cards(Showing):
    """Programs are told a card's code in secret; only a backend of the app learns which it is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._codes = store.table("card", CardCode)

    def in_words(self) -> Iterator[str]:
        """How many codes there are."""
        yield count(len(self._codes.rows), "codes")

    def hide(self, app_key: str, code: str) -> str:
        """What a program is told in place of the code."""
        with self._store.changing():
            hidden = secrets.token_urlsafe(48)
            self._codes.put(hidden, CardCode(app_key, code))
            return hidden

    def shown(self, app_key: str, hidden: str) -> str:
        """The code that was hidden so. Raises `Refused` for any other text."""
        self._store.refresh()
        known = self._codes.rows.get(hidden)
        if known is None or known.app_key != app_key:
            raise Refused(Reason.WRONG_CARD)
        return known.code
