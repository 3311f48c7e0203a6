# Runs on: weapp, h5, rn, harmony, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    res = await Taro.chooseMedia(count=1, mediaType=["video"], sourceType=["album"])
    video = res.tempFiles[0]
    print(f"{video.width} x {video.height}, {video.duration} seconds, {video.size} bytes")


taropy.run(main)
