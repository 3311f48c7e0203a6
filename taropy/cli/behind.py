"""What commands that run programs are told of the platform, and of what stands behind it."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self

import click

from ..hosts.replay.errors import DepartureWarning
from ..masking import masked_text
from ..runtime.platforms import PlatformError
from ..runtime.plugins import registry
from ..runtime.taro import DEFAULT_PLATFORM
from .traces import line_of
from .values import checked, folder
from .values import device as known_device
from .values import platform as known_platform

if TYPE_CHECKING:
    from ..runtime.taro import Taro

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

PAGE, REPLAY = "page", "replay"

#: Which options of `taropy run` are about some hosts alone.
ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("phone", "recover", "device", "ask", "serve"), ("phone",)),
    **dict.fromkeys(("launch", "show"), (PAGE,)),
    "trace": ("phone", REPLAY),
}


def host(name: str) -> str:
    """The name of a host; a usage error if no plugin has brought it."""
    try:
        registry().host(name)
    except PlatformError as error:
        raise click.BadParameter(str(error)) from error
    return name


def check_options_of_host(ctx: click.Context, host: str) -> None:
    """A usage error for options of another host, and for those that the host needs."""
    options = {each.name: each.opts[0] for each in ctx.command.params}
    for name, hosts in ONLY_FOR.items():
        if ctx.params[name] and host not in hosts:
            raise click.UsageError(f"{options[name]} is for --host {' and '.join(hosts)}")
    if host == "phone" and ctx.params["url"]:
        raise click.UsageError("--url is for another host than the phone")
    if ctx.params["show"] and not ctx.params["launch"]:
        raise click.UsageError("--show is for a browser that --launch starts")
    if host == REPLAY and ctx.params["trace"] is None:
        raise click.UsageError("--host replay answers from what taropy record has kept: name it with --trace FILE")


def wait_for_page(taro: Taro) -> None:
    """Says where the page is to be opened, and waits for it, unless a browser was started for it."""
    opening: Any = taro.phone
    if opening.connected:
        return
    told = opening.link or f"{opening.address} with the token {opening.token}"
    click.echo(f"open {told}", err=True)
    try:
        opening.wait_until_connected()
    except TimeoutError as error:
        raise click.UsageError(str(error)) from error


def named_value(text: str) -> tuple[str, Any]:
    """`url=http://…`, `port=9420`, `visible=true`: a name, and what is JSON as that, else as a text."""
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise click.BadParameter(f"{text!r} is not written NAME=VALUE")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _as_dict(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, Any]:
    return dict(map(named_value, value))


platform_option: Option = click.option(
    "--platform", "-p", metavar="NAME", callback=checked(known_platform), envvar="TARO_ENV", show_envvar=True,
    default=DEFAULT_PLATFORM, show_default=True, help="The platform that the program's Taro is on.",
)  # fmt: skip
phone_option: Option = click.option(
    "--phone", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    callback=checked(folder),
    help="Keep the phone's data in this folder, and go on with what is in it. Without it, they go with the program.",
)  # fmt: skip
device_option: Option = click.option(
    "--device", metavar="NAME", callback=checked(known_device), help="The phone's model, such as 'Pixel 8'."
)
host_option: Option = click.option(
    "--host", metavar="NAME", callback=checked(host), default="phone", show_default=True,
    help="What stands behind the platform.",
)  # fmt: skip
with_option: Option = click.option(
    "--with", "given", metavar="NAME=VALUE", multiple=True, callback=_as_dict,
    help="What the host is given beside, as in taropy.create; may be repeated.",
)  # fmt: skip


def in_module(text: str) -> Any:
    """What `module:name` or `file.py:name` is; a usage error if it cannot be had."""
    place, colon, name = text.rpartition(":")
    if not colon or not place or not name:
        raise click.BadParameter(f"{text!r} is not written MODULE:NAME or FILE.py:NAME")
    try:
        found: Any = _module(place)
        for part in name.split("."):
            found = getattr(found, part)
    except Exception as error:  # whatever the module does when it is imported
        raise click.BadParameter(f"{text} cannot be had: {type(error).__name__}: {error}") from error
    return found


def _module(place: str) -> ModuleType:
    if not place.endswith(".py"):
        return import_module(place)
    path = Path(place)
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Departures:
    """Tells, at the end, where a program has departed from its trace, and which calls it has not made."""

    def __init__(self, native: Any) -> None:
        self._native = native
        self._quiet = warnings.catch_warnings()

    def __enter__(self) -> Self:
        self._quiet.__enter__()
        warnings.simplefilter("ignore", DepartureWarning)
        return self

    def __exit__(self, *exception: Any) -> None:
        self._quiet.__exit__(*exception)

    def tell(self, code: int) -> int:
        """Writes them down. `code` is that of the program; one that has failed has calls left anyway."""
        for error in self._native.departures:
            told = masked_text(str(error))
            click.echo("departed: " + ": ".join(part for part in (line_of(error.place), told) if part), err=True)
        unmade = [] if code else self._native.unmade
        for call in unmade:
            click.echo(f"not made: {call}", err=True)
        return code or int(bool(self._native.departures or unmade))
