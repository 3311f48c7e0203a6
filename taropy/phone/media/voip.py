"""Voice and video between users of one app: rooms of a group, and calls of one to another.

Facts: developers.weixin.qq.com/miniprogram/dev, "framework/open-ability/voip-chat" and "api/media/voip";
miniprogram-api-typings 5.2.3, `JoinVoIPChatError` and `Join1v1ChatError`.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import a, checked
from ..core.events import off, on
from ..core.functions import answered, only
from ..core.options import mapping, optional, required, strings, word
from ..core.person import Question
from ..core.room import Room
from .components import soon

if TYPE_CHECKING:
    from ..core.faces import Phone

ROOM_TYPES = ("voice", "video")
#: The vendor's numbers; those of its words that it leaves out are ours.
IN_A_ROOM, MICROPHONE_TAKEN, LEFT_EARLY, SYSTEM_ERROR = -1, -2, -3, -1000
NOT_OPEN, ON_CALL = -20000, -20002
NO_CAMERA_OF_SYSTEM, NO_RECORD_OF_SYSTEM, NO_RECORD, NO_CAMERA = -30001, -30002, -30003, -30004
WORDS: Mapping[int, str] = {
    IN_A_ROOM: "already in a room",
    MICROPHONE_TAKEN: "the microphone is in use",
    LEFT_EARLY: "the app was left",
    SYSTEM_ERROR: "system error",
    NOT_OPEN: "not open 1v1 Chat",
    ON_CALL: "on call",
    NO_CAMERA_OF_SYSTEM: "wechat has no camera authorization",
    NO_RECORD_OF_SYSTEM: "wechat has no record authorization",
    NO_RECORD: "miniprogram has no record authorization",
    NO_CAMERA: "miniprogram has no camera authorization",
}
#: The functions by which programs listen, by what the vendor's server tells.
EVENTS: Mapping[str, str] = {
    "members": "onVoIPChatMembersChanged",
    "speakers": "onVoIPChatSpeakersChanged",
    "video": "onVoIPVideoMembersChanged",
}


def _failed(number: int) -> Fail:
    return Fail(WORDS[number], number)


@attrs.define(eq=False)
class Chat:
    """A room that the person is in.

    - `group`: the room's id. `type`: `voice` or `video`. `member`: the vendor's record of them.
    - `subscribed`: the openids of those whose pictures the program has asked for.
    """

    app: App
    group: str
    type: str
    member: Any
    room: Any
    subscribed: list[str] = attrs.field(factory=list)


@attrs.define(eq=False)
class VoiceCall:
    """A call of one to another: `caller` and `listener` are their openids.

    `state` is `ringing`, `talking`, `refused`, `unanswered` where nobody could be called, or `ended`.
    """

    caller: str
    listener: str
    type: str
    state: str = "ringing"

    @property
    def under_way(self) -> bool:
        """Whether it rings, or they talk."""
        return self.state in ("ringing", "talking")


@checked(chat=a(Chat, "a Chat", or_none=True), call=a(VoiceCall, "a VoiceCall", or_none=True))
class VoIP(Room, name="voip"):
    """The rooms in which the person speaks with others of the same app, and their calls.

    Phones with one open platform (`Phone(open_platform=platform)`) meet: whoever gives the same `groupId` comes into
    the same room. No sound is sent; who speaks a test says, `speak()`.

    - `chat`: the room that they are in, or None. `call`: the last call of one to another.
    - `microphone_taken`: whether something else has the microphone, as a phone call.
    - `checks_signatures`: whether an entry has to be signed by the app's backend, as `sign` does.
    """

    STATE = ("microphone_taken", "checks_signatures", "_open")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.microphone_taken = False
        self.checks_signatures = True
        self.chat: Chat | None = None
        self.call: VoiceCall | None = None
        #: The apps that let people call each other.
        self._open: set[str] = set()

    def in_words(self) -> Iterator[str]:
        """Where they are."""
        yield "in no room" if self.chat is None else f"in {self.chat.group} with {len(self.members) - 1} others"

    # --- for tests: rooms --------------------------------------------------------------------------------------

    @property
    def members(self) -> list[str]:
        """The openids of those in the room, in the order in which they came."""
        return [] if self.chat is None else list(self.chat.room.openids)

    @property
    def heard(self) -> list[str]:
        """The openids of the others who are heard on this phone now."""
        chat = self.chat
        if chat is None or not chat.member.earphone:
            return []
        return [each for each in chat.room.speakers if each != chat.member.openid]

    @property
    def muted(self) -> tuple[bool, bool]:
        """Whether the microphone is off, and the earphone."""
        member = self._in().member
        return not member.microphone, not member.earphone

    def sign(self, group: str, nonce: str, timestamp: int, app: App | None = None) -> str:
        """What the app's backend would sign an entry with. LookupError for who has not logged in."""
        app = app or self.phone.pages.front
        signed = self._signed(app, group, nonce, timestamp)
        if signed is None:
            raise LookupError("a room's signature is made with the session key, and the user has not logged in")
        return signed

    def speak(self, speaking: bool = True) -> None:
        """The person begins to speak, or ceases; all members are told who does."""
        chat = self._in()
        chat.member.speaking = speaking
        chat.room.tell("speakers", chat.room.speakers)

    def show_video(self, shown: bool = True) -> None:
        """Their picture goes on or off, in a video room; all members are told whose are on."""
        chat = self._in()
        if chat.type != "video":
            raise ValueError("there are no pictures in a voice room")
        chat.member.video = shown
        chat.room.tell("video", chat.room.seen)

    def interrupt(self, errCode: int = MICROPHONE_TAKEN, reason: str = "the microphone is in use") -> None:
        """The phone loses the room, as when a phone call comes in; the program and the others are told."""
        chat = self._in()
        self._leave()
        told = {"errCode": errCode, "errMsg": f"onVoIPChatInterrupted:fail {reason}", "openIdList": chat.room.openids}
        self.audience(chat.app).tell("interrupted", told)

    def tell_state(self, code: int, data: Mapping[str, Any] | None = None) -> None:
        """Has `onVoIPChatStateChanged` tell of an event; which there are is not documented, and none comes unasked."""
        told = {"code": code, "data": dict(data or {}), "errCode": 0, "errMsg": "onVoIPChatStateChanged:ok"}
        self.audience(self._in().app).tell("state", told)

    # --- for tests: calls --------------------------------------------------------------------------------------

    def hang_up(self) -> None:
        """The person ends the call; the other one hears of it."""
        if self.call is not None and self.call.under_way:
            self.call.state = "ended"

    # --- native functions: rooms -------------------------------------------------------------------------------

    @only("wx")
    @answered
    async def joinVoIPChat(self, app: App, options: Options) -> Result:
        """Enters the room of `groupId`, which the first makes; the openids of those in it, this one's among them.

        -1: in a room already; -2: the microphone is in use; -3: the app was left meanwhile; -1000: the signature is not
        the app's, the room is full (ten), or there is no network. `scope.record` is asked for, in a video room
        `scope.camera` too.
        """
        group = required(options, "groupId", "String")
        nonce = required(options, "nonceStr", "String")
        timestamp = required(options, "timeStamp", "Number")
        signed = required(options, "signature", "String")
        kind = word(options, "roomType", ROOM_TYPES, "voice")
        mute = mapping(options.get("muteConfig"), "parameter.muteConfig")
        microphone, earphone = _unmuted(mute, "muteMicrophone"), _unmuted(mute, "muteEarphone")
        self._check_free(in_call=IN_A_ROOM)
        await self.phone.permissions.need(app, "scope.record")
        if kind == "video":
            await self.phone.permissions.need(app, "scope.camera")
        if not self.phone.network.online:
            raise _failed(SYSTEM_ERROR)
        await self.phone.network.delay(0)
        if not self.phone.pages.of(app).visible:
            raise _failed(LEFT_EARLY)
        self._check_free(in_call=IN_A_ROOM)
        wanted = self._signed(app, group, nonce, timestamp)
        if self.checks_signatures and (wanted is None or not hmac.compare_digest(wanted.encode(), signed.encode())):
            raise _failed(SYSTEM_ERROR)
        self._enter(app, group, kind, microphone=microphone, earphone=earphone)
        return {"openIdList": self.members, "errCode": 0}

    @only("wx")
    @answered
    def exitVoIPChat(self, app: App, options: Options) -> None:
        """Leaves the room, which is no more when the last has left. Who is in none leaves none."""
        self._leave()

    @only("wx")
    @answered
    def updateVoIPChatMuteConfig(self, app: App, options: Options) -> None:
        """Turns the own microphone or earphone off or on; what is not named stays. Fails outside a room."""
        mute = required(options, "muteConfig", "Object")
        chat = self._of(app)
        heard = chat.member.heard
        if "muteMicrophone" in mute:
            chat.member.microphone = _unmuted(mute, "muteMicrophone")
        if "muteEarphone" in mute:
            chat.member.earphone = _unmuted(mute, "muteEarphone")
        if chat.member.heard != heard:
            chat.room.tell("speakers", chat.room.speakers)

    @only("wx")
    @answered
    def subscribeVoIPVideoMembers(self, app: App, options: Options) -> None:
        """Chooses whose pictures are sent here, `chat.subscribed`. Fails outside a room."""
        wanted = strings(required(options, "openIdList", "Array"), "parameter.openIdList")
        self._of(app).subscribed = wanted

    onVoIPChatMembersChanged = on("members", "Tells the `openIdList` of the room when another enters or leaves it.")
    offVoIPChatMembersChanged = off("members")
    onVoIPChatSpeakersChanged = on("speakers", "Tells the `openIdList` of those who speak, when that changes.")
    offVoIPChatSpeakersChanged = off("speakers")
    onVoIPVideoMembersChanged = on("video", "Tells the `openIdList` of those whose pictures are on, when that changes.")
    offVoIPVideoMembersChanged = off("video")
    onVoIPChatInterrupted = on("interrupted", "Tells `errCode` and `errMsg` when the phone has lost the room.")
    offVoIPChatInterrupted = off("interrupted")
    onVoIPChatStateChanged = on("state", "Tells `code` and `data` of what a test has happen, `tell_state`.")
    offVoIPChatStateChanged = off("state")

    # --- native functions: calls -------------------------------------------------------------------------------

    @only("wx")
    @answered
    def setEnable1v1Chat(self, app: App, options: Options) -> None:
        """Lets people call each other in the app, or no more."""
        if required(options, "enable", "Boolean"):
            self._open.add(app.key)
            self._phones[app.key, self._openid(app)] = self
        else:
            self._open.discard(app.key)
            self._phones.pop((app.key, self._openid(app)), None)

    @only("wx")
    @answered
    async def join1v1Chat(self, app: App, options: Options) -> Result:
        """Calls `listener`, and succeeds when it rings; how it goes on is in `call`.

        The other's phone takes calls once its program has called `setEnable1v1Chat`. Its person is asked `join1v1Chat`,
        and unless told otherwise accepts: `other.person.script("join1v1Chat", confirm=False)`.
        """
        caller = required(required(options, "caller", "Object"), "openid", "String")
        listener = required(required(options, "listener", "Object"), "openid", "String")
        kind = word(options, "roomType", ROOM_TYPES, "voice")
        if app.key not in self._open:
            raise _failed(NOT_OPEN)
        self._check_free(in_call=ON_CALL)
        await self._allow_call(app, kind)
        self._check_free(in_call=ON_CALL)
        call = self.call = VoiceCall(caller, listener, kind)
        other: VoIP | None = self._phones.get((app.key, listener))
        if other is None or other is self or other.is_talking:
            call.state = "unanswered"
        else:
            other.call = call
            soon(self.phone, partial(other._ring, app, call))
        return {"errCode": 0}

    @property
    def is_talking(self) -> bool:
        """Whether the person is in a room or a call."""
        return self.chat is not None or (self.call is not None and self.call.under_way)

    # --- its life ----------------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """See `Room`."""
        if self.chat is not None and self.chat.app is app:
            self._leave()

    def close(self) -> None:
        """See `Room`."""
        self._leave()
        self.hang_up()
        if self._open:
            for key, phone in list(self._phones.items()):
                if phone is self:
                    del self._phones[key]

    # --- its own -----------------------------------------------------------------------------------------------

    @property
    def _phones(self) -> dict[tuple[str, str], VoIP]:
        phones: dict[tuple[str, str], VoIP] = self.phone.open_platform.voice_rooms.phones
        return phones

    def _openid(self, app: App) -> str:
        return self.phone.open_platform.openid(app.platform, app.appid, self.phone.account.user.id)

    def _signed(self, app: App, group: str, nonce: str, timestamp: int | str) -> str | None:
        user_id = self.phone.account.user.id
        return self.phone.open_platform.voice_signature(app.platform, app.appid, user_id, group, nonce, timestamp)

    def _check_free(self, *, in_call: int) -> None:
        if self.chat is not None:
            raise _failed(IN_A_ROOM)
        if self.call is not None and self.call.under_way:
            raise _failed(in_call)
        if self.microphone_taken:
            raise _failed(MICROPHONE_TAKEN)

    async def _allow_call(self, app: App, kind: str) -> None:
        """Asks for what a call needs, and tells of a no in the numbers of calls."""
        needed = [("record", "microphone", NO_RECORD, NO_RECORD_OF_SYSTEM)]
        if kind == "video":
            needed.append(("camera", "camera", NO_CAMERA, NO_CAMERA_OF_SYSTEM))
        for scope, device, refused, denied in needed:
            if self.phone.system.permission(device) == "denied":
                raise _failed(denied)
            try:
                await self.phone.permissions.need(app, f"scope.{scope}")
            except Fail as failure:
                raise _failed(refused) from failure

    def _enter(self, app: App, group: str, kind: str, *, microphone: bool, earphone: bool) -> None:
        rooms = self.phone.open_platform.voice_rooms
        member = rooms.new_member(self._openid(app), partial(self._told, app))
        member.microphone, member.earphone, member.video = microphone, earphone, kind == "video"
        room = rooms.enter(app.key, group, member)
        if room is None:
            raise _failed(SYSTEM_ERROR)
        self.chat = Chat(app, group, kind, member, room)

    async def _ring(self, app: App, call: VoiceCall) -> None:
        shown = {"appid": app.appid, "caller": call.caller, "roomType": call.type}
        answer = await self.phone.person.answer(Question("join1v1Chat", shown, {"confirm": True}))
        if call.state == "ringing":
            call.state = "talking" if answer["confirm"] else "refused"

    def _leave(self) -> None:
        chat, self.chat = self.chat, None
        if chat is not None:
            self.phone.open_platform.voice_rooms.leave(chat.app.key, chat.group, chat.member)

    def _in(self) -> Chat:
        """The room; LookupError for a test that has the person in none."""
        if self.chat is None:
            raise LookupError("the person is in no room")
        return self.chat

    def _of(self, app: App) -> Chat:
        """The room that the app's program is in."""
        if self.chat is None or self.chat.app.key != app.key:
            raise Fail("not in a room", SYSTEM_ERROR)
        return self.chat

    def _told(self, app: App, event: str, openids: list[str]) -> None:
        """What the vendor's server tells this phone."""
        told = {"openIdList": list(openids), "errCode": 0, "errMsg": f"{EVENTS[event]}:ok"}
        self.audience(app).tell(event, told)


def _unmuted(mute: Options, name: str) -> bool:
    return not optional(mute, name, "Boolean", False)
