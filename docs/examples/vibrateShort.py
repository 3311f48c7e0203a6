# Runs on: every platform
import taropy
from taropy import Taro


async def main():
    await Taro.vibrateShort(type="medium")
    print(Taro.phone.hardware.vibrations[-1])


taropy.run(main)
