# Runs on: weapp, alipay, jd, harmony-hybrid
import taropy
from taropy import Taro
from taropy.phone import Peripheral


async def main():
    belt = Peripheral("Belt", services=["180D"])
    rate = belt.characteristic("180D", "2A37", "notify")
    Taro.phone.bluetooth.add(belt)

    await Taro.openBluetoothAdapter()
    await Taro.startBluetoothDevicesDiscovery(services=["180D"])
    device = (await Taro.getBluetoothDevices()).devices[0].deviceId
    await Taro.createBLEConnection(deviceId=device, timeout=5000)

    Taro.onBLECharacteristicValueChange(lambda told: print(told.value))
    here = {"deviceId": device, "serviceId": "180D", "characteristicId": "2A37"}
    await Taro.notifyBLECharacteristicValueChange(**here, state=True)
    rate.send(b"\x00\x48")  # what the belt does
    await Taro.closeBLEConnection(deviceId=device)


taropy.run(main)
