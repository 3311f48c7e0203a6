# Runs on: weapp, swan, qq, tt, jd
import taropy
from taropy import Taro


async def main():
    # What the person has filled in; without this line, a sample.
    Taro.phone.forms.fill("address", userName="Li Lei", detailInfo="1 Century Avenue")
    address = await Taro.chooseAddress()
    print(f"{address.userName}, {address.detailInfo}")


taropy.run(main)
