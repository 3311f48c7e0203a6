# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.navigateTo(url="/pages/login/index")
    await Taro.redirectTo(url="/pages/home/index")
    print(Taro.phone.pages.routes)


taropy.run(main)
