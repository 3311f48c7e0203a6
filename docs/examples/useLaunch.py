# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/home/index"])


@app.entry
def shop():
    Taro.useLaunch(lambda options: print("launched by", options.path, options.query))


@app.page("pages/home/index")
def home():
    pass


taropy.run(app.launch(query={"from": "poster"}))
