"""The books that the user likes, in the phone's storage."""

from __future__ import annotations

from taropy import Taro


def all() -> list[str]:
    """Their ids, the latest first."""
    return Taro.getStorageSync("favourites") or []


def toggle(id: str) -> bool:
    """Likes the book, or no longer; true if it is liked now."""
    liked = all()
    now = id not in liked
    Taro.setStorageSync("favourites", [id, *liked] if now else [other for other in liked if other != id])
    return now
