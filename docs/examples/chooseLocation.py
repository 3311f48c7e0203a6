# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony-hybrid
import taropy
from taropy import Taro


async def main():
    Taro.phone.browser.wechat = True  # which a web page has to be inside of
    # What the person will pick; without this line, the place where they are.
    Taro.phone.location.pick("Oriental Pearl Tower", "1 Century Avenue, Shanghai", 31.2397, 121.4998)
    place = await Taro.chooseLocation({})
    print(f"{place.name}: {place.address}")


taropy.run(main)
