# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    await Taro.setStorage(key="token", data="t0k3n")
    info = await Taro.getStorageInfo()
    print(info.keys, info.currentSize, "of", info.limitSize, "KB")


taropy.run(main)
