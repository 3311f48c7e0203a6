# Runs on: every platform
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/home/index"])


@app.page("pages/home/index")
def home():
    Taro.useDidShow(lambda: print("shown"))
    Taro.useDidHide(lambda: print("hidden"))


async def main():
    await app.launch()
    Taro.phone.background()
    Taro.phone.foreground()


taropy.run(main)
