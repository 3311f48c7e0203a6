# Runs on: weapp, alipay, swan, qq, tt, jd, h5
from taropy import Taro

Taro.setStorageSync("token", "t0k3n")
info = Taro.getStorageInfoSync()
print(info.keys, info.currentSize, "of", info.limitSize, "KB")
