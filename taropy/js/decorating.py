"""`decorated`: a decorator of TypeScript's for a class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .callbacks import Callback, called_with
from .missing import is_nullish


def decorated(decorator: Callback) -> Callable[[Any], Any]:
    """`@observer class Cart { … }`: what the decorator returns for the class, or the class if it returns nothing."""

    def apply(kind: Any) -> Any:
        made = called_with(decorator, (kind,))
        return kind if is_nullish(made) else made

    return apply
