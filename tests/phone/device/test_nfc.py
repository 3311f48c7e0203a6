"""NFC: tags that a person holds to the phone, and what programs read and write on them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import ndef
import pytest
from hypothesis import given
from hypothesis import strategies as st
from natively import message_of_broken, turns
from supporting import supporting

import taropy
from taropy.phone import Classic, Phone, Tag, Ultralight
from taropy.phone.device.ndef import NdefRecord, decoded, encoded

UID = bytes.fromhex("04a1b2c3d4e5f6")
OK = b"\x90\x00"


@pytest.fixture
def weapp() -> Iterator[Any]:
    """WeChat's Taro on an Android phone."""
    with taropy.create("weapp", phone=Phone(device="Pixel 8")) as runtime:
        yield runtime


@pytest.fixture
def reader(weapp: Any) -> Any:
    """Its reader, which looks for tags."""
    adapter = weapp.getNFCAdapter()
    adapter.startDiscovery().result()
    return adapter


def error(promise: Any) -> tuple[str, int]:
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    return caught.value.errMsg.partition(":fail ")[2], caught.value.errCode


def sent(technology: Any, command: str) -> str:
    return technology.transceive(data=bytes.fromhex(command)).result().data.hex()


# --- finding -------------------------------------------------------------------------------------------------------


@supporting("getNFCAdapter")
def test_a_program_hears_of_a_tag_that_is_held_to_the_phone(t: Any) -> None:
    async def main() -> list[Any]:
        phone, heard = Phone(device="Pixel 8"), []
        with taropy.create(t.platform.name, phone=phone) as own:
            adapter = own.getNFCAdapter()
            adapter.onDiscovered(heard.append)
            phone.nfc.hold(Ultralight([ndef.TextRecord("tea")]))
            assert heard == []
            await adapter.startDiscovery()
            await turns()
        return heard

    [told] = asyncio.run(main())
    assert (bytes(told.id), told.techs) == (UID, ["NFC-A", "MIFARE Ultralight", "NDEF"])
    assert [(bytes(record.type), bytes(record.payload)) for record in told.messages] == [(b"T", b"\x02entea")]


def test_a_tag_that_comes_later_is_told_of_too_until_discovery_ends(weapp: Any, reader: Any) -> None:
    heard: list[Any] = []
    reader.onDiscovered(heard.append)
    weapp.phone.nfc.hold(Classic())
    assert heard[0].techs == ["NFC-A", "MIFARE Classic"]
    reader.stopDiscovery().result()
    weapp.phone.nfc.hold(Classic())
    assert len(heard) == 1
    reader.startDiscovery().result()
    reader.offDiscovered(heard.append)
    weapp.phone.nfc.hold(Classic())
    assert len(heard) == 1


def test_an_app_in_the_background_is_not(weapp: Any, reader: Any) -> None:
    heard: list[Any] = []
    reader.onDiscovered(heard.append)
    weapp.phone.lifecycle.background()
    weapp.phone.nfc.hold(Classic())
    assert heard == []


def test_an_iphone_finds_cards_alone() -> None:
    with taropy.create("weapp", phone=Phone(device="iPhone 15 Pro")) as t:
        heard: list[Any] = []
        adapter = t.getNFCAdapter()
        adapter.startDiscovery().result()
        adapter.onDiscovered(heard.append)
        t.phone.nfc.hold(Ultralight())
        t.phone.nfc.hold(Tag("nfcA", "isoDep"))
        assert [told.techs for told in heard] == [["ISO-DEP"]]


def test_the_adapter_is_the_same_each_time_and_names_the_technologies(weapp: Any) -> None:
    adapter = weapp.getNFCAdapter()
    assert adapter.tech["isoDep"] == "ISO-DEP"
    adapter.startDiscovery().result()
    assert error(weapp.getNFCAdapter().startDiscovery()) == ("NFC discovery already started", 13021)


def test_what_was_not_begun_is_not_ended(weapp: Any) -> None:
    assert error(weapp.getNFCAdapter().stopDiscovery()) == ("NFC discovery has not started", 13018)


@pytest.mark.parametrize(
    ("switch", "told"), [("supported", ("设备不支持NFC", 13000)), ("enabled", ("系统NFC开关未打开", 13001))]
)
def test_a_phone_may_have_no_reader_or_have_it_switched_off(weapp: Any, switch: str, told: tuple[str, int]) -> None:
    setattr(weapp.phone.nfc, switch, False)
    assert error(weapp.getNFCAdapter().startDiscovery()) == told


# --- talking -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NfcA", "NfcB", "NfcF", "NfcV", "IsoDep", "MifareClassic", "MifareUltralight"])
def test_a_program_talks_to_a_tag_of_each_technology(weapp: Any, reader: Any, name: str) -> None:
    tech = name[0].lower() + name[1:]
    weapp.phone.nfc.hold(Tag(tech, answer=lambda command: command[::-1]))
    technology = getattr(reader, f"get{name}")()
    technology.connect().result()
    assert technology.isConnected().result().errMsg == "isConnected:ok"
    assert sent(technology, "010203") == "030201"
    assert technology.getMaxTransceiveLength().result().length >= 253
    technology.close().result()
    assert error(technology.transceive(data=b"a")) == ("Tech has not connected", 13023)


def test_what_a_tag_says_of_itself(weapp: Any, reader: Any) -> None:
    weapp.phone.nfc.hold(Tag("nfcA", "isoDep", atqa=b"\x04\x03", sak=0x20, historical_bytes=b"\x80\x01"))
    a, card = reader.getNfcA(), reader.getIsoDep()
    a.connect().result()
    assert (bytes(a.getAtqa().result().atqa), a.getSak().result().sak) == (b"\x04\x03", 0x20)
    a.close().result()
    card.connect().result()
    assert bytes(card.getHistoricalBytes().result().histBytes) == b"\x80\x01"


def test_a_card_of_ones_own_answers_as_it_was_written(weapp: Any, reader: Any) -> None:
    def answer(apdu: bytes) -> bytes:
        selected = apdu == bytes.fromhex("00a4040005f222222222")
        return b"oolong" + OK if selected else b"\x6a\x82"

    weapp.phone.nfc.hold(Tag("nfcA", "isoDep", answer=answer))
    card = reader.getIsoDep()
    card.connect().result()
    assert sent(card, "00a4040005f222222222") == (b"oolong" + OK).hex()
    assert sent(card, "00a4040005f333333333") == "6a82"


@pytest.mark.parametrize("wrong", [5, "tea"])
def test_an_answer_that_is_no_bytes_is_refused_and_not_read_as_zeros(weapp: Any, reader: Any, wrong: Any) -> None:
    weapp.phone.nfc.hold(Tag("isoDep", answer=lambda command: wrong))
    card = reader.getIsoDep()
    card.connect().result()
    failed = message_of_broken(lambda: card.transceive(data=b"\x00"))
    assert f"what a tag answers is bytes, and not {wrong!r}" in failed


def test_an_answer_may_take_its_time_by_the_phones_clock(weapp: Any, reader: Any) -> None:
    async def answer(command: bytes) -> bytes:
        await weapp.phone.clock.sleep(2)
        return command

    async def main() -> None:
        weapp.phone.clock.stop()
        weapp.phone.nfc.hold(Tag("isoDep", answer=answer))
        card = reader.getIsoDep()
        await card.connect()
        slow = card.transceive(data=b"\x01")
        await weapp.phone.clock.advance(2)
        assert bytes((await slow).data) == b"\x01"
        await card.setTimeout(timeout=500)
        late = card.transceive(data=b"\x01")
        await weapp.phone.clock.advance(1)
        with pytest.raises(taropy.TaroError) as caught:
            await late
        assert caught.value.errCode == 13017

    asyncio.run(main())


@pytest.mark.parametrize(
    ("do", "told"),
    [
        (lambda reader, nfc: reader.getNfcA().connect(), ("NFC tag has not been discovered", 13013)),
        (lambda reader, nfc: nfc.hold(Tag("nfcB")) or reader.getNfcA().connect(), ("unavailable tech", 13015)),
        (lambda reader, nfc: reader.getNfcA().close(), ("Tech has not connected", 13023)),
        (lambda reader, nfc: reader.getNfcA().isConnected(), ("Tech has not connected", 13023)),
        (lambda reader, nfc: reader.getNfcA().setTimeout(timeout=0), ("invalid parameter", 13011)),
        (lambda reader, nfc: reader.getNfcA().getSak(), ("Tech has not connected", 13023)),
    ],
)
def test_what_cannot_be_done_says_why(weapp: Any, reader: Any, do: Any, told: tuple[str, int]) -> None:
    assert error(do(reader, weapp.phone.nfc)) == told


@pytest.mark.parametrize("data", [b"", b"x" * 254])
def test_a_command_has_its_length(weapp: Any, reader: Any, data: bytes) -> None:
    weapp.phone.nfc.hold(Tag("nfcA", answer=lambda command: command))
    technology = reader.getNfcA()
    technology.connect().result()
    assert error(technology.transceive(data=data)) == ("system internal error", 13017)


def test_a_program_talks_to_a_tag_in_one_way_at_a_time(weapp: Any, reader: Any) -> None:
    weapp.phone.nfc.hold(Ultralight())
    reader.getNfcA().connect().result()
    assert error(reader.getNfcA().connect()) == ("Tech already connected", 13022)
    assert error(reader.getNdef().connect()) == ("Tech already connected", 13022)


def test_a_tag_that_was_taken_away_answers_no_more(weapp: Any, reader: Any) -> None:
    weapp.phone.nfc.hold(Tag("nfcA", answer=lambda command: weapp.phone.nfc.take_away() or command))
    technology = reader.getNfcA()
    technology.connect().result()
    assert error(technology.transceive(data=b"a")) == ("system internal error", 13017)
    assert error(technology.transceive(data=b"a")) == ("Tech has not connected", 13023)


def test_one_that_does_not_know_a_command_says_nothing(weapp: Any, reader: Any) -> None:
    weapp.phone.nfc.hold(Tag("nfcF"))
    technology = reader.getNfcF()
    technology.connect().result()
    assert error(technology.transceive(data=b"a")) == ("system internal error", 13017)


# --- tags with a memory --------------------------------------------------------------------------------------------


def test_an_ultralight_has_pages(weapp: Any, reader: Any) -> None:
    tag = Ultralight([ndef.UriRecord("https://example.com")])
    weapp.phone.nfc.hold(tag)
    technology = reader.getMifareUltralight()
    technology.connect().result()
    assert sent(technology, "60") == "0004040201000f03"
    assert sent(technology, "3000").startswith("04a1b29f" + "c3d4e5f6")
    assert sent(technology, "3a0404") == "0310d101"
    assert sent(technology, "a22761626364") == "0a"
    assert sent(technology, "3027")[:8] == "61626364"
    assert sent(technology, "302c")[8:16] == sent(technology, "3000")[:8]  # it begins anew at the end
    for refused in ("a20061626364", "a22d61626364", "302d", "a204616263", "99"):
        assert sent(technology, refused) == "00"


def test_its_message_stands_in_them(weapp: Any, reader: Any) -> None:
    tag = Ultralight()
    weapp.phone.nfc.hold(tag)
    message = b"".join(ndef.message_encoder([ndef.TextRecord("ok")]))
    technology = reader.getMifareUltralight()
    technology.connect().result()
    block = (b"\x03" + bytes([len(message)]) + message + b"\xfe").ljust(12, b"\0")
    for page in range(len(block) // 4):
        sent(technology, f"a2{4 + page:02x}{block[page * 4 : page * 4 + 4].hex()}")
    [record] = tag.records
    assert record.payload == b"\x02enok"


def test_what_is_locked_is_not_written(weapp: Any, reader: Any) -> None:
    weapp.phone.nfc.hold(Ultralight(writable=False))
    technology, message = reader.getMifareUltralight(), reader.getNdef()
    technology.connect().result()
    assert sent(technology, "a20461626364") == "00"
    technology.close().result()
    message.connect().result()
    assert error(message.writeNdefMessage(texts=["tea"])) == ("system internal error", 13017)


def test_a_classic_opens_its_sectors_by_their_keys(weapp: Any, reader: Any) -> None:
    card = Classic()
    card.set_keys(2, b"secret", b"hidden")
    weapp.phone.nfc.hold(card)
    technology = reader.getMifareClassic()
    technology.connect().result()
    key, secret, uid = "ff" * 6, b"secret".hex(), card.id.hex()
    assert sent(technology, "3004") == "00"
    assert sent(technology, f"6004{uid}{key}") == "0a"
    assert sent(technology, "a005" + "6f6f6c6f6e67".ljust(32, "0")) == "0a"
    assert bytes.fromhex(sent(technology, "3005")).rstrip(b"\0") == b"oolong"
    assert sent(technology, "3008") == "00"
    assert sent(technology, f"6008{uid}{key}") == "00"
    assert sent(technology, f"6008{uid}{secret}") == "0a"
    assert sent(technology, f"6108{uid}{b'hidden'.hex()}") == "0a"
    assert sent(technology, "300b")[:12] == "0" * 12
    technology.close().result()
    technology.connect().result()
    assert sent(technology, "3008") == "00"


# --- messages ------------------------------------------------------------------------------------------------------


def test_a_program_writes_a_message_that_others_read(weapp: Any, reader: Any) -> None:
    tag = Ultralight()
    weapp.phone.nfc.hold(tag)
    message = reader.getNdef()
    message.connect().result()
    own = {"id": b"1", "type": b"example.com:tea", "payload": b"oolong", "tnf": 4}
    message.writeNdefMessage(records=[own], uris=["https://example.com/t/7"], texts=["tea"]).result()
    external, uri, text = ndef.message_decoder(tag.message)
    assert (external.type, external.name, external.data) == ("urn:nfc:ext:example.com:tea", "1", b"oolong")
    assert (uri.iri, text.text) == ("https://example.com/t/7", "tea")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, ("invalid parameter", 13011)),
        ({"texts": []}, ("invalid parameter", 13011)),
        ({"texts": [5]}, ("parse NdefMessage failed", 13012)),
        ({"records": [{"type": b"T", "payload": b"x", "tnf": 9}]}, ("parse NdefMessage failed", 13012)),
        ({"records": [{"type": b"T" * 256, "payload": b"x"}]}, ("parse NdefMessage failed", 13012)),
        ({"texts": ["tea" * 50]}, ("system internal error", 13017)),
    ],
)
def test_what_makes_no_message_is_not_written(options: Any, told: tuple[str, int]) -> None:
    phone = Phone(device="Pixel 8")
    native = phone.native("weapp")
    failed: list[Any] = []

    async def main() -> None:
        adapter = native.getNFCAdapter()
        adapter.startDiscovery({})
        phone.nfc.hold(Ultralight([ndef.TextRecord("before")]))
        technology = adapter.getNdef()
        technology.connect({})
        technology.writeNdefMessage({**options, "fail": failed.append})

    asyncio.run(main())
    assert [(each["errMsg"], each["errCode"]) for each in failed] == [(f"writeNdefMessage:fail {told[0]}", told[1])]
    assert phone.nfc.tag.records[0].payload == b"\x02enbefore"


def test_without_ndeflib_texts_say_how_to_install_it_and_records_are_written(
    weapp: Any, reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = Ultralight()
    weapp.phone.nfc.hold(tag)
    message = reader.getNdef()
    message.connect().result()
    monkeypatch.setitem(sys.modules, "ndef", None)
    with pytest.raises(taropy.TaroError, match=r"pip install 'taropy\[nfc\]'"):
        message.writeNdefMessage(texts=["tea"]).result()
    message.writeNdefMessage(records=[{"id": b"", "type": b"T", "payload": b"\x02entea"}]).result()
    assert tag.records == [NdefRecord(1, b"T", b"\x02entea")]


def test_who_listens_for_messages_hears_of_them(weapp: Any, reader: Any) -> None:
    heard: list[Any] = []
    messages = reader.getNdef()
    messages.onNdefMessage(heard.append)
    weapp.phone.nfc.hold(Tag("nfcV", records=[ndef.TextRecord("tea")]))
    messages.offNdefMessage(heard.append)
    weapp.phone.nfc.hold(Tag("nfcV", records=[ndef.TextRecord("tea")]))
    assert [bytes(told["messages"][0]["payload"]) for told in heard] == [b"\x02entea"]


@given(
    st.lists(
        st.builds(
            NdefRecord, st.integers(0, 5), st.binary(max_size=255), st.binary(max_size=600), st.binary(max_size=255)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_records_come_back_as_they_were_written(records: list[NdefRecord]) -> None:
    assert decoded(encoded(records)) == records


@given(st.binary(max_size=60))
def test_what_is_no_message_is_refused_and_nothing_worse(data: bytes) -> None:
    with suppress(ValueError):
        assert encoded(decoded(data))


def test_parts_of_a_record_are_put_together() -> None:
    chunked = bytes.fromhex("b101016161" + "3600" + "0162" + "560001" + "63")
    assert decoded(chunked) == [NdefRecord(1, b"a", b"abc")]
    with pytest.raises(ValueError, match="last part"):
        decoded(bytes.fromhex("f101016161"))


# --- the phone -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Tag("nfcG"), "nfcG"),
        (lambda: Tag("nfcA", records=b"\x00"), "ends within"),
        (lambda: Ultralight(id=b"1234"), "7 bytes"),
        (lambda: Classic(id=b"1234567"), "4 bytes"),
        (lambda: Ultralight([ndef.TextRecord("tea" * 60)]), "has room for"),
    ],
)
def test_what_is_no_tag_is_refused(make: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        make()


def test_a_snapshot_has_the_tag_with_what_is_on_it(weapp: Any, reader: Any) -> None:
    weapp.phone.nfc.hold(Ultralight([ndef.TextRecord("before")]))
    taken = weapp.phone.snapshot()
    weapp.phone.nfc.tag.message = b"".join(ndef.message_encoder([ndef.TextRecord("after")]))
    weapp.phone.restore(taken)
    assert weapp.phone.nfc.tag.records[0].payload == b"\x02enbefore"


def test_discovery_ends_with_its_program() -> None:
    phone = Phone(device="Pixel 8")
    for _ in range(2):
        with taropy.create("weapp", phone=phone) as t:
            heard: list[Any] = []
            adapter = t.getNFCAdapter()
            adapter.startDiscovery().result()
            adapter.onDiscovered(heard.append)
            with taropy.create("weapp", phone=phone) as other:
                other.getNetworkType().result()
            heard.clear()  # of the tag that has been held since the last time
            phone.nfc.hold(Classic())
            assert len(heard) == 1


def test_faults_meet_its_objects(weapp: Any, reader: Any) -> None:
    weapp.phone.faults.fail("IsoDep.connect", "connect fail", errCode=13016)
    assert error(reader.getIsoDep().connect()) == ("connect fail", 13016)


def test_it_shows_what_is_held_to_it(weapp: Any) -> None:
    weapp.phone.nfc.hold(Classic())
    assert repr(weapp.phone.nfc) == "<Nfc <Classic a1b2c3d4 nfcA, mifareClassic>>"


def test_a_tag_that_is_given_no_records_has_an_empty_one() -> None:
    for tag in (Ultralight([]), Tag("nfcA", records=[])):
        assert tag.records == [NdefRecord(0, b"", b"")]
    assert Ultralight().records == []
