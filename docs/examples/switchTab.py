# Runs on: every platform
import taropy
from taropy import Taro

tabs = [{"pagePath": "pages/home/index", "text": "Home"}, {"pagePath": "pages/mine/index", "text": "Mine"}]
app = taropy.App(pages=["pages/home/index", "pages/mine/index"], tabBar={"list": tabs})


@app.page("pages/home/index")
class Home:
    def componentDidHide(self):
        print("home is hidden, and stays alive")


@app.page("pages/mine/index")
class Mine:
    def onTabItemTap(self, item):
        print("tapped", item.text)


async def main():
    await app.launch()
    await Taro.switchTab(url="/pages/mine/index")
    Taro.phone.pages.tap_tab(1)


taropy.run(main)
