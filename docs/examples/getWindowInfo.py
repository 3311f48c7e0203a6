# Runs on: weapp, alipay, h5, harmony-hybrid
from taropy import Taro

window = Taro.getWindowInfo()
print(f"{window.windowWidth}x{window.windowHeight} of {window.screenWidth}x{window.screenHeight}")
