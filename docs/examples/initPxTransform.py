# Runs on: every platform
from taropy import Taro

Taro.initPxTransform({"designWidth": 375, "deviceRatio": {375: 2}})
print(Taro.pxTransform(100))
