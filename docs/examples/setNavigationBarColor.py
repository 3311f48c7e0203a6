# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.setNavigationBarColor(frontColor="#ffffff", backgroundColor="#2e7d32")
    bar = Taro.phone.screen.navigation_bar
    print(bar.front_color, "on", bar.background_color)
    # A color that is none, or a front color that is neither black nor white:
    await Taro.setNavigationBarColor(frontColor="green", backgroundColor="#ffffff").catch(print)


taropy.run(main)
