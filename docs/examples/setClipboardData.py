# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.setClipboardData(data="6222 0000 1111")
    print("copied:", Taro.phone.clipboard.text)


taropy.run(main)
