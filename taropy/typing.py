"""Types for annotations: `def main(taro: H5Taro) -> None`, `def on(device: DeviceName) -> None`.

- `WeappTaro`, `AlipayTaro`, `HarmonyHybridTaro` and so on have the members that their platform has, and `AnyTaro` has
  every member of Taro. They differ for type checkers only: when a program runs, all are the one class of `Taro`
  objects.
- `PlatformName`, `DeviceName`, `NetworkType`, `QuestionKind`, `PhoneFunction`, `WaitingFunction` are the names that
  taropy takes, as `Literal`s: `typing.get_args(DeviceName)` lists them.
- `OtherPlatform("name")` is the name of a platform that a plugin brings, or one that is only known when the program
  runs: any text is one.
- `Call` is the promise of a call, rejected with a `TaroError`. `PromiseSettledResult` is what `Promise.allSettled`
  tells of each, a `PromiseFulfilledResult` or a `PromiseRejectedResult`.
- `AppSettings` is what `taropy.App` takes, as a dict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any, Literal, NewType

# --- the names that taropy takes ---------------------------------------------------------------------------------


def _platforms() -> Iterable[str]:
    from . import spec

    return spec.PLATFORMS


def _devices() -> Iterable[str]:
    from .phone.core.devices import profiles

    return profiles()


def _network_types() -> Iterable[str]:
    from .phone.network.conditions import TYPES

    return TYPES


def _questions() -> Iterable[str]:
    from .phone import QUESTIONS

    return QUESTIONS


def _functions() -> Iterable[str]:
    return _marks()


def _waiting_functions() -> Iterable[str]:
    return [name for name, mark in _marks().items() if mark != "plain"]


def _marks() -> Mapping[str, str]:
    """How each of the phone's functions is marked: one that is plain returns its value at once."""
    from .phone import Phone
    from .phone.core.surface import MANAGERS, ROOM_OF

    with Phone() as phone:
        owners: dict[str, Any] = {name: getattr(phone, room) for name, room in ROOM_OF.items()}
    for manager, module in MANAGERS.items():
        made = getattr(import_module(f"taropy.phone.{module}"), manager.rpartition(".")[2])
        owners |= {f"{manager}.{name}": made for name in dir(made)}
    marks = {name: _mark(owner, name) for name, owner in owners.items()}
    return {name: mark for name, mark in sorted(marks.items()) if mark not in ("", "value")}


def _mark(owner: Any, name: str) -> str:
    mark: str = getattr(getattr(owner, name.rpartition(".")[2]), "__native__", "")
    return mark


#: What each of the names stands for: the type stubs are made of the same.
LITERALS: Mapping[str, tuple[str, Callable[[], Iterable[str]]]] = {
    "PlatformName": ("A platform that taropy brings.", _platforms),
    "DeviceName": ("A device that `taropy.Phone(device=…)` can be.", _devices),
    "NetworkType": ("A type of network that the phone may be in.", _network_types),
    "QuestionKind": ("What the phone asks its person.", _questions),
    "PhoneFunction": ("A function of the phone's, as `phone.faults` names it.", _functions),
    "WaitingFunction": ("One of them that answers later, so that it may be delayed.", _waiting_functions),
}


OtherPlatform = NewType("OtherPlatform", str)

# --- what there is when a program runs ---------------------------------------------------------------------------

#: The module and the name of each type that is another one when a program runs.
_HOMES: Mapping[str, tuple[str, str]] = {
    "AnyTaro": (".runtime.taro", "Taro"),
    "AppSettings": (".models", "AppConfigDict"),
    "Call": (".runtime.promise", "Promise"),
    "PromiseFulfilledResult": (".runtime.settlements", "PromiseFulfilledResult"),
    "PromiseRejectedResult": (".runtime.settlements", "PromiseRejectedResult"),
    "PromiseSettledResult": (".runtime.settlements", "PromiseSettledResult"),
}


def _taros() -> list[str]:
    from . import spec

    camel = ("".join(part[:1].upper() + part[1:] for part in name.split("-")) for name in spec.PLATFORMS)
    return [f"{name}Taro" for name in camel]


def __getattr__(name: str) -> Any:
    if name in LITERALS:
        literal: Any = Literal
        value: Any = literal[tuple(LITERALS[name][1]())]
    elif name in _HOMES or (name.endswith("Taro") and name in _taros()):
        module, other = _HOMES.get(name, _HOMES["AnyTaro"])
        value = getattr(import_module(module, __package__), other)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*LITERALS, *_HOMES, "OtherPlatform", *_taros()])
