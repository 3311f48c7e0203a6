"""Listeners of whom there is one at a time."""

from __future__ import annotations

from collections.abc import Hashable

from ...core.listening import Listener, Listeners


class Latest(Listeners):
    """Listeners of whom the latest takes the place of the one before."""

    def on(self, event: Hashable, listener: Listener, owner: object = None) -> None:
        self.off(event)
        super().on(event, listener, owner)
