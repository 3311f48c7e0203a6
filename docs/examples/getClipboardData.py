# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    Taro.phone.clipboard.text = "from another app"
    res = await Taro.getClipboardData()
    print("pasted:", res.data)


taropy.run(main)
