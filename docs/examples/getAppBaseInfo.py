# Runs on: weapp, alipay, h5, rn, harmony-hybrid
from taropy import Taro

Taro.phone.system.theme = "dark"
info = Taro.getAppBaseInfo()
print(info.version, info.language, info.theme)
