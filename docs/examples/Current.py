# Runs on: every platform
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/home/index"])


@app.page("pages/home/index")
class Home:
    title = "Home"


async def main():
    await app.launch()
    Taro.preload("order", {"id": 7})
    current = Taro.Current
    print(current.page.title, current.router.path, current.preloadData)


taropy.run(main)
