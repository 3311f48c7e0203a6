"""The room as its sessions know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from .things import Body, Depth, Hand, Plane

if TYPE_CHECKING:
    from ...core.faces import Phone
    from ..faces import Face
    from .space import Matrix


class Vision(Protocol):
    """What is before the camera."""

    versions: tuple[str, ...]
    planes: list[Plane]
    bodies: list[Body]
    hands: list[Hand]
    depth: Depth | None
    texts: list[str] | None

    @property
    def phone(self) -> Phone: ...
    @property
    def faces(self) -> list[Face]: ...
    @property
    def camera(self) -> Matrix: ...
    def drop(self, session: Any) -> None: ...
