# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony, harmony-hybrid
from taropy import Taro

print("Taro", Taro.getAppInfo().taroVersion)
