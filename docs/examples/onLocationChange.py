# Runs on: weapp, swan, tt, h5, rn, harmony-hybrid
import asyncio

import taropy
from taropy import Taro


async def main():
    places = asyncio.Queue()
    Taro.onLocationChange(places.put_nowait)
    Taro.phone.location.set(48.85, 2.35)
    # Once now, and then every second, or when the phone is put somewhere else.
    Taro.startLocationUpdate(type="wgs84")
    place = await places.get()
    print(place.latitude, place.longitude)
    Taro.stopLocationUpdate()


taropy.run(main)
