"""The lock on the door, as its maker describes it: what it is called, what it offers, and what it does."""

from __future__ import annotations

from lock import COMMAND, OPEN, OPENED, SERVICE, STATE, WRONG_CODE

from taropy.phone import Peripheral


class Lock(Peripheral):
    """A lock that opens for a code. `opened` is whether it is open."""

    def __init__(self, name: str, code: str) -> None:
        super().__init__(name, services=[SERVICE])
        self.opened = False
        self.code = code
        self.state = self.characteristic(SERVICE, STATE, "read", "notify", value=b"\x00")
        self.command = self.characteristic(SERVICE, COMMAND, "write", on_write=self.obey)

    def obey(self, command: bytes) -> None:
        """Opens, if the command has the code, and says what has come of it."""
        self.opened = command == bytes([OPEN]) + self.code.encode()
        self.state.send(bytes([OPENED if self.opened else WRONG_CODE]))
