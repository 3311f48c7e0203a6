# Runs on: weapp, alipay
import taropy
from taropy import Taro

SHOP = "FDA50693-A4E2-4FB1-AFCF-C6EB07647825"


async def main():
    # What is near the phone; without this line, nothing is.
    Taro.phone.bluetooth.add_beacon(SHOP, major=1, minor=7, rssi=-65)
    await Taro.startBeaconDiscovery(uuids=[SHOP])
    for beacon in (await Taro.getBeacons()).beacons:
        print(f"{beacon.major}-{beacon.minor}: {beacon.accuracy} m")
    await Taro.stopBeaconDiscovery()


taropy.run(main)
