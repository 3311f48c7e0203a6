# Runs on: weapp
import taropy
from taropy import Taro


async def main():
    res = await Taro.getRandomValues(length=6)
    print(Taro.arrayBufferToBase64(res.randomValues))


taropy.run(main)
