# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony-hybrid
from taropy import Taro

Taro.setStorageSync("token", "t0k3n")
Taro.removeStorageSync("token")
print(Taro.getStorageSync("token") or "no token")
