"""A folder of files of which a person picks: the album, the files of chats."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Mapping
from os import PathLike
from pathlib import Path

IMAGES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".heic", ".heif", ".tif", ".tiff"})
VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".3gp"})
# A landscape, and the camera moving over it for two seconds.
SAMPLES: Mapping[str, Path] = {
    "image": Path(__file__).with_name("sample.jpg"),
    "video": Path(__file__).with_name("sample.mp4"),
}


def kind_of(path: Path) -> str:
    """`image`, `video` or `file`, by the end of its name, as phones do."""
    suffix = path.suffix.lower()
    if suffix in IMAGES:
        return "image"
    return "video" if suffix in VIDEOS else "file"


class Library:
    """The files of a folder, which need not exist as long as nothing is in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def newest(self, kinds: Collection[str]) -> list[Path]:
        """The files of these kinds, the newest first."""
        found = [path for path in self._files() if kind_of(path) in kinds]
        return sorted(found, key=lambda path: (-path.stat().st_mtime_ns, path.name))

    def add(self, source: str | PathLike[str], name: str | None = None) -> Path:
        """Copies a file in, as the newest; one of the same name stays, and the copy gets another."""
        wanted = Path(name or Path(source).name)
        self.folder.mkdir(parents=True, exist_ok=True)
        latest = max((path.stat().st_mtime_ns for path in self._files()), default=0)
        copy = self._free(wanted)
        shutil.copyfile(source, copy)
        moment = max(time.time_ns(), latest + 1)
        os.utime(copy, ns=(moment, moment))
        return copy

    def _files(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [path for path in self.folder.iterdir() if path.is_file() and not path.name.startswith(".")]

    def _free(self, wanted: Path) -> Path:
        path, number = self.folder / wanted.name, 1
        while path.exists():
            number += 1
            path = self.folder / f"{wanted.stem}-{number}{wanted.suffix}"
        return path
