# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    # The person picks the newest pictures of the album, `Taro.phone.media.folder`, unless the phone is told otherwise:
    # `Taro.phone.media.pick("a.jpg")`, `Taro.phone.media.cancel()`. An empty album gets a sample.
    res = await Taro.chooseImage(count=1, sizeType=["compressed"])
    for file in res.tempFiles:
        print(file.path, file.size, "bytes")


taropy.run(main)
