"""What each platform has of what a program uses: asked once for all, of the same matrix as `taropy support`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .. import spec
from ..matrix import Cell, matrix
from ..runtime.own import ENV_TYPES
from ..runtime.plugins import registry
from .conditions import ENV, GET_ENV, CanUse, Condition, Same, There, Verdict, decide
from .facts import Facts
from .linking import Linker
from .origins import GLOBAL, TARO, Origin
from .parts import option_part, parts_of
from .uses import NATIVE, Use

_DEEPEST = 20


class Support:
    """The answers for a set of facts on some platforms."""

    def __init__(self, facts: Iterable[Facts], platforms: tuple[str, ...], linker: Linker) -> None:
        self.platforms = platforms
        self.linker = linker
        schemas = dict.fromkeys(schema for each in facts for use in each.uses for schema in schemas_of(use))
        self.cells: Mapping[str, Mapping[str, Cell]] = matrix(schemas, registry().platforms).cells
        self._native = {name: registry().platform(name).platform.native_name for name in registry().platforms}
        self._env_types = {name: registry().platform(name).platform.env_type for name in registry().platforms}

    def cell(self, schema: str, platform: str) -> Cell:
        """What the platform says to a schema of one of the uses."""
        if schema not in self.cells:
            self.cells = {**self.cells, **matrix([schema], registry().platforms).cells}
        return self.cells[schema][platform]

    def is_known(self, schema: str) -> bool:
        """Whether any platform has it."""
        return any(self.cell(schema, platform) != "no" for platform in registry().platforms)

    def having(self, schema: str) -> list[str]:
        """The platforms that have it."""
        return [platform for platform in registry().platforms if self.cell(schema, platform) != "no"]

    def native_of(self, platform: str) -> str:
        """What the platform's native object is called: `wx`."""
        return self._native[platform]

    def owner_of(self, native: str) -> str:
        """The platform whose native object is called so."""
        return next((name for name, object_ in self._native.items() if object_ == native), native)

    def taro_name(self, native: str, name: str) -> str:
        """The member of Taro that stands for a native function, `login` for `my.getAuthCode`; "" if none does."""
        apis = registry().platform(self.owner_of(native)).platform.apis
        aliased = next((api for api, adaptation in apis.items() if adaptation.alias == name), "")
        return aliased or (name if is_member(name) else "")

    # --- conditions --------------------------------------------------------------------------------------------

    def is_reached(self, use_guards: Iterable[Condition], facts: Facts, platform: str) -> bool:
        """Whether code with these guards can run on the platform."""
        return all(self._decide(guard, facts, platform, 0) is not False for guard in use_guards)

    def _decide(self, condition: Condition, facts: Facts, platform: str, depth: int) -> Verdict:
        if depth > _DEEPEST:
            return None
        return decide(condition, lambda atom: self._atom(atom, facts, platform, depth + 1))

    def _atom(self, atom: Condition, facts: Facts, platform: str, depth: int) -> Verdict:
        match atom:
            case Same(left, right):
                texts = [self._text(side, facts, platform) for side in (left, right)]
                return None if None in texts else texts[0] == texts[1]
            case CanUse(schema):
                return self.cell(schema, platform) == "yes"
            case There(what):
                return self._is_there(what, facts, platform, depth)
            case _:
                return None

    def _text(self, side: Origin | str, facts: Facts, platform: str) -> str | None:
        if isinstance(side, str):
            return side
        origin = self.linker.origin(side, facts.path)
        if origin == ENV:
            return platform
        if origin == GET_ENV:
            return self._env_types[platform]
        if origin.module == TARO and origin.path[:1] == ("ENV_TYPE",) and len(origin.path) == 2:
            return origin.path[1] if origin.path[1] in ENV_TYPES else None
        return self.linker.text(side, facts.path)

    def _is_there(self, what: Origin, facts: Facts, platform: str, depth: int) -> Verdict:
        held = self.linker.condition(what, facts.path)
        if held is not None:
            where, condition = held
            return self._decide(condition, self.linker.facts[str(where)], platform, depth)
        origin = self.linker.origin(what, facts.path)
        if origin.module == TARO and len(origin.path) == 1:
            return self.cell(origin.path[0], platform) == "yes" if is_member(origin.path[0]) else None
        if origin.module == GLOBAL and origin.path[0] in NATIVE:
            if origin.path[0] != self.native_of(platform):
                return False
            return True if len(origin.path) == 1 else None
        return None


def is_member(name: str) -> bool:
    """Whether Taro has a member of this name on any platform, declared or not."""
    return spec.has(name) or any(name in spec.undeclared(platform) for platform in spec.PLATFORMS)


def schemas_of(use: Use) -> Iterable[str]:
    """All that has to be asked of a use."""
    if not use.origin.is_taro or not use.origin.path:
        path = use.origin.path[1:2]
        return [name for name in path if is_member(name)]
    name = use.origin.path[0]
    if not is_member(name):
        return []
    options = [part.schema for option in use.options if (part := option_part(name, option.name)) is not None]
    return [name, *options, *(part.schema for part in parts_of(use.origin.path))]
