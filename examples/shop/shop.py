"""The program: buys a tea. It knows nothing of phones that are simulated, nor of how its backend is paid."""

from __future__ import annotations

from typing import Any

from taropy import Taro, TaroError

BACKEND = "https://shop.example"


async def buy(tea: str) -> str:
    """Orders a tea and pays for it; gives the number of the order, or raises what the payment fails with."""
    code = (await Taro.login()).code
    order = (await Taro.request(url=f"{BACKEND}/orders", method="POST", data={"tea": tea, "code": code})).data
    await Taro.requestPayment(order["payment"])
    await Taro.showToast(title=f"{tea} is on its way")
    return str(order["number"])


async def state(number: str) -> str:
    """What the backend knows of the order: the vendor's notice counts, not what the phone was told."""
    answer: Any = (await Taro.request(f"{BACKEND}/orders/{number}")).data
    return str(answer["state"])


async def complain(number: str, fen: int) -> bool:
    """Asks for some money back; whether the shop gives it."""
    answer = await Taro.request(url=f"{BACKEND}/orders/{number}/refund", method="POST", data={"fen": fen})
    return answer.statusCode == 200


async def visit() -> None:
    """A guest's afternoon."""
    number = await buy("Oolong")
    try:
        await buy("Sencha")
    except TaroError as error:
        print(error.errMsg)
    print(f"order {number}: {await state(number)}")
    print("half of it back:", await complain(number, 490))
