# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    Taro.showNavigationBarLoading()
    Taro.hideNavigationBarLoading()
    # Once more does no harm.
    Taro.hideNavigationBarLoading()
    print("loading", Taro.phone.screen.navigation_bar.loading)


taropy.run(main)
