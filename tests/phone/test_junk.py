"""What a test tells the phone is refused where it is said, in one line that names what is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy.phone import Peripheral, Phone, Tone

UUID = "FDA50693-A4E2-4FB1-AFCF-C6EB07647825"


@pytest.fixture
def phone() -> Iterator[Phone]:
    """A phone that apps are on."""
    with Phone() as phone, taropy.create("weapp", phone=phone):
        yield phone


#: What is set, to what, and what it may be.
SETTINGS: list[tuple[str, Any, str]] = [
    ("account.group", 5, "the name of a group, or None"),
    ("ads.pause_after_ad", "long", "a number of seconds, 0 or more"),
    ("ads.pause_after_start", -1, "a number of seconds, 0 or more"),
    ("analysis.experiments", 5, "a dict"),
    ("biometrics.verifies_faces", "maybe", "True or False"),
    ("browser.wechat", "yes", "True or False"),
    ("camera.max_zoom", 0.5, "a number, 1 or more"),
    ("display.brightness", 9, "a number from 0 to 1"),
    ("display.visual_effect", "gone", "one of none, hidden"),
    ("faces.seen", "junk", "a list of Faces"),
    ("faces.seen", [1], "a list of Faces"),
    ("hce.supported", "no", "True or False"),
    ("network.loss", 2, "a chance from 0 to 1"),
    ("nfc.enabled", 1, "True or False"),
    ("nfc.tag", "x", "a Tag, or None"),
    ("privacy.declared", "yes", "True or False"),
    ("qzone.avatar", 5, "an Avatar, or None"),
    ("voip.call", "x", "a VoiceCall, or None"),
    ("wifi.networks", ["home"], "a list of WifiNetworks"),
]


@pytest.mark.parametrize(
    ("where", "value", "allowed"), SETTINGS, ids=[f"{name}={value}" for name, value, _ in SETTINGS]
)
def test_a_setting_takes_what_it_may_be(phone: Phone, where: str, value: Any, allowed: str) -> None:
    room, name = where.split(".")
    before = getattr(getattr(phone, room), name)
    with pytest.raises(ValueError) as refused:
        setattr(getattr(phone, room), name, value)
    assert str(refused.value) == f"phone.{where} is {allowed}, not {value!r}"
    assert getattr(getattr(phone, room), name) == before


#: What is said to the phone, and what is answered.
SAID: list[tuple[str, Callable[[Any], object], str]] = [
    ("a tag", lambda phone: phone.nfc.hold("x"), "what is held to the phone is a Tag, not 'x'"),
    ("a tone that is too loud", lambda _: Tone(volume=9), "a tone's volume is a number from 0 to 1, not 9"),
    ("a tone without a pitch", lambda _: Tone(-5), "a tone's pitch is a number above 0, not -5"),
    ("samples", lambda phone: phone.microphone.hear([0.1, 9.0], rate=8000), "samples are numbers from -1 to 1"),
    ("words", lambda phone: phone.microphone.hear(["a"], rate=8000), "samples are numbers from -1 to 1"),
    ("a rate", lambda phone: phone.microphone.hear([0.1], rate=0), "a rate is a whole number, 1 or more"),
    ("an endless rate", lambda phone: phone.microphone.hear([0.1], rate=float("inf")), "a rate is a whole number"),
    (
        "a rate of what was heard",
        lambda phone: phone.audio.samples(rate=0),
        "a rate is a whole number, 1 or more",
    ),
    (
        "a beacon",
        lambda phone: phone.bluetooth.add_beacon(UUID, 1, 2, rssi=99),
        "rssi is a number from -127 to 20",
    ),
    ("a device's company", lambda _: Peripheral(manufacturer_data={99999: b""}), "from 0 to 65535, not 99999"),
    ("a device's data", lambda _: Peripheral(manufacturer_data={1: "a"}), "is bytes, not 'a'"),
    ("a device's name", lambda _: Peripheral(5), "a peripheral's name is a text, not 5"),
    ("a device's room", lambda _: Peripheral(capacity=0), "capacity is a whole number, 1 or more, not 0"),
    ("a device's MTU", lambda _: Peripheral(max_mtu=9000), "max_mtu is a whole number from 23 to 517, not 9000"),
    (
        "a strength later",
        lambda _: setattr(Peripheral(), "rssi", "far"),
        "a peripheral's rssi is a number from -127 to 20",
    ),
    (
        "a value",
        lambda _: setattr(Peripheral().characteristic("180D", "2A37"), "value", "a"),
        "value is bytes, not 'a'",
    ),
    ("a pairing", lambda phone: phone.bluetooth.pair("x"), "paired with is a Peripheral, not 'x'"),
    ("a unit of ads", lambda phone: phone.ads.serve(5), "an ad's unit is a text, or None, not 5"),
    ("a battery", lambda phone: phone.hardware.set_battery("x"), "between 1 and 100 percent"),
    ("a reader's command", lambda phone: phone.hce.send("x"), "a reader's command is bytes"),
    ("a reader's reason", lambda phone: phone.hce.leave(7), "the reason is a whole number from 0 to 1, not 7"),
    (
        "a keyboard",
        lambda phone: phone.screen.show_keyboard(-1),
        "height is a number, 0 or more, not -1",
    ),
    ("a shake", lambda phone: phone.motion.shake(times=0), "how often a second is a number above 0, not 0"),
    ("a contact", lambda phone: phone.telephone.pick_contact("Nobody"), "no contact is called 'Nobody'"),
    ("a Wi-Fi", lambda phone: phone.wifi.add("a", frequency=-1), "a frequency is a number above 0, not -1"),
    ("an item", lambda phone: phone.screen.answer_action_sheet(-1), "is tapped is a whole number, 0 or more, not -1"),
    ("an accuracy", lambda phone: phone.location.set(1, 2, accuracy=-5), "an accuracy is a number, 0 or more, not -5"),
    ("a place", lambda phone: phone.location.pick(5), "a place's name is a text, not 5"),
    ("a card", lambda phone: phone.chats.receive("a", 5), "a card's path is a text, not 5"),
    ("a message", lambda phone: phone.chats.open("x"), "what is opened is a ChatMessage, not 'x'"),
    ("a letter", lambda phone: phone.messages.open("x"), "what is opened is a ServiceMessage"),
    ("a switch", lambda phone: phone.messages.switch("off"), "is True or False, not 'off'"),
    ("an account", lambda phone: phone.channels.account(5), "an account's id is a text, not 5"),
    (
        "a form",
        lambda phone: phone.forms.hand_out(userNam="a"),
        "has a field 'userNam'; did you mean 'userName'?",
    ),
    ("a day", lambda phone: phone.steps.set("today", 5), "a day is a date, not 'today'"),
    ("a scroll", lambda phone: phone.screen.scroll("x"), "a page is scrolled is a number, not 'x'"),
    ("a version", lambda phone: phone.updates.offer(5), "a version is a text, not 5"),
    ("a collection", lambda phone: phone.cloud.collection("a", "PRIVATE", ["x"]), "each a dict"),
    ("a file", lambda phone: phone.cloud.put_file("a", "text"), "a file's data is bytes"),
    ("a package", lambda phone: phone.files.set_package("nowhere"), "there is no folder "),
    ("limits", lambda phone: phone.files.set_limits(5), "apps' files is Limits, not 5"),
    ("a database", lambda phone: phone.cloud.connect(5), "a database is a URL, or a Database of pymongo's, not 5"),
]


@pytest.mark.parametrize(("say", "answered"), [each[1:] for each in SAID], ids=[each[0] for each in SAID])
def test_junk_is_refused_where_it_is_said(phone: Phone, say: Callable[[Any], object], answered: str) -> None:
    with pytest.raises((ValueError, TypeError, OSError)) as refused:
        say(phone)
    assert answered in str(refused.value)
    assert "\n" not in str(refused.value)


#: Who sees or hears a file, what it is called, and what is said of one that is none.
FILES: list[tuple[Callable[[Any, Path], object], str, str]] = [
    (lambda phone, file: phone.camera.show(file), "a.png", "neither a picture nor a video that can be seen"),
    (lambda phone, file: phone.camera.show(file), "a.mp4", "neither a picture nor a video that can be seen"),
    (
        lambda phone, file: phone.live.stream("rtmp://a", file),
        "a.mp4",
        "neither a picture nor a video that can be seen",
    ),
    (lambda phone, file: phone.microphone.hear(file), "a.mp3", "is no sound that a microphone could hear"),
]


@pytest.mark.parametrize(("give", "name", "words"), FILES)
@pytest.mark.parametrize("data", [b"", b"junk"])
def test_a_file_in_which_nothing_is_to_be_seen_or_heard_is_refused(
    phone: Phone, tmp_path: Path, give: Callable[[Any, Path], object], name: str, words: str, data: bytes
) -> None:
    file = tmp_path / name
    with pytest.raises(FileNotFoundError, match=f"there is no file .*{name}"):
        give(phone, file)
    file.write_bytes(data)
    with pytest.raises(ValueError, match=words):
        give(phone, file)


@pytest.mark.parametrize("ext", ["", "{", "[1]", "5"])
def test_a_card_whose_ext_is_no_json_of_an_object_is_refused(weapp: Any, ext: str) -> None:
    said = weapp.addCard(cardList=[{"cardId": "c", "cardExt": ext}]).catch(lambda error: error.errMsg).result()
    assert (
        said
        == "addCard:fail parameter error: parameter.cardList[0].cardExt should be the JSON of an object, and is none"
    )
