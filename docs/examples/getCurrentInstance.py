# Runs on: every platform
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/order/index"])


@app.page("pages/order/index")
class Order:
    def onLoad(self):
        router = Taro.getCurrentInstance().router
        print(router.path, router.params.id)


taropy.run(app.launch(query={"id": "7"}))
