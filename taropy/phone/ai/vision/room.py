"""What programs recognise through the camera: WeChat's VisionKit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...core.answers import Options
from ...core.app import App
from ...core.functions import only, plain
from ...core.options import mapping
from ...core.room import Room
from ...core.telling import count
from ..faces import Face, Faces
from .config import RUNNING, VERSIONS, config_of
from .looking import Looking
from .session import VKSession
from .space import Matrix, camera_at
from .things import Body, Depth, Hand, Plane, Viewpoint

if TYPE_CHECKING:
    from ...core.faces import Phone


class Vision(Room, name="vision"):
    """What is before the camera. `phone.camera.show` holds a picture there, in which markers and text are found.

    No picture tells the rest, so a test says it; a session sees it from its next frame on:

    - `planes`: floors, tables and walls in the world, see `Plane`; `viewpoint`: where the camera is in that.
    - `bodies`, `hands`: those in the view, the same one at the same place of the list; faces are `phone.faces.seen`.
    - `depth`: how deep everything is; None if that is not known.
    - `texts`: the lines that are read; None, as it is at first, has the picture read (the extra `ocr`).
    - `versions`: which versions of VisionKit the phone has, both unless said.
    """

    STATE = ("versions", "viewpoint", "planes", "bodies", "hands", "depth", "texts")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.versions: tuple[str, ...] = VERSIONS
        self.viewpoint = Viewpoint()
        self.planes: list[Plane] = []
        self.bodies: list[Body] = []
        self.hands: list[Hand] = []
        self.depth: Depth | None = None
        self.texts: list[str] | None = None
        self._sessions: list[Looking] = []

    def in_words(self) -> Iterator[str]:
        """How many sessions look, and what a test has put there."""
        running = sum(session.state == RUNNING for session in self._sessions)
        there = {"planes": len(self.planes), "bodies": len(self.bodies), "hands": len(self.hands)}
        yield from [f"{count(running, 'sessions')} running"] if running else []
        yield from [count(number, name) for name, number in there.items() if number]

    # --- for sessions ------------------------------------------------------------------------------------------

    @property
    def faces(self) -> list[Face]:
        """The faces that are there."""
        return Faces.on(self.phone).seen

    @property
    def camera(self) -> Matrix:
        """From the camera's axes to the world's."""
        return camera_at(self.viewpoint)

    def drop(self, session: Looking) -> None:
        """Forgets a session that was destroyed."""
        self._sessions = [each for each in self._sessions if each is not session]

    # --- native functions --------------------------------------------------------------------------------------

    @only("wx")
    @plain
    def isVKSupport(self, app: App, version: Any = None) -> bool:
        """Whether the phone has that version of VisionKit, `v1` or `v2`."""
        return version in self.versions

    @only("wx")
    @plain
    def createVKSession(self, app: App, option: Options | None = None) -> VKSession:
        """Makes a session; what is wrong with its `track` is told by its `start`."""
        session = VKSession(self, app, config_of(mapping(option)))
        self._sessions.append(session)
        return session

    # --- life --------------------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """See `Room`."""
        for session in [each for each in self._sessions if each.app is app]:
            session.end()

    def close(self) -> None:
        """See `Room`."""
        for session in list(self._sessions):
            session.end()
