# Runs on: weapp, alipay, swan, qq, tt, jd, harmony-hybrid
import taropy
from taropy import Taro, TaroError


async def main():
    try:
        res = await Taro.login(timeout=3000)
    except TaroError as error:
        print("not logged in:", error.errMsg)
    else:
        print("for the backend:", res.code)


taropy.run(main)
