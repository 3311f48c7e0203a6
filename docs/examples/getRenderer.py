# Runs on: weapp
from taropy import Taro

print(Taro.getRenderer())
