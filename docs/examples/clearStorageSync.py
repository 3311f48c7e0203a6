# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony-hybrid
from taropy import Taro

Taro.setStorageSync("user", "Ada")
Taro.setStorageSync("token", "t0k3n")
Taro.clearStorageSync()
print(Taro.getStorageSync("user") or "nobody", Taro.getStorageSync("token") or "no token")
