"""`src/coupons.ts`, ported by hand."""

from taropy import Taro

DAY = 86_400_000


def now() -> float:
    """The phone's time in milliseconds."""
    return int(Taro.phone.clock.now() * 1000)


def to_pay(total, coupon=None):
    """What is to be paid, in yuan."""
    applies = coupon is not None and total >= (coupon.get("least") or 0)
    return f"{max(total - coupon['value'] if applies else total, 0) / 100:.2f}"


async def coupons():
    """The coupons that the person has, asked for once a day."""
    kept = Taro.getStorageSync("coupons")
    if kept and now() - kept["at"] < DAY:
        return kept["list"]
    res = await Taro.request(url="https://shop.example/coupons")
    if res.statusCode != 200:
        Taro.showToast(title=f"Error {res.statusCode}", icon="none")
        return kept["list"] if kept else []
    Taro.setStorageSync("coupons", {"at": now(), "list": res.data})
    return res.data
