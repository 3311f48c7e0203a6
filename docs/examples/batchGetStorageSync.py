# Runs on: weapp
from taropy import Taro

Taro.setStorageSync("a", 1)
Taro.setStorageSync("b", {"name": "Ada"})
print(Taro.batchGetStorageSync(["a", "b"]))
