"""For those who test programs, and for those who write platforms.

`expect_unhandled` is for tests of programs that fail on purpose; pytest finds `pytest_plugin` by itself.

`conformance` has a suite that says whether a platform behaves; a plugin's tests subclass it. The other modules are what
it is made of: `examples`, values that fit a declared type; `recorder`, a native object that answers as it is told and
notes what it is asked; `case`, one function on one platform; `aspects`, what is looked at; `examination`, the run over
all functions of a platform.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .expecting import expect_unhandled as expect_unhandled

__all__ = ["expect_unhandled"]


def __getattr__(name: str) -> Any:  # pytest loads this package in every session, so it imports nothing
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .expecting import expect_unhandled

    return expect_unhandled


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
