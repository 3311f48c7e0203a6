"""What the objects that rooms hand out want of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.app import App
    from ..core.faces import Phone


class Keeper(Protocol):
    """A room, as what it has handed out and has to end knows it."""

    @property
    def phone(self) -> Phone: ...
    def forget(self, made: Any) -> None: ...


class VideoRoom(Keeper, Protocol):
    """The room of videos, as its objects know it."""

    async def file_of(self, app: App, source: str) -> Path | None: ...
