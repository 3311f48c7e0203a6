# Runs on: weapp, alipay, swan, qq, jd
import asyncio

from websockets.asyncio.server import serve

import taropy
from taropy import Taro


async def echo(connection):
    async for message in connection:
        await connection.send(message)


async def main():
    async with serve(echo, "127.0.0.1", 0) as server:
        opened, answered, closed = asyncio.Event(), asyncio.Event(), asyncio.Event()
        Taro.onSocketOpen(lambda _: opened.set())
        Taro.onSocketMessage(lambda res: (print(res.data), answered.set()))
        Taro.onSocketClose(lambda res: (print("closed with", res.code), closed.set()))
        await Taro.connectSocket(url=f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        await opened.wait()
        await Taro.sendSocketMessage(data="hello")
        await answered.wait()
        await Taro.closeSocket()
        await closed.wait()


taropy.run(main())
