# Runs on: weapp, jd, harmony-hybrid
import taropy
from taropy import Taro, TaroError
from taropy.phone import Peripheral


async def main():
    lock = Taro.phone.bluetooth.add(Peripheral("Lock", services=["FEE7"]))
    command = lock.characteristic("FEE7", "36F5", "write")

    await Taro.openBluetoothAdapter()
    await Taro.startBluetoothDevicesDiscovery(services=["FEE7"])
    device = (await Taro.getBluetoothDevices()).devices[0].deviceId
    await Taro.createBLEConnection(deviceId=device)
    here = {"deviceId": device, "serviceId": "FEE7", "characteristicId": "36F5"}
    await Taro.writeBLECharacteristicValue(**here, value=b"open")
    print(command.writes)

    lock.vanish()
    try:
        await Taro.writeBLECharacteristicValue(**here, value=b"close")
    except TaroError as error:
        print(error.errCode, error.errMsg)


taropy.run(main)
