"""The folder in which a phone keeps its data: whether it can be used, and what is done about a file that cannot.

Every file in it says by which format it was written. This version reads its own and those before it; a newer one is
refused, since to write over it would lose what the newer version has put there.
"""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

from .answers import Fail

#: The format of what is kept. It goes up when files are written that the version before would misread; a new field that
#: it leaves out, without harm, is no reason. Before 1 files said nothing of it: they are format 0.
FORMAT = 1

#: How SQLite's files begin, and where their format stands (https://sqlite.org/fileformat.html).
MAGIC = b"SQLite format 3\0"
HEADER = 100
VERSION_BEGINS, VERSION_ENDS = 60, 64

NO_DATABASE = "it is no SQLite database"
RECOVERING = "Phone(folder, recover=True)"
RECOVER = f"{RECOVERING} puts it aside and goes on with what of it can be read"


class PhoneFolderError(Fail):
    """The folder of a phone, or a file in it, cannot be used; the text says which, why, and what can be done.

    It is raised when the phone is made, or by what is asked of the phone; a program's call fails with the same text.
    `path` is the file or the folder. `recoverable`: whether `Phone(folder, recover=True)` is a way out.
    """

    def __init__(self, path: str | os.PathLike[str], fault: str, *, recoverable: bool = False) -> None:
        super().__init__(f":internal error {path} {fault}")
        self.path = Path(path)
        self.fault = fault
        self.recoverable = recoverable

    def __str__(self) -> str:
        return f"{self.path} {self.fault}"

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.path, self.fault, self.recoverable)


def _again(kind: type[PhoneFolderError], path: Path, fault: str, recoverable: bool) -> PhoneFolderError:
    return kind(path, fault, recoverable=recoverable)


def damaged(path: Path, why: object) -> PhoneFolderError:
    """The error of a file that is not as it was written."""
    return PhoneFolderError(path, f"is damaged: {why}. {RECOVER}", recoverable=True)


def foreign(path: Path, why: object) -> PhoneFolderError:
    """The error of a file that somebody else has written under the name of one of ours."""
    fault = f"is not a phone's file: {why}. Use another folder; or {RECOVER}"
    return PhoneFolderError(path, fault, recoverable=True)


def unreadable(path: Path, why: object) -> PhoneFolderError:
    """The error of a file or a folder that the system does not let us have."""
    return PhoneFolderError(path, f"can't be used: {why}. Give this user access to it, or use another folder")


def read_only(path: Path) -> PhoneFolderError:
    """The error of a change where nothing can be changed."""
    return PhoneFolderError(path, "can only be read, so the phone can't keep what changes. Copy it to change it")


def checked_format(path: Path, found: object) -> int:
    """The number of a file's format, if this version knows it."""
    if type(found) is not int or found < 0:
        raise damaged(path, f"its format is {found!r}, which is none")
    if found > FORMAT:
        fault = f"is of format {found}, written by a newer taropy; this one knows format {FORMAT}"
        raise PhoneFolderError(path, f"{fault}. Upgrade taropy, or use another folder")
    return found


class StateFolder:
    """A folder that can be read, or made when something is to be put in; of anything else, a `PhoneFolderError`.

    - `writable`: whether files in it can be changed.
    - `recovers`: whether files that cannot be used are put aside; then `put_aside` has them, under their new names.
    """

    def __init__(self, path: str | os.PathLike[str], *, recover: bool = False) -> None:
        self.path = Path(path)
        self.recovers = recover
        self.put_aside: list[Path] = []
        there = next(path for path in (self.path.absolute(), *self.path.absolute().parents) if os.path.lexists(path))
        try:
            with os.scandir(there):
                pass
        except OSError as error:
            raise unreadable(self.path, error.strerror or error) from error
        self.writable: bool = os.access(there, os.W_OK | os.X_OK)
        if not self.writable and not self.path.exists():
            raise unreadable(self.path, "it can't be made")

    def __fspath__(self) -> str:
        return str(self.path)

    def has(self, name: str) -> bool:
        """Whether something of this name is in the folder, whatever it is."""
        return os.path.lexists(self.path / name)

    def may_write(self, path: Path) -> bool:
        """Whether the file in the folder can be changed, or made."""
        return self.writable and (not path.exists() or os.access(path, os.W_OK))

    def make(self) -> None:
        """Has the folder there, for something to be put in. Raises `PhoneFolderError` if nothing can be."""
        if not self.writable:
            raise read_only(self.path)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unreadable(self.path, error.strerror or error) from error

    def set_aside(self, path: Path) -> Path:
        """Gives what is at `path` another name, and leaves the old one free."""
        self.make()
        names = (path.with_name(f"{path.name}.damaged{'' if number == 1 else f'-{number}'}") for number in count(1))
        aside = next(name for name in names if not os.path.lexists(name))
        try:
            path.replace(aside)
        except OSError as error:
            raise unreadable(path, error.strerror or error) from error
        self.put_aside.append(aside)
        return aside


def check_header(folder: StateFolder, file: str) -> None:
    """Raises `PhoneFolderError` if the beginning of the database shows that it cannot be used. It is not opened."""
    place = folder.path / file
    try:
        with place.open("rb") as opened:
            head = opened.read(HEADER)
    except OSError as error:
        if place.is_dir():
            raise damaged(place, "it is a folder") from error
        raise unreadable(place, error.strerror or error) from error
    if head and (len(head) < HEADER or not head.startswith(MAGIC)):
        raise damaged(place, NO_DATABASE)
    checked_format(place, int.from_bytes(head[VERSION_BEGINS:VERSION_ENDS], "big"))
