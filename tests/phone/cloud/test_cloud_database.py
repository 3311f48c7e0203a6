"""The cloud's database: records that come and go, whose they are, what is refused, and what stays."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from supporting import failure, supporting

import taropy
from taropy.phone import CloudError, Phone

pytestmark = pytest.mark.anyio


@pytest.fixture
def todos(weapp: Any) -> Any:
    """A collection whose records are their users' own, as a program has it."""
    weapp.phone.cloud.collection("todos")
    weapp.cloud.init()
    return weapp.cloud.database().collection("todos")


def titles(collection: Any) -> list[str]:
    """The titles of the records that the program gets."""
    return [each.title for each in collection.get().result().data]


@supporting("cloud")
def test_a_record_comes_changes_and_goes(t: Any) -> None:
    t.phone.cloud.collection("todos")
    t.cloud.init()
    todos = t.cloud.database().collection("todos")
    added = todos.add({"data": {"title": "tea", "tags": ["a"], "deep": {"er": 1}}}).result()
    assert added.errMsg == "collection.add:ok"
    record = todos.doc(added._id).get().result().data
    assert (record.title, record.deep.er, record["_id"]) == ("tea", 1, added._id)
    assert record._openid
    assert todos.doc(added._id).update(data={"title": "rice"}).result().stats == {"updated": 1}
    assert titles(todos) == ["rice"]
    assert todos.doc(added._id).remove().result().stats == {"removed": 1}
    assert todos.count().result().total == 0


def test_set_replaces_or_makes(todos: Any) -> None:
    made = todos.doc("a").set(data={"title": "tea", "n": 1}).result()
    assert (made._id, made.stats) == ("a", {"updated": 0, "created": 1})
    again = todos.doc("a").set(data={"title": "rice"}).result()
    assert again.stats == {"updated": 1, "created": 0}
    record = todos.doc("a").get().result().data
    assert record.title == "rice"
    assert "n" not in record
    assert record._openid


def test_callbacks_are_told_as_well(todos: Any) -> None:
    told: list[Any] = []
    todos.add(data={"_id": "a"}, success=told.append, complete=told.append)
    todos.doc("none").get(fail=told.append)
    todos.count().result()
    assert [each.errMsg.partition(" ")[0] for each in told] == ["collection.add:ok"] * 2 + ["document.get:fail"]


def test_values_come_back_as_they_were(weapp: Any, todos: Any) -> None:
    db = weapp.cloud.database()
    moment = datetime(2024, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
    data = {"at": db.Geo.Point(113, 23), "when": moment, "n": 1.0, "none": None, "list": [1, [2, {"x": True}]]}
    todos.add(data={"_id": "a", **data}).result()
    record = todos.doc("a").get().result().data
    assert (record["at"].longitude, record["at"].latitude) == (113, 23)
    assert record["when"] == moment.replace(microsecond=123000)
    assert (record["n"], record["none"], record["list"]) == (1, None, [1, [2, {"x": True}]])


def test_the_servers_date_is_the_phones(weapp: Any, todos: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.clock.set(datetime(2030, 1, 1, tzinfo=UTC))
    db = weapp.cloud.database()
    todos.add(data={"_id": "a", "now": db.serverDate(), "later": db.serverDate({"offset": 3_600_000})}).result()
    record = todos.doc("a").get().result().data
    assert record["now"] == datetime(2030, 1, 1, tzinfo=UTC)
    assert record["later"] == datetime(2030, 1, 1, 1, tzinfo=UTC)


def test_what_a_program_got_is_its_own_copy(todos: Any) -> None:
    todos.add(data={"_id": "a", "list": [1]}).result()
    todos.doc("a").get().result().data["list"].append(2)
    assert todos.doc("a").get().result().data["list"] == [1]


# --- queries --------------------------------------------------------------------------------------------------------


def test_a_query_gives_20_records_at_most(weapp: Any, todos: Any) -> None:
    weapp.phone.cloud.collection("todos", "READONLY", [{"n": n} for n in range(30)])
    assert len(todos.get().result().data) == 20
    assert len(todos.limit(100).get().result().data) == 20
    assert [each.n for each in todos.skip(25).limit(3).get().result().data] == [25, 26, 27]
    assert todos.count().result().total == 30


async def test_on_the_server_a_query_gives_100_records_unless_said(weapp: Any) -> None:
    many = weapp.phone.cloud.collection("many", records=[{"n": n} for n in range(1200)])
    assert len((await many.get()).data) == 100
    assert len((await many.limit(5000).get()).data) == 1000


def test_sorting(weapp: Any, todos: Any) -> None:
    rows = [(2, "b"), (1, "z"), (2, "a")]
    weapp.phone.cloud.collection("todos", "READONLY", [{"n": n, "title": title} for n, title in rows])
    assert titles(todos.orderBy("n", "asc").orderBy("title", "desc")) == ["z", "b", "a"]
    assert titles(todos.orderBy("n", "desc").orderBy("title", "asc")) == ["a", "b", "z"]
    assert titles(todos) == ["b", "z", "a"]


def test_a_query_is_made_of_others_and_leaves_them(todos: Any) -> None:
    for title in ("a", "b"):
        todos.add(data={"title": title}).result()
    some = todos.where({"title": "a"})
    assert titles(some.limit(1)) == ["a"]
    assert titles(some.where({"title": "b"})) == ["b"]
    assert titles(todos) == ["a", "b"]


def test_fields(weapp: Any, todos: Any) -> None:
    todos.add(data={"_id": "a", "n": 1, "s": {"x": 1, "y": 2}, "list": [1, 2, 3]}).result()
    _ = weapp.cloud.database().command
    shown = todos.where({"_id": "a"})
    assert dict(shown.field({"n": True}).get().result().data[0]) == {"_id": "a", "n": 1}
    assert dict(shown.field({"s.x": True, "_id": False}).get().result().data[0]) == {"s": {"x": 1}}
    assert "list" not in shown.field({"list": False}).get().result().data[0]
    part = shown.field({"list": _.project.slice(2), "_id": True}).get().result().data[0]
    assert part["list"] == [1, 2]


def test_the_nearest_come_first(weapp: Any) -> None:
    places = [{"_id": name, "at": {"type": "Point", "coordinates": [x, 0]}} for name, x in (("far", 9), ("near", 1))]
    weapp.phone.cloud.collection("places", "READONLY", places)
    weapp.cloud.init()
    db = weapp.cloud.database()
    near = {"at": db.command.geoNear({"geometry": db.Geo.Point(0, 0), "minDistance": 0, "maxDistance": 2_000_000})}
    found = db.collection("places").where(near).get().result().data
    assert [each["_id"] for each in found] == ["near", "far"]
    pipeline = db.collection("places").aggregate().geoNear({"near": db.Geo.Point(0, 0), "distanceField": "away"})
    assert [round(each.away / 1000) for each in pipeline.end().result().list] == [111, 1002]


async def test_an_index_changes_no_answer(weapp: Any, todos: Any) -> None:
    made = weapp.phone.cloud.collection(
        "todos", "READONLY", [{"_id": str(n), "n": n % 3, "tags": [n]} for n in range(9)]
    )
    made.create_index("n")
    made.create_index("tags")
    assert [each["_id"] for each in (await todos.where({"n": 2}).get()).data] == ["2", "5", "8"]
    assert [each["_id"] for each in (await todos.where({"tags": 4, "n": 1}).get()).data] == ["4"]
    await made.doc("2").update(data={"n": 0})
    await made.doc("5").remove()
    assert [each["_id"] for each in (await todos.where({"n": 2}).get()).data] == ["8"]


# --- whose records they are -----------------------------------------------------------------------------------------


@pytest.fixture
def mixed(weapp: Any) -> Any:
    """A program's way to collections of each permission, each with a record of its own (if it may), and another's."""
    weapp.cloud.init()
    for name in ("PRIVATE", "READONLY", "ADMINWRITE", "ADMINONLY"):
        weapp.phone.cloud.collection(name, name, [{"_id": "theirs", "_openid": "other", "title": "theirs"}])
    db = weapp.cloud.database()
    for name in ("PRIVATE", "READONLY"):
        db.collection(name).add(data={"_id": "mine", "title": "mine"}).result()
    return db


def test_what_each_permission_lets_a_user_read(mixed: Any) -> None:
    assert titles(mixed.collection("PRIVATE")) == ["mine"]
    assert titles(mixed.collection("READONLY")) == ["theirs", "mine"]
    assert titles(mixed.collection("ADMINWRITE")) == ["theirs"]
    assert failure(mixed.collection("ADMINONLY").get()) == "collection.get:fail -502003 database permission denied"
    assert "cannot find document with _id theirs" in failure(mixed.collection("PRIVATE").doc("theirs").get())


@pytest.mark.parametrize("name", ["PRIVATE", "READONLY"])
def test_only_own_records_can_be_changed(mixed: Any, name: str) -> None:
    collection = mixed.collection(name)
    assert collection.doc("mine").update(data={"n": 1}).result().stats.updated == 1
    assert collection.doc("theirs").update(data={"n": 1}).result().stats.updated == 0
    assert "cannot remove document with _id theirs" in failure(collection.doc("theirs").remove())
    assert "-502003" in failure(collection.doc("theirs").set(data={"n": 1}))


@pytest.mark.parametrize("name", ["ADMINWRITE", "ADMINONLY"])
def test_where_users_write_nothing(mixed: Any, name: str) -> None:
    collection = mixed.collection(name)
    assert "-502003" in failure(collection.add(data={"n": 1}))
    assert "-502003" in failure(collection.doc("theirs").update(data={"n": 1}))
    assert "-502003" in failure(collection.doc("theirs").remove())


def test_users_of_two_phones_are_two(tmp_path: Path) -> None:
    for user, seen in (("ann", ["ann"]), ("bob", ["bob"]), ("ann", ["ann", "ann"])):
        with taropy.create("weapp", phone=Phone(tmp_path, user=user)) as t:
            t.phone.cloud.collection("todos")
            t.cloud.init()
            todos = t.cloud.database().collection("todos")
            todos.add(data={"title": user}).result()
            assert titles(todos) == seen


# --- what is refused ------------------------------------------------------------------------------------------------


def test_a_collection_that_nobody_has_made(weapp: Any) -> None:
    weapp.cloud.init()
    promise = weapp.cloud.database().collection("none").add(data={})
    with pytest.raises(taropy.TaroError) as caught:
        promise.result()
    assert caught.value.errCode == -502005
    assert caught.value.errMsg == (
        "collection.add:fail -502005 database collection not exists. [ResourceNotFound] Db or Table not exist: none"
    )


def test_an_id_that_is_taken(todos: Any) -> None:
    todos.add(data={"_id": "a"}).result()
    assert "E11000 duplicate key error" in failure(todos.add(data={"_id": "a"}))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"f": print}, "Function (builtin_function_or_method) can not be stored"),
        ({"f": {"g": [b"bytes"]}}, "ArrayBuffer (bytes) can not be stored"),
        ({"_openid": "other"}, "_openid is set by the server"),
        ({"_id": [1]}, "parameter.data._id should be String|Number instead of Array"),
        ({"$set": 1}, "the field name '$set' is not allowed"),
    ],
)
def test_data_that_cannot_be_stored(todos: Any, data: Any, fault: str) -> None:
    assert fault in failure(todos.add(data=data))
    assert todos.count().result().total == 0


def test_data_that_contain_themselves(todos: Any) -> None:
    data: dict[str, Any] = {}
    data["self"] = data
    assert "circular structure" in failure(todos.add(data=data))


@pytest.mark.parametrize(
    ("ask", "fault"),
    [
        (lambda db, c: c.where(5), "should be Object instead of Number"),
        (lambda db, c: c.where({"a": db.command.in_(5)}), "in expects an Array instead of Number"),
        (lambda db, c: c.where({"a": db.command.size("x")}), "size expects a Number instead of String"),
        (lambda db, c: c.where({"a": db.command.mod(0, 0)}).get().result(), "divisor cannot be 0"),
        (lambda db, c: c.where({"a": db.command.geoNear({"geometry": 5})}), '"geometry" must be of type Point'),
        (lambda db, c: c.limit(0), "parameter.limit should be an integer of 1 or more"),
        (lambda db, c: c.limit("5"), "should be Number instead of String"),
        (lambda db, c: c.skip(-1), "parameter.skip should be an integer of 0 or more"),
        (lambda db, c: c.orderBy("a", "up"), "asc, desc"),
        (lambda db, c: c.field({"a": "yes"}), "parameter.a should be Boolean instead of String"),
        (lambda db, c: c.doc(None), "should be String|Number instead of Null"),
        (lambda db, c: db.collection("no such name!"), "is no name of a collection"),
        (lambda db, c: db.RegExp({"regexp": "("}), "the regular expression is invalid"),
        (lambda db, c: db.Geo.Point(200, 0), "longitude should be a number ranges from -180 to 180"),
        (lambda db, c: db.Geo.Point("a", 0), "Geo Point must be number type"),
        (lambda db, c: db.Geo.LineString([db.Geo.Point(1, 1)]), "must contain 2 points at least"),
        (lambda db, c: c.aggregate().match({"a": db.command.in_(5)}), "in expects an Array"),
        (lambda db, c: c.aggregate().limit(-1).end().result(), "the stage $limit can't take -1"),
        (lambda db, c: c.aggregate().group({"n": 1}).end().result(), "must include an _id"),
        (lambda db, c: c.aggregate().project({"n": {"$nope": 1}}).end().result(), "Unrecognized expression '$nope'"),
    ],
)
def test_questions_of_wrong_types(weapp: Any, todos: Any, ask: Any, fault: str) -> None:
    with pytest.raises((taropy.TaroError, taropy.phone.NativeError, taropy.phone.Fail)) as caught:
        ask(weapp.cloud.database(), todos)
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda _: {"title": _.inc(1)}, "Cannot apply $inc to a value of non-numeric type"),
        (lambda _: {"title": _.push(1)}, "The field 'title' must be an array for $push"),
        (lambda _: {"title.x": 1}, "Cannot create field 'x'"),
        (lambda _: {"_id": "b"}, "不能更新_id的值"),
        (lambda _: {}, "the update has no field"),
    ],
)
def test_changes_that_cannot_be_made(weapp: Any, todos: Any, change: Any, fault: str) -> None:
    todos.add(data={"_id": "a", "title": "tea"}).result()
    data = change(weapp.cloud.database().command)
    assert fault in failure(todos.doc("a").update(data=data))
    assert titles(todos) == ["tea"]


def test_without_a_network_nothing_is_asked(weapp: Any, todos: Any) -> None:
    weapp.phone.network.type = "none"
    assert failure(todos.add(data={"n": 1})).startswith("collection.add:fail request:fail")
    weapp.phone.network.type = "wifi"
    assert todos.count().result().total == 0


def test_a_fault_on_order_comes_in_place_of_an_answer(weapp: Any, todos: Any) -> None:
    weapp.phone.faults.fail("DB.Collection.get", "-502001 database request fail", -502001)
    weapp.phone.faults.fail("DB.Document.update", "timeout")
    assert failure(todos.get()) == "collection.get:fail -502001 database request fail"
    assert failure(todos.doc("a").update(data={"n": 1})) == "document.update:fail timeout"
    assert todos.get().result().data == []


async def test_a_slow_network_takes_its_time(weapp: Any, todos: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.network.latency = 0.5
    promise = todos.add(data={"n": 1})
    await weapp.phone.clock.advance(1)
    assert (await promise).errMsg == "collection.add:ok"


def test_before_init_there_is_no_database(weapp: Any) -> None:
    with pytest.raises(taropy.TaroError, match=r"please call wx\.cloud\.init first"):
        weapp.cloud.database()


def test_permissions_are_one_of_four(weapp: Any) -> None:
    with pytest.raises(ValueError, match="one of PRIVATE, READONLY, ADMINWRITE, ADMINONLY"):
        weapp.phone.cloud.collection("todos", "public")


# --- watching -------------------------------------------------------------------------------------------------------


async def test_watching_tells_of_every_change(weapp: Any, todos: Any) -> None:
    _ = weapp.cloud.database().command
    await todos.add(data={"_id": "a", "n": 1})
    told: list[Any] = []
    watcher = todos.where({"n": _.lt(10)}).watch(onChange=told.append, onError=told.append)
    await todos.add(data={"_id": "b", "n": 2})
    await todos.doc("b").update(data={"n": 3, "s": {"x": 1}})
    await todos.doc("b").update(data={"n": 11})
    await todos.doc("a").set(data={"n": 5})
    await todos.doc("a").remove()
    await watcher.close()
    await todos.add(data={"_id": "c", "n": 1})
    kinds = [[(each.docId, each.queueType, each.dataType) for each in snapshot.docChanges] for snapshot in told]
    assert kinds == [
        [("a", "init", "init")],
        [("b", "enqueue", "add")],
        [("b", "update", "update")],
        [("b", "dequeue", "update")],
        [("a", "update", "replace")],
        [("a", "dequeue", "remove")],
    ]
    assert [[each["_id"] for each in snapshot.docs] for snapshot in told] == [
        ["a"],
        ["a", "b"],
        ["a", "b"],
        ["a"],
        ["a"],
        [],
    ]
    assert told[0].type == "init"
    assert told[2].docChanges[0].updatedFields == {"n": 3, "s": {"x": 1}}
    assert told[2].docChanges[0].doc.n == 3


async def test_watching_tells_only_of_what_may_be_read(weapp: Any, todos: Any) -> None:
    told: list[Any] = []
    todos.watch(onChange=told.append, onError=told.append)
    await weapp.phone.cloud.database().collection("todos").add(data={"_openid": "other"})
    await todos.add(data={"_id": "mine"})
    assert [len(each.docs) for each in told] == [0, 1]


async def test_watching_keeps_to_order_and_limit(weapp: Any, todos: Any) -> None:
    told: list[Any] = []
    for name, n in (("a", 1), ("b", 2), ("c", 3)):
        await todos.add(data={"_id": name, "n": n})
    todos.orderBy("n", "desc").limit(2).watch(onChange=told.append, onError=told.append)
    await todos.doc("a").update(data={"n": 9})
    await todos.doc("b").update(data={"n": 0})
    await todos.doc("a").remove()
    assert [[each["_id"] for each in snapshot.docs] for snapshot in told] == [["c", "b"], ["a", "c"], ["c", "b"]]
    assert [(each.queueType, each.docId) for each in told[1].docChanges] == [("dequeue", "b"), ("enqueue", "a")]
    assert [(each.queueType, each.dataType, each.docId) for each in told[2].docChanges] == [
        ("dequeue", "remove", "a"),
        ("enqueue", "update", "b"),
    ]


async def test_what_can_not_be_watched_is_told_to_on_error(weapp: Any, todos: Any) -> None:
    told: list[Any] = []
    errors: list[Any] = []
    weapp.phone.cloud.collection("todos", "ADMINONLY")
    for name in ("todos", "none"):
        weapp.cloud.database().collection(name).watch(onChange=told.append, onError=errors.append)
    weapp.phone.network.type = "none"
    todos.watch(onChange=told.append, onError=errors.append)
    await asyncio.sleep(0)
    assert [each.errCode for each in errors] == [-402002] * 3
    assert errors[0].errMsg == "collection.watch:fail -402002. -502003 database permission denied"
    assert "-502005 database collection not exists" in errors[1].errMsg
    assert "network is unavailable" in errors[2].errMsg
    assert told == []


async def test_watching_ends_with_too_many_records(weapp: Any, todos: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taropy.phone.cloud.database.watching.MOST_WATCHED", 2)
    told: list[Any] = []
    errors: list[Any] = []
    todos.watch(onChange=told.append, onError=errors.append)
    for name in "abcd":
        await todos.add(data={"_id": name})
    assert [len(each.docs) for each in told] == [0, 1, 2]
    assert [each.errMsg for each in errors] == [
        "collection.watch:fail -402006. -502001 database request fail. more than 2 records can not be watched"
    ]


# --- the server's side ----------------------------------------------------------------------------------------------


async def test_a_function_works_on_all_records(weapp: Any, todos: Any) -> None:
    async def finish(event: Any, context: Any) -> Any:
        db = context.database()
        everybody = db.collection("todos").where({"done": db.command.neq(True)})
        return (await everybody.update(data={"done": True})).stats

    weapp.phone.cloud.function("finish", finish)
    await weapp.phone.cloud.database().collection("todos").add(data={"_openid": "other"})
    await todos.add(data={"_id": "mine"})
    assert (await weapp.cloud.callFunction(name="finish")).result == {"updated": 2}
    assert (await todos.doc("mine").get()).data["done"] is True
    assert (await weapp.phone.cloud.database().collection("todos").remove()).stats.removed == 2


async def test_the_server_is_told_what_failed(weapp: Any) -> None:
    with pytest.raises(CloudError) as caught:
        await weapp.phone.cloud.database().collection("none").get()
    assert caught.value.errCode == -502005
    await weapp.phone.cloud.database().createCollection("none")
    assert (await weapp.phone.cloud.database().collection("none").count()).total == 0


async def test_a_transaction_is_kept_as_a_whole_or_not_at_all(weapp: Any) -> None:
    accounts = weapp.phone.cloud.collection("accounts", records=[{"_id": "a", "n": 10}, {"_id": "b", "n": 0}])
    db = weapp.phone.cloud.database()

    async def move(transaction: Any, amount: int) -> int:
        ours = transaction.collection("accounts")
        left: int = (await ours.doc("a").get()).data.n - amount
        await ours.doc("a").update(data={"n": left})
        await ours.doc("b").update(data={"n": db.command.inc(amount)})
        if left < 0:
            await transaction.rollback("too little")
        return left

    async def amounts() -> list[int]:
        return [each.n for each in (await accounts.orderBy("_id", "asc").get()).data]

    assert await db.runTransaction(lambda transaction: move(transaction, 4)) == 6
    assert await amounts() == [6, 4]
    with pytest.raises(CloudError, match="too little"):
        await db.runTransaction(lambda transaction: move(transaction, 40))
    assert await amounts() == [6, 4]


async def test_of_two_transactions_the_later_fails_and_is_tried_again(weapp: Any) -> None:
    accounts = weapp.phone.cloud.collection("accounts", records=[{"_id": "a", "n": 1}])
    db = weapp.phone.cloud.database()
    transaction = await db.startTransaction()
    seen = (await transaction.collection("accounts").doc("a").get()).data.n
    await accounts.doc("a").update(data={"n": 5})
    await transaction.collection("accounts").doc("a").update(data={"n": seen + 1})
    with pytest.raises(CloudError, match="TransactionConflict"):
        await transaction.commit()
    assert (await accounts.doc("a").get()).data.n == 5

    tries: list[int] = []

    async def disturbed(transaction: Any) -> None:
        ours = transaction.collection("accounts").doc("a")
        tries.append((await ours.get()).data.n)
        if len(tries) == 1:
            await accounts.doc("a").update(data={"n": 7})
        await ours.set(data={"n": tries[-1] + 1})

    await db.runTransaction(disturbed)
    assert tries == [5, 7]
    assert (await accounts.doc("a").get()).data.n == 8


# --- what stays -----------------------------------------------------------------------------------------------------


def test_records_are_kept_in_the_phones_folder(tmp_path: Path) -> None:
    with taropy.create("weapp", phone=Phone(tmp_path)) as t:
        t.phone.cloud.collection("todos", "READONLY", [{"_id": 1, "when": datetime(2024, 1, 1, tzinfo=UTC)}])
        t.cloud.init()
        todos = t.cloud.database().collection("todos")
        todos.add(data={"_id": "a"}).result()
        todos.add(data={"_id": "b"}).result()
        todos.doc("b").remove().result()
    with taropy.create("weapp", phone=Phone(tmp_path)) as t:
        t.cloud.init()
        data = t.cloud.database().collection("todos").get().result().data
        assert [each["_id"] for each in data] == [1, "a"]
        assert data[0].when == datetime(2024, 1, 1, tzinfo=UTC)


def test_records_come_back_with_a_snapshot(weapp: Any, todos: Any) -> None:
    todos.add(data={"title": "tea"}).result()
    before = weapp.phone.snapshot()
    todos.where({}).get().result()
    todos.add(data={"title": "rice"}).result()
    weapp.phone.cloud.collection("more")
    weapp.phone.restore(before)
    assert titles(todos) == ["tea"]
    assert "-502005" in failure(weapp.cloud.database().collection("more").get())


def test_a_damaged_file_of_records_is_refused_and_can_be_put_aside(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.cloud.collection("todos", records=[{"_id": "a"}])
    (tmp_path / "cloud.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(taropy.PhoneFolderError):
        Phone(tmp_path)
    with Phone(tmp_path, recover=True) as phone:
        assert [path.name for path in phone.put_aside] == ["cloud.sqlite.damaged"]
