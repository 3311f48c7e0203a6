"""The to-do list in the cloud, tested as its author would."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import taropy

pytestmark = pytest.mark.anyio

EXAMPLE = Path(__file__).parents[2] / "examples" / "todo-cloud"


def module(name: str) -> Any:
    """A module of the example, by its file: other examples have some of the same name."""
    spec = importlib.util.spec_from_file_location(f"todo_cloud_{name}", EXAMPLE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def todos() -> Iterator[Any]:
    """The list on a phone of its own, whose cloud has another user's record too."""
    with taropy.Phone() as phone:
        taropy.use("weapp", phone=phone)
        phone.cloud.functions(EXAMPLE / "functions")
        phone.cloud.collection("todos", "PRIVATE", [{"_openid": "other", "title": "theirs", "done": False}])
        yield module("todos").Todos()
        taropy.use("weapp").close()
        taropy.use("weapp")


async def test_the_list_shows_what_is_to_do(todos: Any) -> None:
    todos.watch()
    first = await todos.add("buy tea")
    await todos.add("drink tea")
    assert todos.open == ["buy tea", "drink tea"]
    await todos.finish(first)
    assert todos.open == ["drink tea"]
    await todos.close()


async def test_all_is_finished_but_what_is_others(todos: Any) -> None:
    for title in ("buy tea", "drink tea"):
        await todos.add(title)
    assert await todos.finish_all() == 2
    theirs = taropy.Taro.phone.cloud.database().collection("todos").where({"done": False})
    assert [each.title for each in (await theirs.get()).data] == ["theirs"]


def test_the_example_runs() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "taropy", "run", str(EXAMPLE / "app.py")], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "to do: nothing"
