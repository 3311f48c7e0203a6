"""From a platform's table to functions: options on their way to the native object, results on their way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .binding import OptionsStep, ResultStep
from .platforms import Adaptation


def options_step(adaptation: Adaptation) -> OptionsStep | None:
    """What is done to the options (a dict that is ours to change) before the native call, if anything."""
    if not adaptation.rename and not adaptation.options:
        return None
    rename = tuple(adaptation.rename.items())
    options = tuple(adaptation.options.items())
    made = tuple((name, make) for name, make in options if callable(make))
    fixed = {name: value for name, value in options if value is not None and not callable(value)}

    def adapt(given: dict[str, Any]) -> None:
        if given:
            for taro_name, native_name in rename:
                if taro_name in given:
                    given[native_name] = given[taro_name]
        if fixed:
            given.update(fixed)
        for name, make in made:
            value = make(given)
            if value is not None:
                given[name] = value

    return adapt


def in_turn(first: OptionsStep, then: OptionsStep | None) -> OptionsStep:
    """One step of two, the second of which there may be none."""
    if then is None:
        return first

    def both(options: dict[str, Any]) -> None:
        first(options)
        then(options)

    return both


def result_step(adaptation: Adaptation) -> ResultStep | None:
    """What is made of a native result, if anything: a new dict. The native object's own is never changed."""
    if not adaptation.results and not adaptation.remove:
        return None
    remove = tuple(adaptation.remove)
    results = tuple(adaptation.results.items())
    taken = tuple((name, source) for name, source in results if isinstance(source, str))
    made = tuple((name, make) for name, make in results if not isinstance(make, str))

    def adapt(given: Mapping[str, Any]) -> dict[str, Any]:
        result = {**given}
        if remove:
            for name in remove:
                result.pop(name, None)
        for name, source in taken:
            value = given.get(source)
            if value is not None:
                result[name] = value
        if made:
            for name, make in made:
                value = make(given)
                if value is not None:
                    result[name] = value
        return result

    return adapt
