# Runs on: weapp, jd
import taropy
from taropy import Taro


async def main():
    await Taro.openBluetoothAdapter(mode="peripheral")
    server = (await Taro.createBLEPeripheralServer()).server
    state = {"uuid": "36F6", "properties": {"read": True, "notify": True}, "value": b"\x00"}
    await server.addService(service={"uuid": "FEE7", "characteristics": [state]})
    await server.startAdvertising(advertiseRequest={"deviceName": "Door", "serviceUuids": ["FEE7"]})
    [door] = Taro.phone.bluetooth.air.devices
    print(f"others hear {door.local_name}")
    await server.writeCharacteristicValue(serviceId="FEE7", characteristicId="36F6", value=b"\x01", needNotify=True)
    await server.stopAdvertising()


taropy.run(main)
