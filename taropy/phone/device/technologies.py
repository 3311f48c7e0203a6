"""The objects by which programs talk to an NFC tag, one for each technology.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/nfc, whose table of errors has the words and numbers here.
How many bytes are sent at once is Android's (`android.nfc.tech`).
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail, Options, Result, extras_told
from ..core.app import App
from ..core.checked import of_bytes
from ..core.events import off, on
from ..core.functions import answered
from ..core.options import Buffers
from ..core.room import Manager
from . import ndef
from .ndef import NdefRecord
from .tags import Tag

if TYPE_CHECKING:
    from ..core.faces import Phone
    from .nfc import Nfc

NO_NFC = ("设备不支持NFC", 13000)
SWITCHED_OFF = ("系统NFC开关未打开", 13001)
INVALID = ("invalid parameter", 13011)
UNPARSED = ("parse NdefMessage failed", 13012)
NO_TAG = ("NFC tag has not been discovered", 13013)
UNAVAILABLE = ("unavailable tech", 13015)
BROKEN = ("system internal error", 13017)
NOT_STARTED = ("NFC discovery has not started", 13018)
STARTED = ("NFC discovery already started", 13021)
CONNECTED = ("Tech already connected", 13022)
NOT_CONNECTED = ("Tech has not connected", 13023)

LENGTHS: Mapping[str, int] = {"isoDep": 261, "nfcF": 255}
USUAL_LENGTH = 253


class Technology(Manager):
    """What talks to a tag by one technology, `TECH`."""

    TECH = ""

    def __init__(self, phone: Phone, app: App, room: Nfc) -> None:
        super().__init__(phone, app)
        self._room = room
        self._timeout: float | None = None

    @answered
    def connect(self, app: App, options: Options) -> None:
        """Begins to talk to the tag: 13013 without one, 13015 if it does not speak this, 13022 if that was begun."""
        self._room.connect(app, self.TECH)

    @answered
    def close(self, app: App, options: Options) -> None:
        """Ends that; 13023 if it was not begun, or the tag is gone."""
        self._room.disconnect(app, self.TECH)

    @answered
    def isConnected(self, app: App, options: Options) -> None:
        """Succeeds while it talks to a tag; else 13023."""
        self._tag(app)

    @answered
    def setTimeout(self, app: App, options: Options) -> None:
        """How many milliseconds, by the phone's clock, a tag may take to answer; 13011 for what is no such number."""
        timeout = options.get("timeout")
        if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not timeout > 0:
            raise Fail(*INVALID)
        self._timeout = timeout / 1000

    def _tag(self, app: App) -> Tag:
        return self._room.talking(app, self.TECH)


class Exchanging(Technology):
    """One by which commands are sent."""

    @answered
    def getMaxTransceiveLength(self, app: App, options: Options) -> Result:
        """How many bytes `transceive` takes at once, as `length`."""
        self._tag(app)
        return {"length": LENGTHS.get(self.TECH, USUAL_LENGTH)}

    @answered
    async def transceive(self, app: App, options: Options) -> Result:
        """Sends `data` to the tag, and gives what it answers, as `data`.

        13011 for what is no data; 13017 for too much of it, and where the tag does not answer, or not in time.
        """
        tag, data = self._tag(app), options.get("data")
        if not isinstance(data, Buffers):
            raise Fail(*INVALID)
        if not 0 < len(data) <= LENGTHS.get(self.TECH, USUAL_LENGTH):
            raise Fail(*BROKEN)
        answer = await self._in_time(tag.exchange(self.TECH, bytes(data)))
        if answer is None or self._room.tag is not tag:
            raise Fail(*BROKEN)
        return {"data": of_bytes(answer, "what a tag answers")}

    async def _in_time(self, answer: bytes | Awaitable[bytes | None] | None) -> bytes | None:
        if not inspect.isawaitable(answer):
            return answer
        limit = nullcontext() if self._timeout is None else self.phone.clock.timeout(self._timeout)
        try:
            async with limit:
                return await answer
        except TimeoutError:
            return None


class NfcA(Exchanging):
    """What talks to tags of ISO 14443-3A."""

    TECH = "nfcA"

    @answered
    def getAtqa(self, app: App, options: Options) -> Result:
        """The two bytes that the tag has said what it is by."""
        return {"atqa": self._tag(app).atqa}

    @answered
    def getSak(self, app: App, options: Options) -> Result:
        """The number that it has said so by."""
        return {"sak": self._tag(app).sak}


class NfcB(Exchanging):
    """What talks to tags of ISO 14443-3B."""

    TECH = "nfcB"


class NfcF(Exchanging):
    """What talks to tags of JIS 6319-4."""

    TECH = "nfcF"


class NfcV(Exchanging):
    """What talks to tags of ISO 15693."""

    TECH = "nfcV"


class MifareClassic(Exchanging):
    """What talks to MIFARE Classic."""

    TECH = "mifareClassic"


class MifareUltralight(Exchanging):
    """What talks to MIFARE Ultralight."""

    TECH = "mifareUltralight"


class IsoDep(Exchanging):
    """What talks to cards of ISO 14443-4."""

    TECH = "isoDep"

    @answered
    def getHistoricalBytes(self, app: App, options: Options) -> Result:
        """What the card has said of itself."""
        return {"histBytes": self._tag(app).historical_bytes}


class Ndef(Technology):
    """What reads and writes NDEF messages."""

    TECH = "ndef"

    onNdefMessage = on("message", "Tells the records of a tag that was found, as `messages`.")
    offNdefMessage = off("message")

    @answered
    def writeNdefMessage(self, app: App, options: Options) -> None:
        """Writes a message in place of the tag's: `records`, then `uris`, then `texts`, each a record of its own.

        13011 without any, 13012 for what makes no message, 13017 where the tag can't be written, or has no room.
        """
        tag = self._tag(app)
        given = {name: options.get(name) or [] for name in ("records", "uris", "texts")}
        if not any(given.values()):
            raise Fail(*INVALID)
        try:
            with extras_told():
                records = [_given(record) for record in given["records"]]
                message = ndef.encoded([*records, *ndef.texts_and_uris(given["texts"], given["uris"])])
        except (TypeError, ValueError, KeyError, OverflowError) as error:
            raise Fail(*UNPARSED) from error
        if not tag.writable:
            raise Fail(*BROKEN)
        try:
            tag.message = message
        except ValueError as error:
            raise Fail(*BROKEN) from error


def shown(record: NdefRecord) -> Result:
    """A record as programs have it."""
    return {"id": record.id, "type": record.type, "payload": record.payload, "tnf": record.tnf}


def _given(record: Mapping[str, Any]) -> NdefRecord:
    """A record of a program's. The pages have no `tnf`, and programs give it; without one the type is well known."""
    fields = [bytes(memoryview(record.get(name) or b"")) for name in ("type", "payload", "id")]
    tnf = int(record.get("tnf", ndef.WELL_KNOWN))
    if not ndef.EMPTY <= tnf < ndef.UNCHANGED + 1 or any(len(field) > 255 for field in (fields[0], fields[2])):
        raise ValueError(f"a record has no such kind, or too long a name: {tnf}")
    return NdefRecord(tnf, *fields)
