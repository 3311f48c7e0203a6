# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
from taropy import Taro

Taro.showToast(title="saved")
Taro.hideToast()
print(Taro.phone.screen.toast)
