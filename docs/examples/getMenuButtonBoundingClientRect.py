# Runs on: weapp, alipay, swan, qq, tt, jd, harmony-hybrid
from taropy import Taro

# A custom navigation bar leaves room for the menu button, the capsule in the upper right corner.
menu = Taro.getMenuButtonBoundingClientRect()
window = Taro.getSystemInfoSync()
gap = menu.top - window.statusBarHeight
print("height of the bar:", menu.height + 2 * gap)
print("room on the right:", window.screenWidth - menu.left)
