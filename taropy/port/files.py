"""Which files of a tree are the program: what git ignores, what tools make and what others wrote is left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from . import vue
from .parse import SUFFIXES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: Folders that hold what was installed or built.
LEFT_OUT = frozenset(["node_modules", "dist", "miniprogram_npm", "bower_components"])


#: What an audit reads, which is more than can be ported.
AUDITED = SUFFIXES | {vue.SUFFIX}


@attrs.frozen
class LeftOut:
    """A file or folder that is not looked at, for a reason that is told."""

    path: Path
    key: str
    text: str


@attrs.frozen
class Listing:
    """The program's files, sorted, each once; and what was left out that one might have expected."""

    files: tuple[Path, ...]
    left_out: tuple[LeftOut, ...]


def program_files(paths: Iterable[Path], suffixes: frozenset[str] = SUFFIXES) -> Listing:
    """The files of the program in these files and folders, by their suffixes.

    A file that is named itself counts, whatever its suffix is and git ignores.

    Links within a folder are followed to files inside of it only. `MissingExtra` where pathspec is not installed.
    """
    files: dict[Path, None] = {}
    left_out: list[LeftOut] = []
    for path in paths:
        found = [path] if path.is_file() else list(_Walk(path, suffixes, left_out).files())
        files.update(dict.fromkeys(absolute(file) for file in found))
    return Listing(tuple(sorted(files)), tuple(left_out))


def absolute(path: Path) -> Path:
    """The path from the root on, without `..`; links stay links."""
    return Path(os.path.normpath(path.absolute()))


class _Walk:
    """A walk through one folder."""

    def __init__(self, root: Path, suffixes: frozenset[str], left_out: list[LeftOut]) -> None:
        self.root = absolute(root)
        self.suffixes = suffixes
        self.real = os.path.realpath(root)
        self.left_out = left_out
        self.ignored = _Ignored(self.root)

    def files(self) -> Iterator[Path]:
        for folder, folders, names in os.walk(self.root, onerror=self._failed):
            self.ignored.enter(folder, names)
            folders[:] = sorted(name for name in folders if self._enters(folder, name))
            for name in sorted(names):
                file = Path(folder, name)
                if self._is_program(file) and self._is_inside(file):
                    yield file

    def _is_program(self, file: Path) -> bool:
        return file.suffix in self.suffixes and not file.name.endswith(".d.ts") and not self.ignored.has(file)

    def _enters(self, folder: str, name: str) -> bool:
        path = Path(folder, name)
        if name in LEFT_OUT or name.startswith(".") or self.ignored.has(path, is_folder=True):
            return False
        if path.is_symlink():
            self._is_inside(path)
            return False  # where it points within the tree is walked by itself
        return True

    def _is_inside(self, path: Path) -> bool:
        if not path.is_symlink():
            return True
        target = os.path.realpath(path)
        if target == self.real or target.startswith(self.real + os.sep):
            return True
        self.left_out.append(LeftOut(path, "outside", "is a link to a place outside of what is looked at"))
        return False

    def _failed(self, error: OSError) -> None:
        path = Path(error.filename) if error.filename else self.root
        self.left_out.append(LeftOut(path, "unreadable", f"cannot be listed: {error.strerror}"))


class _Ignored:
    """What git ignores in a tree: the `.gitignore` of each folder, those above the tree included."""

    def __init__(self, root: Path) -> None:
        self.specs: list[tuple[str, GitIgnoreSpec]] = []
        self.above = [folder for folder in reversed(root.parents) if _in_repository(folder, root)]
        for folder in self.above:
            self._add(str(folder))

    def enter(self, folder: str, names: list[str]) -> None:
        """Reads the folder's own rules."""
        self.specs = [(base, spec) for base, spec in self.specs if folder == base or folder.startswith(base + os.sep)]
        if ".gitignore" in names:
            self._add(folder)

    def has(self, path: Path, *, is_folder: bool = False) -> bool:
        """Whether git ignores the path: the innermost rules that say anything decide."""
        for base, spec in reversed(self.specs):
            name = path.relative_to(base).as_posix() + ("/" if is_folder else "")
            said = spec.check_file(name).include
            if said is not None:
                return said
        return False

    def _add(self, folder: str) -> None:
        from ..extras import need

        try:
            lines = Path(folder, ".gitignore").read_text("utf-8", "replace").splitlines()
        except OSError:
            return
        spec: GitIgnoreSpec = need("pathspec", extra="port").GitIgnoreSpec.from_lines(lines)
        self.specs.append((folder, spec))


def _in_repository(folder: Path, root: Path) -> bool:
    """Whether a folder above belongs to the same repository."""
    inner = [root, *root.parents]
    return any((each / ".git").exists() for each in inner[inner.index(folder) :]) and not any(
        (each / ".git").exists() for each in inner[: inner.index(folder)]
    )
