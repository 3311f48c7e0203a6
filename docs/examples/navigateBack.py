# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.navigateTo(url="/pages/list/index")
    await Taro.navigateTo(url="/pages/detail/index?id=7")
    await Taro.navigateBack(delta=2)
    print(Taro.phone.pages.routes)
    try:
        await Taro.navigateBack()
    except taropy.TaroError as error:
        print(error.errMsg)


taropy.run(main)
