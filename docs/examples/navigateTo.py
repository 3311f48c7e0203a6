# Runs on: weapp, alipay, qq, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    res = await Taro.navigateTo(url="/pages/order/index?id=7", events={"saved": lambda order: print("saved", order)})

    page = Taro.phone.pages.current
    print(page.route, page.query)

    # The page that was opened speaks with this one.
    page.channel.emit("saved", {"id": 7})
    res.eventChannel.emit("refresh")


taropy.run(main)
