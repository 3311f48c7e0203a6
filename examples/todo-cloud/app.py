"""An evening with the to-do list, on a phone with a cloud behind it.

taropy run examples/todo-cloud/app.py
"""

from __future__ import annotations

from pathlib import Path

from todos import Todos

import taropy
from taropy import Taro

FUNCTIONS = Path(__file__).with_name("functions")


def prepare(phone: taropy.Phone) -> None:
    """Has the cloud be as its console has it: with the functions, and a collection of users' own records."""
    phone.cloud.functions(FUNCTIONS)
    phone.cloud.collection("todos", "PRIVATE")


async def main() -> None:
    """Adds three, finishes one, and then all."""
    prepare(Taro.phone)
    todos = Todos()
    todos.watch()
    first = await todos.add("buy tea")
    for title in ("boil water", "drink tea"):
        await todos.add(title)
    print("to do:", ", ".join(todos.open))
    await todos.finish(first)
    print("to do:", ", ".join(todos.open))
    print("finished the other", await todos.finish_all())
    print("to do:", ", ".join(todos.open) or "nothing")
    await todos.close()


if __name__ == "__main__":
    taropy.run(main)
