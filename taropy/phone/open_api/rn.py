"""How `@tarojs/taro-rn` 4.2.0 asks for permissions: `permission.ts`."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant


def _refused(failure: Result) -> Result:
    """A scope that it does not know breaks its code, and it says no more than that."""
    known = "invalid scope" not in failure["errMsg"]
    return {"errMsg": "authorize:denied/undetermined" if known else "authorize:fail"}


SURFACE = Surface("rn", {"authorize": Variant("authorize", failure=_refused)})
