# Runs on: every platform
import taropy
from taropy import Taro

SIZES = ["S", "M", "L"]


async def main():
    Taro.phone.screen.answer_action_sheet(1)
    res = await Taro.showActionSheet(itemList=SIZES)
    print("chosen:", SIZES[res.tapIndex])


taropy.run(main)
