# Runs on: every platform
import taropy
from taropy import Taro


def tell(res):
    print("online" if res.isConnected else "offline", res.networkType)


async def main():
    Taro.onNetworkStatusChange(tell)

    # What a test does: the phone goes through a tunnel.
    Taro.phone.network.type = "none"
    failure = await Taro.request("https://example.com/orders").catch(lambda error: error.errMsg)
    print(failure)
    Taro.phone.network.type = "4g"


taropy.run(main())
