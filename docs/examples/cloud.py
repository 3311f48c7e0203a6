# Runs on: weapp
import taropy
from taropy import Taro


class Cloud:
    """One cloud function: what stands in for the vendor's cloud, which the simulated phone does not have."""

    def init(self, options):
        self.env = options["env"]

    async def callFunction(self, options):
        return {"result": {"sum": sum(options["data"]["numbers"]), "env": self.env}}


class Native:
    """A native object is any object that has the platform's native functions."""

    cloud = Cloud()


taropy.use("weapp", native=Native())


async def main():
    Taro.cloud.init({"env": "tea-room"})
    answer = await Taro.cloud.callFunction({"name": "add", "data": {"numbers": [1, 2, 3]}})
    print(answer["result"]["sum"])


taropy.run(main)
