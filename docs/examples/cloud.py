# Runs on: weapp
import taropy
from taropy import Taro

# What stands in the cloud is a test's to say: a cloud function in Python, and a collection of the database.
Taro.phone.cloud.function("add", lambda event: {"sum": sum(event.numbers)})
Taro.phone.cloud.collection("sums")


async def main():
    Taro.cloud.init({"env": "tea-room"})
    answer = await Taro.cloud.callFunction({"name": "add", "data": {"numbers": [1, 2, 3]}})

    db = Taro.cloud.database()
    sums = db.collection("sums")
    await sums.add({"data": {"sum": answer.result.sum, "at": db.serverDate()}})
    found = await sums.where({"sum": db.command.gt(5)}).get()
    print(found.data[0].sum)


taropy.run(main)
