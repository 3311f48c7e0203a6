# Runs on: every platform
import taropy
from taropy import Taro, TaroError


async def main():
    await Taro.setStorage(key="token", data="t0k3n")
    print((await Taro.getStorage(key="token")).data)
    try:
        await Taro.getStorage(key="nothing here")
    except TaroError as error:
        print(error.errMsg)


taropy.run(main)
