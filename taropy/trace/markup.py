"""A log and a phone as HTML by themselves, for who shows them in a page or a notebook of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..html import Html, element
from .entries import entry_of
from .picture import picture
from .screen import look
from .timeline import style, timeline

if TYPE_CHECKING:
    from ..phone import Phone
    from ..runtime.observation import ObservedCall


def log_html(calls: Iterable[ObservedCall], *, show_secrets: bool = False) -> Html:
    """Calls, as `phone.log` has them, as a time line, with its style."""
    calls = list(calls)
    origin = calls[0].began if calls else 0.0
    entries = [entry_of(call, number, origin, show_secrets=show_secrets) for number, call in enumerate(calls, 1)]
    return element("div", element("style", style()), timeline(entries))


def phone_html(phone: Phone, *, width: int = 220, show_secrets: bool = False) -> Html:
    """The phone as a small picture of its screen, `width` px wide."""
    return element("div", picture(look(phone, show_secrets=show_secrets)), style=f"width:{width}px")
