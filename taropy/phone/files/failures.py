"""How a phone words what went wrong with a file.

Codes and texts are those of the table that every page of developers.weixin.qq.com/miniprogram/dev/api/file carries, and
the page `PublicErrno` of the guide to debugging. What follows on the text, the path or both paths of a call, is that of
these pages as they were before the table, which Taro's declarations quote: `no such file or directory, open
${filePath}`, `permission denied, rename ${oldPath} -> ${newPath}`, `the value of "length" is out of range` (for which
the table has `value of length is out of range`). Judgement: that a path out of reach is 1300013, and not 1300014 or
1301000, of which the table says much the same; and `exceed`, which it spells `excced`.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping

import attrs

from ..core.answers import Fail
from ..core.app import App
from ..core.vendors import of_vendor

PERMISSION_DENIED = (1300013, "permission denied")
BAD_DESCRIPTOR = (1300009, "bad file descriptor")
#: To read what was opened only to be written, or the other way round.
DENIED_DESCRIPTOR = (1302001, "permission denied")
MANY_DESCRIPTORS = (1302002, "exceed max concurrent fd limit")
DENIED_FLAG = (1302004, "permission denied when open using flag")
NO_TEMPORARY = (1301112, "tempFilePath file not exist")
FULL = (1300202, "the maximum size of the file storage limit is exceeded")
OUT_OF_RANGE: Mapping[str, int] = {"length": 1301006, "offset": 1301007, "position": 1301009}


@attrs.frozen
class Wording:
    """The code and the text of a failure, and in which way the paths of the call follow on it."""

    code: int
    text: str
    follows: str = "nothing"


WORDINGS: Mapping[int, Wording] = {
    errno.ENOENT: Wording(1300002, "no such file or directory", "missing"),
    errno.EPERM: Wording(1300001, "operation not permitted", "opened"),
    errno.EIO: Wording(1300005, "Input/output error"),
    errno.EBADF: Wording(*BAD_DESCRIPTOR),
    errno.EACCES: Wording(*PERMISSION_DENIED, "opened"),
    errno.EROFS: Wording(*PERMISSION_DENIED, "opened"),
    errno.ELOOP: Wording(*PERMISSION_DENIED, "opened"),
    errno.EEXIST: Wording(1301005, "file already exists", "at"),
    errno.ENOTDIR: Wording(1300020, "not a directory", "at"),
    errno.EISDIR: Wording(1301003, "illegal operation on a directory", "opened"),
    errno.EINVAL: Wording(1300022, "Invalid argument"),
    errno.ENAMETOOLONG: Wording(1300036, "File name too long"),
    errno.ENOTEMPTY: Wording(1300066, "directory not empty"),
    errno.EMFILE: Wording(*MANY_DESCRIPTORS),
    errno.ENOSPC: Wording(*FULL),
    errno.EDQUOT: Wording(*FULL),
    errno.EFBIG: Wording(*FULL),
}
SYSTEM_ERROR = Wording(1300201, "system error")


@attrs.frozen
class Named:
    """How a failure names the paths of its call: when something is missing, cannot be opened, or is there."""

    missing: str = ""
    opened: str = ""
    at: str = ""
    nothing: str = ""


Naming = Callable[..., Named]


def opening(path: str, *_: object) -> Named:
    """`, open <path>`: the way of functions that open a file."""
    return Named(f", open {path}", f", open {path}", f" {path}")


def looking(path: str, *_: object) -> Named:
    """As `opening`, but a missing path stands by itself: functions on directories and entries."""
    return Named(f" {path}", f", open {path}", f" {path}")


def quoting(path: str, *_: object) -> Named:
    """As `looking`, in quotes: `open`."""
    return looking(f'"{path}"')


def leading(name: str) -> Naming:
    """`, rename <path> -> <path>`: the way of functions that lead from one path to another."""

    def naming(source: str, target: str, *_: object) -> Named:
        both = f", {name} {source} -> {target}"
        return Named(both, both, f" {target}")

    return naming


def unnamed(*_: object) -> Named:
    """No path at all: functions on descriptors."""
    return Named()


def fail(code: int, reason: str) -> Fail:
    """A failure that carries its code under both names: older clients say `errCode`, newer ones `errno`."""
    return Fail(reason, code, errno=code)


# The codes of Alipay by WeChat's, from the pages `FileSystemManager.…` of github.com/AlipayDocs/open-docs.
ALIPAY: Mapping[int, int] = {
    **dict.fromkeys((1300002, NO_TEMPORARY[0]), 10022),
    **dict.fromkeys((1300001, 1301003), 10023),
    **dict.fromkeys((PERMISSION_DENIED[0], DENIED_FLAG[0]), 10024),
    1301005: 10025,
    1300066: 10027,
    FULL[0]: 10028,
}
ALIPAY_UNKNOWN = 3
#: Of whose numbers nothing is known: the pages `FileSystemManager-…` of github.com/swan-team/swan-docs and
#: @douyin-microapp/typings 1.3.1, fs.d.ts, have none.
UNNUMBERED: Mapping[str, bool] = {"swan": True, "tt": True}
# Appending alone has another number for a folder.
ALIPAY_OF: Mapping[str, Mapping[int, int]] = {"append_file": {1301003: 10025}}


def as_told(failure: Fail, app: App, work: str = "") -> Fail:
    """`failure` of the work of this name with the code that the app's vendor has for it.

    The words are WeChat's, Alipay documents none.
    """
    if of_vendor(UNNUMBERED, app, False):
        return Fail(failure.reason)
    if app.native_name != "my" or "errno" not in failure.fields:
        return failure
    number = failure.fields["errno"]
    return Fail(failure.reason, error=ALIPAY_OF.get(work, {}).get(number) or ALIPAY.get(number, ALIPAY_UNKNOWN))


def failed(error: OSError, named: Named) -> Fail:
    """How the phone words `error`."""
    wording = WORDINGS.get(error.errno or 0, SYSTEM_ERROR)
    return fail(wording.code, f"{wording.text}{getattr(named, wording.follows)}")


def out_of_range(name: str) -> Fail:
    """The failure of a number that does not fit the file or the buffer."""
    return fail(OUT_OF_RANGE[name], f'the value of "{name}" is out of range')


def refused(path: str) -> OSError:
    """That the path is none of the app's, or not for this."""
    return PermissionError(errno.EACCES, "permission denied", path)


def missing(path: str) -> OSError:
    """That there is nothing at the path."""
    return FileNotFoundError(errno.ENOENT, "no such file or directory", path)


def too_long(path: str) -> OSError:
    """That the path is too long, or leads too deep."""
    return OSError(errno.ENAMETOOLONG, "file name too long", path)


def full() -> OSError:
    """That there is no room left."""
    return OSError(errno.ENOSPC, "no room left")
