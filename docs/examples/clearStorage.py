# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    await Taro.setStorage(key="token", data="t0k3n")
    await Taro.clearStorage()
    print((await Taro.getStorageInfo()).keys)


taropy.run(main)
