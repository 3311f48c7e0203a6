# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.pageScrollTo(scrollTop=300, duration=0)
    print(Taro.phone.screen.scroll_top)
    # To a node: a test says what is on the page.
    Taro.phone.screen.draw('<view style="height: 800px"/><view id="comments" style="height: 2000px"/>')
    await Taro.pageScrollTo(selector="#comments", offsetTop=-40, duration=100)
    print(Taro.phone.screen.scroll_top)


taropy.run(main)
