# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro, TaroError


async def main():
    Taro.phone.browser.wechat = True  # which a web page has to be inside of
    # What will be scanned. `Taro.phone.camera.show("code.png")` lets a picture of a code be read for real.
    Taro.phone.scanner.answer("https://example.com/table/7")
    res = await Taro.scanCode(onlyFromCamera=True)
    print(res.result)
    try:
        await Taro.scanCode({})
    except TaroError as error:
        print(error.errMsg)


taropy.run(main)
