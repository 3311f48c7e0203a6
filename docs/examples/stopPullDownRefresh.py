# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.startPullDownRefresh()
    print("refreshing", Taro.phone.screen.refreshing)
    Taro.stopPullDownRefresh()
    print("refreshing", Taro.phone.screen.refreshing)


taropy.run(main)
