"""A visit to a tea room, as it is recorded in tea_visit.jsonl."""

from __future__ import annotations

from typing import Any


async def visit(taro: Any) -> list[Any]:
    """Logs in, orders what is in the cart after a question, keeps the receipt, and hears that the network changes."""
    told: list[Any] = []
    taro.onNetworkStatusChange(lambda event: told.append(event.networkType))
    await taro.setStorage(key="cart", data=["Oolong", "Assam"])
    if (await taro.showModal(title="Order?", content="2 teas")).confirm:
        code = (await taro.login()).code
        cart = (await taro.getStorage(key="cart")).data
        ordered = await taro.request(
            url="https://api.example.com/orders", method="POST", data={"code": code, "teas": cart, "token": "t-4711"}
        )
        told += [ordered.statusCode, ordered.data.total]
        files = taro.getFileSystemManager()
        receipt = f"{taro.env.USER_DATA_PATH}/receipt.txt"
        await files.writeFile(filePath=receipt, data=f"{ordered.data.total} yuan")
        told.append(files.readFileSync(receipt, "utf8"))
    await taro.hideLoading({}).then(None, lambda error: told.append(error.errMsg))
    return told
