"""What is played with both programs: an order, with a token that the backend has forgotten."""

from typing import Any

from taropy import Taro

TEA = {"id": "7", "name": "Longjing", "price": 1250, "stock": 5}


async def scenario(program: Any, phone: Any) -> None:
    """Plays it with one of the two programs."""
    Taro.setStorageSync("cart", [{"tea": TEA, "count": 4}])
    Taro.setStorageSync("token", "stale")

    phone.screen.answer_modal(confirm=False)
    await program.call("place")

    phone.screen.answer_modal(confirm=True)
    for status, data in (
        (401, {"message": "who?"}),
        (200, {"token": "fresh"}),
        (200, {"id": "o1", "total": 4750, "status": "placed"}),
    ):
        phone.faults.answer("request", statusCode=status, data=data, header={}, cookies=[])
    await program.call("place")
    await program.call("place")  # the cart is empty now

    await program.call("describe", [{"id": "o1", "total": 4750, "status": "sent"}])
