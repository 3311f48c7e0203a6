"""Mistakes in a program over `taropy.js`, each of which type checkers find on its line."""

from __future__ import annotations

from taropy.js import Array, Map, Math, Number, String, number, started, text

names: Array[str] = Array(["a"])
amounts: Map[str, int] = Map()

Math.flor(1.5)  # error
Number.toFixxed(1.5, 2)  # error
String.slize("a", 1)  # error
String.repeat("a", 1, 2)  # error
names.push(1)  # error
names.map(5)  # error
names.slice(1, 2, 3)  # error
names.with_(0)  # error
amounts.set("a", "b")  # error
amounts.get(1)  # error
amounts.size = 5  # error
count: str = number("5")  # error
label: int = text(5)  # error


@started  # error
def plain() -> int:
    return 1
