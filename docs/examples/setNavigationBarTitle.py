# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    res = await Taro.setNavigationBarTitle(title="Green tea")
    print(res.errMsg)
    # What a person would see:
    print(Taro.phone.screen.navigation_bar.title)


taropy.run(main)
