"""QQ's guilds, and who the person is there.

Facts: bot.q.qq.com/wiki, "develop/api/miniapp/interface"; q.qq.com/wiki, "port_guild". That what is decrypted has its
fields below `data`, beside a `retcode`, and that who is no member is told of no membership and of no failure, is how a
program reads it that ran on QQ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs
from attrs.validators import instance_of

from ...hints import check_word
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import optional, required
from ..core.room import Room
from ..core.telling import count
from .account import Account

if TYPE_CHECKING:
    from ..core.faces import Phone

#: What a person is in a guild, and QQ's number of it.
ROLES: Mapping[str, int] = {"member": 0, "admin": 1, "owner": 2}


def _is_role(_: object, __: object, role: str | None) -> None:
    if role is not None:
        check_word(role, ROLES, "nobody is {!r} in a guild")


@attrs.frozen
class GuildChannel:
    """A channel of a guild; its `type` is QQ's number, 0 for one in which people write."""

    name: str
    type: int = 0
    accessible: bool = True


@attrs.frozen
class Guild:
    """A guild, by the id that its bots know, and what the person is there.

    - `role`: `member`, `admin`, `owner`, or None for who is no member.
    - `nickname`: the person's there; by default the account's.
    - `member_id`: the person's id for bots; one is made up unless it is given.
    - `channels`: the guild's channels by their ids.
    """

    id: str = attrs.field(validator=instance_of(str))
    name: str
    role: str | None = attrs.field(default="member", validator=_is_role)
    nickname: str | None = None
    member_id: str | None = None
    channels: Mapping[str, GuildChannel] = attrs.field(factory=dict)


class Guilds(Room, name="guilds"):
    """The guilds that there are for the person, `known`, by their ids; none unless a test says so.

    Which of them a bot has opened the app from stands in the address, as in `app.launch(query={"guildID": "…"})`.
    """

    STATE = ("_known",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._known: dict[str, Guild] = {}

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield from [count(len(self._known), "guilds")] if self._known else []

    @property
    def known(self) -> Mapping[str, Guild]:
        """The guilds, by their ids."""
        return dict(self._known)

    def put(self, guild: Guild) -> None:
        """There is this guild from now on, in place of one with the same id."""
        self._known[guild.id] = guild

    @only("qq")
    @answered
    def getGuildInfo(self, app: App, options: Options) -> Result:
        """The guild `open_guild_id` and the person's role there, encrypted with the session's key, and signed.

        With `channel_id` that channel of it is told of, too. Fails without a session, and for a guild that nobody has
        put there; the words of that are ours.
        """
        id_: str = required(options, "open_guild_id", "String")
        channel_id: str | None = optional(options, "channel_id", "String", None)
        guild = self._known.get(id_)
        if guild is None:
            raise Fail(f"there is no guild {id_}: it takes phone.guilds.put(Guild({id_!r}, …))")
        told: dict[str, Any] = {"guild_name": guild.name, "open_guild_id": guild.id}
        account = Account.on(self.phone)
        if guild.role is not None:
            told["member_role"] = ROLES[guild.role]
            told["member_userid"] = guild.member_id or _member_id(guild, account.user.id)
            told["member_nick"] = account.user.nickname if guild.nickname is None else guild.nickname
        channel = None if channel_id is None else guild.channels.get(channel_id)
        if channel is not None:
            told["channel_info"] = {
                "channel_name": channel.name,
                "channel_type": channel.type,
                "is_accessible": int(channel.accessible),
            }
        return account.sealed_and_signed(app, {"retcode": 0, "data": told})


def _member_id(guild: Guild, user_id: str) -> str:
    """A number as QQ's are, the same each time."""
    made = hashlib.sha256(f"{guild.id} {user_id}".encode()).digest()
    return str(10**18 + int.from_bytes(made[:8], "big") % 10**18)
