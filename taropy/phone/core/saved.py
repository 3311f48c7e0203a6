"""`Saved`: a room's small state, kept in a JSON file of a phone that has a folder.

The file is `{"format": 1, "state": …}`; before there were formats it was the state alone.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import attrs

from .answers import Fail
from .folder import FORMAT, PhoneFolderError, checked_format, damaged, foreign, unreadable
from .reading import Misfit, read
from .stored import encodable

if TYPE_CHECKING:
    from .faces import Phone

State = TypeVar("State")
Default = TypeVar("Default")
NOTHING: Any = object()


def is_app_key(name: str) -> bool:
    """Whether it is what an app is known by (`App.key`), or stands for all apps."""
    return "/" in name or name == "*"


class Saved(Generic[State]):
    """What a room keeps, of type `kind`; of a phone without a folder nothing is kept.

    `kind` is a type that `reading` knows. `names` tells which names the state may have, where the type does not.
    A file is written beside the old one and then put in its place, so that a killed process or a full disk leaves the
    old. Of several processes that write it the last one's state stays.
    """

    __slots__ = ("_folder", "_kind", "_lock", "_name", "_names")

    def __init__(
        self, phone: Phone, name: str, kind: type[State], names: Collection[str] | Callable[[str], bool] = ()
    ) -> None:
        self._folder = phone.state_folder
        self._name = name
        self._kind = kind
        self._names = names
        self._lock = threading.Lock()

    def load(self, default: Default) -> State | Default:
        """What was kept, or `default`. `PhoneFolderError` if the file cannot be used, unless the phone recovers."""
        folder = self._folder
        if folder is None:
            return default
        path = folder.path / self._name
        try:
            return self._state(path, default)
        except PhoneFolderError as error:
            if not (folder.recovers and error.recoverable):
                raise
            folder.set_aside(path)
            return default

    def keep(self, state: State) -> None:
        """Keeps `state` in place of what was kept before; `Fail` if that cannot be done."""
        folder = self._folder
        if folder is None:
            return
        folder.make()
        path = folder.path / self._name
        fresh = self._fresh(path)
        with self._lock:
            try:
                fresh.write_text(self._text(state), "utf-8")
                fresh.replace(path)
            except OSError as error:
                fresh.unlink(missing_ok=True)
                raise Fail(f":internal error {error}") from error

    def keep_if_writable(self, state: State) -> None:
        """As `keep`; in a folder that can only be read nothing is kept."""
        if self._folder is not None and self._folder.writable:
            self.keep(state)

    def keep_first(self, state: State) -> State:
        """Keeps `state` unless another process has kept something meanwhile; gives what is kept now."""
        folder = self._folder
        if folder is None:
            return state
        path = folder.path / self._name
        folder.make()
        fresh = self._fresh(path)
        try:
            fresh.write_text(self._text(state), "utf-8")
            os.link(fresh, path)  # which, unlike putting it in its place, fails if something is there
        except FileExistsError:
            return self.load(state)
        except OSError as error:
            raise Fail(f":internal error {error}") from error
        finally:
            fresh.unlink(missing_ok=True)
        return state

    def _fresh(self, path: Path) -> Path:
        """Where the file is written first: beside the other, under a name that no other process or room takes."""
        return path.with_name(f"{path.name}.{os.getpid()}.{id(self)}")

    @staticmethod
    def _text(state: State) -> str:
        kept = {"format": FORMAT, "state": state}
        text = json.dumps(kept, ensure_ascii=False, default=attrs.asdict)  # what is no plain data was made with attrs
        # Half of a surrogate pair, which a text of JavaScript may have, can be kept as \ud83d alone.
        return text if encodable(text) else json.dumps(kept, default=attrs.asdict)

    def _state(self, path: Path, default: Default) -> State | Default:
        found = _json(path)
        if found is NOTHING:
            return default
        if type(found) is not dict:
            raise damaged(path, "it is no JSON object")
        if "format" in found:
            checked_format(path, found["format"])
            found = found.get("state")
        elif not all(map(self._knows, found)):
            raise foreign(path, f"it has {', '.join(sorted(found))[:60]}")
        try:
            return read(found, self._kind)
        except Misfit as error:
            raise damaged(path, error) from error

    def _knows(self, name: str) -> bool:
        if callable(self._names):
            return self._names(name)
        return name in (self._names or attrs.fields_dict(cast("type[attrs.AttrsInstance]", self._kind)))


def _json(path: Path) -> Any:
    """What the file says, or `NOTHING` if there is none."""
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return NOTHING
    except OSError as error:
        if path.is_dir():
            raise damaged(path, "it is a folder") from error
        raise unreadable(path, error.strerror or error) from error
    except (ValueError, RecursionError) as error:
        raise damaged(path, f"it is no JSON ({error})") from error
