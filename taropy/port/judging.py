"""From facts to findings: what each use, text, construct and package comes to on the platforms that are asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import attrs

from ..hints import close_to
from .components import lacks
from .conditions import Condition
from .facts import Facts
from .findings import Finding, Site
from .hints import foreign, instead_of, nearest, of_js_sdk, package
from .linking import Linker
from .marks import Mark, kinds
from .messages import judged
from .modules import Import, package_name
from .origins import CALLED, TARO
from .packages import stand_in
from .parts import Part, option_part, parts_of
from .project import variant_of
from .rules import LEVELS, Rule, rules
from .source import Position
from .support import Support, is_member
from .uses import Use

#: How to have on the phone what it does not simulate.
_BRING_ALONG = 'taropy.use("{platform}", apis={{"{name}": …}}) brings one along'


class Judge:
    """Says what the facts come to."""

    def __init__(self, support: Support, linker: Linker) -> None:
        self.support = support
        self.linker = linker
        self.rules: Mapping[str, Rule] = rules()
        self.guarded: Counter[tuple[str, str]] = Counter()
        self.setters: dict[str, tuple[Path, Position]] = self._setters()
        self._is_for = cache(self._stands_for)

    def _setters(self) -> dict[str, tuple[Path, Position]]:
        """The names that the program itself puts on Taro, and where."""
        found: dict[str, tuple[Path, Position]] = {}
        for facts in self.linker.facts.values():
            for use in facts.uses:
                if use.form == "write" and use.origin.is_taro and len(use.origin.path) == 1:
                    found.setdefault(use.origin.path[0], (facts.path, use.at))
        return found

    def findings(self, facts: Facts) -> Iterator[Finding]:
        """All that is to be said of a file."""
        for use in facts.uses:
            yield from self._use(use, facts)
        yield from self._marks("language", facts.language, facts)
        yield from self._marks("traps", facts.traps, facts)
        yield from self._texts(facts)
        yield from self._components(facts)
        yield from self._packages(facts)

    def site(self, use: Use, facts: Facts) -> Site | None:
        """A use as the report lists it; None for what is no member of Taro."""
        path = use.origin.path
        name = path[0] if use.origin.is_taro else path[1] if len(path) > 1 else ""
        if not is_member(name):
            return None
        never = [each for each in self.support.platforms if not self._is_reached(use.guards, facts, each)]
        parts = parts_of(path) if use.origin.is_taro else ()
        own = [part.schema for part in parts if part.step >= len(path) - use.own]
        return Site(name, own[-1] if own else name, use.form, facts.path, use.at, tuple(never))

    def _finding(
        self, rule: str, subject: str, text: str, facts: Facts, at: Position, *, write: str = "", platform: str = ""
    ) -> Finding:
        level, line = self.rules[rule].level, facts.lines.get(at.line, "")
        return Finding(rule, level, subject, text, facts.path, at, platform, write, line)

    def _is_reached(self, guards: Iterable[Condition], facts: Facts, platform: str) -> bool:
        if not self._is_for(facts.path, platform):
            return False
        return self.support.is_reached(guards, facts, platform)

    def _stands_for(self, file: Path, platform: str) -> bool:
        """Whether a file is used on a platform: `pay.h5.ts` on h5 alone, where `pay.ts` is not."""
        variant = variant_of(file)
        return variant == platform if variant is not None else not self.linker.workspace.is_replaced_on(platform, file)

    # --- uses --------------------------------------------------------------------------------------------------

    def _use(self, use: Use, facts: Facts) -> Iterator[Finding]:
        if not use.origin.is_taro:
            yield from self._native(use, facts)
            return
        name = use.origin.path[0]
        if not is_member(name):
            yield from self._unknown(use, name, facts)
            return
        for platform in self.support.platforms:
            for finding in self._on_platform(use, name, platform, facts):
                yield from self._unless_guarded(finding, use.guards, facts, tried=use.tried)

    def _unless_guarded(
        self, finding: Finding, guards: Iterable[Condition], facts: Facts, *, tried: bool = False
    ) -> Iterator[Finding]:
        if self._is_reached(guards, facts, finding.platform):
            yield _tried(finding) if tried else finding
        else:
            self.guarded[(finding.platform, finding.subject)] += 1

    def _on_platform(self, use: Use, name: str, platform: str, facts: Facts) -> Iterator[Finding]:
        cell = self.support.cell(name, platform)
        if cell == "yes":
            yield from self._parts(use, name, platform, facts)
        elif _names_member(use) and use.form != "asked":
            yield self._missing(name, platform, facts, use.at, on_phone=cell == "host")

    def _missing(self, name: str, platform: str, facts: Facts, at: Position, *, on_phone: bool) -> Finding:
        if on_phone:
            text = f"the phone does not simulate {name} yet, although {platform} has it"
            bring = _BRING_ALONG.format(platform=platform, name=name)
            return self._finding("missing/phone", name, text, facts, at, write=bring, platform=platform)
        text = f"{name} is not to be had on {platform} ({_elsewhere(self.support.having(name))})"
        write = instead_of(name, lambda other: self.support.cell(other, platform) != "no")
        return self._finding("missing/platform", name, text, facts, at, write=write, platform=platform)

    def _parts(self, use: Use, name: str, platform: str, facts: Facts) -> Iterator[Finding]:
        start = len(use.origin.path) - use.own
        for option in use.options:
            part = option_part(name, option.name)
            if part is not None:
                yield from self._part(part, platform, facts, option.at)
        for part in parts_of(use.origin.path):
            if part.step >= start:
                yield from self._part(part, platform, facts, use.at)

    def _part(self, part: Part, platform: str, facts: Facts, at: Position) -> Iterator[Finding]:
        if self.support.cell(part.schema, platform) == "no" and self.support.is_known(part.schema):
            elsewhere = _elsewhere(self.support.having(part.schema))
            text = f"the {part.kind} {part.schema} is not to be had on {platform} ({elsewhere})"
            yield self._finding(f"missing/{part.kind}", part.schema, text, facts, at, platform=platform)

    def _native(self, use: Use, facts: Facts) -> Iterator[Finding]:
        """`wx.login()`: a native object in place of Taro."""
        native, *path = use.origin.path
        name = path[0] if path else ""
        if use.own < len(use.origin.path) - 1:
            return
        sdk = of_js_sdk(name) if native == "wx" else None
        if sdk is not None:
            text = f"wx.{name} is of {sdk.owner}"
            yield self._finding("unknown/native", f"wx.{name}", text, facts, use.at, write=sdk.write)
            return
        yield from self._native_elsewhere(use, native, name, facts)
        owner = self.support.owner_of(native)
        if owner in self.support.platforms and self._is_reached(use.guards, facts, owner):
            yield from self._native_at_home(use, native, name, facts)

    def _native_elsewhere(self, use: Use, native: str, name: str, facts: Facts) -> Iterator[Finding]:
        """On all platforms but the one whose native object it is, it is missing."""
        subject, owner = _dotted(native, name), self.support.owner_of(native)
        for platform in self.support.platforms:
            if platform != owner:
                text = f"{subject} is {owner}'s native object, which {platform} does not have"
                write = self._taro_of(native, name)
                found = self._finding("missing/native", subject, text, facts, use.at, write=write, platform=platform)
                yield from self._unless_guarded(found, use.guards, facts, tried=use.tried)

    def _native_at_home(self, use: Use, native: str, name: str, facts: Facts) -> Iterator[Finding]:
        """On its own platform it works, and is written otherwise in Python, or is nothing of Taro's."""
        subject, write = _dotted(native, name), self._taro_of(native, name)
        if write or not name:
            text = f"{subject}: a program in Python has Taro, not the native object"
            yield self._finding("trap/native-object", subject, text, facts, use.at, write=write)
        elif use.form not in ("write", "asked"):
            text = f"{subject} is a native function of {self.support.owner_of(native)}'s that Taro does not have"
            yield self._finding("unknown/native", subject, text, facts, use.at)

    def _taro_of(self, native: str, name: str) -> str:
        meant = self.support.taro_name(native, name)
        return f"Taro.{meant}" if meant else ""

    def _unknown(self, use: Use, name: str, facts: Facts) -> Iterator[Finding]:
        if not _names_member(use) or use.form == "write":
            return
        known = foreign().get(name)
        if name in self.setters:
            path, at = self.setters[name]
            text = f"{name} is no member of Taro: {path.name}:{at.line} puts it there"
            yield self._finding("unknown/own", name, text, facts, use.at, write="a name of the project's own module")
        elif known is not None:
            text = f"{name} is no member of Taro: it is of {known.owner}"
            yield self._finding("unknown/foreign", name, text, facts, use.at, write=known.write)
        else:
            near = nearest(name)
            text = f"{name} is no member of Taro{close_to(near, [near]) if near else ''}"
            yield self._finding("unknown/member", name, text, facts, use.at, write=f"Taro.{near}" if near else "")

    # --- the rest ----------------------------------------------------------------------------------------------

    def _marks(self, table: str, marks: Iterable[Mark], facts: Facts) -> Iterator[Finding]:
        section = {"language": "language", "traps": "trap"}[table]
        for mark in marks:
            kind = kinds(table)[mark.key]
            text = f"{kind.title}{f' ({mark.detail})' if mark.detail else ''}: {kind.why}"
            yield self._finding(f"{section}/{mark.key}", mark.key, text, facts, mark.at, write=kind.write)

    def _texts(self, facts: Facts) -> Iterator[Finding]:
        for compared in facts.compared:
            verdict = judged(compared)
            if verdict is not None:
                subject = f"{compared.api}: {compared.text}" if compared.api else compared.text
                write = verdict.write
                yield self._finding(f"errmsg/{verdict.key}", subject, verdict.text, facts, compared.at, write=write)

    def _components(self, facts: Facts) -> Iterator[Finding]:
        for element in facts.components:
            for platform in self.support.platforms:
                for lack in lacks(element, platform):
                    at = element.at if lack.index is None else element.attributes[lack.index].at
                    text = f"{lack.subject} is not to be had on {platform} ({_elsewhere(list(lack.platforms))})"
                    rule = f"missing/{lack.kind}"
                    found = self._finding(rule, lack.subject, text, facts, at, platform=platform)
                    yield from self._unless_guarded(found, element.guards, facts)

    def _packages(self, facts: Facts) -> Iterator[Finding]:
        named: dict[str, list[Import]] = defaultdict(list)
        for each in facts.imports:
            name = package_of(each.specifier)
            if name is not None and self.linker.workspace.resolve(each.specifier, facts.path) is None:
                named[name].append(each)
        project = self.linker.workspace.project_of(facts.path)
        for name, imports in named.items():
            known = package(name) is not None or stand_in(name) is not None
            if not project.is_alias(name) and (project.needs(name) or known):
                yield self._package(name, facts, imports[0].at)

    def _package(self, name: str, facts: Facts, at: Position) -> Finding:
        ported = stand_in(name)
        if ported is not None:
            text = f"{name}: ported programs have {ported.module} in its place"
            return self._finding("package/ported", name, text, facts, at, write=ported.module)
        found = package(name)
        if found is None:
            text = f"{name}: taropy knows nothing of what Python has for it"
            return self._finding("package/unknown", name, text, facts, at)
        rule = "package/view" if found.view else "package/replaced"
        return self._finding(rule, name, f"{name}: in Python, {found.python}", facts, at, write=found.python)


def package_of(specifier: str) -> str | None:
    """The package that an import names; None for a file, for Taro itself, and for what is no program."""
    if specifier.startswith((".", "/")) or specifier == TARO or _is_asset(specifier):
        return None
    return package_name(specifier)


_ASSETS = (
    ".css",
    ".scss",
    ".sass",
    ".less",
    ".styl",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".svg",
    ".webp",
    ".json",
    ".wxs",
)


def _is_asset(specifier: str) -> bool:
    return specifier.lower().endswith(_ASSETS)


def _names_member(use: Use) -> bool:
    """Whether a use names the member here, or calls what was taken out of Taro before."""
    path = use.origin.path
    return use.own >= len(path) or (use.own == len(path) - 1 and path[1:2] == (CALLED,))


def _tried(finding: Finding) -> Finding:
    """A finding within `try` matters less: the program has thought of a failure, if not of this one."""
    level = LEVELS[min(LEVELS.index(finding.level) + 1, len(LEVELS) - 1)]
    return attrs.evolve(finding, level=level, text=f"{finding.text}; in a `try`, which is counted apart")


def _dotted(native: str, name: str) -> str:
    return f"{native}.{name}" if name else native


def _elsewhere(platforms: list[str]) -> str:
    return f"{', '.join(platforms)} have it" if platforms else "none has it"
