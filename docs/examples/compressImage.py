# Runs on: weapp, alipay, tt, rn, harmony, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    picked = await Taro.chooseImage(count=1)
    small = await Taro.compressImage(src=picked.tempFilePaths[0], quality=60, compressedWidth=320)
    info = await Taro.getImageInfo(src=small.tempFilePath)
    print(f"{info.width} x {info.height}")


taropy.run(main)
