"""What the objects that draw want of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from weakref import WeakSet

    from ..core.answers import Options, Result
    from ..core.app import App
    from ..core.faces import Phone
    from ..core.page import Page
    from .canvas import Canvas
    from .text import Fonts


class Canvases(Protocol):
    """The room, as its objects know it."""

    animated: WeakSet[Canvas]

    @property
    def phone(self) -> Phone: ...
    def fonts(self, app: App) -> Fonts: ...
    def named(self, app: App, page: Page, canvas_id: object, component: object) -> Canvas | None: ...
    def lacks(self, app: App, page: Page, canvas_id: object, component: object) -> str: ...
    async def saved(self, app: App, canvas: Canvas | None, options: Options) -> Result: ...
