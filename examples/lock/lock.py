"""The program: opens a lock by Bluetooth. It knows nothing of phones that are simulated."""

from __future__ import annotations

import asyncio
from typing import Any

from taropy import Taro, TaroError

SERVICE, COMMAND, STATE = "FEE7", "36F5", "36F6"
OPEN, OPENED, WRONG_CODE = 0x01, 0x01, 0x02
NO_CONNECTION = 10006


async def open_lock(name: str, code: str) -> str:
    """Finds the lock, sends it the code, and waits for what it says; gives what the person is shown."""
    await Taro.openBluetoothAdapter()
    try:
        device = await find(name)
        await Taro.createBLEConnection(deviceId=device, timeout=10_000)
        told = await ask(device, bytes([OPEN]) + code.encode())
    except TaroError as error:
        told = b""
        shown = "The lock has gone" if error.errCode == NO_CONNECTION else "The lock can't be reached"
    else:
        shown = {OPENED: "Open", WRONG_CODE: "Wrong code"}.get(told[0], "The lock is confused")
    finally:
        await Taro.closeBluetoothAdapter()
    await Taro.showToast(title=shown, icon="success" if told[:1] == bytes([OPENED]) else "none")
    return shown


async def find(name: str) -> str:
    """The id of the lock of this name, as soon as it is heard."""
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def heard(told: Any) -> None:
        for device in told.devices:
            if device.localName == name and not found.done():
                found.set_result(device.deviceId)

    Taro.onBluetoothDeviceFound(heard)
    await Taro.startBluetoothDevicesDiscovery(services=[SERVICE])
    device = await found
    await Taro.stopBluetoothDevicesDiscovery()
    Taro.offBluetoothDeviceFound()
    return device


async def ask(device: str, command: bytes) -> bytes:
    """Writes a command, and gives what the lock says to it."""
    answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def heard(told: Any) -> None:
        if not answer.done():
            answer.set_result(told.value)

    here = {"deviceId": device, "serviceId": SERVICE}
    Taro.onBLECharacteristicValueChange(heard)
    await Taro.notifyBLECharacteristicValueChange(**here, characteristicId=STATE, state=True)
    await Taro.writeBLECharacteristicValue(**here, characteristicId=COMMAND, value=command, writeType="write")
    told = await answer
    Taro.offBLECharacteristicValueChange()
    return told
