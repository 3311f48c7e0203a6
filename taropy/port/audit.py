"""`taropy audit`: what a program uses, what its platforms lack of it, and what a port of it has to know.

    from taropy.port.audit import audit

    report = audit([Path("shop")], platforms=["weapp", "h5"])

Each file is looked at by itself, in several processes where there are many. What the files hand to each other is joined
then, and a file that gets Taro, or the name of a member, from another of the project is looked at once more, with that
known.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from ..runtime.plugins import registry
from . import vue
from .across import Across
from .config import AppPages
from .facts import Facts, Job, facts_of, facts_of_all
from .files import AUDITED, Listing, absolute, program_files
from .findings import Finding, Report
from .garbage import garbage_left
from .judging import Judge
from .linking import Linker, circles
from .project import Workspace
from .rules import rules
from .source import START, Position
from .support import Support

#: With fewer files, starting a process takes longer than the work.
FEW = 150

#: So many files a process gets at once.
CHUNK = 40

#: The platform of programs that do not say what they are built for.
USUAL = ("weapp",)

#: So many files of a circle are named.
_NAMED = 4


def audit(paths: Sequence[Path], *, platforms: Sequence[str] = (), workers: int | None = None) -> Report:
    """Audits files, folders, whole projects.

    Without `platforms`, those for which the projects' scripts build count, else weapp. `workers` is the number of
    processes, by default that of the processors. FileNotFoundError for a path that is not there; `MissingExtra` where
    the extra `port` is not installed.
    """
    for path in paths:
        path.stat()
    with garbage_left():
        listing = program_files(paths, AUDITED)
        workspace = Workspace(listing.files)
        facts = _facts([(file, None) for file in listing.files], workers)
        facts = _with_known(facts, Linker(facts, workspace), workers)
        facts = _with_texts(facts, Linker(facts, workspace))
        return _report(_root(paths), tuple(platforms) or _built_for(workspace), facts, listing, workspace)


def _report(root: Path, asked: tuple[str, ...], facts: list[Facts], listing: Listing, workspace: Workspace) -> Report:
    linker = Linker(facts, workspace)
    judge = Judge(Support(facts, asked, linker), linker)
    program = [each for each in facts if not workspace.project_of(each.path).builds(each.path)]
    findings = [finding for each in program for finding in judge.findings(each)]
    findings += _of_input(facts, listing, linker, workspace)
    sites = [site for each in program for use in each.uses if (site := judge.site(use, each)) is not None]
    return Report(
        root,
        asked,
        tuple(facts),
        tuple(sorted(findings, key=lambda finding: (str(finding.path), finding.at, finding.rule, finding.platform))),
        tuple(sites),
        judge.guarded,
        {name: judge.support.cells[name] for name in sorted({site.member for site in sites})},
    )


def _with_known(facts: list[Facts], linker: Linker, workers: int | None) -> list[Facts]:
    """The facts, anew of those files that get Taro from others of the project."""
    known = {each.path: found for each in facts if (found := linker.known_to(each))}
    again = {each.path: each for each in _facts(list(known.items()), workers)}
    return [again.get(each.path, each) for each in facts]


def _with_texts(facts: list[Facts], linker: Linker) -> list[Facts]:
    """The facts, anew of those files that ask for members of Taro by names that others may give."""
    across = Across(linker)
    return [facts_of(each.path, linker.known_to(each), across) if each.is_open else each for each in facts]


def _facts(jobs: list[Job], workers: int | None) -> list[Facts]:
    count = workers or os.cpu_count() or 1
    if count == 1 or len(jobs) < FEW:
        return facts_of_all(jobs)
    chunks = [jobs[start : start + CHUNK] for start in range(0, len(jobs), CHUNK)]
    with ProcessPoolExecutor(count, get_context("spawn")) as pool:
        return [each for found in pool.map(facts_of_all, chunks) for each in found]


def _root(paths: Sequence[Path]) -> Path:
    """The folder from which a report names files."""
    folders = [absolute(path if path.is_dir() else path.parent) for path in paths]
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def _built_for(workspace: Workspace) -> tuple[str, ...]:
    names = {name for project in workspace.projects for name in project.platforms}
    return tuple(name for name in registry().platforms if name in names) or USUAL


# --- bad input -------------------------------------------------------------------------------------------------


def _of_input(facts: list[Facts], listing: Listing, linker: Linker, workspace: Workspace) -> Iterator[Finding]:
    for left in listing.left_out:
        yield _told(f"input/{left.key}", left.path.name, f"{left.path.name} {left.text}", left.path)
    for each in facts:
        yield from _of_file(each)
    for ring in circles(linker.graph()):
        yield _circle(sorted(ring))
    for project in workspace.projects:
        yield from (_told("input/settings", each.path.name, str(each), each.path) for each in project.faults)
        yield from _of_pages(project.pages, project.root / "src", workspace)


def _of_file(facts: Facts) -> Iterator[Finding]:
    name = facts.path.name
    if facts.unread is not None:
        key, text = facts.unread
        yield _told(f"input/{key}", name, f"{name} {text}", facts.path)
    if facts.path.suffix == vue.SUFFIX:
        yield _told("input/template", vue.SUFFIX, f"of {name} the scripts are read, the template is not", facts.path)
    for at in facts.faults:
        text = f"{name} cannot be parsed here; the rest of it is used"
        yield _told("input/syntax", name, text, facts.path, at, facts.lines.get(at.line, ""))
    if facts.encoding != "utf-8":
        yield _told("input/encoding", name, f"{name} was read as {facts.encoding.upper()}", facts.path)


def _circle(ring: list[str]) -> Finding:
    names = ["/".join(Path(path).parts[-2:]) for path in ring]
    shown = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
    text = f"import each other in a circle: {shown}" if len(names) > 1 else f"{shown} imports itself"
    return _told("input/cycle", names[0], text, Path(ring[0]))


def _of_pages(pages: AppPages, source: Path, workspace: Workspace) -> Iterator[Finding]:
    for page in pages.names if workspace.has_folder(source) else ():
        place = source / page
        if workspace.resolve(f"./{place.name}", place) is None:
            yield _told("input/page", page, f"the app's config lists the page {page}, which has no file", pages.file)


def _told(rule: str, subject: str, text: str, path: Path, at: Position = START, line: str = "") -> Finding:
    return Finding(rule, rules()[rule].level, subject, text, path, at, line=line)


__all__ = ["audit"]
