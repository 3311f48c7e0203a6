"""Temporary files that a program keeps: under a path of its own, or under one that the phone chooses."""

from __future__ import annotations

import os
import secrets
from operator import itemgetter
from pathlib import PurePath
from typing import Any

from .failures import NO_TEMPORARY, Named, fail
from .paths import Place
from .space import Space
from .whole import NO_FILE, existing


def save_file(space: Space, temporary: str, path: str | None = None) -> str:
    """Moves a temporary file to `path`, or among the saved files, and gives the new path."""
    source = _temporary(space, temporary)
    if path is not None:
        return _move(space, source, _wanted(space, path))
    name = f"{secrets.token_hex(16)}{PurePath(source.real).suffix}"
    return _move(space, source, space.sandbox.place(f"{space.sandbox.layout.saved}{name}"))


def keeping(temporary: str, path: str | None = None) -> Named:
    """How failures of `save_file` name its paths."""
    above = str(path).rpartition("/")[0]
    return Named(f' "{above}"', f', open "{path}"', f" {path}")


def _temporary(space: Space, path: str) -> Place:
    try:
        place = space.sandbox.place(path)
        place.status()
    except OSError as error:
        raise fail(*NO_TEMPORARY) from error
    if place.area != "temporary":
        raise fail(*NO_TEMPORARY)
    return place


def _wanted(space: Space, path: str) -> Place:
    place = space.sandbox.writable(path)
    place.check_new()
    return place


def _move(space: Space, source: Place, target: Place) -> str:
    space.move(source.real, target.real)
    os.utime(target.real, (space.now(), space.now()))
    return target.path


def get_saved_file_list(space: Space) -> list[dict[str, Any]]:
    """The files that have no path of the program's own, oldest first."""
    beginning = space.sandbox.layout.saved
    with os.scandir(space.saved) as entries:
        files = [
            {"filePath": f"{beginning}{entry.name}", **_info(entry.stat(follow_symlinks=False))}
            for entry in entries
            if entry.is_file(follow_symlinks=False)
        ]
    return sorted(files, key=itemgetter("createTime", "filePath"))


def get_saved_file_info(space: Space, path: str) -> dict[str, Any]:
    """The size of a saved file, and when it was saved."""
    return _info(os.lstat(_saved(space, path).real))


def remove_saved_file(space: Space, path: str) -> None:
    """Removes a saved file."""
    os.unlink(_saved(space, path).real)


def _info(found: os.stat_result) -> dict[str, Any]:
    return {"size": found.st_size, "createTime": int(found.st_mtime)}


def _saved(space: Space, path: str) -> Place:
    """The place of a saved file that is there: under a path of the phone's choice, or of the program's."""
    place = existing(space, path)
    if place.area not in ("saved", "user"):
        raise fail(*NO_FILE)
    return place
