"""Rooms in which people speak with each other, each with a phone of their own, and calls of one to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from supporting import failure

import taropy
from taropy.phone import OpenPlatform, Phone
from taropy.phone.open_platform.voice_rooms import MOST_MEMBERS, signature

NAMES = ("ada", "bob", "cleo")


@pytest.fixture
def people() -> Iterator[list[Any]]:
    """Three people's Taro on WeChat, logged in, each on a phone; the phones have one vendor."""
    platform = OpenPlatform()
    phones = [Phone(user=name, open_platform=platform) for name in NAMES]
    taros = [taropy.create("weapp", phone=phone) for phone in phones]
    for t in taros:
        t.login().result()
    yield taros
    for t, phone in zip(taros, phones, strict=True):
        t.close()
        phone.close()


def entry(t: Any, group: str = "tea", **options: Any) -> dict[str, Any]:
    """What a program enters a room with, signed as its backend does."""
    signed = t.phone.voip.sign(group, "nonce", 1559129714, t.phone.app("weapp"))
    return {"groupId": group, "nonceStr": "nonce", "timeStamp": 1559129714, "signature": signed, **options}


def join(t: Any, group: str = "tea", **options: Any) -> Any:
    return t.joinVoIPChat(entry(t, group, **options)).result()


def openid(t: Any) -> str:
    platform = t.phone.open_platform
    return str(platform.openid("weapp", t.phone.app("weapp").appid, t.phone.account.user.id))


def failed(promise: Any) -> tuple[int | None, str]:
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    return caught.value.errCode, caught.value.errMsg


# --- rooms ---------------------------------------------------------------------------------------------------------


def test_who_gives_the_same_group_comes_into_the_same_room(people: list[Any]) -> None:
    ada, bob, cleo = people
    assert join(ada).openIdList == [openid(ada)]
    assert join(bob).openIdList == [openid(ada), openid(bob)]
    assert join(cleo, "coffee").openIdList == [openid(cleo)]
    assert ada.phone.voip.members == bob.phone.voip.members == [openid(ada), openid(bob)]


def test_those_in_the_room_hear_who_comes_and_goes(people: list[Any]) -> None:
    ada, bob, _ = people
    told: list[Any] = []
    ada.onVoIPChatMembersChanged(told.append)
    join(ada)
    join(bob)
    bob.exitVoIPChat().result()
    assert [each.openIdList for each in told] == [[openid(ada), openid(bob)], [openid(ada)]]
    assert told[0].errCode == 0
    ada.offVoIPChatMembersChanged()
    join(bob)
    assert len(told) == 2
    assert bob.phone.voip.chat.group == "tea"


def test_those_in_the_room_hear_who_speaks(people: list[Any]) -> None:
    ada, bob, _ = people
    told: list[Any] = []
    join(ada)
    join(bob)
    ada.onVoIPChatSpeakersChanged(lambda speakers: told.append(speakers.openIdList))
    bob.phone.voip.speak()
    assert ada.phone.voip.heard == [openid(bob)]
    bob.phone.voip.speak(False)
    assert told == [[openid(bob)], []]


def test_who_is_muted_is_not_heard_and_who_turned_the_earphone_off_hears_nobody(people: list[Any]) -> None:
    ada, bob, _ = people
    join(ada)
    join(bob, muteConfig={"muteMicrophone": True})
    bob.phone.voip.speak()
    assert (bob.phone.voip.muted, ada.phone.voip.heard) == ((True, False), [])
    bob.updateVoIPChatMuteConfig({"muteConfig": {"muteMicrophone": False}}).result()
    assert ada.phone.voip.heard == [openid(bob)]
    ada.updateVoIPChatMuteConfig({"muteConfig": {"muteEarphone": True}}).result()
    assert (ada.phone.voip.muted, ada.phone.voip.heard) == ((False, True), [])


def test_a_video_room_tells_whose_pictures_are_on(people: list[Any]) -> None:
    ada, bob, _ = people
    told: list[Any] = []
    ada.onVoIPVideoMembersChanged(lambda seen: told.append(seen.openIdList))
    for t in (ada, bob):
        join(t, roomType="video")
    bob.phone.voip.show_video(False)
    assert told == [[openid(ada), openid(bob)], [openid(ada)]]
    ada.subscribeVoIPVideoMembers({"openIdList": [openid(bob)]}).result()
    assert ada.phone.voip.chat.subscribed == [openid(bob)]


def test_there_are_no_pictures_in_a_voice_room(people: list[Any]) -> None:
    join(people[0])
    with pytest.raises(ValueError, match="voice room"):
        people[0].phone.voip.show_video()


def test_a_phone_that_loses_the_room_says_so_and_so_do_the_others(people: list[Any]) -> None:
    ada, bob, _ = people
    lost: list[Any] = []
    left: list[Any] = []
    join(ada)
    join(bob)
    bob.onVoIPChatInterrupted(lost.append)
    ada.onVoIPChatMembersChanged(lambda members: left.append(members.openIdList))
    bob.phone.voip.interrupt()
    assert (lost[0].errCode, left, bob.phone.voip.chat) == (-2, [[openid(ada)]], None)


def test_a_program_that_ends_leaves_its_room(people: list[Any]) -> None:
    ada, bob, _ = people
    join(ada)
    join(bob)
    bob.close()
    assert ada.phone.voip.members == [openid(ada)]


def test_states_are_told_as_a_test_has_them(people: list[Any]) -> None:
    told: list[Any] = []
    people[0].onVoIPChatStateChanged(told.append)
    join(people[0])
    people[0].phone.voip.tell_state(7, {"why": "a test"})
    assert (told[0].code, told[0].data.why, told[0].errCode) == (7, "a test", 0)


def test_the_signature_is_that_of_the_vendor_s_example() -> None:
    made = signature(
        "gDyVgzwa0mFz9uUP7M6GQQ==", "wx20afc706a711eefc", "1559129713_672975982", "8AP6DT9ybtniUJfb", 1559129714
    )
    assert made == "b002b824688dd8593a6079e11d8c5e8734fbcb39a6d5906eb347bfbcad79c617"


def test_a_wrong_signature_opens_no_room(people: list[Any]) -> None:
    ada = people[0]
    assert failed(ada.joinVoIPChat({**entry(ada), "groupId": "coffee"})) == (-1000, "joinVoIPChat:fail system error")
    ada.phone.voip.checks_signatures = False
    assert ada.joinVoIPChat({**entry(ada), "signature": "anything"}).result().errCode == 0


def test_who_has_not_logged_in_has_nothing_to_sign_with(weapp: Any) -> None:
    with pytest.raises(LookupError, match="not logged in"):
        weapp.phone.voip.sign("tea", "nonce", 1)
    unsigned = {"groupId": "tea", "nonceStr": "n", "timeStamp": 1, "signature": ""}
    assert failed(weapp.joinVoIPChat(unsigned))[0] == -1000


def test_nobody_is_in_two_rooms(people: list[Any]) -> None:
    join(people[0])
    assert failed(people[0].joinVoIPChat(entry(people[0], "coffee")))[0] == -1


def test_a_microphone_in_use_and_an_app_that_is_left_open_no_room(people: list[Any]) -> None:
    ada = people[0]
    ada.phone.voip.microphone_taken = True
    assert failed(ada.joinVoIPChat(entry(ada)))[0] == -2
    ada.phone.voip.microphone_taken = False
    asked = entry(ada)
    ada.phone.background()
    assert failed(ada.joinVoIPChat(asked))[0] == -3


def test_without_a_network_there_is_no_room(people: list[Any]) -> None:
    people[0].phone.network.type = "none"
    assert failed(people[0].joinVoIPChat(entry(people[0])))[0] == -1000


def test_a_room_has_ten_members() -> None:
    platform = OpenPlatform()
    taros = []
    for number in range(MOST_MEMBERS + 1):
        t = taropy.create("weapp", phone=Phone(user=f"user-{number}", open_platform=platform))
        t.login().result()
        taros.append(t)
    for t in taros[:-1]:
        join(t)
    assert failed(taros[-1].joinVoIPChat(entry(taros[-1])))[0] == -1000
    for t in taros:
        t.phone.close()


@pytest.mark.parametrize(("kind", "scope"), [("voice", "scope.record"), ("video", "scope.camera")])
def test_a_room_needs_the_person_s_permission(people: list[Any], kind: str, scope: str) -> None:
    people[0].phone.permissions.deny(scope)
    assert failed(people[0].joinVoIPChat(entry(people[0], roomType=kind)))[1] == "joinVoIPChat:fail auth deny"


def test_what_only_goes_in_a_room_fails_outside(people: list[Any]) -> None:
    ada = people[0]
    assert "not in a room" in failure(ada.updateVoIPChatMuteConfig({"muteConfig": {}}))
    assert "not in a room" in failure(ada.subscribeVoIPVideoMembers({"openIdList": []}))
    assert ada.exitVoIPChat({}).result().errMsg == "exitVoIPChat:ok"
    with pytest.raises(LookupError, match="in no room"):
        ada.phone.voip.speak()


@pytest.mark.parametrize("name", ["groupId", "nonceStr", "timeStamp", "signature"])
def test_an_entry_that_lacks_something_is_refused(people: list[Any], name: str) -> None:
    lacking = {key: value for key, value in entry(people[0]).items() if key != name}
    assert f"parameter.{name} should be" in failure(people[0].joinVoIPChat(lacking))


# --- calls ---------------------------------------------------------------------------------------------------------


def ring(caller: Any, listener: Any, **options: Any) -> Any:
    people = {"caller": {"nickname": "a", "openid": openid(caller)}}
    return caller.join1v1Chat({**people, "listener": {"nickname": "b", "openid": openid(listener)}, **options})


def enable(*taros: Any) -> None:
    for t in taros:
        t.setEnable1v1Chat(enable=True).result()


def test_one_calls_another_who_accepts(people: list[Any]) -> None:
    ada, bob, _ = people
    enable(ada, bob)
    assert ring(ada, bob).result().errCode == 0
    ada.phone.clock.advance(0)
    assert bob.phone.person.asked[-1].kind == "join1v1Chat"
    assert (ada.phone.voip.call.state, bob.phone.voip.call.state) == ("talking", "talking")
    bob.phone.voip.hang_up()
    assert ada.phone.voip.call.state == "ended"


def test_one_who_does_not_want_to_talk_refuses(people: list[Any]) -> None:
    ada, bob, _ = people
    enable(ada, bob)
    bob.phone.person.script("join1v1Chat", confirm=False)
    ring(ada, bob).result()
    ada.phone.clock.advance(0)
    assert ada.phone.voip.call.state == "refused"


def test_who_takes_no_calls_does_not_answer(people: list[Any]) -> None:
    ada, bob, _ = people
    enable(ada, bob)
    bob.setEnable1v1Chat(enable=False).result()
    ring(ada, bob).result()
    assert ada.phone.voip.call.state == "unanswered"


def test_calls_that_cannot_be_have_the_vendor_s_numbers(people: list[Any]) -> None:
    ada, bob, cleo = people
    assert failed(ring(ada, bob)) == (-20000, "join1v1Chat:fail not open 1v1 Chat")
    enable(ada, bob, cleo)
    ring(ada, bob).result()
    ada.phone.clock.advance(0)
    assert failed(ring(ada, cleo)) == (-20002, "join1v1Chat:fail on call")
    cleo.phone.voip.microphone_taken = True
    assert failed(ring(cleo, bob))[0] == -2


@pytest.mark.parametrize(("kind", "scope", "number"), [("voice", "record", -30003), ("video", "camera", -30004)])
def test_a_call_needs_the_person_s_permission(people: list[Any], kind: str, scope: str, number: int) -> None:
    ada, bob, _ = people
    enable(ada, bob)
    ada.phone.permissions.deny(f"scope.{scope}")
    assert failed(ring(ada, bob, roomType=kind))[0] == number


@pytest.mark.parametrize(("device", "number"), [("microphone", -30002), ("camera", -30001)])
def test_a_call_needs_the_device_s_permission(people: list[Any], device: str, number: int) -> None:
    ada, bob, _ = people
    enable(ada, bob)
    ada.phone.system.set_permission(device, "denied")
    assert failed(ring(ada, bob, roomType="video"))[0] == number
