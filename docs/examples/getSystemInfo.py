# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    info = await Taro.getSystemInfo()
    print(info.model, info.system, f"{info.windowWidth}x{info.windowHeight}")


taropy.run(main)
