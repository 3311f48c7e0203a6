# Runs on: weapp
import asyncio

import taropy
from taropy import Taro


async def main():
    lamp, phone = Taro.createUDPSocket(), Taro.createUDPSocket()
    lit = asyncio.Event()

    def obey(res):
        print("the lamp hears:", res.message.decode())
        lamp.send(address=res.remoteInfo.address, port=res.remoteInfo.port, message=b"done")

    lamp.onMessage(obey)
    phone.onMessage(lambda res: (print("the phone hears:", res.message.decode()), lit.set()))
    port = lamp.bind()
    phone.bind()
    phone.send(address="127.0.0.1", port=port, message="light on")
    await lit.wait()
    lamp.close()
    phone.close()


taropy.run(main())
