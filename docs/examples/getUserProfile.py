# Runs on: weapp, tt
import taropy
from taropy import Taro
from taropy.phone import User


async def main():
    Taro.phone.account.switch_user(User("u1", nickname="Li Lei"))
    res = await Taro.getUserProfile(desc="to greet you by name")
    print("hello,", res.userInfo.nickName)


taropy.run(main)
