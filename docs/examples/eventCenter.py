# Runs on: every platform
from taropy import Taro


def paid(order, amount):
    print(order, "is paid:", amount)


Taro.eventCenter.on("paid", paid)
Taro.eventCenter.trigger("paid", "order 7", 12.5)
Taro.eventCenter.off("paid", paid)
Taro.eventCenter.trigger("paid", "order 8", 1)
