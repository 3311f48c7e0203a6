# Runs on: every platform
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/home/index", "pages/detail/index"])


@app.page("pages/home/index")
def home():
    Taro.useReady(lambda: Taro.navigateTo(url="/pages/detail/index?id=7"))


@app.page("pages/detail/index")
def detail():
    router = Taro.useRouter()
    Taro.useLoad(lambda: print(router.path, router.params.id))


taropy.run(app.launch)
