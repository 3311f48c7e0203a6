"""WeChat Channels: what accounts show live, and what the person reserves.

Facts: developers.weixin.qq.com/miniprogram/dev/api/open-api/channels.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import TEXT
from ..core.functions import answered, asked, only
from ..core.options import required
from ..core.room import Room
from ..core.telling import count
from .account import Account
from .asking import with_leave

if TYPE_CHECKING:
    from ..core.faces import Phone

#: How many streams or announcements one answer has at most.
MOST = 15

#: The scenes in which a program may ask who has shared the card that opened it.
SHARED_SCENES = frozenset({1177, 1184, 1195, 1208})

#: The numbers of the page of `wx.getChannelsLiveInfo`.
NO_DATA, NO_ACCOUNT = 1416104, 1416100


@attrs.frozen
class Live:
    """A live stream: `live` while it runs, else it is over; `replay` is 0 none, 1 ready, 3 being made, 6 expired."""

    description: str
    live: bool = True
    replay: int = attrs.field(default=0, validator=attrs.validators.in_((0, 1, 3, 6)))
    feed_id: str = attrs.field(factory=lambda: f"export/{secrets.token_urlsafe(24)}")
    nonce_id: str = attrs.field(factory=lambda: str(secrets.randbelow(10**18)))


@attrs.frozen
class Announcement:
    """A coming stream: when it is to start, in seconds since the epoch; `status` is 0 open, 1 cancelled, 2 used."""

    starts_at: float
    status: int = attrs.field(default=0, validator=attrs.validators.in_((0, 1, 2)))
    reservable: bool = True
    notice_id: str = attrs.field(factory=lambda: f"finderlivenotice-{secrets.token_hex(12)}")


@attrs.define
class Channel:
    """An account of WeChat Channels, with its streams and its announcements in the order in which they came."""

    id: str
    nickname: str
    head_url: str = ""
    lives: list[Live] = attrs.field(factory=list)
    announcements: list[Announcement] = attrs.field(factory=list)

    def go_live(self, description: str, *, over: bool = False, replay: int = 0) -> Live:
        """Begins a stream, or adds one that is over; `replay` says whether it can be seen again: 0, 1, 3 or 6."""
        stream = Live(description, not over, replay)
        self.lives.append(stream)
        return stream

    def announce(self, starts_at: float, *, status: int = 0, reservable: bool = True) -> Announcement:
        """Announces a stream, in seconds since the epoch; `status` is 0, or 1 once it is cancelled, 2 once it was."""
        announcement = Announcement(starts_at, status, reservable)
        self.announcements.append(announcement)
        return announcement


@attrs.frozen
class Sharer:
    """Who has shared the card of a channel that opens an app, and on whose behalf."""

    user_id: str
    promoter: str = ""
    promoter_id: str = ""


class Channels(Room, name="channels"):
    """The accounts that there are, which a test adds: `channels.account("sph…", "Tea house").go_live("Oolong")`.

    - `reserved`: the announcements whose stream the person has reserved, by their ids. A program's offer asks, the
      question `reserveChannelsLive`.
    - `sharer`: who has shared the card that opens apps now, if one does that the person lets apps know of.
    """

    STATE = ("_accounts", "reserved", "sharer")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._accounts: dict[str, Channel] = {}
        self.reserved: list[str] = []
        self.sharer: Sharer | None = None

    def in_words(self) -> Iterator[str]:
        """How many accounts there are."""
        yield from [count(len(self._accounts), "accounts")] if self._accounts else []

    def account(self, id: str, nickname: str = "", head_url: str = "") -> Channel:
        """The account of this id, which begins to be there if it was not."""
        for what, given in (("id", id), ("nickname", nickname), ("head_url", head_url)):
            TEXT.check(f"an account's {what}", given)
        if id not in self._accounts:
            self._accounts[id] = Channel(id, nickname or id, head_url)
        return self._accounts[id]

    def shared_by(self, user_id: str, promoter: str = "", promoter_id: str = "") -> None:
        """Cards that open apps from now on were shared by this person, maybe for a promoter, who is a person too."""
        for given in (user_id, promoter, promoter_id):
            TEXT.check("who shares", given)
        self.sharer = Sharer(user_id, promoter, promoter_id)

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    @only("wx")
    def getChannelsLiveInfo(self, app: App, options: Options) -> Result:
        """The account's latest stream, the others in `otherInfos`; 1416100 for no account, 1416104 for no stream."""
        channel = self._channel(options)
        told = [
            {
                "feedId": live.feed_id,
                "nonceId": live.nonce_id,
                "description": live.description,
                "status": 2 if live.live else 3,
                "replayStatus": live.replay,
                "headUrl": channel.head_url,
                "nickname": channel.nickname,
            }
            for live in channel.lives
        ]
        return _latest(told)

    @answered
    @only("wx")
    def getChannelsLiveNoticeInfo(self, app: App, options: Options) -> Result:
        """The account's next announcement, and the others in `otherInfos`; fails likewise."""
        channel = self._channel(options)
        told = [
            {
                "noticeId": notice.notice_id,
                "startTime": str(int(notice.starts_at)),
                "status": notice.status,
                "reservable": notice.reservable,
                "headUrl": channel.head_url,
                "nickname": channel.nickname,
            }
            for notice in channel.announcements
        ]
        return _latest(told)

    @asked
    @only("wx")
    def reserveChannelsLive(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """Offers the person to reserve a stream that was announced; the words of the failures are judgement."""
        id = required(options, "noticeId", "String")
        notices = (notice for channel in self._accounts.values() for notice in channel.announcements)
        notice = next((notice for notice in notices if notice.notice_id == id), None)
        if notice is None or not notice.reservable or notice.status:
            raise Fail("invalid noticeId")
        shown = {"appid": app.appid, "noticeId": id}
        return with_leave(self.phone, "reserveChannelsLive", shown, partial(self._reserve, id))

    @answered
    @only("wx")
    def getChannelsShareKey(self, app: App, options: Options) -> Result:
        """Who has shared the card that opened the app: `sharer`, in the scenes 1177, 1184, 1195 and 1208 alone.

        The words of the failure are judgement.
        """
        scene = self.phone.lifecycle.getEnterOptionsSync(app)["scene"]
        if self.sharer is None or scene not in SHARED_SCENES:
            raise Fail("no share key")
        account = Account.on(self.phone)
        promoter: dict[str, Any] = {}
        if self.sharer.promoter:
            promoter = {
                "finderNickname": self.sharer.promoter,
                "promoterId": self.sharer.promoter_id,
                "promoterOpenId": account.openid_of(app, self.sharer.promoter),
            }
        return {"sharerOpenId": account.openid_of(app, self.sharer.user_id), "promoter": promoter}

    # --- its own -----------------------------------------------------------------------------------------------

    def _reserve(self, id: str) -> Result:
        if id not in self.reserved:
            self.reserved.append(id)
        return {}

    def _channel(self, options: Options) -> Channel:
        channel = self._accounts.get(required(options, "finderUserName", "String"))
        if channel is None:
            raise Fail("invalid finderUserName", NO_ACCOUNT)
        return channel


def _latest(told: Sequence[Result]) -> Result:
    """The last one, and those before it, fifteen in all."""
    if not told:
        raise Fail("data is empty", NO_DATA)
    *others, latest = told[-MOST:]
    return {**latest, "otherInfos": others}
