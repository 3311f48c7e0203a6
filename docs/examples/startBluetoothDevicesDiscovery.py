# Runs on: weapp, alipay, jd, harmony-hybrid
import taropy
from taropy import Taro
from taropy.phone import Peripheral


async def main():
    # What is near the phone; without this line, nothing is.
    Taro.phone.bluetooth.add(Peripheral("Belt", services=["180D"], rssi=-58))
    await Taro.openBluetoothAdapter()
    Taro.onBluetoothDeviceFound(lambda found: print([f"{each.name} at {each.RSSI} dBm" for each in found.devices]))
    await Taro.startBluetoothDevicesDiscovery(services=["180D"])
    await Taro.stopBluetoothDevicesDiscovery()
    await Taro.closeBluetoothAdapter()


taropy.run(main)
