"""The rooms in which users of one app speak with each other, and who can be called: the vendor's side of VoIP.

Facts: developers.weixin.qq.com/miniprogram/dev, "framework/open-ability/voip-chat".
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from ..core.telling import Showing, count

#: How many may be in a room: developers.weixin.qq.com/minigame/dev/guide/open-ability/voip-chat.
MOST_MEMBERS = 10


@attrs.define(eq=False)
class Member:
    """Who is in a room: by the openid in the app. `tell` has their phone told of an event, with openids."""

    openid: str
    tell: Callable[[str, list[str]], None]
    microphone: bool = True
    earphone: bool = True
    speaking: bool = False
    video: bool = False

    @property
    def heard(self) -> bool:
        """Whether the others hear them speak."""
        return self.speaking and self.microphone


class VoiceRoom(Showing):
    """One room, which is there while somebody is in it."""

    def __init__(self) -> None:
        self.members: list[Member] = []

    def in_words(self) -> Iterator[str]:
        """How many are in it."""
        yield count(len(self.members), "members")

    @property
    def openids(self) -> list[str]:
        """Who is in it, in the order in which they came."""
        return [member.openid for member in self.members]

    @property
    def speakers(self) -> list[str]:
        """Who speaks, and is heard."""
        return [member.openid for member in self.members if member.heard]

    @property
    def seen(self) -> list[str]:
        """Whose pictures are on."""
        return [member.openid for member in self.members if member.video]

    def tell(self, event: str, openids: list[str], *, but: Member | None = None) -> None:
        """Tells all members but one."""
        for member in tuple(self.members):
            if member is not but:
                member.tell(event, openids)


class VoiceRooms(Showing):
    """All rooms, by app and group; and whose phones take calls, by app and openid."""

    def __init__(self) -> None:
        self._rooms: dict[tuple[str, str], VoiceRoom] = {}
        self.phones: dict[tuple[str, str], Any] = {}

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield count(len(self._rooms), "rooms")

    @staticmethod
    def new_member(openid: str, tell: Callable[[str, list[str]], None]) -> Member:
        """One who may enter a room."""
        return Member(openid, tell)

    def enter(self, app_key: str, group: str, member: Member) -> VoiceRoom | None:
        """Puts a member in the group's room; None if it is full. The others are told."""
        room = self._rooms.setdefault((app_key, group), VoiceRoom())
        if len(room.members) >= MOST_MEMBERS:
            return None
        room.members.append(member)
        room.tell("members", room.openids, but=member)
        if member.video:
            room.tell("video", room.seen, but=member)
        return room

    def leave(self, app_key: str, group: str, member: Member) -> None:
        """Takes them out again. The others are told."""
        room = self._rooms.get((app_key, group))
        if room is None or member not in room.members:
            return
        room.members.remove(member)
        room.tell("members", room.openids)
        if member.heard:
            room.tell("speakers", room.speakers)
        if member.video:
            room.tell("video", room.seen)
        if not room.members:
            del self._rooms[app_key, group]


def signature(session_key: str, appid: str, group: str, nonce: str, timestamp: int | str) -> str:
    """What an app's backend signs an entry with."""
    text = "".join(sorted((appid, group, nonce, str(timestamp))))
    return hmac.new(session_key.encode(), text.encode(), hashlib.sha256).hexdigest()
