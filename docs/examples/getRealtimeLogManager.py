# Runs on: weapp
import taropy
from taropy import Taro


async def main():
    logger = Taro.getRealtimeLogManager()
    logger.setFilterMsg("order 7")
    logger.info("paid", {"price": 120})
    logger.error("not delivered")
    for line in Taro.phone.debugging.realtime:
        print(line.level, line.text, line.filters)


taropy.run(main)
