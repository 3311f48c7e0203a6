# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    # On a phone the page is there; here a test says what is on it.
    Taro.phone.screen.draw("""
        <view id="head" style="height: 120px"/>
        <view class="row" style="height: 44px"/>
        <view class="row" style="height: 44px"/>
    """)
    query = Taro.createSelectorQuery()
    query.select("#head").boundingClientRect(lambda rect: print("head", rect.height))
    query.selectAll(".row").boundingClientRect()
    query.selectViewport().scrollOffset()
    results = await taropy.Promise(lambda resolve, reject: query.exec(resolve))
    print("rows begin at", [row.top for row in results[1]], "scrolled by", results[2].scrollTop)


taropy.run(main)
