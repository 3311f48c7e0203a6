# Runs on: weapp, alipay, swan, qq, tt, jd, h5, rn, harmony-hybrid
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/home/index"])


@app.page("pages/home/index")
class Home:
    def onLoad(self, query):
        self.greeting = f"hello {query.name}"


async def main():
    await app.launch(query={"name": "alice"})
    page = Taro.getCurrentPages()[-1]
    print(page.route, page.options, page.greeting)


taropy.run(main)
