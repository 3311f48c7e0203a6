"""The parts of the open platform that most programs have no need of: made when they are first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..core.guarded import Guarded

if TYPE_CHECKING:
    from ..core.clock import Clock
    from .cards import Cards
    from .checks import Checks
    from .messages import Messages
    from .payments import Payments
    from .records import Store
    from .risks import Risks
    from .voice_rooms import VoiceRooms


class Parts(Guarded):
    """What the vendors know beside apps, users and sessions."""

    clock: Clock
    _store: Store

    @cached_property
    def payments(self) -> Payments:
        """What the vendors know of money. It is made when first asked for: most programs sell nothing."""
        from .payments import Payments

        return Payments(self._store, self.clock)

    @cached_property
    def cards(self) -> Cards:
        """The codes of the cards in people's wallets; made when first asked for."""
        from .cards import Cards

        return Cards(self._store)

    @cached_property
    def checks(self) -> Checks:
        """The checks of fingerprints and faces; made when first asked for."""
        from .checks import Checks

        return Checks(self._store)

    @cached_property
    def messages(self) -> Messages:
        """The templates of messages, who has subscribed to what, and what was sent; made when first asked for."""
        from .messages import Messages

        return Messages(self._store, self.clock, self.user_named)

    @cached_property
    def risks(self) -> Risks:
        """What Baidu holds of people; made when first asked for."""
        from .risks import Risks

        return Risks(self._store, self.clock)

    @cached_property
    def voice_rooms(self) -> VoiceRooms:
        """The rooms in which users speak with each other; made when first asked for."""
        from .voice_rooms import VoiceRooms

        return VoiceRooms()

    def make_all(self) -> None:
        """Makes all of them: the records of one that was not made are of no kind that is known."""
        for name, part in vars(Parts).items():
            if isinstance(part, cached_property):
                getattr(self, name)

    def user_named(self, app_key: str, openid: str) -> str | None:
        """The id of the person who has this name in the app, once they have logged in there."""
        raise NotImplementedError
