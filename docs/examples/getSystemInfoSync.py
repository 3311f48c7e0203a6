# Runs on: every platform
from taropy import Taro

info = Taro.getSystemInfoSync()
print(info.brand, info.model, info.pixelRatio)
