# Runs on: weapp
import taropy
from taropy import Taro


async def main():
    manager = Taro.createCacheManager(origin="https://tea.example", maxAge=60_000)
    manager.addRules(["/teas", "GET /teas/:id"])

    async def answer(evt):
        """In a weak network, says what a request gets that a rule matches."""
        kept = manager.match(evt)
        return kept.data if kept else {"statusCode": 200, "data": {"teas": []}}

    manager.on("request", answer)
    Taro.phone.network.weak = True
    res = await Taro.request("https://tea.example/teas")
    print(manager.state, res.data.teas)


taropy.run(main)
