# Runs on: every platform
import taropy
from taropy import Promise, Taro


async def main():
    Taro.addInterceptor(Taro.interceptors.logInterceptor)
    Taro.addInterceptor(Taro.interceptors.timeoutInterceptor)
    Taro.addInterceptor(lambda chain: Promise.resolve({"statusCode": 204}))
    res = await Taro.request(url="https://shop.example/ping", timeout=2000)
    print(res["statusCode"])


taropy.run(main)
