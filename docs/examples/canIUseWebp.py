# Runs on: every platform
from taropy import Taro

print("webp" if Taro.canIUseWebp() else "jpeg")
