"""What every `Taro` object has beside Taro's members."""

from types import TracebackType
from typing import Any, Final, Self

from taropy.phone import Phone
from taropy.runtime.hosts import Host
from taropy.runtime.platforms import Platform

class TaroObject:
    """The Taro API on one platform: every member of Taro by its own name."""

    platform: Final[Platform]
    """The platform that this runtime is on."""
    host: Final[Host]
    """What stands behind the platform."""
    native: Final[Any]
    """The platform's native object (`wx`, `my`, …), as this runtime calls it."""
    phone: Final[Phone]
    """The simulated phone. A runtime over another host has none, and raises `AttributeError`."""
    def close(self) -> None:
        """Ends the calls that are open, and what the runtime began: its tasks, sockets and files, and its own phone."""
    async def aclose(self) -> None:
        """As `close`, and waits until everything has ended."""
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
