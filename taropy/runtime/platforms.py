"""Platforms: what each supports, and how its native calls differ from Taro's."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

import attrs

from .. import spec
from ..hints import close_to
from ..keywords import hinting_class
from ..spec import Field
from .own import OWN

NativeCall = Callable[..., Any]

# Who has put a function in place of a native one that only one runtime has.
ONE_RUNTIME = "this runtime"


class PlatformError(ValueError):
    """A platform's table is wrong; the message says which line, and what would be right."""


@hinting_class
@attrs.frozen(kw_only=True)
class Adaptation:
    """How one function differs on a platform from the call that Taro's program makes.

    - `alias`: the native function's name, when it is another.
    - `rename`: Taro's option name to the native one; the value is given under both.
    - `optional`: options, or arguments, that may be left out here, although the declaration requires them.
    - `unchecked`: options that may be anything here, whatever the declaration says.
    - `options`: native option to a value, or to a function of the options (Taro's and the renamed ones) that gives it;
      None sets nothing.
    - `results`: result field to the native field it is taken from, or to a function of the native result; a value that
      is missing sets nothing. Of a function that takes a listener, this is about the events.
    - `remove`: native result fields that Taro's result does not have; `results` may set them anew.
    - `function`: `function(native, options)`, or `function(native, *arguments)` for a function that takes arguments:
      makes the native call where these tables cannot say it.
    - `needs`: names of which the native object must have at least one; the native name itself by default.
    """

    alias: str | None = None
    rename: Mapping[str, str] = attrs.field(factory=dict)
    optional: Collection[str] = ()
    unchecked: Collection[str] = ()
    options: Mapping[str, Any] = attrs.field(factory=dict)
    results: Mapping[str, str | Callable[[Mapping[str, Any]], Any]] = attrs.field(factory=dict)
    remove: Collection[str] = ()
    function: NativeCall | None = None
    needs: Collection[str] = ()

    def __attrs_post_init__(self) -> None:
        if self.alias is not None and self.function is not None:
            raise PlatformError(
                f"Adaptation(alias={self.alias!r}, function=…): the function itself calls the native one, by whatever "
                f"name; leave alias out, and write needs=({self.alias!r},) if the native object must have that"
            )
        if self.alias is not None and self.needs:
            raise PlatformError(
                f"Adaptation(alias={self.alias!r}, needs=…): what alias names is what the native object must have; "
                f"leave needs out"
            )
        for what in ("optional", "unchecked", "remove", "needs"):
            for name in getattr(self, what):
                _check_native_name(f"Adaptation({what}=…)", name)
        if self.alias is not None:
            _check_native_name("Adaptation(alias=…)", self.alias)


def _check_native_name(line: str, name: Any) -> None:
    """Raises `PlatformError` for a text that is no name; what is no text is told when the table is checked."""
    if isinstance(name, str) and (not name or any(map(str.isspace, name))):
        raise PlatformError(f"{line}: {name!r} is no name of a function, option or field")


@hinting_class
@attrs.frozen(kw_only=True)
class Platform:
    """A platform that Taro programs run on, as plugins register it.

    - `name`: as in `TARO_ENV` (`weapp`); `title`: for people; `env_type`: what `Taro.getEnv()` gives (`WEAPP`).
    - `native_name`: what programs of the platform call its native object (`wx`).
    - `extends`: the platform that this one starts from: what it supports and its adaptations hold here too.
    - `supports`: the functions it has. By default what the spec says of its name, or else those of the platform it
      extends; `lacks` takes single ones away.
    - `apis`: function name to `Adaptation`, for the functions that differ.
    - `target_unit`: the unit of `Taro.pxTransform`.
    """

    name: str
    title: str
    env_type: str
    native_name: str
    extends: str | None = None
    supports: Collection[str] | None = None
    lacks: Collection[str] = ()
    apis: Mapping[str, Adaptation] = attrs.field(factory=dict)
    target_unit: str = "rpx"

    def __attrs_post_init__(self) -> None:
        _check_words(self)
        for what, names in (("supports", self.supports or ()), ("lacks", self.lacks), ("apis", self.apis)):
            if what == "apis" and not isinstance(names, Mapping):
                raise PlatformError(f"{self.name}: apis should be a dict of names to adaptations, not {names!r}")
            if isinstance(names, str) or not all(isinstance(name, str) for name in names):
                raise PlatformError(f"{self.name}: {what} should be a tuple of names, not {names!r}")
            for name in names:
                if not spec.has(name):
                    hint = close_to(name, spec.members())
                    raise PlatformError(f"{self.name}: {what} names {name!r}, which Taro does not have{hint}")


# What a platform's texts have to be, and such a text.
WORDS: Mapping[str, tuple[re.Pattern[str], str, str]] = {
    "name": (
        re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9_]+)*"),
        "lower-case letters and digits, with hyphens between",
        "my-shop",
    ),
    "title": (re.compile(r"\S(.*\S)?"), "a name for people", "My Shop"),
    "env_type": (re.compile(r"[A-Za-z][A-Za-z0-9_]*([- ][A-Za-z0-9_]+)*"), "what Taro.getEnv() gives", "MY_SHOP"),
    "native_name": (re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*"), "a name as programs write it", "ms"),
}


def _check_words(platform: Platform) -> None:
    """Raises `PlatformError` for a text of a platform that is none, or nothing that could stand there."""
    for what, (form, should, such) in WORDS.items():
        word = getattr(platform, what)
        if not isinstance(word, str) or form.fullmatch(word) is None:
            raise PlatformError(f"Platform({what}={word!r}): {what} should be {should}, as {such!r}")


def _is_everywhere(api: str) -> bool:
    """Whether the member is Taro's own, and asks nothing of the platform: a new one need not name it."""
    return api in OWN and len(spec.supported_on(api)) == len(spec.PLATFORMS)


@attrs.frozen
class Replacement:
    """A function that a plugin, or the one runtime that has it, put in place of a native one."""

    function: NativeCall
    provider: str


def replacement(api: str, function: NativeCall, provider: str, undeclared: Collection[str] = ()) -> Replacement:
    """`function` in place of the native one; a `PlatformError` where there is none that it could stand for.

    `undeclared`: the functions that the platform has without a declaration.
    """
    if api in undeclared and callable(function):
        return Replacement(function, provider)
    if not spec.has(api):
        raise PlatformError(f"{api!r} is not a function of Taro{close_to(api, spec.members())}")
    if api in OWN:
        raise PlatformError(f"{api} is Taro's own: there is no native function to put another in place of")
    if not spec.member(api).is_function:
        raise PlatformError(f"{api} is no function")
    if not callable(function):
        raise PlatformError(f"{api} takes a function in its place, not {type(function).__name__}")
    return Replacement(function, provider)


@attrs.define(slots=False)
class KnownPlatform:
    """A registered platform together with what it extends and with the functions that plugins replaced on it."""

    platform: Platform
    provider: str
    parent: KnownPlatform | None = None
    replaced: dict[str, Replacement] = attrs.field(factory=dict)
    #: What `shapes` has worked out for the platform's functions.
    _shapes: dict[tuple[int, int], Any] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @property
    def in_spec(self) -> bool:
        """Whether the spec says what the platform has."""
        return self.platform.name in spec.PLATFORMS

    @property
    def lineage(self) -> tuple[str, ...]:
        """The names under which the spec says what the platform has: its own, or else those that it starts from."""
        inherited = self.parent.lineage if self.parent is not None and not self.in_spec else ()
        return (self.platform.name, *inherited)

    @property
    def undeclared(self) -> frozenset[str]:
        """The functions that Taro makes promises of here although its declarations do not know them."""
        return frozenset(name for platform in self.lineage for name in spec.undeclared(platform))

    @property
    def hidden(self) -> frozenset[str]:
        """The functions of the native object that Taro does not have here, since others stand for them."""
        return frozenset(name for platform in self.lineage for name in spec.hidden(platform))

    @property
    def called(self) -> tuple[str, ...]:
        """What people may call the platform beside its name: what programs or documents of its vendor do."""
        platform = self.platform
        return (platform.native_name, platform.env_type, platform.title, *platform.title.split())

    def supports(self, api: str) -> bool:
        """Whether the platform has the function."""
        platform = self.platform
        if not spec.has(api):
            return api in self.undeclared
        if api in platform.lacks:
            return False
        if api in self.replaced:
            return True
        if platform.supports is not None:
            return api in platform.supports or _is_everywhere(api)
        if self.parent is not None and not self.in_spec:
            return self.parent.supports(api)
        return platform.name in spec.supported_on(api) or _is_everywhere(api)

    def has_field(self, field: Field) -> bool:
        """Whether the platform's objects have a method, or the declarations a field for the platform.

        Of the objects of a platform that is not in the spec, and extends none that is, nothing is known: a method is
        there if the native object has it.
        """
        if field.platforms is None:
            return field.tags is None or not {"global", *self.lineage}.isdisjoint(field.tags)
        return not field.platforms.isdisjoint(self.lineage) or set(self.lineage).isdisjoint(spec.PLATFORMS)

    def adaptation(self, api: str) -> Adaptation | None:
        """How the function differs here, if it does."""
        if api in self.platform.apis:
            return self.platform.apis[api]
        return self.parent.adaptation(api) if self.parent else None

    def replacement(self, api: str) -> NativeCall | None:
        """The function that stands in place of the native one, if any does."""
        if api in self.replaced:
            return self.replaced[api].function
        return self.parent.replacement(api) if self.parent else None

    def replaced_by(self, api: str) -> str | None:
        """Who has put a function in place of the native one, if anybody has: a plugin, or `ONE_RUNTIME`."""
        if api in self.replaced:
            return self.replaced[api].provider
        return self.parent.replaced_by(api) if self.parent else None

    @property
    def own_apis(self) -> list[str]:
        """The functions that one runtime alone has in place of native ones."""
        return sorted(api for api, each in self.replaced.items() if each.provider == ONE_RUNTIME)

    def with_apis(self, apis: Mapping[str, NativeCall]) -> KnownPlatform:
        """The platform as one runtime has it, which brings these functions of its own."""
        if not isinstance(apis, Mapping):
            raise PlatformError(f"apis should be a dict of names to functions, not {apis!r}")
        replaced = {api: replacement(api, function, ONE_RUNTIME, self.undeclared) for api, function in apis.items()}
        return attrs.evolve(self, replaced={**self.replaced, **replaced})

    def check_circle(self) -> None:
        """Raises `PlatformError` if extending leads from this platform back to itself."""
        way = [self.platform.name]
        at = self.parent
        while at is not None:
            way.append(at.platform.name)
            if at is self:
                raise PlatformError(f"{self.platform.name} extends itself: {' -> '.join(way)}")
            at = at.parent
