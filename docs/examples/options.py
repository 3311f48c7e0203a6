# Runs on: every platform
from taropy import Taro

Taro.options["debug"] = True
print(Taro.options["debug"])
