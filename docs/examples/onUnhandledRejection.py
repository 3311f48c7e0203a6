# Runs on: weapp, tt, h5, harmony, harmony-hybrid
import warnings

import taropy
from taropy import Taro


def report(event):
    print("nobody handled:", event.reason.errMsg)


async def main():
    Taro.onUnhandledRejection(report)
    Taro.getImageInfo(src="nothing.png")  # fails, and nobody looks at the outcome


warnings.simplefilter("ignore", taropy.UnhandledRejectionWarning)  # which tells of it too
taropy.run(main)
Taro.offUnhandledRejection(report)
