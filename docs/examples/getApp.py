# Runs on: every platform
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/home/index"])


@app.entry
class Shop:
    def onLaunch(self, options):
        self.scene = options.scene


@app.page("pages/home/index")
def home():
    Taro.useLoad(lambda: print("launched in scene", Taro.getApp().scene))


taropy.run(app.launch)
