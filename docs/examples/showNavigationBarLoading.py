# Runs on: every platform
import asyncio

import taropy
from taropy import Taro


async def load():
    Taro.showNavigationBarLoading()
    print("loading", Taro.phone.screen.navigation_bar.loading)
    try:
        await asyncio.sleep(0.01)  # what takes time
    finally:
        Taro.hideNavigationBarLoading()


taropy.run(load)
print("loading", Taro.phone.screen.navigation_bar.loading)
