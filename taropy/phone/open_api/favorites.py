"""What the person has put aside in the vendor's app: files, videos, pages."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Options
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import optional, required
from ..core.room import Room
from ..core.saved import Saved
from ..core.telling import count

if TYPE_CHECKING:
    from ..core.faces import Phone


@attrs.frozen
class Favorite:
    """What was put aside.

    - `kind`: "file", "video", "picture" or "page"; `title`: what it is called.
    - `app_key`: whose it was; `path`: of a page, with its query; `file`: where a file is.
    """

    kind: str
    title: str
    at: float
    app_key: str
    path: str = ""
    file: str = ""


@attrs.frozen
class Kept:
    """What the phone keeps of them."""

    items: list[Favorite] = attrs.field(factory=list)


class Favorites(Room, name="favorites"):
    """What programs, and the person from a page's menu, have put aside; nobody is asked.

    - `items`: all of it, oldest first, see `Favorite`. Files are copies of the phone's own.
    """

    STATE = ("_items",)
    FILE = "favorites.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Kept)
        self._items: list[Favorite] = self._saved.load(Kept()).items

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield from [count(len(self._items), "items")] if self._items else []

    @property
    def items(self) -> list[Favorite]:
        """What was put aside, oldest first."""
        return [*self._items]

    # --- for the other rooms -----------------------------------------------------------------------------------

    def keep_page(self, app: App, told: Mapping[str, Any]) -> None:
        """Puts a page aside that says this of itself."""
        query = told.get("query")
        path = f"{told['path']}?{query}" if query else str(told["path"])
        self._put(Favorite("page", str(told["title"]), self.phone.clock.now(), app.key, path))

    def take(self, app: App, kind: str, file: Path, name: str) -> None:
        """Puts a copy of a file aside."""
        folder = self.phone.scratch / "favorites"
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / f"{secrets.token_hex(4)}-{Path(name).name}"
        shutil.copyfile(file, copy)
        self._put(Favorite(kind, name, self.phone.clock.now(), app.key, file=str(copy)))

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    @only("wx")
    def addFileToFavorites(self, app: App, options: Options) -> None:
        """Puts a file of the app's aside, under `fileName` or its own; one that is not there fails."""
        self.take(app, "file", *named_file(self.phone, app, options))

    @answered
    @only("wx")
    def addVideoToFavorites(self, app: App, options: Options) -> None:
        """Puts a video of the app's aside; its picture, `thumbPath`, has to be there if it is given."""
        self.take(app, "video", *video(self.phone, app, options))

    def _put(self, item: Favorite) -> None:
        self._items.append(item)
        self._keep()

    def _keep(self) -> None:
        self._saved.keep_if_writable(Kept(self._items))


def named_file(phone: Phone, app: App, options: Options) -> tuple[Path, str]:
    """The file that a program puts aside or sends, and what it is to be called."""
    file = phone.files.local(app, required(options, "filePath", "String"))
    return file, optional(options, "fileName", "String", "") or file.name


def video(phone: Phone, app: App, options: Options) -> tuple[Path, str]:
    """Likewise a video, and its name; its picture, `thumbPath`, has to be there if it is given."""
    file = phone.files.local(app, required(options, "videoPath", "String"))
    thumb = optional(options, "thumbPath", "String", "")
    if thumb:
        phone.files.local(app, thumb)
    return file, file.name
