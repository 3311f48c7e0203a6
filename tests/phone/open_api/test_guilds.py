"""QQ's guilds, as a program and its backend learn of them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from backends import decrypted, exchange
from natively import call

import taropy
from taropy.phone import Guild, GuildChannel, Phone

TEA = Guild("1070", "Tea house", role="admin", nickname="Li", member_id="42", channels={"55": GuildChannel("Chat")})


@pytest.fixture
def qq() -> Iterator[Any]:
    with taropy.create("qq", phone=Phone(user="alice")) as runtime:
        yield runtime


def told(qq: Any, **options: Any) -> Any:
    """What the program is told."""
    answers: list[Any] = []
    qq.getGuildInfo({**options, "success": answers.append, "fail": answers.append})
    assert len(answers) == 1
    return answers[0]


def read(qq: Any, **options: Any) -> Any:
    """What its backend reads of it."""
    key = exchange(qq.phone, qq.login().result().code, "qq").session_key
    sealed = told(qq, **options)
    text = decrypted(sealed.encryptedData, sealed.iv, key)
    signature = hashlib.sha1(text + key.encode()).digest()
    assert base64.b64decode(sealed.signature) == signature
    return json.loads(text)


def test_a_backend_reads_who_the_person_is_in_the_guild(qq: Any) -> None:
    qq.phone.guilds.put(TEA)
    answer = read(qq, open_guild_id="1070")
    assert answer["data"] == {
        "guild_name": "Tea house",
        "open_guild_id": "1070",
        "member_role": 1,
        "member_userid": "42",
        "member_nick": "Li",
    }
    assert (answer["retcode"], answer["watermark"]["appid"]) == (0, qq.phone.app("qq").appid)


def test_a_channel_is_told_of_to_who_asks_for_it(qq: Any) -> None:
    qq.phone.guilds.put(Guild("1070", "Tea house", channels={"55": GuildChannel("Staff", type=2, accessible=False)}))
    channel = read(qq, open_guild_id="1070", channel_id="55")["data"]["channel_info"]
    assert channel == {"channel_name": "Staff", "channel_type": 2, "is_accessible": 0}
    assert "channel_info" not in read(qq, open_guild_id="1070", channel_id="56")["data"]


def test_the_person_is_the_phone_s_own_unless_said(qq: Any) -> None:
    qq.phone.guilds.put(Guild("1070", "Tea house"))
    first, again = (read(qq, open_guild_id="1070")["data"] for _ in range(2))
    assert (first["member_role"], first["member_nick"]) == (0, qq.phone.account.user.nickname)
    assert first["member_userid"] == again["member_userid"]
    assert first["member_userid"].isdigit()


def test_who_is_no_member_is_told_of_no_membership(qq: Any) -> None:
    qq.phone.guilds.put(Guild("1070", "Tea house", role=None))
    assert read(qq, open_guild_id="1070")["data"] == {"guild_name": "Tea house", "open_guild_id": "1070"}


def test_a_guild_that_nobody_has_put_there_fails_and_says_how(qq: Any) -> None:
    qq.login().result()
    assert told(qq, open_guild_id="7").errMsg == (
        "getGuildInfo:fail there is no guild 7: it takes phone.guilds.put(Guild('7', …))"
    )


def test_without_a_session_there_is_no_key(qq: Any) -> None:
    qq.phone.guilds.put(TEA)
    assert "session time out" in told(qq, open_guild_id="1070").errMsg


@pytest.mark.parametrize("options", [{}, {"open_guild_id": 7}, {"open_guild_id": "7", "channel_id": 5}])
def test_wrong_options_are_refused(options: dict[str, Any]) -> None:
    answer = call(Phone().native("qq", "qq"), "getGuildInfo", **options)
    assert "getGuildInfo:fail parameter error" in answer["errMsg"]


@pytest.mark.parametrize("wrong", [{"role": "king"}, {"id": 7}])
def test_what_is_no_guild_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError), match=r"."):
        Guild(**{"id": "1", "name": "Tea", **wrong})


def test_a_snapshot_has_the_guilds(qq: Any) -> None:
    qq.phone.guilds.put(TEA)
    taken = qq.phone.snapshot()
    qq.phone.guilds.put(Guild("2", "Cake"))
    qq.phone.restore(taken)
    assert dict(qq.phone.guilds.known) == {"1070": TEA}
    assert repr(qq.phone.guilds) == "<Guilds 1 guild>"
