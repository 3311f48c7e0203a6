"""What the vendors' interfaces of paying have in common: how they say that they fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from .orders import Declined, Why

#: What a vendor's failure is made of, by why something is declined.
Table = Mapping[Why, tuple[Any, ...]]


class Failure(Exception):
    """An interface fails. Each vendor has its own kind, and says by its table what the server declines."""

    DECLINED: ClassVar[Table]

    @classmethod
    def of(cls, error: Declined | Self) -> Self:
        """The vendor's failure that `error` is or, for what is declined, comes to."""
        return cls(*cls.DECLINED[error.why]) if isinstance(error, Declined) else error
