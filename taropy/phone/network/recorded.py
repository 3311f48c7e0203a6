"""Exchanges that are kept in a file, and answers from it: `phone.network.record`, `replay`, `record_once`."""

from __future__ import annotations

from collections.abc import Collection
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ...hints import check_word
from .routed import Routed

if TYPE_CHECKING:
    from ..core.faces import Phone
    from .recordings.recorder import Recording
    from .recordings.replay import Replay
    from .sockets.connection import Connection
    from .sockets.handshake import Handshake


class Recorded(Routed):
    """Requests that are recorded, and answered from what was recorded."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._recordings: list[Recording] = []

    def record(self, file: str | PathLike[str], *, secrets: Collection[str] = ()) -> Recording:
        """Keeps what goes over the wire from now on in a HAR file, which `replay` and other tools read.

            with phone.network.record("recordings/login.har"):
                await log_in()

        It ends with the block, by `stop()`, or with the phone, and is written then: whole, also where the test has
        failed, in place of a file that is there. What routes have answered is not in it.

        Tokens, passwords and other secrets have a mask in the file, as in `phone.log`: in headers, cookies, queries,
        forms and JSON. `secrets` are names of fields that have one as well. Look at the file before you share it.
        """
        return self._record(file, secrets, empty=True)

    def replay(
        self, file: str | PathLike[str], *, unmatched: Literal["fail", "pass"] = "fail", cors: bool = False
    ) -> Replay:
        """Answers requests from a HAR file, by `record` or from a browser, until `stop()` or the end of a `with`.

        It may be in a zip archive with the bodies beside it, as Playwright writes it (`.har.zip`).

        A request gets the response of the one in the file that has the same method, URL, query and body. JSON and forms
        are the same if they say the same; of secrets nothing is compared. If there are several, they come in their
        order, and the last one again and again. WebSockets hear what the server said, when they say what the program
        did.

        `unmatched`: "fail" fails what is not in the file as one whose server cannot be reached, with an
        `UnroutedRequestWarning` that says what comes next to it; "pass" leaves it to earlier routes or the real server.
        `cors`: whether pages of every origin may ask, as for `route`. Later routes go first.

        `RecordingError` for a file that is not there, is damaged, or is something else.
        """
        from .recordings.reading import read
        from .recordings.replay import Replay
        from .recordings.talking import socket_routes
        from .sockets.room import Sockets

        check_word(unmatched, ("fail", "pass"), "unmatched is never {!r}")
        tape = read(Path(file))
        sockets = socket_routes(tape, Sockets.on(self.phone))
        replay = Replay(self._router, tape, fails=unmatched == "fail", cors=cors, sockets=sockets)
        self._router.add(replay)
        return replay

    def record_once(
        self,
        file: str | PathLike[str],
        *,
        secrets: Collection[str] = (),
        unmatched: Literal["fail", "pass"] = "fail",
        cors: bool = False,
    ) -> Recording | Replay:
        """Answers from the file if it is there, and else records into it: see `replay` and `record`.

        To have it recorded anew, delete the file. `is_recording` says which of both it is.
        """
        if Path(file).exists():
            return self.replay(file, unmatched=unmatched, cors=cors)
        return self._record(file, secrets, empty=False)

    def look_on(self, connection: Connection, handshake: Handshake) -> None:
        """Has the recordings, if there are any, keep what is said over a WebSocket."""
        for recording in self._recordings:
            recording.look_on(connection, handshake)

    def close(self) -> None:
        """Ends and writes the recordings. A second call does nothing."""
        super().close()
        for recording in tuple(self._recordings):
            recording.stop()

    def _record(self, file: str | PathLike[str], secrets: Collection[str], *, empty: bool) -> Recording:
        from .recordings.recorder import Recording

        if isinstance(secrets, str):
            raise TypeError(f"secrets is a list of names, not {secrets!r}")
        path = Path(file).absolute()  # programs may go to another folder meanwhile
        if path.suffix.lower() == ".zip":
            raise ValueError(f"{path} is to be a HAR file, and no zip archive: call it {path.with_suffix('').name}")
        if path.is_dir():
            raise IsADirectoryError(f"{path} is a folder, and no file to record into")
        recording = Recording(path, self.phone.clock, secrets, self._ended, empty=empty)
        self._router  # noqa: B018 - it is made now, so that it stands before the recording: what it answers is not real
        self.layers.insert(0, recording)
        self._recordings.append(recording)
        return recording

    def _ended(self, recording: Recording) -> None:
        self.layers.remove(recording)
        self._recordings.remove(recording)
