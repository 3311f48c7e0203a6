# Runs on: every platform
import taropy
from taropy import Taro, TaroError


async def main():
    Taro.phone.location.set(31.2397, 121.4998)
    here = await Taro.getLocation(type="wgs84")
    print(here.latitude, here.longitude)
    Taro.phone.permissions.deny("scope.userLocation")
    try:
        await Taro.getLocation(type="wgs84")
    except TaroError as error:
        print(error.errMsg)


taropy.run(main)
