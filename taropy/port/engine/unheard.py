"""What the runtime warns of, errors that a callback has thrown, told to who runs the program."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ...runtime.errors import UnhandledRejectionWarning


@contextmanager
def hearing(tell: Callable[[BaseException], None]) -> Iterator[None]:
    """Has `tell` called with each of them, in the place of a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", UnhandledRejectionWarning)
        others = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
            if isinstance(message, UnhandledRejectionWarning):
                tell(message.error)
            else:
                others(message, category, *where, **more)

        warnings.showwarning = show
        yield
