# Runs on: weapp
import taropy
from taropy import Taro


async def main():
    await Taro.batchSetStorage(kvList=[{"key": "a", "value": 1}, {"key": "b", "value": 2}])
    res = await Taro.batchGetStorage(keyList=["a", "b"])
    print(res.dataList)


taropy.run(main)
