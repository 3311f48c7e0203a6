# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    Taro.phone.browser.wechat = True  # which a web page has to be inside of
    await Taro.openLocation(
        latitude=31.2397, longitude=121.4998, name="Oriental Pearl Tower", address="1 Century Avenue, Shanghai"
    )
    print("on the map:", Taro.phone.location.shown[-1].name)


taropy.run(main)
