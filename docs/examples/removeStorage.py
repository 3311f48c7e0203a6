# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.setStorage(key="token", data="t0k3n")
    res = await Taro.removeStorage(key="token")
    print(res.errMsg)


taropy.run(main)
