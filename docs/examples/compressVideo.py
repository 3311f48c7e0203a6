# Runs on: weapp
import taropy
from taropy import Taro


async def main():
    video = await Taro.chooseVideo(sourceType=["album"], compressed=False)
    small = await Taro.compressVideo(src=video.tempFilePath, quality="low", bitrate=400, fps=25, resolution=1)
    print(f"{video.size / 1024:.1f} kB, {small.size:.1f} kB after that")


taropy.run(main)
