"""Cloud storage: files by their paths in the cloud, kept in the phone's folder with their bytes.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/storage and reference-sdk-api/storage: ids begin with
`cloud://`, the environment and its bucket; a file at the same path is replaced; 50 ids at most in a call.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from ..core.answers import Fail
from ..core.disk import Snapshot, whole_or_nothing
from ..core.telling import Showing, quoted
from .errors import INVALID, NO_FILE, refused

SCHEME = "cloud://"
MOST_IDS = 50
#: How long the address of a file is good that only its owner may read, in seconds; `getTempFileURL` tells it so.
MAX_AGE = 7200
#: How long a path may be, in bytes: guide/storage, "文件名命名限制".
LONGEST_PATH = 850
#: The host of the addresses that `getTempFileURL` gives is the bucket's name and this.
HOST = "tcb.qcloud.la"


class CloudFiles(Showing):
    """The files of the environments, each in a folder of its own below `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def in_words(self) -> Iterator[str]:
        """Where they are."""
        yield quoted(self.root)

    def put(self, env: str, cloud_path: str, data: bytes) -> str:
        """Keeps `data` at a path in the cloud; gives the file's id. Raises `Fail` for a path that is none."""
        place = self._place(env, cloud_path)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f"{place.name}.new")
        with whole_or_nothing(fresh):
            fresh.write_bytes(data)
            fresh.replace(place)
        return file_id(env, cloud_path)

    def find(self, id_: str) -> Path | None:
        """The file of the computer that an id stands for; None if there is none."""
        named = parts_of(id_)
        if named is None:
            return None
        try:
            place = self._place(*named)
        except Fail:
            return None
        return place if place.is_file() else None

    def read(self, id_: str) -> bytes:
        """The bytes of a file. Raises `Fail` if there is none."""
        place = self.find(id_)
        if place is None:
            raise no_file()
        return place.read_bytes()

    def remove(self, id_: str) -> bool:
        """Deletes a file; whether there was one."""
        place = self.find(id_)
        if place is None:
            return False
        place.unlink()
        return True

    def ids(self) -> list[str]:
        """The ids of all files, in the alphabet's order."""
        envs = sorted(each for each in self.root.iterdir() if each.is_dir()) if self.root.is_dir() else []
        return [
            file_id(unquote(env.name), "/".join(map(unquote, path.relative_to(env).parts)))
            for env in envs
            for path in sorted(env.rglob("*"))
            if path.is_file()
        ]

    def snapshot(self) -> Snapshot:
        """A copy of all files, for `restore`."""
        return Snapshot(self.root)

    def restore(self, state: Snapshot) -> None:
        """Puts the files back to what `snapshot` gave."""
        state.put(self.root)

    def clear(self) -> None:
        """Deletes all files."""
        shutil.rmtree(self.root, ignore_errors=True)

    def _place(self, env: str, cloud_path: str) -> Path:
        return self.root.joinpath(_name(env), *map(_name, checked_path(cloud_path).split("/")))


def checked_path(cloud_path: str) -> str:
    """A path in the cloud. Raises `Fail` for one that is empty, too long, absolute, or has an empty or dotted part."""
    parts = cloud_path.split("/")
    if len(cloud_path.encode("utf-8", "replace")) > LONGEST_PATH or any(each in ("", ".", "..") for each in parts):
        raise refused(INVALID, f"cloudPath {cloud_path!r} is invalid")
    return cloud_path


def bucket(env: str) -> str:
    """What the environment's bucket is called, in the form of the vendor's: letters as numbers, the name, a number."""
    number = int(hashlib.sha256(env.encode()).hexdigest()[:8], 16) % 10**9
    return f"{env[:2].encode().hex()}-{env}-1{number:09d}"


def file_id(env: str, cloud_path: str) -> str:
    """The id of the file at a path in the cloud."""
    return f"{SCHEME}{env}.{bucket(env)}/{cloud_path}"


def parts_of(id_: Any) -> tuple[str, str] | None:
    """The environment and the path of an id; None for what is no id."""
    if not isinstance(id_, str) or not id_.startswith(SCHEME):
        return None
    place, _, path = id_.removeprefix(SCHEME).partition("/")
    env = place.partition(".")[0]
    return (env, path) if env and path and place in (env, f"{env}.{bucket(env)}") else None


def address(id_: str) -> str:
    """The HTTPS address of a file."""
    env, path = parts_of(id_) or ("", "")
    return f"https://{bucket(env)}.{HOST}/{quote(path)}"


def no_file() -> Fail:
    """The failure of an id that no file has."""
    return refused(NO_FILE, "STORAGE_FILE_NONEXIST")


def _name(part: str) -> str:
    """A part of a path as a file's name on whatever system."""
    quoted = quote(part, safe=" ()+,=@[]")
    return f"%2E{quoted[1:]}" if quoted.startswith(".") else quoted
