"""Every hook that plugins can implement. Hooks register; calls of a program never go through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    import click

    from .runtime.hosts import HostFactory
    from .runtime.platforms import Platform

hookspec = pluggy.HookspecMarker("taropy")
hookimpl = pluggy.HookimplMarker("taropy")


@hookspec
def taropy_register_platforms(register: Callable[[Platform], None]) -> None:
    """Brings platforms: call `register(Platform(...))` for each."""


@hookspec
def taropy_register_apis(register: Callable[[str, str, Callable[..., Any]], None]) -> None:
    """Replaces single functions: call `register(platform, api, function)` for each.

    `register("weapp", "login", sso)`, say, puts a company's own login in place of WeChat's.

    `function(native, options)` is called in place of the native function, with the platform's native object and the
    options, in which `success`, `fail` and `complete` are set. It answers through them, or is async and returns the
    result's fields. In place of a function that takes positional arguments it gets these: `function(native,
    *arguments)`.

    It holds for every runtime of the process. For one runtime there is `taropy.create("weapp", apis={"login": sso})`,
    which needs no plugin.
    """


@hookspec
def taropy_register_hosts(register: Callable[[str, HostFactory], None]) -> None:
    """Brings what can stand behind a platform: call `register(name, factory)` for each.

    `factory(platform, **options)` returns a `taropy.Host`; `taropy.create("weapp", host=name, …)` uses it.
    """


@hookspec
def taropy_register_packages(register: Callable[[str, str], None]) -> None:
    """Brings modules that stand in for packages of JavaScript's: call `register(package, target)` for each.

    `register("@company/dates", "company.dates")` has `taropy port` import from `company.dates` what a program imports
    from `@company/dates`, by the same names. A program that imports the package as default gets the module itself; with
    the target `company.dates:dates`, that name of the module. `register("@company/dates/*", "company.dates:*")` is for
    the modules in a package: each is the default export of that name. `taropy audit` says so, too.
    """


@hookspec
def taropy_register_commands(group: click.Group) -> None:
    """Adds commands to the command line: decorate them with `@group.command()`."""
