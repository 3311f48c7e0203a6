"""Host card emulation: a mini program plays a card, and a test the reader of it.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/nfc-hce, whose table of errors has numbers and, for most, no
words; Android's `HostApduService` for what a reader meets that selects an application which nobody has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import BYTES, FLAG, checked, number
from ..core.events import off
from ..core.functions import answered, plain
from ..core.options import UNDEFINED, Buffers, function
from ..core.remembered import Remembered
from ..core.room import Room
from .nfc import Nfc

if TYPE_CHECKING:
    from ..core.faces import Phone

NO_NFC, SWITCHED_OFF, NO_CARDS, WRONG_IDS, NOT_DEFAULT, WRONG_ANSWER, UNKNOWN = (
    13000, 13001, 13002, 13003, 13004, 13005, 13010,
)  # fmt: skip
OK: Result = {"errCode": 0}

#: An application's ID has 5 to 16 bytes: ISO/IEC 7816-5.
AID = re.compile(r"([0-9A-Fa-f]{2}){5,16}")
#: What the system answers for an application that nobody has: file not found.
NOT_FOUND = b"\x6a\x82"
COMMAND, GONE = 1, 2
#: Why a reader has gone, in Android's numbers.
LINK_LOST, DESELECTED = 0, 1


@checked(supported=FLAG, default_payment=FLAG)
class Hce(Room, name="hce"):
    """The card that a program plays, and the reader to which the phone is held.

    - `supported`: whether the phone can play cards (iPhones can't); `default_payment`: whether the vendor's app is the
      one that pays.
    - `answers`: what the reader was answered, oldest first.
    """

    STATE = ("supported", "default_payment", "answers", "_cards", "_chosen", "_asked")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.supported = True
        self.default_payment = True
        self.answers: Remembered[bytes] = Remembered()
        #: The applications that each app plays.
        self._cards: dict[str, list[str]] = {}
        self._chosen: str | None = None
        self._asked = False
        #: The program of each app that has begun to play last.
        self._players: dict[str, App] = {}

    def in_words(self) -> Iterator[str]:
        """Which applications there are."""
        yield ", ".join(aid for aids in self._cards.values() for aid in aids) or "no card"

    # --- what a reader does ------------------------------------------------------------------------------------

    def select(self, aid: str) -> None:
        """A reader chooses an application by its ID, in hexadecimal; the program that plays it hears the command.

        If nobody does, the system answers that there is none. ValueError for what is no ID.
        """
        if not (isinstance(aid, str) and AID.fullmatch(aid)):
            raise ValueError(f"an application's ID has 5 to 16 bytes in hexadecimal, not {aid!r}")
        found = (key for key, aids in self._cards.items() if aid.upper() in aids)
        self._chosen = None if self._why_not() else next(found, None)
        self.send(b"\x00\xa4\x04\x00" + bytes([len(aid) // 2]) + bytes.fromhex(aid) + b"\x00")

    def send(self, command: bytes) -> None:
        """A reader sends a command to the application that it has chosen; see `answers`."""
        BYTES.check("a reader's command", command)
        app = self.phone.app_of(self._chosen)
        if app is None:
            self.answers.append(NOT_FOUND)
            return
        self._asked = True
        self.audience(app).tell_each("message", lambda: {"messageType": COMMAND, "data": command})

    def leave(self, reason: int = LINK_LOST) -> None:
        """The reader goes: 0, the phone was taken away from it; 1, it has chosen another application."""
        number(0, 1, whole=True).check("the reason", reason)
        app, self._chosen, self._asked = self.phone.app_of(self._chosen), None, False
        if app is not None:
            self.audience(app).tell_each("message", lambda: {"messageType": GONE, "reason": reason})

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    def getHCEState(self, app: App, options: Options) -> Result:
        """Succeeds if the phone can play cards: 13000 without NFC, 13001 while it is off, 13002 where it can't."""
        self._need()
        return dict(OK)

    @answered
    def startHCE(self, app: App, options: Options) -> Result:
        """Plays the applications of `aid_list`: 13003 for what is no list of IDs, 13004 for one that does not pay."""
        self._need()
        ids = options.get("aid_list")
        if not isinstance(ids, list | tuple) or not ids or not all(_is_aid(each) for each in ids):
            raise Fail("aid_list invalid", WRONG_IDS)
        if not self.default_payment:
            raise Fail("", NOT_DEFAULT)
        self._cards[app.key] = [aid.upper() for aid in ids]
        self._players[app.key] = app
        return dict(OK)

    @answered
    def stopHCE(self, app: App, options: Options) -> Result:
        """Plays no card any more."""
        self._need()
        self._drop(app)
        return dict(OK)

    @answered
    def sendHCEMessage(self, app: App, options: Options) -> Result:
        """Answers the reader's command with `data`: 13005 for what is no answer, 13010 where nobody has asked."""
        self._need()
        data = options.get("data")
        if not isinstance(data, Buffers) or not len(data):
            raise Fail("", WRONG_ANSWER)
        if not self._asked or self._chosen != app.key:
            raise Fail("", UNKNOWN)
        self._asked = False
        self.answers.append(bytes(data))
        return dict(OK)

    @plain
    def onHCEMessage(self, app: App, callback: object = UNDEFINED) -> None:
        """Tells the reader's commands, as `data` with `messageType` 1, and that it has gone, 2; one listener hears."""
        heard = function(callback)
        self.audience(app).off("message")
        self.audience(app).on("message", heard, app)

    offHCEMessage = off("message")

    # --- its own -----------------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """Ends the card that the program plays."""
        if self._players.get(app.key) is app:
            del self._players[app.key]
            self._drop(app)

    def _drop(self, app: App) -> None:
        self._cards.pop(app.key, None)
        if self._chosen == app.key:
            self._chosen, self._asked = None, False

    def _why_not(self) -> int:
        """Why the phone can't play cards, by its number; 0 if it can."""
        nfc = Nfc.on(self.phone)
        if not nfc.supported:
            return NO_NFC
        if not nfc.enabled:
            return SWITCHED_OFF
        return 0 if self.supported and self.phone.system.device.platform != "ios" else NO_CARDS

    def _need(self) -> None:
        number = self._why_not()
        if number:
            raise Fail("", number)


def _is_aid(aid: object) -> bool:
    return isinstance(aid, str) and AID.fullmatch(aid) is not None
