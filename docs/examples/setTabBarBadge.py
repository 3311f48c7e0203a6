# Runs on: every platform
import taropy
from taropy import Taro

tabs = [{"pagePath": "pages/home/home", "text": "Home"}, {"pagePath": "pages/cart/cart", "text": "Cart"}]
app = taropy.App(pages=[tab["pagePath"] for tab in tabs], tabBar={"list": tabs})


@app.page("pages/home/home")
class Home:
    async def onShow(self):
        await Taro.setTabBarBadge(index=1, text="3")


@app.page("pages/cart/cart")
class Cart:
    pass


async def main():
    await app.launch()
    await taropy.settled()
    for item in Taro.phone.screen.tab_bar.items:
        print(item.text, item.badge)


taropy.run(main)
