"""What the phone's camera sees: a picture, a code, a film, a folder, another camera; and who takes pictures with it.

Facts: developers.weixin.qq.com/miniprogram/dev, "component/camera" and "api/media/camera"; miniprogram-api-typings
5.2.3.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail
from ..core.app import App
from ..core.checked import checked, number
from ..core.disk import there
from ..core.functions import plain
from ..core.page import Page
from ..core.pictures import NotAPicture
from ..core.room import Room
from ..core.vendors import of_vendor
from . import sights
from .camera_context import CONTEXTS, NO_PICTURE, CameraContext
from .components import Component, component, components, first, once_shown, soon
from .library import SAMPLES, Library, kind_of
from .sights import Connected, Sight
from .videos import NotAVideo

if TYPE_CHECKING:
    from ..core.faces import Phone

#: Who gives nothing at all where the page has no camera: taro-rn 4.2.0, `createCameraContext`.
GIVES_NOTHING = {"rn": True}
#: What the event is called that says that a camera is ready: AlipayDocs/open-docs, CameraContext.setZoom.md.
READY = {"my": "ready"}
DRIVERS = ("v4l2", "avfoundation", "dshow", "lavfi")


@checked(max_zoom=number(1))
class Camera(Room, name="camera"):
    """The camera: what it sees, and how it is set.

    - `seen`: the file that lies before it; nothing does until `show`. Of a folder it is the picture whose turn it is.
    - `max_zoom`: how near it comes at the most; `frame_rate`: how often a second a program gets what it sees.
    - `recording`: whether a program records.

    Whoever looks through it while nothing lies there sees a sample, a landscape.
    """

    STATE = ("max_zoom", "frame_rate", "_source", "_turn", "_since")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.max_zoom = 10.0
        self._frame_rate = 30.0
        #: A file, a folder, or a camera of the computer.
        self._source: Path | Connected | None = None
        #: Which of a folder's pictures is next; since when it lies there, by the clock's `elapsed`.
        self._turn = 0
        self._since = 0.0
        self._contexts: list[CameraContext] = []
        #: The components that have been opened, by page and key.
        self._ready: set[tuple[int, str]] = set()
        phone.pages.changes.on("route", self._routed)
        phone.lifecycle.listeners.on("hide", self._hidden)

    def in_words(self) -> Iterator[str]:
        """What lies before it."""
        yield "sees nothing" if self._source is None else f"sees {getattr(self._source, 'name', self._source)}"
        yield from ["recording"] if self.recording else []

    # --- for tests ---------------------------------------------------------------------------------------------

    def show(self, file: str | PathLike[str] | None) -> None:
        """Holds a file of the computer before the camera, until another one is; None takes it away.

        A film goes on by the phone's clock. Of a folder each picture that is taken, and each frame, is of the next of
        its pictures. ValueError for a file that is neither picture nor video, and for a folder without pictures.
        """
        if file is not None and Path(file).is_dir():
            self._see(Path(file).absolute())
            if not self._in_folder():
                self._source = None
                raise ValueError(f"{file} is a folder without pictures")
            return
        if file is not None and kind_of(Path(file)) == "file":
            raise ValueError(f"{file} has no name of a picture or a video, which is all that a camera sees")
        self._see(None if file is None else sights.seen_at(there(file)))

    def connect(self, device: str, driver: str) -> None:
        """Looks through a camera of the computer: `connect("/dev/video0", "v4l2")`.

        `driver` is `v4l2` on Linux, `avfoundation` on macOS, `dshow` on Windows; `lavfi` draws what `device` describes.
        FFmpeg has them, by PyAV (the extra `video`). ValueError for another.
        """
        if driver not in DRIVERS:
            raise ValueError(f"a camera's driver is one of {', '.join(DRIVERS)}, not {driver!r}")
        self._see(Connected(device, driver))

    @property
    def frame_rate(self) -> float:
        """How often a second a program gets what the camera sees. ValueError for what is no number above 0."""
        return self._frame_rate

    @frame_rate.setter
    def frame_rate(self, rate: float) -> None:
        if not (isinstance(rate, (int, float)) and 0 < rate < math.inf):
            raise ValueError(f"a camera's frames come a number of times a second, above 0, and not {rate!r}")
        self._frame_rate = rate

    @property
    def seen(self) -> Path | None:
        """The file that lies before it; None if none does, or a camera of the computer looks itself."""
        source = self._source
        if isinstance(source, Path) and source.is_dir():
            pictures = self._in_folder()
            return pictures[self._turn % len(pictures)] if pictures else None
        return source if isinstance(source, Path) else None

    @seen.setter
    def seen(self, file: Path | None) -> None:
        self.show(file)

    @property
    def recording(self) -> bool:
        """Whether a program records."""
        return any(context.recording is not None for context in self._contexts)

    # --- for other rooms ---------------------------------------------------------------------------------------

    def take(self, kinds: Sequence[str]) -> Path:
        """What a person takes with it, of one of these kinds, `image` or `video`.

        That is what lies before it, else a sample landscape of the first kind.
        """
        seen = self.seen
        if isinstance(self._source, Connected) and "image" in kinds:
            seen = self.phone.scratch / "camera.png"
            self.look().save(seen)
        if seen is None or kind_of(seen) not in kinds:
            return SAMPLES[kinds[0]]
        self._turn += 1
        return seen

    def look(self) -> Any:
        """What it sees now, upright: a picture of Pillow's; a folder's turn is the next one's then."""
        picture = self.sight.at(self.elapsed)
        self._turn += 1
        return picture

    def frame(self) -> Any:
        """The same, for programs; `Fail` if what lies there gives no picture."""
        try:
            return self.look()
        except (NotAPicture, NotAVideo, OSError) as error:
            raise Fail(NO_PICTURE) from error

    @property
    def sight(self) -> Sight | Connected:
        """What it sees."""
        return self._source if isinstance(self._source, Connected) else Sight(self.seen or SAMPLES["image"])

    @property
    def elapsed(self) -> float:
        """For how long it has lain there, in seconds."""
        return self.phone.clock.elapsed() - self._since

    # --- native function ---------------------------------------------------------------------------------------

    @plain
    def createCameraContext(self, app: App, id: object = None) -> CameraContext | None:
        """The controls of the page's `camera`; Alipay has several, told apart by their ids.

        React Native gives nothing while the page has none.
        """
        page = self.phone.pages.top(app)
        key = id if isinstance(id, str) and id else None
        if of_vendor(GIVES_NOTHING, app, False) and self._find(app, page, key) is None:
            return None
        self._begin(app)
        context: CameraContext = of_vendor(CONTEXTS, app, CameraContext)(self, app, page, key)
        self._contexts.append(context)
        return context

    # --- for contexts ------------------------------------------------------------------------------------------

    def of(self, app: App, page: Page, key: str | None) -> Component:
        """The page's camera. Raises `Fail`, in our words, if it has none."""
        found = self._find(app, page, key)
        if found is None:
            raise Fail("the page has no camera component")
        return found

    async def allow(self, app: App) -> None:
        """Asks for the permission, once; raises `Fail` if it is not given, or the device denies the camera."""
        await self.phone.permissions.need(app, "scope.camera")
        self.phone.permissions.need_of_device("camera")

    # --- state -------------------------------------------------------------------------------------------------

    def snapshot(self) -> Any:
        """What it sees and how it is set; what is being recorded is not in it."""
        return {**super().snapshot(), "_since": self.elapsed}

    def restore(self, state: Any) -> None:
        """Puts that back."""
        super().restore({**state, "_since": self.phone.clock.elapsed() - state["_since"]})

    def end(self, app: App) -> None:
        """See `Room`."""
        for context in self._contexts:
            if context.app is app:
                context.end()
        self._contexts = [context for context in self._contexts if context.app is not app]

    def close(self) -> None:
        """See `Room`."""
        for context in self._contexts:
            context.end()
        self._contexts.clear()

    # --- its own -----------------------------------------------------------------------------------------------

    def _see(self, source: Path | Connected | None) -> None:
        self._source, self._turn, self._since = source, 0, self.phone.clock.elapsed()

    def _in_folder(self) -> list[Path]:
        pictures = Library(self._source).newest(("image",)) if isinstance(self._source, Path) else []
        return sorted(pictures, key=lambda path: path.name)

    def _find(self, app: App, page: Page, key: str | None) -> Component | None:
        if key is None:
            return first(self.phone, app, page, "camera")
        return component(self.phone, app, page, "camera", key)

    def _begin(self, app: App) -> None:
        """Opens the cameras on the page, which ask for the permission and say when they are ready."""
        page = self.phone.pages.top(app)
        for found, _ in components(self.phone, app, page, "camera"):
            if (page.id, found.key) not in self._ready:
                self._ready.add((page.id, found.key))
                soon(self.phone, partial(self._open, found))

    async def _open(self, found: Component) -> None:
        try:
            await self.allow(found.app)
        except Fail as failure:
            found.tell(self.phone, "error", failure.result("insertCamera"))
        else:
            found.tell(self.phone, of_vendor(READY, found.app, "initdone"), {"maxZoom": self.max_zoom})

    def _routed(self, app: App) -> None:
        top = self.phone.pages.top(app)
        for context in self._contexts:
            if context.app.key == app.key and context.page is not top:
                context.interrupt()
        once_shown(self.phone, app, self._begin)

    def _hidden(self, app: App) -> None:
        for context in self._contexts:
            if context.app.key == app.key:
                context.interrupt()
        for found, _ in components(self.phone, app, self.phone.pages.top(app), "camera"):
            found.tell(self.phone, "stop", {})
