# Runs on: weapp
import asyncio

import taropy
from taropy import Taro


async def greet(reader, writer):
    """A device in the local network, which greets whoever says a name."""
    writer.write(b"hello, " + await reader.readline())
    writer.close()


async def main():
    async with await asyncio.start_server(greet, "127.0.0.1", 0) as device:
        closed = asyncio.Event()
        tcp = Taro.createTCPSocket()
        tcp.onConnect(lambda _=None: tcp.write("alice\n"))
        tcp.onMessage(lambda res: print(res.message.decode().strip(), "from", res.remoteInfo.address))
        tcp.onError(lambda error: print(error.errMsg))
        tcp.onClose(lambda _=None: closed.set())
        tcp.connect(address="127.0.0.1", port=device.sockets[0].getsockname()[1])
        await closed.wait()


taropy.run(main())
