# Runs on: every platform
from taropy import Taro

Taro.preload({"order": {"id": 7}})

# On the next page:
print(Taro.Current.preloadData["order"])
