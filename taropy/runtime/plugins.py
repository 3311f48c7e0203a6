"""Plugins: found by entry point or registered by hand, asked once for what they bring, kept apart when they fail."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import Distribution, EntryPoint, entry_points
from typing import Any

import attrs
import pluggy

from .. import __version__, hookspecs, spec
from ..hints import close_to
from .errors import PluginWarning
from .hosts import HostFactory, phone_host, shipped
from .platforms import KnownPlatform, NativeCall, Platform, PlatformError, replacement

PROJECT = "taropy"

#: The hosts that come with taropy beside the phone: the name of each, and where its factory is.
HOSTS = (
    ("devtools", "taropy.hosts.devtools.host", "devtools_host"),
    ("page", "taropy.hosts.page.host", "page_host"),
    ("pyodide", "taropy.hosts.pyodide", "pyodide_host"),
    ("record", "taropy.hosts.replay.factories", "record"),
    ("replay", "taropy.hosts.replay.factories", "replay"),
)

# The least version in what a distribution says that it requires: `taropy>=0.2`, `taropy[cli] (>=0.2,<1); extra == "x"`.
REQUIREMENT = re.compile(r"taropy(?![\w.-])[^;]*?(?P<how>>=|~=|==|>)\s*(?P<version>\d+(\.\d+)*)")


@attrs.define
class Registry:
    """What the plugins have brought: platforms, hosts, and the plugins that could not be used, with the reason.

    `shipped` are the plugins that come with taropy, whose tables its tests have checked.
    """

    manager: pluggy.PluginManager
    platforms: dict[str, KnownPlatform] = attrs.field(factory=dict)
    hosts: dict[str, tuple[str, HostFactory]] = attrs.field(factory=dict)
    problems: dict[str, str] = attrs.field(factory=dict)
    shipped: set[str] = attrs.field(factory=set)
    brought_packages: dict[str, tuple[str, str]] = attrs.field(factory=dict)

    @property
    def packages(self) -> dict[str, str]:
        """The modules that stand in for packages of JavaScript's, by package."""
        return {name: target for name, (_, target) in self.brought_packages.items()}

    def platform(self, name: str) -> KnownPlatform:
        """The platform registered under this name; a `PlatformError` that names the others if there is none."""
        known = self.platforms.get(name) if isinstance(name, str) else None
        if known is None:
            hint = self._meant(name)
            raise PlatformError(f"no platform is called {name!r}{hint}; there are {', '.join(self.platforms)}")
        return known

    def _meant(self, name: object) -> str:
        """A hint at the platform that is called otherwise by the vendor (`wx`, `WeChat`), or at one that is near."""
        if not isinstance(name, str):
            return ""
        for known in self.in_order():
            if name.lower() in map(str.lower, known.called):
                return f"; did you mean {known.platform.name!r}?"
        return close_to(name, self.platforms)

    def in_order(self) -> list[KnownPlatform]:
        """The platforms as people expect to see them: in Taro's order, and then those that Taro does not know."""
        order = {name: position for position, name in enumerate(spec.PLATFORMS)}
        return sorted(self.platforms.values(), key=lambda known: order.get(known.platform.name, len(order)))

    def host(self, name: str) -> HostFactory:
        """The host factory registered under this name; a `PlatformError` that names the others if there is none."""
        if name not in self.hosts:
            hint = close_to(name, self.hosts)
            raise PlatformError(f"no host is called {name!r}{hint}; there are {', '.join(self.hosts)}")
        return self.hosts[name][1]

    def fail(self, plugin: str, error: BaseException) -> None:
        """Notes, and warns, that a plugin could not be used; takes away what it brought, and what builds on that."""
        lost = {name for name, known in self.platforms.items() if known.provider == plugin}
        self.forget(plugin)
        self.problems[plugin] = f"{type(error).__name__}: {error}"
        warnings.warn(f"plugin {plugin} was left out: {self.problems[plugin]}", PluginWarning, stacklevel=2)
        for known in list(self.platforms.values()):
            base = known.platform.extends
            if base in lost and known.provider not in self.problems:
                left_out = PlatformError(f"{known.platform.name} extends {base}, which was left out")
                self.fail(known.provider, left_out)

    def forget(self, plugin: str) -> None:
        """Takes a plugin away, and what it had brought."""
        if self.manager.get_plugin(plugin) is not None:
            self.manager.unregister(name=plugin)
        self.platforms = {name: known for name, known in self.platforms.items() if known.provider != plugin}
        self.hosts = {name: brought for name, brought in self.hosts.items() if brought[0] != plugin}
        self.brought_packages = {
            name: brought for name, brought in self.brought_packages.items() if brought[0] != plugin
        }
        for known in self.platforms.values():
            known.replaced = {api: by for api, by in known.replaced.items() if by.provider != plugin}

    # --- what the hooks call -----------------------------------------------------------------------------------

    def register_platform(self, provider: str, platform: Platform) -> None:
        """Takes a platform in."""
        if not isinstance(platform, Platform):
            raise PlatformError(f"register() takes a taropy.Platform, not {type(platform).__name__}")
        known = self.platforms.get(platform.name)
        if known is not None:
            raise PlatformError(f"platform {platform.name!r} is registered already, by {known.provider}")
        self.platforms[platform.name] = KnownPlatform(platform, provider=provider)

    def register_host(self, provider: str, name: str, factory: HostFactory) -> None:
        """Takes a host factory in."""
        if not isinstance(name, str) or not name.isprintable() or name.split() != [name]:
            raise PlatformError(f"register({name!r}, …): a host has a name of one word, as 'phone'")
        if not callable(factory):
            raise PlatformError(f"register({name!r}, …) takes a function that makes a host, not {factory!r}")
        if name in self.hosts:
            raise PlatformError(f"host {name!r} is registered already, by {self.hosts[name][0]}")
        self.hosts[name] = (provider, factory)

    def register_api(self, provider: str, platform: str, api: str, function: NativeCall) -> None:
        """Puts a function in place of a platform's native one."""
        known = self.platform(platform)
        made = replacement(api, function, provider, known.undeclared)
        replaced = known.replaced
        if api in replaced:
            raise PlatformError(f"{api} is replaced already on {platform}, by {replaced[api].provider}")
        replaced[api] = made

    def register_package(self, provider: str, name: str, target: str) -> None:
        """Takes in what stands in for a package of JavaScript's."""
        for what in (name, target):
            if not isinstance(what, str) or what.split() != [what]:
                raise PlatformError(
                    f"register({name!r}, {target!r}) takes a package's name and the module's that has it"
                )
        if name in self.brought_packages:
            raise PlatformError(f"package {name!r} is registered already, by {self.brought_packages[name][0]}")
        self.brought_packages[name] = (provider, target)

    def link(self, plugin: str) -> None:
        """Joins the plugin's platforms with those that they extend."""
        for known in self._brought_by(plugin):
            base = known.platform.extends
            if base is not None and base not in self.platforms:
                hint = self._meant(base)
                raise PlatformError(f"{known.platform.name}: extends names {base!r}, which is no platform{hint}")
            if base is not None:
                known.parent = self.platforms[base]
                known.check_circle()

    def check(self, plugin: str) -> None:
        """Raises `PlatformError` if a table of the plugin's does not fit the spec."""
        brought = self._brought_by(plugin) if plugin not in self.shipped else []
        for known in brought:
            from .tables import check_table

            check_table(known)

    def _brought_by(self, plugin: str) -> list[KnownPlatform]:
        return [known for known in self.platforms.values() if known.provider == plugin]


@cache
def registry() -> Registry:
    """The process's registry; the first call loads every installed plugin."""
    found = Registry(pluggy.PluginManager(PROJECT))
    found.manager.add_hookspecs(hookspecs)
    found.register_host(PROJECT, "phone", phone_host)
    for name, module, factory in HOSTS:
        found.register_host(PROJECT, name, shipped(module, factory))
    loaded = _load(found)
    # In rounds, since plugins may build on what others bring, whatever their order.
    for ask in ROUNDS:
        for name in loaded:
            if name not in found.problems:
                try:
                    ask(found, name)
                except Exception as error:  # whatever a plugin does, it is named and the others work
                    found.fail(name, error)
    found.manager.check_pending()
    found.platforms = {known.platform.name: known for known in found.in_order()}
    return found


def _load(found: Registry) -> list[str]:
    """Imports the installed plugins; the names of those that could be."""
    loaded = []
    for name, entry_point in _installed().items():
        if _distribution(entry_point.dist) == PROJECT:
            found.shipped.add(name)
        try:
            _check_requirement(entry_point)
            plugin = entry_point.load()
            found.manager.register(plugin, name=name)
            _check_hook_names(found, plugin)
        except (Exception, SystemExit) as error:  # as above; a module may end the process when it is imported
            found.fail(name, error)
        else:
            loaded.append(name)
    return loaded


@cache
def _distribution(dist: Distribution | None) -> str:
    """The name of what is installed; kept, since it takes the reading of a whole file."""
    return "" if dist is None else dist.name


def _check_requirement(entry_point: EntryPoint) -> None:
    """A plugin for a newer taropy would fail in some way of its own; so it is told before it is imported."""
    if entry_point.dist is None or _distribution(entry_point.dist) == PROJECT:
        return
    for requirement in entry_point.dist.requires or ():
        found = REQUIREMENT.match(requirement)
        if found is not None and _is_newer(found["version"], found["how"]):
            which = f"later than {found['version']}" if found["how"] == ">" else f"{found['version']} or later"
            raise PlatformError(f"it needs taropy {which}; this is {__version__}")


def _is_newer(version: str, how: str) -> bool:
    """Whether what is required is newer than this taropy."""
    needed, here = _numbers(version), _numbers(__version__)
    return needed > here or (how == ">" and needed == here)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", re.sub(r"(\.0+)+$", "", version))))  # 1.0 is 1


def _installed() -> dict[str, EntryPoint]:
    """The installed plugins: first our own, so that no other takes their place, then by name.

    Of two with one name the second is called by its distribution too.
    """
    found: dict[str, EntryPoint] = {}
    points = entry_points(group=PROJECT)
    for point in sorted(points, key=lambda point: (_distribution(point.dist) != PROJECT, point.name)):
        name = point.name if point.name not in found else f"{point.name} of {_distribution(point.dist)}"
        found[name] = point
    return found


def register_plugin(plugin: object, name: str | None = None) -> str:
    """Registers a plugin that is not installed: a module or object with hook implementations. Returns its name.

    Unlike with an installed one, what is wrong with it is raised; nothing of it is kept then.
    """
    found = registry()
    registered = found.manager.register(plugin, name=name)
    if registered is None:
        raise PlatformError(f"plugin {name!r} is blocked")
    try:
        _check_hook_names(found, plugin)
        for ask in ROUNDS:
            ask(found, registered)
    except BaseException:
        found.forget(registered)
        raise
    return registered


def unregister_plugin(name: str) -> None:
    """Takes a plugin away, and what it has brought. Runtimes that are in use keep it."""
    registry().forget(name)


def _check_hook_names(found: Registry, plugin: object) -> None:
    """A hook that is misspelled, or not marked as one, would never be called; its plugin is told so."""
    known = [name for name in dir(hookspecs) if name.startswith(f"{PROJECT}_")]
    for hook in found.manager.get_hookcallers(plugin) or ():
        if not hook.has_spec():
            raise PlatformError(f"there is no hook {hook.name!r}{close_to(hook.name, known)}")
    for name in known:
        if callable(getattr(plugin, name, None)) and found.manager.parse_hookimpl_opts(plugin, name) is None:
            raise PlatformError(f"{name} is never called: it is a hook only with @taropy.hookimpl above it")


def hook_of(found: Registry, plugin: str, hook: str) -> Any:
    """The hook, for this one plugin."""
    others = [each for name, each in found.manager.list_name_plugin() if name != plugin and each is not None]
    return found.manager.subset_hook_caller(hook, remove_plugins=others)


def _ask_platforms(found: Registry, plugin: str) -> None:
    hook_of(found, plugin, "taropy_register_platforms")(register=partial(found.register_platform, plugin))
    hook_of(found, plugin, "taropy_register_hosts")(register=partial(found.register_host, plugin))
    hook_of(found, plugin, "taropy_register_packages")(register=partial(found.register_package, plugin))


def _ask_apis(found: Registry, plugin: str) -> None:
    hook_of(found, plugin, "taropy_register_apis")(register=partial(found.register_api, plugin))


#: What each plugin is asked, in this order.
ROUNDS: tuple[Callable[[Registry, str], None], ...] = (_ask_platforms, Registry.link, Registry.check, _ask_apis)
