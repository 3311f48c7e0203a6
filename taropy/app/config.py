"""Whether an app's settings are what Taro's `AppConfig` and `PageConfig` say, name by name.

Limits of the tab bar: developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .. import spec
from ..hints import close_to
from ..runtime.options import WrongOptions, check_of, take_object
from ..spec import Array, Field, Object, Ref, Type, TypeDef

Settings = dict[str, Any]

FEWEST_TABS, MOST_TABS = 2, 5

# What `preloadRule` calls the pages that are in no sub-package.
MAIN_PACKAGE = "__APP__"

# `Taro.Config` adds this one to `AppConfig`.
_CLOUD: Mapping[str, Field] = {"cloud": Field("cloud", spec.Primitive("boolean"), optional=True)}


class ConfigError(ValueError):
    """An app is declared or launched wrongly; the message says which line, and what would be right."""


def app_settings(given: Any, named: Mapping[str, Any]) -> Settings:
    """The settings of an app, found right."""
    settings = _taken("App", "AppConfig", given, named, extra=_CLOUD)
    _check_pages(settings)
    _check_sub_packages(settings)
    routes = routes_of(settings)
    _check_known(settings.get("entryPagePath"), "entryPagePath", routes)
    _check_preload_rule(settings, routes)
    _check_tab_bar(settings)
    return settings


def page_settings(route: str, given: Any, named: Mapping[str, Any]) -> Settings:
    """The settings of a page, found right."""
    return _taken(f"page {route!r}", "PageConfig", given, named)


def launch_options(given: Mapping[str, Any]) -> Settings:
    """What an app is launched with, found right; what is None is left out."""
    options = {name: value for name, value in given.items() if value is not None}
    for fault in _wrong(spec.fields_of(Ref("getLaunchOptionsSync.LaunchOptions")), options, ""):
        raise ConfigError(f"launch: {fault}")
    for name, value in options.get("query", {}).items():
        for fault in _value_faults(spec.Primitive("string"), value, f"query.{name}"):
            raise ConfigError(f"launch: {fault}")
    return options


def routes_of(settings: Mapping[str, Any]) -> list[str]:
    """The routes of all pages, those of the sub-packages last."""
    return [
        *settings["pages"],
        *(f"{package['root'].strip('/')}/{page}" for package in _sub_packages(settings) for page in package["pages"]),
    ]


def _sub_packages(settings: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return settings.get("subPackages") or settings.get("subpackages") or ()


def _taken(
    what: str, type_name: str, given: Any, named: Mapping[str, Any], *, extra: Mapping[str, Field] | None = None
) -> Settings:
    try:
        settings = take_object(what, given, named)
    except WrongOptions as wrong:
        raise ConfigError(f"{what}: {wrong.fault.replace('parameter', 'settings', 1)}") from None
    settings = {name: value for name, value in settings.items() if value is not None}
    for fault in _faults({**spec.fields_of(Ref(type_name)), **(extra or {})}, settings, ""):
        raise ConfigError(f"{what}: {fault}")
    return settings


# --- names and types ---------------------------------------------------------------------------------------------


def _faults(fields: Mapping[str, Field], given: Mapping[str, Any], path: str) -> Iterator[str]:
    """What is wrong with an object: names that it does not have, values of a wrong type, names that are missing."""
    yield from _wrong(fields, given, path)
    for name, field in fields.items():
        if not field.optional and given.get(name) is None:
            yield f"{path}{name} is missing"


def _wrong(fields: Mapping[str, Field], given: Mapping[str, Any], path: str) -> Iterator[str]:
    """What is wrong with the names and values that are there."""
    for name, value in given.items():
        if name not in fields:
            yield f"there is no {path}{name}{close_to(name, fields)}"
        elif value is not None:
            yield from _value_faults(fields[name].type, value, f"{path}{name}")


def _value_faults(type_: Type, value: Any, path: str) -> Iterator[str]:
    check = check_of(type_, path)
    fault = None if check is None else check(value)
    if fault is not None:
        yield fault
    elif isinstance(type_, Array):
        for index, item in enumerate(value):
            yield from _value_faults(type_.item, item, f"{path}[{index}]")
    elif isinstance(value, Mapping) and (shape := _shape(type_)) is not None:
        if shape.index is None:
            yield from _faults(spec.fields_of(type_), value, f"{path}.")
        else:
            for name, item in value.items():
                yield from _value_faults(shape.index, item, f"{path}[{name!r}]")


def _shape(type_: Type) -> Object | TypeDef | None:
    """What is known of the names of an object; nothing of what is no object."""
    if isinstance(type_, Object):
        return type_
    if not isinstance(type_, Ref) or type_.name not in spec.type_names():
        return None
    definition = spec.type_def(type_.name)
    return definition if definition.kind == "interface" else None


# --- what the names mean -----------------------------------------------------------------------------------------


def _check_pages(settings: Settings) -> None:
    if not settings.get("pages"):
        raise ConfigError("App: pages is missing; name the app's pages, the first is shown at a launch")
    _check_routes(settings["pages"], "pages")


def _check_sub_packages(settings: Settings) -> None:
    if "subPackages" in settings and "subpackages" in settings:
        raise ConfigError("App: subPackages and subpackages are the same; give one")
    for name in ("subPackages", "subpackages"):
        for index, package in enumerate(settings.get(name, ())):
            if not package["root"].strip("/"):
                raise ConfigError(f"App: {name}[{index}].root is {package['root']!r}; name the folder of its pages")
            _check_routes(package["pages"], f"{name}[{index}].pages")
    seen: set[str] = set()
    for route in routes_of(settings):
        if route in seen:
            raise ConfigError(f"App: the page {route!r} is there twice")
        seen.add(route)


def _check_routes(routes: Sequence[str], where: str) -> None:
    for index, route in enumerate(routes):
        right = posixpath.normpath(f"/{route.partition('?')[0]}").strip("/") or "pages/index/index"
        if route != right:
            raise ConfigError(f"App: {where}[{index}] is {route!r}; write {right!r}")


def _check_preload_rule(settings: Settings, routes: Sequence[str]) -> None:
    packages: set[str | None] = {MAIN_PACKAGE}
    for package in _sub_packages(settings):
        packages |= {package["root"].strip("/"), package.get("name")}
    for route, rule in settings.get("preloadRule", {}).items():
        _check_known(route, "a page of preloadRule", routes)
        for index, name in enumerate(rule["packages"]):
            if name.strip("/") not in packages:
                where = f"preloadRule[{route!r}].packages[{index}]"
                raise ConfigError(f"App: {where} is {name!r}, which is no root or name of subPackages")


def _check_tab_bar(settings: Settings) -> None:
    bar = settings.get("tabBar")
    if bar is None:
        return
    tabs = bar["list"]
    if not FEWEST_TABS <= len(tabs) <= MOST_TABS:
        raise ConfigError(f"App: tabBar.list has {len(tabs)} items; it takes {FEWEST_TABS} to {MOST_TABS}")
    routes = [tab["pagePath"] for tab in tabs]
    for index, route in enumerate(routes):
        where = f"tabBar.list[{index}].pagePath"
        _check_known(route, where, settings["pages"])
        if routes.index(route) != index:
            raise ConfigError(f"App: {where} is {route!r}, as in tabBar.list[{routes.index(route)}]")


def _check_known(route: str | None, where: str, routes: Iterable[str]) -> None:
    known = list(routes)
    if route is not None and route not in known:
        raise ConfigError(f"App: {where} is {route!r}, which is not one of pages{close_to(route, known)}")
