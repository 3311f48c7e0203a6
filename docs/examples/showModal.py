# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    # What the person will do; without this line, they confirm.
    Taro.phone.screen.answer_modal(confirm=False)
    res = await Taro.showModal(title="Delete?", content="This cannot be undone.")
    print("deleted" if res.confirm else "kept")


taropy.run(main)
