# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
from taropy import Taro

Taro.showLoading(title="loading")
Taro.hideLoading()
print(Taro.phone.screen.loading)
