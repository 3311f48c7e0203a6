"""The properties of a context: each takes what is a value of it, and stays as it was for anything else."""

from __future__ import annotations

from collections.abc import Callable, Container
from math import inf, isfinite
from typing import Any

Check = Callable[[Any], Any]


def setting(name: str, check: Check, told: Callable[[Any], Any] | None = None) -> property:
    """The property of that name. `check` gives what is kept, or None for what is no value; `told` how that is read."""

    def read(context: Any) -> Any:
        value = getattr(context._state, name)
        return value if told is None else told(value)

    def write(context: Any, value: Any) -> None:
        checked = check(value)
        if checked is not None:
            setattr(context._state, name, checked)
            context._state.change()

    return property(read, write)


def number(least: float = -inf, most: float = inf, *, above: bool = False) -> Check:
    """Takes numbers from `least` to `most`, or, with `above`, none that is `least` itself."""

    def check(value: Any) -> float | None:
        try:
            given = float(value)
        except (TypeError, ValueError):
            return None
        return given if isfinite(given) and least <= given <= most and not (above and given == least) else None

    return check


def choice(known: Container[Any]) -> Check:
    """Takes one of some words."""
    return lambda value: value if isinstance(value, str) and value in known else None


def switch(value: Any) -> bool:
    """Takes anything, as true or false."""
    return bool(value)
