"""From a platform's table to functions: options on their way to the native object, results on their way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .platforms import Adaptation

OptionsStep = Callable[[dict[str, Any]], None]
ResultStep = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def options_step(adaptation: Adaptation) -> OptionsStep | None:
    """What is done to the options (a dict that is ours to change) before the native call, if anything."""
    rename, options = adaptation.rename, adaptation.options
    if not rename and not options:
        return None

    def adapt(given: dict[str, Any]) -> None:
        for taro_name, native_name in rename.items():
            if taro_name in given:
                given[native_name] = given[taro_name]
        for name, value in options.items():
            made = value(given) if callable(value) else value
            if made is not None:
                given[name] = made

    return adapt


def result_step(adaptation: Adaptation) -> ResultStep | None:
    """What is done to a native result, if anything. The native object's own dict is never changed."""
    results, remove = adaptation.results, frozenset(adaptation.remove)
    if not results and not remove:
        return None

    def adapt(given: Mapping[str, Any]) -> Mapping[str, Any]:
        made = {name: value for name, value in given.items() if name not in remove}
        for name, source in results.items():
            value = source(given) if callable(source) else given.get(source)
            if value is not None:
                made[name] = value
        return made

    return adapt
