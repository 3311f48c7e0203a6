"""A program over `taropy.js`, in which type checkers find nothing wrong.

It is checked, never run.
"""

from __future__ import annotations

from typing import Any

import taropy
from taropy.js import (
    Array,
    Error,
    Map,
    Math,
    Number,
    Obj,
    Object,
    Promise,
    Set,
    String,
    Taro,
    caught,
    field,
    get,
    given,
    lenient,
    number,
    plus,
    rest,
    same,
    started,
    taro_of,
    text,
    throw,
    typeof,
    undefined,
)


class Cart(Object):
    """A ported class."""

    def __init__(self, items: Array[Obj]) -> None:
        self.items = items
        self.note: str | None = None

    def total(self) -> float:
        return self.items.reduce(lambda sum, item: sum + item.price * item.count, 0.0)

    def names(self) -> Array[str]:
        return self.items.map(lambda item: text(item.name)).filter(lambda name: name).sort()

    @started
    async def send(self, url: str) -> str:
        res = await Taro.request(url=url, data=Obj(items=self.items, total=self.total()))
        return text(get(res.data, "order", "id"))


def lengths(names: Array[str]) -> Array[int]:
    return names.map(lambda name: len(name))


def numbered(names: Array[str]) -> Array[str]:
    return names.map(lambda name, index: f"{index}: {name}")


def first(names: Array[str]) -> str:
    found = names.find(lambda name: name.startswith("a"))
    return names[0] if found is None else found


def sum_of(numbers: Array[int]) -> int:
    return numbers.reduce(lambda left, right: left + right)


def largest(numbers: Array[float]) -> float:
    return Math.max(*numbers.slice(1).concat(Array.of(1.5)))


def sorted_by(cart: Cart) -> Array[Obj]:
    return cart.items.toSorted(lambda left, right: left.price - right.price)


def attempt(cart: Cart) -> Any:
    try:
        return cart.total()
    except Exception as error:
        err = caught(error)
        return err.message or err.errMsg


def needed(value: str | None) -> str:
    return value if value is not None else throw(Error("needed", Obj(cause=undefined)))


def taken_apart(options: Obj) -> tuple[Any, Obj, float, str]:
    page = field(options, "page", 1)
    return page, rest(options, "page"), number(options.size), given(options.note, "none")


def told(cart: Cart) -> str:
    kind = typeof(cart.note)
    return f"{kind}: {Number.toFixed(cart.total(), 2)} {String.padStart(cart.note or '', 5, '-')} {plus(1, '2')}"


def known(names: Array[str]) -> int:
    counts: Map[str, int] = Map()
    for name in Set(names):
        counts.set(name, (counts.get(name) or 0) + 1)
    return counts.size


@lenient
def describe(item: Obj, currency: str) -> str:
    return f"{text(item.id)} {currency}"


async def main() -> None:
    cart = Cart(Array([Obj(id=1, price=2.5, count=2)]))
    sent: Promise[str] | taropy.Promise[str] = cart.send("/orders")
    both = await Promise.all([sent, Taro.login()])
    assert len(both) == 2
    if same(await sent, "7"):
        describe(cart.items[0])
    with taropy.create("weapp") as runtime:
        await taro_of(runtime).login()
