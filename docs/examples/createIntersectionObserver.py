# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony-hybrid
import asyncio

import taropy
from taropy import Taro


async def main():
    Taro.phone.screen.draw('<view style="height: 1000px"/><view id="more" style="height: 50px"/>')
    # Loads more when the end of the list is less than 100 px below the screen; on h5, whose pages scroll in a frame of
    # their own that margins do not widen, when it is on the screen.
    observer = Taro.createIntersectionObserver({}).relativeToViewport(bottom=100)
    observer.observe("#more", lambda entry: print("load more" if entry.intersectionRatio else "out of sight"))
    await asyncio.sleep(0)  # `observe` begins in the next tick
    for top in (100, 300, 0):
        Taro.phone.screen.scroll(top)
    observer.disconnect()


taropy.run(main)
