# Runs on: weapp, swan, qq, tt, jd, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    Taro.phone.permissions.grant("scope.userInfo")
    res = await Taro.getUserInfo()
    print("hello,", res.userInfo.nickName)


taropy.run(main)
