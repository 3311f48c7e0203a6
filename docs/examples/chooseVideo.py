# Runs on: weapp, alipay, swan, qq, tt, h5, rn, harmony, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    # The newest video of the album; an empty one gets a sample of two seconds.
    res = await Taro.chooseVideo(sourceType=["album"], maxDuration=60)
    print(res.tempFilePath, res.duration, "seconds")


taropy.run(main)
