# Runs on: weapp
from taropy import Taro

Taro.batchSetStorageSync([{"key": "a", "value": 1}, {"key": "b", "value": [2]}])
print(Taro.getStorageSync("a"), Taro.getStorageSync("b"))
