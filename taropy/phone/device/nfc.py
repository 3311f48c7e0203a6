"""NFC: tags that are held to the phone, and the objects by which programs talk to them.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/nfc. What talks to a tag is in `technologies`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.checked import FLAG, a, checked
from ..core.events import off, on
from ..core.functions import answered, plain
from ..core.room import Manager, Room
from ..core.vendors import of_vendor
from .tags import TECHS, Tag
from .technologies import (
    CONNECTED,
    NO_NFC,
    NO_TAG,
    NOT_CONNECTED,
    NOT_STARTED,
    STARTED,
    SWITCHED_OFF,
    UNAVAILABLE,
    IsoDep,
    MifareClassic,
    MifareUltralight,
    Ndef,
    NfcA,
    NfcB,
    NfcF,
    NfcV,
    Technology,
    shown,
)

if TYPE_CHECKING:
    from ..core.faces import Phone

#: Which technologies there are on a system: WeChat's page of `NFCAdapter` says that iOS has one.
TECHS_OF: Mapping[str, tuple[str, ...]] = {"ios": ("isoDep",)}
#: Where an object has no `tech`.
NO_ENUM: Mapping[str, bool] = {"tt": True}


Kind = TypeVar("Kind", bound=Technology)


@checked(supported=FLAG, enabled=FLAG, tag=a(Tag, "a Tag", or_none=True))
class Nfc(Room, name="nfc"):
    """The phone's reader of tags.

    - `supported`: whether there is one; `enabled`: whether it is switched on.
    - `tag`: what is held to the phone now; `hold` and `take_away` are what the person does.
    """

    STATE = ("supported", "enabled", "tag", "_looking")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.supported = True
        self.enabled = True
        self.tag: Tag | None = None
        self._looking: set[str] = set()
        self._adapters: dict[str, NFCAdapter] = {}
        #: By which technology each app talks to the tag.
        self._talking: dict[str, str] = {}

    # --- what the person does ----------------------------------------------------------------------------------

    def hold(self, tag: Tag) -> None:
        """Holds a tag to the phone, in place of another; programs that look for tags are told."""
        a(Tag, "a Tag").check("what is held to the phone", tag)
        self.take_away()
        self.tag = tag
        for app in self.phone.apps:
            self._tell(app)

    def take_away(self) -> None:
        """Takes the tag away; whoever talks to it is cut off."""
        self.tag = None
        self._talking.clear()

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def getNFCAdapter(self, app: App) -> NFCAdapter:
        """The reader, as an object; the same each time."""
        adapter = self._adapters.get(app.key)
        if adapter is None:
            adapter = self._adapters[app.key] = NFCAdapter(self.phone, app, self)
        return adapter

    # --- what the adapters ask ---------------------------------------------------------------------------------

    def need(self) -> None:
        """Fails unless there is a reader that is switched on."""
        if not self.supported:
            raise Fail(*NO_NFC)
        if not self.enabled:
            raise Fail(*SWITCHED_OFF)

    def look(self, app: App) -> None:
        """Has the app told of tags, the one that is there already among them."""
        self.need()
        if app.key in self._looking:
            raise Fail(*STARTED)
        self._looking.add(app.key)
        self.phone.spawn(self._tell_later(app))

    def stop(self, app: App) -> None:
        """Ends that, and lets go of the tag."""
        if app.key not in self._looking:
            raise Fail(*NOT_STARTED)
        self._looking.discard(app.key)
        self._talking.pop(app.key, None)

    def connect(self, app: App, tech: str) -> None:
        """Begins to talk to the tag, by one technology at a time."""
        self.need()
        tag = self.tag
        if tag is None or app.key not in self._looking:
            raise Fail(*NO_TAG)
        if tech not in self._techs(tag):
            raise Fail(*UNAVAILABLE)
        if app.key in self._talking:
            raise Fail(*CONNECTED)
        self._talking[app.key] = tech
        tag.connected()

    def disconnect(self, app: App, tech: str) -> None:
        """Ends that."""
        self.talking(app, tech)
        del self._talking[app.key]

    def talking(self, app: App, tech: str) -> Tag:
        """The tag that the app talks to by this technology."""
        if self.tag is None or self._talking.get(app.key) != tech:
            raise Fail(*NOT_CONNECTED)
        return self.tag

    def end(self, app: App) -> None:
        """Ends what the program has begun."""
        adapter = self._adapters.get(app.key)
        if adapter is not None and adapter.app is app:
            del self._adapters[app.key]
            self._looking.discard(app.key)
            self._talking.pop(app.key, None)

    def in_words(self) -> Iterator[str]:
        """What is held to the phone."""
        yield "no reader" if not self.supported else "off" if not self.enabled else f"{self.tag or 'no tag'}"

    async def _tell_later(self, app: App) -> None:
        self._tell(app)

    def _tell(self, app: App) -> None:
        tag, adapter = self.tag, self._adapters.get(app.key)
        if tag is None or adapter is None or app.key not in self._looking or not self.enabled:
            return
        techs = self._techs(tag)
        if techs and self.phone.pages.of(app).visible:
            adapter.tell(tag, techs)

    def _techs(self, tag: Tag) -> tuple[str, ...]:
        known = TECHS_OF.get(self.phone.system.device.platform, tuple(TECHS))
        return tuple(tech for tech in tag.techs if tech in known)


class NFCAdapter(Manager):
    """The reader as programs have it, and the objects by which they talk to tags."""

    def __init__(self, phone: Phone, app: App, room: Nfc) -> None:
        super().__init__(phone, app)
        self.room = room
        self._made: dict[str, Technology] = {}
        if not of_vendor(NO_ENUM, app, False):
            self.tech = dict(TECHS)

    def in_words(self) -> Iterator[str]:
        """What is held to the phone."""
        yield from self.room.in_words()

    @answered
    def startDiscovery(self, app: App, options: Options) -> None:
        """Looks for tags: 13000 without a reader, 13001 while it is off, 13021 if it does so already."""
        self.room.look(app)

    @answered
    def stopDiscovery(self, app: App, options: Options) -> None:
        """Ends that; 13018 if it was not begun."""
        self.room.stop(app)

    onDiscovered = on("discovered", "Tells of each tag: its `id`, its `techs`, and the records on it as `messages`.")
    offDiscovered = off("discovered")

    @plain
    def getNfcA(self, app: App) -> NfcA:
        """What talks to tags of ISO 14443-3A."""
        return self._of(NfcA)

    @plain
    def getNfcB(self, app: App) -> NfcB:
        """What talks to tags of ISO 14443-3B."""
        return self._of(NfcB)

    @plain
    def getNfcF(self, app: App) -> NfcF:
        """What talks to tags of JIS 6319-4."""
        return self._of(NfcF)

    @plain
    def getNfcV(self, app: App) -> NfcV:
        """What talks to tags of ISO 15693."""
        return self._of(NfcV)

    @plain
    def getIsoDep(self, app: App) -> IsoDep:
        """What talks to cards of ISO 14443-4."""
        return self._of(IsoDep)

    @plain
    def getMifareClassic(self, app: App) -> MifareClassic:
        """What talks to MIFARE Classic."""
        return self._of(MifareClassic)

    @plain
    def getMifareUltralight(self, app: App) -> MifareUltralight:
        """What talks to MIFARE Ultralight."""
        return self._of(MifareUltralight)

    @plain
    def getNdef(self, app: App) -> Ndef:
        """What reads and writes NDEF messages."""
        return self._of(Ndef)

    def tell(self, tag: Tag, techs: tuple[str, ...]) -> None:
        """Tells the listeners of a tag."""
        told = [shown(record) for record in tag.records] if "ndef" in techs else []
        names = [TECHS[tech] for tech in techs]
        self.listeners.tell_each("discovered", lambda: {"id": tag.id, "techs": list(names), "messages": list(told)})
        if told and Ndef.TECH in self._made:
            self._made[Ndef.TECH].listeners.tell_each("message", lambda: {"messages": list(told)})

    def _of(self, kind: type[Kind]) -> Kind:
        found = self._made.get(kind.TECH)
        if not isinstance(found, kind):
            found = self._made[kind.TECH] = kind(self.phone, self.app, self.room)
        return found
