"""What the objects that `phone.video` hands out want of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from ..core.app import App
    from ..core.faces import Phone


class VideoRoom(Protocol):
    """The room, as its objects know it."""

    @property
    def phone(self) -> Phone: ...
    async def file_of(self, app: App, source: str) -> Path | None: ...
    def forget(self, made: Any) -> None: ...
