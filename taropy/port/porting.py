"""`taropy port`: modules in TypeScript and JavaScript, as Python that uses `taropy.js`.

    from taropy.port.porting import port

    outcome = port([Path("shop/src")], Path("shop_py"))

All files are read, translated and checked before anything is written: the folder comes into being whole, or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Unpack

import attrs

from . import vue
from .build import DEVELOPMENT
from .files import absolute, program_files
from .folder import FolderError, Snapshot, made_by_hand, put
from .formatting import Fault, check, formatted
from .garbage import garbage_left
from .json_modules import imported_json, parse_json
from .options import Options
from .packages import PackageError, checked
from .parse import SUFFIXES, parse
from .project import Workspace
from .scopes import names_of
from .source import Unreadable, read
from .source_map import SourceMap, Written, digest_of, mapped, name_of
from .translation.apart import tell_apart
from .translation.comments import all_in
from .translation.launching import Made, launcher_of
from .translation.naming import target_of
from .translation.opening import opening_of, settle_indexes
from .translation.printing import Translated, printed, translate
from .translation.program import Module, Program
from .translation.reach import reaching_unported
from .translation.texts import literal
from .translation.translator import Refusal, Translator
from .translation.wholes import settle_requires

#: So often a module is translated anew, without what did not pass the check of names.
_MOST_ROUNDS = 4

#: So many files that were made by hand are named in an error.
_MOST_NAMED = 5

#: What stands for the launcher among the modules' paths.
_LAUNCHER = ""


class PortError(Exception):
    """Nothing was written: the message says why."""


@attrs.frozen
class PortedModule:
    """A module, and what came of it; `digest` tells this text of the original from another."""

    source: Path
    target: PurePosixPath
    text: str
    refusals: tuple[Refusal, ...]
    notes: tuple[tuple[int, str], ...]
    origins: tuple[int, ...]
    statements: int
    comments: int
    digest: str
    viewed: int = 0


@attrs.frozen
class Outcome:
    """All modules, and the files that could not be read, with the reason; and how they were ported."""

    root: Path
    modules: tuple[PortedModule, ...]
    unread: tuple[tuple[Path, str], ...] = ()
    options: Options = attrs.field(factory=Options)
    launcher: Made | None = None
    opening: Made | None = None

    @property
    def refused(self) -> int:
        """How many places were not ported."""
        return sum(len(module.refusals) for module in self.modules)

    def source_map(self, out: Path) -> SourceMap:
        """What the port remembers in the folder `out`."""
        modules = {
            str(each.target): Written(name_of(each.source, self.root), each.digest, each.text, each.origins)
            for each in self.modules
        }
        for made in self.added:
            modules[str(made.target)] = Written(name_of(made.source, self.root), made.digest, made.text, ())
        return SourceMap(name_of(self.root, absolute(out)), modules, self.options)

    @property
    def files(self) -> dict[PurePosixPath, str]:
        """The texts of all files, by their paths in the folder."""
        return {each.target: each.text for each in self.modules} | {each.target: each.text for each in self.added}

    @property
    def added(self) -> list[Made]:
        """What stands for none of the program's modules."""
        return [made for made in (self.opening, self.launcher) if made is not None]

    @property
    def viewed(self) -> int:
        """How many lines are views, of which a comment tells where they are."""
        return sum(module.viewed for module in self.modules)


def port(
    paths: Sequence[Path],
    out: Path,
    *,
    force: bool = False,
    discard: bool = False,
    **options: Unpack[Options],
) -> Outcome:
    """Ports files and folders into the folder `out`, and tells what was not ported.

    `force` puts the port in the place of an older one, unless something in that was made by hand; `discard` throws that
    away too. `options` are those of `taropy.port.options.Options`, as keywords.

    Raises `PortError` if `out` is there already, has something that was made by hand, or can't be written, and for a
    package whose target is not there; `MissingExtra` without the extra `port`; FileNotFoundError for a path that is not
    there.
    """
    for path in paths:
        path.stat()
    before = None
    if out.exists():
        before = _replaced(paths, out, force=force, discard=discard)
    outcome = ported(paths, **options)
    try:
        put(out, outcome.files, outcome.source_map(out), before=before)
    except FolderError as error:
        raise PortError(str(error)) from error
    return outcome


def ported(paths: Sequence[Path], **options: Unpack[Options]) -> Outcome:
    """As `translated`; `PortError` where there is nothing to port."""
    outcome = translated(paths, **options)
    if not outcome.modules:
        raise PortError("there is no module to port" + _why(outcome.unread))
    return outcome


def _why(unread: Sequence[tuple[Path, str]]) -> str:
    told = "; ".join(f"{path} {why}" for path, why in unread[:_MOST_NAMED])
    return f": {told}" if told else ""


def _replaced(paths: Sequence[Path], out: Path, *, force: bool, discard: bool) -> Snapshot:
    """How the folder is that the port takes the place of; `PortError` where it must not."""
    if not force and not discard:
        raise PortError(f"{out} is there already; --force puts the port in its place, --merge keeps what was changed")
    inside = next((path for path in paths if absolute(path).is_relative_to(absolute(out))), None)
    if inside is not None:
        raise PortError(f"{inside} is in {out}, and would be gone")
    found = Snapshot.of(out)
    by_hand = made_by_hand(out)
    if by_hand and not discard:
        more = f" and {len(by_hand) - _MOST_NAMED} more" if len(by_hand) > _MOST_NAMED else ""
        raise PortError(
            f"{out} has what was made by hand: {', '.join(by_hand[:_MOST_NAMED])}{more}; "
            "--merge keeps it, --discard throws it away"
        )
    return found


@garbage_left()
def translated(
    paths: Sequence[Path],
    *,
    layout: bool = True,
    **options: Unpack[Options],
) -> Outcome:
    """The modules, translated and checked, without writing them; as they are printed if not `layout`."""
    files = program_files(paths).files
    workspace = Workspace(files)
    program, unread = _program(workspace, options), []
    root = _root(files, paths)
    taken: set[PurePosixPath] = set()
    for file in files:
        if file.suffix == vue.SUFFIX:
            unread.append((file, "is a component of Vue's, which is not ported"))
            continue
        if file.suffix not in SUFFIXES:
            unread.append((file, f"is no module that can be ported: {', '.join(sorted(SUFFIXES))}"))
            continue
        try:
            parsed = parse(read(file))
            names = names_of(parsed.root)
        except Unreadable as error:
            unread.append((file, str(error)))
            continue
        target = _free(target_of(PurePosixPath(file.relative_to(root).as_posix())), taken)
        program.modules[str(file)] = Module(program, parsed, names, target)
    unread += _add_json(program, root, taken)
    settle_requires(program)
    settle_indexes(program)
    tell_apart(program)
    results = _checked(program, strict=options.get("strict", False))
    texts = {path: result.text for path, result in results.items()}
    targets = {module.target for module in program.modules.values()}
    launcher = launcher_of(program, targets)
    if launcher is not None:
        texts[_LAUNCHER] = launcher.text
    if layout:
        texts = formatted(texts)
    if launcher is not None:
        launcher = attrs.evolve(launcher, text=texts[_LAUNCHER])
    modules = tuple(_outcome(program.modules[path], results[path], texts[path]) for path in program.modules)
    return Outcome(root, modules, tuple(unread), options, launcher, opening_of(program, targets))


def _add_json(program: Program, root: Path, taken: set[PurePosixPath]) -> list[tuple[Path, str]]:
    """Adds the files of JSON that modules import, and tells those that can't be read."""
    unread = []
    for module in list(program.modules.values()):
        for file in imported_json(module.parsed.source, program.workspace):
            if str(file) in program.modules:
                continue
            try:
                parsed = parse_json(file)
            except Unreadable as error:
                unread.append((file, str(error)))
                continue
            name = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
            target = _free(target_of(PurePosixPath(name)), taken)
            program.workspace.add(file)
            program.modules[str(file)] = Module(program, parsed, names_of(parsed.root), target)
    return unread


def _program(workspace: Workspace, options: Options) -> Program:
    packages = options.get("packages", {})
    for name, target in packages.items():
        try:
            checked(name, target)
        except PackageError as error:
            raise PortError(str(error)) from error
    return Program(
        workspace,
        options.get("defined"),
        options.get("mode", DEVELOPMENT),
        packages,
        strict=options.get("strict", False),
    )


def _root(files: Sequence[Path], paths: Sequence[Path]) -> Path:
    """The folder that the output stands for."""
    folders = [path for path in paths if path.is_dir()]
    if len(folders) == len(paths) == 1:
        return absolute(folders[0])
    return Path(os.path.commonpath([file.parent for file in files])) if files else Path()


def _free(target: PurePosixPath, taken: set[PurePosixPath]) -> PurePosixPath:
    while target in taken:
        target = target.with_name(f"{target.stem}_.py")
    taken.add(target)
    return target


def _outcome(module: Module, result: Translated, text: str) -> PortedModule:
    statements = sum(1 for origin in set(result.origins) if origin)
    origins = mapped(result.text, result.origins, text)
    kept = len(all_in(module.index, module.parsed.root))
    digest = digest_of(module.parsed.source.text)
    return PortedModule(
        module.path,
        module.target,
        text,
        result.refusals,
        result.notes,
        origins,
        statements,
        kept,
        digest,
        result.viewed,
    )


def _checked(program: Program, *, strict: bool) -> dict[str, Translated]:
    """The translations, without what does not pass the check of names."""
    refused: dict[str, frozenset[int]] = {}
    made: dict[str, Translator] = {}
    results: dict[str, Translated] = {}
    left = list(program.modules)
    for _ in range(_MOST_ROUNDS):
        for path in left:
            try:
                made[path] = translate(program.modules[path], refused.get(path, frozenset()), strict=strict)
                results[path] = printed(made[path])
            except RecursionError:
                made.pop(path, None)
                results[path] = _given_up(program.modules[path], "it is nested too deep")
        faults = check({path: results[path].text for path in left})
        left = [path for path, found in faults.items() if found]
        for path in left:
            refused[path] = refused.get(path, frozenset()) | _origins(results[path], faults[path])
        if not left:
            break
    for path in left:
        made.pop(path, None)
        results[path] = _given_up(program.modules[path])
    for path, guarded in reaching_unported(program, made).items():
        results[path] = printed(made[path], guarded)
    return results


def _origins(result: Translated, faults: Sequence[Fault]) -> frozenset[int]:
    """The original's lines that faults came of."""
    found = set()
    for fault in faults:
        line = min(fault.line, len(result.origins)) - 1
        while line > 0 and not result.origins[line]:
            line -= 1
        found.add(result.origins[line])
    return frozenset(found)


def _given_up(module: Module, reason: str = "no translation of this module passed the check") -> Translated:
    """A module of which nothing can be ported: whatever is done with what it exports raises."""
    exported = [(name, module.find(name)) for name in module.exports]
    names = sorted({found.python for _, found in exported if found is not None and found.module is module})
    arguments = f"({literal(reason)}, {literal(module.path.name)})"
    lines = ["from taropy.js import Unported", "", *(f"{name} = Unported{arguments}" for name in names)]
    refusal = Refusal(1, reason, module.path.name)
    return Translated("\n".join(lines) + "\n", (0, 0, *(1 for _ in names)), (refusal,), (), frozenset(["Unported"]))
