# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    res = await Taro.getNetworkType()
    print(res.networkType)

    # A test sets what network the phone is in.
    Taro.phone.network.type = "3g"
    print((await Taro.getNetworkType()).networkType)


taropy.run(main())
