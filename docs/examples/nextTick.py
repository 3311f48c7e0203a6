# Runs on: every platform
import taropy
from taropy import Taro


def main():
    Taro.nextTick(lambda: print("second"))
    print("first")


taropy.run(main)
