# Runs on: weapp, alipay, tt, h5, harmony, harmony-hybrid
from taropy import Taro


def report(event):
    print(event.reason)


Taro.onUnhandledRejection(report)
Taro.offUnhandledRejection(report)
print("nobody is told any more")
