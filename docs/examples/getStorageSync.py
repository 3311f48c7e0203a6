# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony-hybrid
from taropy import Taro

Taro.setStorageSync("user", {"name": "Li Lei"})
user = Taro.getStorageSync("user")
print(user.name, user["name"])

# A key that nothing was stored under reads as an empty text.
print(Taro.getStorageSync("token") or "no token")
