# Runs on: every platform
import taropy
from taropy import Taro, TaroError


async def main():
    await Taro.makePhoneCall(phoneNumber="10086")
    print("called:", Taro.phone.telephone.calls)
    Taro.phone.telephone.decline_call()
    try:
        await Taro.makePhoneCall(phoneNumber="10010")
    except TaroError as error:
        print(error.errMsg)


taropy.run(main)
