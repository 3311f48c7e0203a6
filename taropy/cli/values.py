"""What the commands take: platforms, devices and names of Taro's; a wrong one is told with what was probably meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from .. import spec
from ..hints import close_to, of_taro
from ..runtime.platforms import PlatformError
from ..runtime.plugins import registry

Callback = Callable[[click.Context, click.Parameter, Any], Any]


def checked(check: Callable[[Any], Any]) -> Callback:
    """A callback for click's parameters that has `check` look at the value, or at each of several."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(check, value))
        return None if value is None else check(value)

    return callback


def platform(name: str) -> str:
    """The name of a platform; a usage error if no plugin has brought it."""
    try:
        registry().platform(name)
    except PlatformError as error:
        raise click.BadParameter(str(error)) from error
    return name


def device(name: str) -> str:
    """The name of a device profile; a usage error if there is none."""
    from ..phone.base.system import devices

    if name not in devices():
        raise click.BadParameter(
            f"no device is called {name!r}{close_to(name, devices())}; there are {', '.join(devices())}"
        )
    return name


def folder(path: Path) -> Path:
    """A folder to keep data in, made if there is none; a usage error if it cannot be had."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.BadParameter(f"{path} cannot be made: {error.strerror}") from error
    return path


def member(name: str) -> str:
    """The name of a member of Taro, without the `Taro.` that may stand before it; a usage error if there is none.

    A function that a platform has and Taro does not declare is one as well.
    """
    name = name.removeprefix("Taro.")
    if not spec.has(name) and not _is_undeclared(name):
        raise click.BadParameter(_unknown(name))
    return name


def schema(name: str) -> str:
    """What `Taro.canIUse` takes: a member, or with dots a part of one or of a type; a usage error for anything else."""
    name = name.removeprefix("Taro.")
    first, dot, _ = name.partition(".")
    if not spec.has(first) and not (dot and first in spec.type_names()) and not _is_undeclared(name):
        raise click.BadParameter(_unknown(first))
    return name


def _is_undeclared(name: str) -> bool:
    """Whether a platform has the function although Taro does not declare it."""
    return any(name in known.undeclared for known in registry().in_order())


def _unknown(name: str) -> str:
    return f"Taro has no {name!r}{of_taro(name)}"
