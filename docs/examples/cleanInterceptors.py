# Runs on: every platform
import taropy
from taropy import Promise, Taro, TaroError


async def main():
    Taro.addInterceptor(lambda chain: Promise.resolve("nothing was sent"))
    print(await Taro.request(url="http://127.0.0.1:9"))
    Taro.cleanInterceptors()
    try:
        await Taro.request(url="http://127.0.0.1:9")
    except TaroError as error:
        print("now it was:", error.errMsg.partition(" ")[0])


taropy.run(main)
