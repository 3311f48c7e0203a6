# Runs on: weapp, swan, qq, tt, rn
import taropy
from taropy import Taro, TaroError


async def main():
    # The person says yes, unless the phone is told otherwise.
    await Taro.authorize(scope="scope.record")
    Taro.phone.permissions.deny("scope.camera")
    try:
        await Taro.authorize(scope="scope.camera")
    except TaroError as error:
        print(error.errMsg)


taropy.run(main)
