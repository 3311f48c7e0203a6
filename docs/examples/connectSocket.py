# Runs on: every platform
import asyncio

from websockets.asyncio.server import serve

import taropy
from taropy import Taro


async def shop(connection):
    """Answers each question, and closes when it is thanked."""
    async for question in connection:
        if question == "thanks":
            await connection.close(4000, "until tomorrow")
            return
        await connection.send(f"{question} is 12")


async def main():
    async with serve(shop, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        task = await Taro.connectSocket(url=f"ws://127.0.0.1:{port}")
        closed = asyncio.Event()
        task.onOpen(lambda _: task.send(data="tea"))
        task.onMessage(lambda res: (print(res.data), task.send(data="thanks")))
        task.onError(lambda error: print(error.errMsg))
        task.onClose(lambda res: (print(res.code, res.reason), closed.set()))
        await closed.wait()


taropy.run(main())
