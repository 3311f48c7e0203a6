"""The folder that a port goes to: it comes into being whole, or stays as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath

import attrs

from ..undoing import undone_by
from .source_map import MAP, SourceMap, read_map

#: Folders that tools make of what is there, and make anew.
CACHES = frozenset(["__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"])


class FolderError(Exception):
    """The folder is as it was: the message says why."""


@attrs.frozen
class Snapshot:
    """What is in a folder, without caches: each file with what tells that somebody has written to it."""

    files: Mapping[PurePosixPath, tuple[int, int, int]]

    @classmethod
    def of(cls, folder: Path) -> Snapshot:
        """The folder as it is now."""
        return cls({PurePosixPath(path.relative_to(folder).as_posix()): _mark(path) for path in _files(folder)})


def made_by_hand(folder: Path) -> list[str]:
    """What in a folder was changed or added since it was ported: the paths within it; all where it is no port."""
    known = read_map(folder)
    modules = {} if known is None else known.modules
    found = []
    for path in Snapshot.of(folder).files:
        ported = modules.get(str(path))
        text = None if ported is None else ported.text
        if not (text == text_of(folder / path) if text is not None else known and is_made(folder, path)):
            found.append(str(path))
    return sorted(found)


def is_made(folder: Path, path: PurePosixPath) -> bool:
    """Whether a file that is no module is one that every port has: the map, or an empty `__init__.py`."""
    return str(path) == MAP or (path.name == "__init__.py" and not (folder / path).stat().st_size)


def text_of(path: Path) -> str | None:
    """A file's text, whatever ends its lines; None where it is none, or not in UTF-8."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir() or folder.is_symlink():
        yield folder
        return
    for base, folders, names in os.walk(folder):
        links = [name for name in folders if Path(base, name).is_symlink()]
        folders[:] = [name for name in folders if name not in CACHES and name not in links]
        yield from (Path(base, name) for name in [*names, *links])


def _mark(path: Path) -> tuple[int, int, int]:
    found = path.lstat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def put(
    out: Path,
    written: Mapping[PurePosixPath, str],
    source_map: SourceMap,
    *,
    before: Snapshot | None = None,
    keep: bool = False,
    removed: frozenset[PurePosixPath] = frozenset(),
) -> None:
    """Writes modules into a folder beside its place, and puts that there whole.

    `before` is how the folder was when it was looked at, if there is one; `keep` leaves in it what is not written, but
    for `removed`. `FolderError` where it can't be written, or somebody has written to it since.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _beside(out) as made:
            if keep:
                shutil.copytree(out, made, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*CACHES))
                for target in removed:
                    (made / target).unlink(missing_ok=True)
            _write(made, written)
            (made / MAP).write_text(source_map.as_json(), "utf-8", newline="\n")
            _put(made, out, before)
    except OSError as error:
        raise FolderError(f"{out} cannot be written: {error.strerror}") from error


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A new folder beside the other, which is gone in the end if it has not been moved."""
    made = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        made.chmod(0o755)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _write(made: Path, written: Mapping[PurePosixPath, str]) -> None:
    for target, text in written.items():
        file = made / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    for folder in {parent for target in written for parent in target.parents}:
        (made / folder / "__init__.py").touch()


def _put(made: Path, out: Path, before: Snapshot | None) -> None:
    """Puts a folder in the place of another, which comes back if that fails."""
    if before is None:
        made.rename(out)  # fails if somebody else has put something there meanwhile
        return
    old = made.with_name(f"{made.name}.before")
    out.rename(old)
    with undone_by(partial(old.rename, out)):
        if Snapshot.of(old) != before:
            raise FolderError(f"{out} was written to meanwhile, and is left as it is")
        made.rename(out)
    if old.is_dir() and not old.is_symlink():
        shutil.rmtree(old)
    else:
        old.unlink()
