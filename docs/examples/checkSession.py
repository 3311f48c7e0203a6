# Runs on: weapp, swan, qq, tt
import taropy
from taropy import Taro, TaroError


async def has_session():
    try:
        await Taro.checkSession()
    except TaroError:
        return False
    return True


async def main():
    print("before the login:", await has_session())
    await Taro.login()
    print("after it:", await has_session())
    Taro.phone.account.expire_session()
    print("when it has expired:", await has_session())


taropy.run(main)
