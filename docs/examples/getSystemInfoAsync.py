# Runs on: weapp, h5, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    info = await Taro.getSystemInfoAsync()
    print(info.model, info.system, f"{info.windowWidth}x{info.windowHeight}")


taropy.run(main)
