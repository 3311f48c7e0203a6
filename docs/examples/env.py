# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony-hybrid
from taropy import Taro

print(Taro.env.get("TARO_ENV"))
