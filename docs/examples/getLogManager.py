# Runs on: weapp
import taropy
from taropy import Taro


async def main():
    logger = Taro.getLogManager(level=1)
    logger.info("opened", {"from": "list"})
    logger.warn("slow", 2.5, "seconds")
    for line in Taro.phone.debugging.lines:
        print(line.level, line.text)


taropy.run(main)
