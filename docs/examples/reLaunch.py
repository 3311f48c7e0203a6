# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.navigateTo(url="/pages/cart/index")
    await Taro.navigateTo(url="/pages/pay/index")
    await Taro.reLaunch(url="/pages/done/index?order=7")
    print(Taro.phone.pages.routes)


taropy.run(main)
