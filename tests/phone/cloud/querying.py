"""What the examples of the query language are asked of, and how: the same wherever the records are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from query_examples import BOOKS, SALES, SHOPS, Condition


def stock(t: Any) -> Any:
    """Puts the examples' records into the cloud, for all to read; gives a program's way to them."""
    cloud = t.phone.cloud
    cloud.collection("books", "READONLY", BOOKS).create_index("at", geo=True)
    cloud.collection("sales", "READONLY", SALES)
    cloud.collection("people", "READONLY", [{"_id": "ann", "age": 30}])
    cloud.collection("shops", "READONLY", SHOPS).create_index("at", geo=True)
    t.cloud.init()
    return t.cloud.database()


def met(db: Any, condition: Condition) -> tuple[list[str], int]:
    """The ids of the books that meet the condition, and how many that are by `count`."""
    books = db.collection("books").where(condition(db))
    return [each["_id"] for each in books.get().result().data], books.count().result().total


def changed(db: Any, todos: Any, record: dict[str, Any], changes: Condition) -> tuple[int, dict[str, Any]]:
    """How many records the changes have changed, which is one, and what that is then, without its id and its user."""
    todos.add(data={"_id": "a", **record}).result()
    number = todos.doc("a").update(data=changes(db.command)).result().stats.updated
    found = dict(todos.doc("a").get().result().data)
    assert (found.pop("_id"), bool(found.pop("_openid"))) == ("a", True)
    return number, found


def aggregated(db: Any, stages: Callable[[Any, Any], Any]) -> Any:
    """What comes out of the pipeline, of the sales."""
    return stages(db.collection("sales").aggregate(), db.command.aggregate).end().result().list


def value_of(db: Any, expression: Condition) -> Any:
    """What an expression comes to."""
    project = {"_id": 0, "v": expression(db.command.aggregate)}
    (told,) = db.collection("sales").aggregate().limit(1).project(project).end().result().list
    return told["v"]
