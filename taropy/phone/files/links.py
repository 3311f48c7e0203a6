"""Links, which may lead out of an app's folders: what is one, and how a file is opened that is none.

A phone has none that a program could make; what else works on the phone's folder may make some. On Windows folders can
be links in another way too (junctions), and no file can be opened on the condition that it is none.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from functools import partial

from ...undoing import undone_by

# Of systems that can be told to follow no link at the end of a path; 0 of those that cannot.
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
# For all that is opened: no wait at a pipe, and no change of line ends on Windows.
_ALWAYS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# What Windows has instead of a path's end may be an archived file as well; this bit says that it is another name.
_NAME_SURROGATE = 0x2000_0000


def is_link(found: os.stat_result) -> bool:
    """Whether this is the status (`os.lstat`) of a link, or of a junction."""
    return stat.S_ISLNK(found.st_mode) or bool(getattr(found, "st_reparse_tag", 0) & _NAME_SURROGATE)


def open_plain(real: str, flags: int, mode: int = 0o644) -> int:
    """`os.open` of what is no link; `OSError` for a link.

    Where the system cannot be told so, the path is looked at before and after; whoever swaps a link in and out again
    between the two is not seen.
    """
    if NO_FOLLOW:
        return os.open(real, flags | NO_FOLLOW | _ALWAYS, mode)
    _refuse_link(real)
    descriptor = os.open(real, flags | _ALWAYS, mode)
    with undone_by(partial(os.close, descriptor)):
        _refuse_link(real)
    return descriptor


def _refuse_link(real: str) -> None:
    with suppress(FileNotFoundError):
        if is_link(os.lstat(real)):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), real)
