# Runs on: weapp, alipay, swan, qq, tt, jd, h5, harmony, harmony-hybrid
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/home/index"])


@app.page("pages/home/index")
def home():
    pass


async def main():
    await app.launch(query={"table": "12"}, scene=1011)
    options = Taro.getLaunchOptionsSync()
    print(options.path, options.query.table, options.scene)


taropy.run(main)
