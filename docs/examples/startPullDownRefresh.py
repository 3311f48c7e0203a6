# Runs on: every platform
import asyncio

import taropy
from taropy import Taro

app = taropy.App(pages=["pages/list/list"])


@app.page("pages/list/list", enablePullDownRefresh=True)
class List:
    async def onPullDownRefresh(self):
        print("loading anew")
        await asyncio.sleep(0.01)  # what takes time
        Taro.stopPullDownRefresh()


async def main():
    await app.launch()
    # As if a person had pulled the page down.
    await Taro.startPullDownRefresh()
    await taropy.settled()
    print("refreshing", Taro.phone.screen.refreshing)


taropy.run(main)
