# Runs on: weapp, alipay, swan, tt, qq, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    await Taro.setStorage(key="cart", data=[{"sku": "tea", "count": 2}])
    res = await Taro.getStorage(key="cart")
    print(res.data)


taropy.run(main)
