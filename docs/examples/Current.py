# Runs on: every platform
from taropy import Taro

Taro.preload("order", {"id": 7})
print(Taro.Current.preloadData)
