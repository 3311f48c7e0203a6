"""How a message, a card or the like opens an app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.app import App

if TYPE_CHECKING:
    from ..core.faces import Phone


def enter(phone: Phone, app: App, path: str, scene: int, *, anew: bool = False, **options: Any) -> None:
    """Shows the app at `path` with this scene, or launches it once more; `options` are told as well (`shareTicket`, …).

    LookupError if it was never launched: then the phone knows nothing of its pages.
    """
    package = phone.pages.of(app).package
    if package is None:
        raise LookupError(f"{app.key} was never launched on this phone: taropy.App(...).launch() does that")
    if anew:
        phone.lifecycle.launch(app, package, path, scene=scene, **options)
    else:
        phone.lifecycle.foreground(app, scene=scene, path=path, **options)
