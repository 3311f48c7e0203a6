"""What the person sees."""

from __future__ import annotations

from taropy import Phone


def toast(phone: Phone) -> str:
    """What the toast says, "" if there is none."""
    return phone.screen.toast.title if phone.screen.toast else ""


def badge(phone: Phone, tab: int) -> str | None:
    """What is written on a tab."""
    assert phone.screen.tab_bar
    return phone.screen.tab_bar.items[tab].badge
