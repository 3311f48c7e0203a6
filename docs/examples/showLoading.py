# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
from taropy import Taro

Taro.showLoading(title="loading", mask=True)
print(Taro.phone.screen.loading.title)
Taro.hideLoading()
