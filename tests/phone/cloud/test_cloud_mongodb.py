"""A MongoDB behind the cloud's database: the same answers, asked of pymongo's interface.

The examples run over mongomock, another's MongoDB in Python behind pymongo's interface, and, where `TAROPY_MONGODB_URL`
names one, over a real server: a scratch database there, which is dropped afterwards.
"""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import create_autospec

import mongomock
import pymongo
import pytest
from query_examples import CHANGES, CONDITIONS, OPERATORS, PIPELINES, Condition
from querying import aggregated, changed, met, stock, value_of
from supporting import failure

import taropy
from taropy.phone import CloudError

pytestmark = pytest.mark.anyio
URL = os.environ.get("TAROPY_MONGODB_URL")
KINDS = ["double"] if URL is None else ["double", "server"]


@pytest.mark.skipif(URL is None, reason="TAROPY_MONGODB_URL names no MongoDB to run these tests over as well")
def test_there_is_a_server_to_try_it_with() -> None:
    client: Any = pymongo.MongoClient(URL)
    assert client.admin.command("ping")["ok"] == 1
    client.close()


def databases(kind: str) -> Iterator[Any]:
    """A database of pymongo's interface, in memory or at the server, which nobody else has."""
    name = f"taropy_{secrets.token_hex(6)}"
    client: Any = mongomock.MongoClient(tz_aware=True) if kind == "double" else pymongo.MongoClient(URL)
    yield client[name]
    client.drop_database(name)
    client.close()


@pytest.fixture(params=KINDS)
def database(request: Any) -> Iterator[Any]:
    """A database for one test."""
    yield from databases(request.param)


@pytest.fixture(scope="module", params=KINDS)
def stocked(request: Any) -> Iterator[Any]:
    """A program's way to a database with the examples' records, which nobody changes."""
    for database in databases(request.param):
        with taropy.create("weapp") as t:
            t.phone.cloud.connect(database)
            yield stock(t)


@pytest.fixture
def todos(weapp: Any, database: Any) -> Any:
    """A collection in the database whose records are their users' own."""
    weapp.phone.cloud.connect(database)
    weapp.phone.cloud.collection("todos")
    weapp.cloud.init()
    return weapp.cloud.database().collection("todos")


#: What mongomock 4.3 has not, or not as MongoDB's manual has it (`all` of nothing): tried with a real server alone,
#: and asserted below as far as what is sent goes.
LACKED = frozenset({
    "all", "bit", "bucketAuto", "dateFromString", "dateToString", "expr", "geoIntersects", "geoNear", "geoWithin",
    "mergeObjects", "mod", "mul", "range", "reduce", "rename", "sortByCount", "square", "strLenCP", "zip",
})  # fmt: skip


def needs_server(request: Any, example: Any) -> None:
    """Skips an example that the double has no answer to."""
    lacked = LACKED.intersection(example.__code__.co_names)
    if lacked and "double" in request.node.callspec.params.values():
        pytest.skip(f"mongomock lacks {', '.join(sorted(lacked))}; a server has it")


@pytest.mark.parametrize(("condition", "ids"), CONDITIONS)
def test_conditions(request: Any, stocked: Any, condition: Condition, ids: str) -> None:
    needs_server(request, condition)
    assert met(stocked, condition) == (ids.split(), len(ids.split()))


@pytest.mark.parametrize(("record", "changes", "after"), CHANGES)
def test_changes(
    request: Any, weapp: Any, todos: Any, record: dict[str, Any], changes: Condition, after: dict[str, Any]
) -> None:
    needs_server(request, changes)
    assert changed(weapp.cloud.database(), todos, record, changes) == (1, after)


@pytest.mark.parametrize(("stages", "records"), PIPELINES)
def test_aggregates(request: Any, stocked: Any, stages: Callable[[Any, Any], Any], records: list[Any]) -> None:
    needs_server(request, stages)
    assert aggregated(stocked, stages) == records


@pytest.mark.skipif(URL is None, reason="mongomock lacks most operators, and TAROPY_MONGODB_URL is not set")
def test_operators(stocked: Any) -> None:
    for expression, value in OPERATORS:
        assert value_of(stocked, expression) == (pytest.approx(value) if isinstance(value, float) else value)


def test_records_come_change_and_go(todos: Any, database: Any) -> None:
    made = todos.add(data={"title": "tea", "n": 1.0}).result()._id
    assert database["todos"].find_one({"_id": made})["title"] == "tea"
    assert todos.doc("b").set(data={"title": "rice"}).result().stats == {"updated": 0, "created": 1}
    assert todos.doc("b").set(data={"title": "cha"}).result().stats == {"updated": 1, "created": 0}
    found = todos.orderBy("title", "desc").skip(1).field({"title": True}).get().result().data
    assert [dict(each) for each in found] == [{"_id": "b", "title": "cha"}]
    assert todos.doc("b").remove().result().stats == {"removed": 1}
    assert [each["_id"] for each in database["todos"].find()] == [made]


def test_a_user_has_the_own_records_alone(todos: Any, database: Any) -> None:
    database["todos"].insert_one({"_id": "theirs", "_openid": "another", "n": 1})
    todos.add(data={"_id": "mine", "n": 1}).result()
    assert [each["_id"] for each in todos.get().result().data] == ["mine"]
    assert todos.aggregate().count("n").end().result().list == [{"n": 1}]
    assert todos.doc("theirs").update(data={"n": 2}).result().stats.updated == 0
    assert "cannot remove document" in failure(todos.doc("theirs").remove())
    assert database["todos"].find_one({"_id": "theirs"})["n"] == 1


def test_an_id_is_there_once(todos: Any) -> None:
    todos.add(data={"_id": "a"}).result()
    words = failure(todos.add(data={"_id": "a"}))
    assert words.lower().startswith("collection.add:fail -502001 database request fail. e11000 duplicate key error")
    assert todos.count().result().total == 1


async def test_who_watches_is_told_of_what_the_phone_writes(weapp: Any, todos: Any) -> None:
    told: list[Any] = []
    everything = weapp.phone.cloud.database().collection("todos")
    watcher = todos.where({"n": weapp.cloud.database().command.lt(10)}).watch(onChange=told.append, onError=print)
    await todos.add(data={"_id": "a", "n": 1})
    await todos.doc("a").update(data={"n": 2})
    await everything.where({"n": 2}).update(data={"n": 20})
    await todos.add(data={"_id": "b", "n": 3})
    await everything.where({"n": 3}).remove()
    await todos.count()
    assert [[(each.queueType, each.dataType, each.docId) for each in one.docChanges] for one in told] == [
        [],
        [("enqueue", "add", "a")],
        [("update", "update", "a")],
        [("dequeue", "update", "a")],
        [("enqueue", "add", "b")],
        [("dequeue", "remove", "b")],
    ]
    await watcher.close()


async def test_a_transaction_is_kept_whole_or_not_at_all(weapp: Any, todos: Any) -> None:
    cloud = weapp.phone.cloud.database()
    accounts = weapp.phone.cloud.collection("accounts", records=[{"_id": "a", "n": 5}, {"_id": "b", "n": 0}])

    async def pay(transaction: Any) -> None:
        for name, amount in (("a", -3), ("b", 3)):
            await transaction.collection("accounts").doc(name).update(data={"n": cloud.command.inc(amount)})

    await cloud.runTransaction(pay)
    assert [each.n for each in (await accounts.get()).data] == [2, 3]

    late = await cloud.startTransaction()
    await late.collection("accounts").doc("a").update(data={"n": 100})
    await accounts.doc("a").update(data={"n": 1})
    with pytest.raises(CloudError, match="TransactionConflict"):
        await late.commit()
    assert [each.n for each in (await accounts.get()).data] == [1, 3]


def test_what_only_mongodb_has_is_told_as_text(weapp: Any, todos: Any, database: Any) -> None:
    weapp.phone.cloud.collection("todos", "READONLY")
    id_ = database["todos"].insert_one({"n": 2.0}).inserted_id
    assert [dict(each) for each in todos.get().result().data] == [{"_id": str(id_), "n": 2}]


async def test_who_watches_is_told_of_records_that_others_have_made(weapp: Any, todos: Any, database: Any) -> None:
    weapp.phone.cloud.collection("todos", "READONLY")
    id_ = str(database["todos"].insert_one({"n": 1}).inserted_id)
    told: list[Any] = []
    todos.watch(onChange=told.append, onError=print)
    everything = weapp.phone.cloud.database().collection("todos")
    await everything.where({"n": 1}).update(data={"n": 2})
    await everything.where({"n": 2}).remove()
    await todos.count()
    assert [[(each.queueType, each.docId, each.doc.n) for each in one.docChanges] for one in told] == [
        [("init", id_, 1)],
        [("update", id_, 2)],
        [("dequeue", id_, 2)],
    ]


def test_a_snapshot_leaves_the_database_alone(weapp: Any, todos: Any) -> None:
    before = weapp.phone.snapshot()
    todos.add(data={"_id": "a"}).result()
    weapp.phone.restore(before)
    assert todos.count().result().total == 1


# --- what is sent, and what becomes of failures -----------------------------------------------------------------------


@pytest.fixture
def asked(weapp: Any) -> Any:
    """What `todos` asks of pymongo: a collection that takes pymongo's calls alone, and answers nothing."""
    collection = create_autospec(pymongo.collection.Collection, instance=True)
    collection.find.return_value = []
    collection.aggregate.return_value = []
    weapp.phone.cloud.connect({"todos": collection})
    weapp.phone.cloud.collection("todos", "READONLY")
    weapp.cloud.init()
    return collection


POINT = {"type": "Point", "coordinates": [1, 2]}
SENT: list[tuple[Condition, dict[str, Any]]] = [
    (lambda db: {"n": 1}, {"n": {"$eq": 1}}),
    (lambda db: {"n": db.command.mod(4, 1)}, {"n": {"$mod": [4, 1]}}),
    (lambda db: {"t": db.RegExp({"regexp": "a", "options": "i"})}, {"t": {"$regex": "a", "$options": "i"}}),
    (lambda db: {"t": db.command.neq(db.RegExp({"regexp": "a"}))}, {"t": {"$not": re.compile("a")}}),
    (lambda db: {"t": db.command.nin([re.compile("a"), "b"])}, {"t": {"$nin": [re.compile("a"), "b"]}}),
    (lambda db: db.command.not_({"n": 1}), {"$nor": [{"n": {"$eq": 1}}]}),
    (
        lambda db: db.command.expr(db.command.aggregate.gt(["$a", "$b"])),
        {"$expr": {"$gt": ["$a", "$b"]}},
    ),
    (
        lambda db: {"l": db.command.elemMatch(db.command.gt(1).lt(4))},
        {"l": {"$elemMatch": {"$gt": 1, "$lt": 4}}},
    ),
    (
        lambda db: {"l": db.command.elemMatch(db.command.lt(1).or_(db.command.gt(4)))},
        {"$or": [{"l": {"$elemMatch": {"$lt": 1}}}, {"l": {"$elemMatch": {"$gt": 4}}}]},
    ),
    (
        lambda db: {"at": db.command.geoNear({"geometry": db.Geo.Point(1, 2), "maxDistance": 9})},
        {"at": {"$nearSphere": {"$geometry": POINT, "$maxDistance": 9}}},
    ),
    (
        lambda db: {"at": db.command.geoWithin({"centerSphere": [[1, 2], 0.5]})},
        {"at": {"$geoWithin": {"$centerSphere": [[1, 2], 0.5]}}},
    ),
    (
        lambda db: {"at": db.command.geoIntersects({"geometry": db.Geo.Point(1, 2)})},
        {"at": {"$geoIntersects": {"$geometry": POINT}}},
    ),
]


@pytest.mark.parametrize(("condition", "filter_"), SENT)
def test_conditions_are_sent_as_mongodb_has_them(
    weapp: Any, asked: Any, condition: Condition, filter_: dict[str, Any]
) -> None:
    db = weapp.cloud.database()
    db.collection("todos").where(condition(db)).orderBy("n", "desc").get(fail=print)
    db.collection("todos").where(condition(db)).skip(2).limit(3).get().result()
    asked.find.assert_called_with(filter_, skip=2, limit=3)


def test_changes_are_sent_as_mongodb_has_them(weapp: Any, asked: Any) -> None:
    _ = weapp.cloud.database().command
    changes = {
        "a": _.mul(2),
        "b": _.bit({"or": 1}),
        "s": {"a": _.rename("b")},
        "l": _.pull(_.gt(2)),
        "m": _.pull({"n": 1}),
    }
    asked.update_many.return_value.matched_count = 1
    weapp.cloud.database().collection("todos").doc("x").update(data=changes).result()
    assert asked.update_many.call_args.args[1] == {
        "$mul": {"a": 2},
        "$bit": {"b": {"or": 1}},
        "$rename": {"s.a": "s.b"},
        "$pull": {"l": {"$gt": 2}, "m": {"n": {"$eq": 1}}},
    }


def test_stages_are_sent_as_mongodb_has_them(weapp: Any, asked: Any) -> None:
    weapp.phone.cloud.collection("todos", "PRIVATE")
    db = weapp.cloud.database()
    _ = db.command
    near = {"near": db.Geo.Point(1, 2), "distanceField": "d", "query": {"n": _.gt(1)}}
    join = {"from": "todos", "pipeline": _.aggregate.pipeline().match({"n": 2}).done(), "as": "others"}
    db.collection("todos").aggregate().geoNear(near).sample(3).lookup(join).end().result()
    ((first, second, third),) = asked.aggregate.call_args.args
    own, condition = first["$geoNear"].pop("query")["$and"]
    assert list(own) == ["_openid"]
    assert condition == {"n": {"$gt": 1}}
    assert first == {"$geoNear": {"near": POINT, "distanceField": "d"}}
    assert second == {"$sample": {"size": 3}}
    assert third["$lookup"]["pipeline"] == [{"$match": {"n": {"$eq": 2}}}]


def test_a_condition_that_mongodb_has_no_words_for_says_so(weapp: Any, asked: Any) -> None:
    _ = weapp.cloud.database().command
    twice = _.elemMatch(_.gt(1).and_(_.gt(2)))
    words = failure(weapp.cloud.database().collection("todos").where({"l": twice}).get())
    assert "-502002 database invalid command. MongoDB can't join these conditions" in words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (pymongo.errors.AutoReconnect("connection closed"), "-502001 database request fail. connection closed"),
        (pymongo.errors.OperationFailure("unknown $x", 2), "-502002 database invalid command. unknown $x"),
        (OverflowError("MongoDB can only handle up to 8-byte ints"), "-502001 database request fail. MongoDB can only"),
    ],
)
async def test_what_the_server_refuses_fails_in_its_words(weapp: Any, asked: Any, error: Any, words: str) -> None:
    asked.find.side_effect = error
    todos = weapp.cloud.database().collection("todos")
    with pytest.raises(taropy.TaroError) as found:
        await todos.get()
    assert found.value.errMsg.startswith(f"collection.get:fail {words}")
    with pytest.raises(CloudError) as raised:
        await weapp.phone.cloud.database().collection("todos").get()
    assert words in raised.value.errMsg


async def test_the_program_goes_on_while_the_server_is_asked(weapp: Any, asked: Any) -> None:
    threads: list[int] = []
    asked.find.side_effect = lambda *_, **__: threads.append(threading.get_ident()) or []  # type: ignore[func-returns-value]
    await weapp.cloud.database().collection("todos").get()
    await weapp.phone.cloud.database().collection("todos").get()
    asked.create_index.side_effect = lambda *_, **__: threads.append(threading.get_ident())
    await weapp.phone.cloud.collection("todos").create_index("n")
    weapp.cloud.database().collection("todos").watch(onChange=print, onError=print)
    await taropy.settled()
    assert threading.get_ident() not in threads
    assert len(threads) == 4


async def test_what_is_written_while_a_watcher_s_server_looks_is_not_missed(weapp: Any, database: Any) -> None:
    weapp.phone.cloud.connect(database)
    weapp.phone.cloud.collection("todos", "READONLY", [{"_id": "1", "n": 1}])
    weapp.cloud.init()
    todos = weapp.cloud.database().collection("todos")
    snapshots: list[Any] = []
    came = asyncio.Event()

    def changed(snapshot: Any) -> None:
        snapshots.append(snapshot)
        if len(snapshot.docs) == 2:
            came.set()

    watcher = todos.watch(onChange=changed, onError=print)
    assert snapshots == []  # the server is asked meanwhile
    await todos.add(data={"_id": "2", "n": 2})
    await came.wait()
    assert snapshots[0].type == "init"
    assert [each.n for each in snapshots[-1].docs] == [1, 2]
    watcher.close()


async def test_a_watcher_that_is_closed_before_the_server_has_looked_hears_nothing(weapp: Any, database: Any) -> None:
    weapp.phone.cloud.connect(database)
    weapp.phone.cloud.collection("todos", "READONLY", [{"n": 1}])
    weapp.cloud.init()
    snapshots: list[Any] = []
    weapp.cloud.database().collection("todos").watch(onChange=snapshots.append, onError=print).close()
    await asyncio.sleep(0)
    await weapp.cloud.database().collection("todos").get()
    assert snapshots == []


def test_where_no_server_answers_nothing_is_connected(weapp: Any) -> None:
    with pytest.raises(ConnectionError, match="no MongoDB answers"):
        weapp.phone.cloud.connect("mongodb://127.0.0.1:1/shop?serverSelectionTimeoutMS=1")
    weapp.phone.cloud.collection("todos", records=[{"n": 1}])  # as before, in the phone


def test_without_pymongo_the_extra_is_named(weapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymongo", None)
    with pytest.raises(ImportError, match=r"pip install 'taropy\[mongodb\]'"):
        weapp.phone.cloud.connect("mongodb://127.0.0.1/shop")
