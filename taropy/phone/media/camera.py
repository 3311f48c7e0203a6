"""What the phone's camera sees: a picture, a code, a video that a test holds before it."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from ..core.disk import there
from ..core.room import Room
from .library import SAMPLES, kind_of


class Camera(Room, name="camera"):
    """The camera. `seen` is the file that lies before it; nothing does until `show`."""

    STATE = ("seen",)

    seen: Path | None = None

    def show(self, file: str | PathLike[str] | None) -> None:
        """Holds a file of the computer before the camera, until another one is; None takes it away.

        ValueError for a file that is neither picture nor video by the end of its name.
        """
        if file is not None and kind_of(Path(file)) == "file":
            raise ValueError(f"{file} has no name of a picture or a video, which is all that a camera sees")
        self.seen = None if file is None else there(file)

    def take(self, kinds: Sequence[str]) -> Path:
        """What a person takes with it, of one of these kinds, `image` or `video`.

        That is what lies before it, else a sample landscape of the first kind.
        """
        return self.seen if self.seen is not None and kind_of(self.seen) in kinds else SAMPLES[kinds[0]]
