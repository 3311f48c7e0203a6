# Runs on: weapp, alipay, swan, qq, tt, jd, harmony-hybrid
import asyncio

import taropy
from taropy import Taro


async def main():
    ready = asyncio.Event()
    manager = Taro.getUpdateManager()
    manager.onCheckForUpdate(lambda res: print("a new version" if res.hasUpdate else "up to date"))
    manager.onUpdateReady(lambda res: ready.set())
    # What the vendor has; without this line there is no new version.
    platform = Taro.platform
    Taro.phone.updates.offer("1.1.0", Taro.phone.app(platform.name, platform.native_name))
    await ready.wait()
    manager.applyUpdate()  # restarts the app with the new version


taropy.run(main)
