"""Values: read, written, sent; what devices do with them, and what goes wrong in the middle."""

from __future__ import annotations

from typing import Any

import pytest
from belted import CONTROL, LONG, PLATFORMS, RATE, SENSOR, SERVICE, belted, reason
from natively import message_of_broken, turns

import taropy
from taropy.phone import GattError


def number(platform: str, wechats: int, alipays: int | None = None) -> int:
    return alipays if alipays is not None and platform == "alipay" else wechats


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_was_read_is_told_to_who_listens(platform: str) -> None:
    with belted(platform) as program:
        program.connect()
        told: list[Any] = []
        program.t.onBLECharacteristicValueChange(told.append)
        program.t.readBLECharacteristicValue(program.of(SENSOR)).result()
        (value,) = told
        assert value.deviceId == program.id
        assert value.value == ("01" if platform == "alipay" else b"\x01")
        if platform != "alipay":
            assert (value.serviceId, value.characteristicId) == (LONG.format("180D"), LONG.format("2A38"))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_was_written_has_arrived(platform: str) -> None:
    with belted(platform) as program:
        program.connect()
        program.write(b"\x01").result()
        program.write(b"\x02\x03").result()
        assert program.control.writes == [b"\x01", b"\x02\x03"]
        assert program.control.value == b"\x02\x03"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_a_device_sends_comes_in_order_until_that_is_ended(platform: str) -> None:
    with belted(platform) as program:
        program.connect()
        program.rate.send(b"\x00\x40")
        program.subscribe()
        for beats in range(60, 70):
            program.rate.send(bytes((0, beats)))
        program.t.notifyBLECharacteristicValueChange(program.of(RATE, state=False)).result()
        program.rate.send(b"\x00\x50")
        sent = [bytes((0, beats)) for beats in range(60, 70)]
        assert program.values == ([value.hex().upper() for value in sent] if platform == "alipay" else sent)


def test_of_a_thousand_values_none_is_lost() -> None:
    with belted() as program:
        program.connect()
        program.subscribe(type="notification")
        for count in range(1000):
            program.rate.send(count.to_bytes(2, "big"))
        assert [int.from_bytes(value, "big") for value in program.values] == list(range(1000))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_there_is_not_and_what_is_not_allowed(platform: str) -> None:
    with belted(platform) as program:
        program.connect()
        read, notify = program.t.readBLECharacteristicValue, program.t.notifyBLECharacteristicValueChange
        assert reason(read({**program.of(SENSOR), "serviceId": "180F"}))[0] == 10004
        assert reason(read(program.of("2A00")))[0] == 10005
        assert reason(read(program.of(RATE)))[0] == 10007
        assert reason(notify(program.of(SENSOR, state=True)))[0] == 10007
        value = "01" if platform == "alipay" else b"\x01"
        write = program.t.writeBLECharacteristicValue
        assert reason(write(program.of(SENSOR, value=value)))[0] == 10007
        program.belt.disconnect()
        assert reason(read(program.of(SENSOR)))[0] == 10006
        program.t.closeBluetoothAdapter().result()
        options = {"deviceId": program.belt.address, "serviceId": SERVICE, "characteristicId": SENSOR}
        assert reason(read(options))[0] == 10000


def test_wrong_options_are_told_before_anything_is_sent() -> None:
    with belted() as program:
        program.connect()
        write = program.t.writeBLECharacteristicValue
        assert "value should be ArrayBuffer instead of String" in reason(write(program.of(CONTROL, value="01")))[1]
        assert "should be one of write" in reason(program.write(b"\x01", writeType="fast"))[1]
        assert "state should be Boolean" in reason(program.t.notifyBLECharacteristicValueChange(program.of(RATE)))[1]
        assert program.control.writes == []


def test_alipays_own_numbers_for_wrong_options() -> None:
    with belted("alipay") as program:
        program.connect()
        write, read = program.t.writeBLECharacteristicValue, program.t.readBLECharacteristicValue
        assert reason(write(program.of(CONTROL, value="xy"))) == (10014, "发送的数据为空或格式错误")
        assert reason(write(program.of(CONTROL, value="")))[0] == 10014
        assert reason(read({**program.of(SENSOR), "characteristicId": ""}))[0] == 10013
        assert reason(read({**program.of(SENSOR), "serviceId": ""}))[0] == 10012
        assert reason(read({**program.of(SENSOR), "deviceId": ""}))[0] == 10011
        notify = program.t.phone.native("alipay").notifyBLECharacteristicValueChange
        failed: list[Any] = []
        taropy.run(_called(notify, {**program.of(RATE), "descriptorId": "2901", "fail": failed.append}))
        assert failed[0]["error"] == 10010
        write({**program.of(CONTROL), "value": b"\x01"}).result()
        assert program.control.writes == [b"\x01"]


async def _called(function: Any, options: dict[str, Any]) -> None:
    function(options)
    await turns()


# --- long values --------------------------------------------------------------------------------------------------


def test_a_write_without_an_answer_fits_into_a_packet() -> None:
    with belted() as program:
        device = program.connect()
        program.write(bytes(20), writeType="writeNoResponse").result()
        assert reason(program.write(bytes(21), writeType="writeNoResponse")) == (10008, "system error")
        program.t.setBLEMTU(deviceId=device, mtu=100).result()
        program.write(bytes(97), writeType="writeNoResponse").result()
        assert [len(value) for value in program.control.writes] == [20, 97]


def test_a_write_with_an_answer_has_up_to_512_bytes() -> None:
    with belted() as program:
        program.connect()
        program.write(bytes(range(256)) * 2, writeType="write").result()
        assert reason(program.write(bytes(513), writeType="write")) == (10008, "system error ATT error 0x0D")
        assert program.control.writes == [bytes(range(256)) * 2]


def test_harmonys_hybrid_apps_write_as_the_phone_does_by_itself() -> None:
    with belted("harmony-hybrid") as program:
        program.connect()
        assert reason(program.write(bytes(30), writeType="write"))[0] == 10008


@pytest.mark.parametrize(("device", "fits"), [("Pixel 8", False), ("iPhone 15 Pro", True)])
def test_how_a_phone_writes_unless_it_is_told(device: str, fits: bool) -> None:
    with belted(device=device) as program:
        program.connect()
        outcome = program.write(bytes(200)).catch(lambda error: error["errCode"]).result()
        assert (outcome != 10008) is fits
        assert program.control.writes == ([bytes(200)] if fits else [])


def test_a_sent_value_is_cut_to_the_mtu() -> None:
    with belted() as program:
        device = program.connect()
        program.subscribe()
        program.rate.send(bytes(range(40)))
        program.t.setBLEMTU(deviceId=device, mtu=43).result()
        program.rate.send(bytes(range(40)))
        assert program.values == [bytes(range(20)), bytes(range(40))]
        with pytest.raises(ValueError, match="512 bytes at most, not 513"):
            program.rate.send(bytes(513))


def test_a_long_value_is_read_whole() -> None:
    with belted() as program:
        long = program.belt.characteristic(SERVICE, "2A3B", "read", value=bytes(300))
        program.connect()
        program.t.readBLECharacteristicValue(program.of("2A3B")).result()
        assert program.values == [bytes(300)]
        assert long.value == bytes(300)


# --- behaviour ----------------------------------------------------------------------------------------------------


def test_a_device_answers_a_write_by_sending_a_value() -> None:
    with belted() as program:
        program.control.on_write = lambda value: program.rate.send(b"\x00" + value)
        program.connect()
        program.subscribe()
        program.write(b"\x48").result()
        assert program.values == [b"\x00\x48"]


def test_a_device_makes_its_values_up() -> None:
    with belted() as program:
        clock = program.t.phone.clock
        clock.stop()

        async def measured() -> bytes:
            await clock.sleep(3)
            return b"\x48"

        program.belt.characteristic(SERVICE, "2A3B", "read", on_read=lambda: b"\x05")
        program.belt.characteristic(SERVICE, "2A3C", "read", on_read=measured)
        program.connect()
        slow = program.of("2A3C")
        program.t.readBLECharacteristicValue(program.of("2A3B")).result()

        async def main() -> None:
            reading = program.t.readBLECharacteristicValue(slow)
            await clock.advance(2)
            assert program.values == [b"\x05"]
            await clock.advance(2)
            await reading

        taropy.run(main())
        assert program.values == [b"\x05", b"\x48"]


def refuse(value: bytes) -> None:
    raise GattError(0x81)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_device_refuses(platform: str) -> None:
    with belted(platform) as program:
        program.control.properties = frozenset({"write"})
        program.control.on_write = refuse
        program.connect()
        alipay = platform == "alipay"
        words = "其余所有系统上报的异常" if alipay else "system error ATT error 0x81"
        assert reason(program.write(b"\x01")) == (10008, words)


def test_of_a_write_without_an_answer_nobody_hears_what_became() -> None:
    with belted() as program:
        program.control.on_write = refuse
        program.connect()
        program.write(b"\x01", writeType="writeNoResponse").result()
        assert program.control.writes == [b"\x01"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_device_that_does_not_answer_is_given_up(platform: str) -> None:
    with belted(platform) as program:
        clock = program.t.phone.clock
        clock.stop()

        async def never() -> bytes:
            await clock.sleep(1e6)
            return b""

        program.belt.characteristic(SERVICE, "2A3C", "read", on_read=never)
        program.connect()
        slow = program.of("2A3C")

        async def main() -> Any:
            reading = program.t.readBLECharacteristicValue(slow)
            await clock.advance(29)
            await clock.advance(2)
            return await reading.catch(lambda error: error.get("error") or error["errCode"])

        assert taropy.run(main()) == number(platform, 10012, 10015)


def test_writes_that_are_begun_together_arrive_in_order() -> None:
    with belted() as program:
        clock = program.t.phone.clock
        clock.stop()
        arrived: list[bytes] = []

        async def slowly(value: bytes) -> None:
            await clock.sleep(1)
            arrived.append(value)

        program.control.on_write = slowly
        program.connect()
        written = [program.of(CONTROL, value=bytes((each,)), writeType="write") for each in range(3)]

        async def main() -> None:
            writes = [program.t.writeBLECharacteristicValue(each) for each in written]
            await clock.advance(5)
            for write in writes:
                await write

        taropy.run(main())
        assert arrived == [b"\x00", b"\x01", b"\x02"]


# --- in the middle ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_device_vanishes_while_it_is_written_to(platform: str) -> None:
    with belted(platform) as program:
        program.control.properties = frozenset({"write"})
        program.control.on_write = lambda value: program.belt.vanish()
        program.connect()
        assert reason(program.write(b"\x01"))[0] == 10006
        assert program.control.writes == [b"\x01"]  # it had arrived; the answer did not
        assert program.connections == [True, False]


def test_a_device_vanishes_in_the_middle_of_a_long_write() -> None:
    with belted() as program:
        program.connect()
        program.belt.vanish(after=3)
        assert reason(program.write(bytes(100), writeType="write")) == (10006, "no connection")
        assert program.control.writes == []
        assert program.connections == [True, False]
        program.belt.come_back()
        program.t.createBLEConnection(deviceId=program.id).result()
        program.write(bytes(100), writeType="write").result()
        assert program.control.writes == [bytes(100)]


def test_a_device_vanishes_while_a_value_is_awaited() -> None:
    with belted() as program:
        clock = program.t.phone.clock

        async def never() -> bytes:
            await clock.sleep(1e6)
            return b""

        program.belt.characteristic(SERVICE, "2A3C", "read", on_read=never)
        program.connect()
        slow = program.of("2A3C")

        async def main() -> Any:
            reading = program.t.readBLECharacteristicValue(slow)
            await turns()
            program.belt.vanish()
            return await reading.catch(lambda error: error["errCode"])

        assert taropy.run(main()) == 10006
        assert program.values == []


def test_the_subscription_ends_with_the_connection() -> None:
    with belted() as program:
        device = program.connect()
        program.subscribe()
        program.belt.disconnect()
        program.t.createBLEConnection(deviceId=device).result()
        program.rate.send(b"\x00\x48")
        assert program.values == []
        program.subscribe()
        program.rate.send(b"\x00\x48")
        assert program.values == [b"\x00\x48"]


def test_faults_are_on_order_here_as_anywhere() -> None:
    with belted() as program:
        program.t.phone.faults.fail("writeBLECharacteristicValue", ":system error", errCode=10008)
        program.connect()
        assert reason(program.write(b"\x01"))[0] == 10008
        program.write(b"\x01").result()
        assert program.control.writes == [b"\x01"]


def test_a_device_has_no_property_of_that_name() -> None:
    with belted() as program, pytest.raises(ValueError, match="no property 'notfy'; did you mean 'notify'"):
        program.belt.characteristic(SERVICE, RATE, "notfy")


@pytest.mark.parametrize("wrong", [5, "tea", [1, 2]])
def test_a_value_that_is_no_bytes_is_refused_and_not_sent_as_zeros(wrong: Any) -> None:
    with belted() as program:
        program.connect()
        program.subscribe()
        said = f"a characteristic's value is bytes, and not {wrong!r}".replace("[", r"\[")
        with pytest.raises(TypeError, match=said):
            program.rate.send(wrong)
        with pytest.raises(TypeError, match=said):
            program.belt.characteristic("180D", "2A40", "read", value=wrong)
        program.belt.characteristic("180D", "2A41", "read", on_read=lambda: wrong)
        program.t.closeBLEConnection(deviceId=program.id).result()
        program.t.createBLEConnection(deviceId=program.id).result()
        options = program.of("2A41")
        failed = message_of_broken(lambda: program.t.readBLECharacteristicValue(options))
        assert f"what is read of a characteristic is bytes, and not {wrong!r}" in failed
        assert program.values == []
