"""What tests of files share: paths, and how a function says that it failed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from taropy.phone import NativeError, Phone

USER = "wxfile://usr"
FULL = "the maximum size of the file storage limit is exceeded"


def said(work: Callable[..., Any], *arguments: Any) -> str:
    """What a function that fails says, without its name."""
    with pytest.raises(NativeError) as caught:
        work(*arguments)
    return caught.value.errMsg.partition(":fail ")[2]


def lying_in(phone: Phone, area: str) -> list[Path]:
    """The files of the computer in an area of whatever app: `usr`, `store`, `tmp`, `fresh`."""
    return [path for path in (phone.folder / "files").glob(f"*/{area}/**/*") if path.is_file()]


def given(t: Any, file: Path) -> str:
    """The program's path of its copy of a file of the computer."""
    path: str = t.phone.files.import_file(next(iter(t.phone.apps)), file)
    return path


def real(t: Any, path: str) -> Path:
    """The file of the computer that the program's path leads to."""
    file: Path = t.phone.files.local(next(iter(t.phone.apps)), path)
    return file


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The system lets no file grow beyond `size`, as a disk that is full; Windows knows no such limit."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
