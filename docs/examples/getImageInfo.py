# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    picked = await Taro.chooseImage(count=1)
    # A url works as well: the picture is loaded first.
    info = await Taro.getImageInfo(src=picked.tempFilePaths[0])
    print(f"{info.type}, {info.width} x {info.height}, {info.orientation}")


taropy.run(main)
