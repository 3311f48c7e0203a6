"""The methods of the protocol, by their names: each domain's module registers its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .faces import Target

Params = Mapping[str, Any]

#: Does a method's work for a target, and gives its result or an awaitable of it; None is an empty result.
Command = Callable[["Target", Params], Any]

COMMANDS: dict[str, Command] = {}


class Refused(Exception):
    """A request that cannot be answered; the text is what the client is told."""


def command(name: str) -> Callable[[Command], Command]:
    """Registers a function as the method of this name."""

    def register(function: Command) -> Command:
        COMMANDS[name] = function
        return function

    return register


def find(name: Any) -> Command:
    """The method of this name. Clients read the words: `minium` takes "unimplemented" for an older base library."""
    found = COMMANDS.get(name) if isinstance(name, str) else None
    if found is None:
        raise Refused(f"{name if isinstance(name, str) and len(name) < 100 else 'the method'} unimplemented")
    return found


def text(params: Params, name: str) -> str:
    """A parameter that has to be a text."""
    value = params.get(name)
    if not isinstance(value, str):
        raise Refused(f"{name} should be a string")
    return value


def items(params: Params, name: str) -> list[Any]:
    """A parameter that is a list; an empty one if it is not given."""
    value = params.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refused(f"{name} should be an array")
    return value


def fields(params: Params, name: str) -> dict[str, Any]:
    """A parameter that is an object; an empty one if it is not given."""
    value = params.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refused(f"{name} should be an object")
    return value
