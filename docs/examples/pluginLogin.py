# Runs on: weapp
import taropy
from taropy import Taro


async def main():
    res = await Taro.pluginLogin()
    print("for the plugin's backend:", res.code)


taropy.run(main)
