# Runs on: weapp, alipay, swan, qq, tt, jd, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    Taro.phone.permissions.grant("scope.userLocation")
    res = await Taro.getSetting()
    print("may be located:", res.authSetting["scope.userLocation"])


taropy.run(main)
