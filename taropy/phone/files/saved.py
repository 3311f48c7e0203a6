"""Temporary files that a program keeps: under a path of its own, or under one that the phone chooses."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from operator import itemgetter
from pathlib import PurePath
from typing import Any

from .failures import NO_TEMPORARY, Named, fail
from .links import is_link
from .paths import Place
from .space import Space
from .tree import make_above
from .whole import NO_FILE, existing


def save_file(space: Space, temporary: str, path: str | None = None) -> str:
    """Moves a temporary file to `path`, or among the saved files, and gives the new path."""
    source = _temporary(space, temporary)
    layout = space.sandbox.layout
    if layout.saved is None:
        name = temporary.rpartition("/")[2]
        return _keep(space, source, f"{path or f'{layout.user}/'}{name}" if layout.expo or not path else path)
    if path is not None:
        return _move(space, source, _wanted(space, path))
    name = f"{secrets.token_hex(16)}{PurePath(source.real).suffix}"
    return _move(space, source, space.sandbox.place(f"{layout.saved}{name}"))


def _keep(space: Space, source: Place, path: str) -> str:
    """Moves the file among the program's own; Expo's folders are made where there are none."""
    target = space.sandbox.writable(path)
    if space.sandbox.layout.expo:
        make_above(target)
    target.check_new()
    return _move(space, source, target)


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
    """The files that have no path of the program's own, oldest first; where all have one, all."""
    layout = space.sandbox.layout
    if layout.saved is None:
        files = [
            {"filePath": f"{layout.user}/{path}", **_info(found)}
            for path, found in _files(space.user, "", deep=not layout.expo)
        ]
    else:
        files = [{"filePath": f"{layout.saved}{path}", **_info(found)} for path, found in _files(space.saved, "")]
    return sorted(files, key=itemgetter("createTime", "filePath"))


def _files(folder: str, above: str, *, deep: bool = False) -> Iterator[tuple[str, os.stat_result]]:
    """The files in the folder, and in those that lie in it, if `deep`: their paths from there, and their status."""
    with os.scandir(folder) as entries:
        for entry in entries:
            found = entry.stat(follow_symlinks=False)
            if entry.is_file(follow_symlinks=False):
                yield f"{above}{entry.name}", found
            elif deep and entry.is_dir(follow_symlinks=False) and not is_link(found):
                yield from _files(entry.path, f"{above}{entry.name}/", deep=True)


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
    if place.area not in ("saved", "user") and not space.sandbox.layout.expo:
        raise fail(*NO_FILE)
    return place
