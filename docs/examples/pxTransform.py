# Runs on: every platform
from taropy import Taro

# 100 px of a design that is 750 px wide.
print(Taro.pxTransform(100))
