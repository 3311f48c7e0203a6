# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony-hybrid
from taropy import Taro

Taro.setStorageSync("user", {"name": "Li Lei", "visits": 3})
print(Taro.getStorageSync("user").visits)
