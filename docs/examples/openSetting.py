# Runs on: weapp, alipay, swan, qq, tt, jd, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    Taro.phone.permissions.deny("scope.userLocation")
    # What the person does on the settings page: allow it after all.
    Taro.phone.person.script("openSetting", authSetting={"scope.userLocation": True})
    res = await Taro.openSetting()
    print("may be located:", res.authSetting["scope.userLocation"])


taropy.run(main)
