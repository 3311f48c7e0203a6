"""The files that a phone keeps in its folder: old ones, newer ones, damaged ones, and those of somebody else."""

from __future__ import annotations

import copy
import json
import shutil
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from folders import DATABASES, FILES, JSON_FILES, errors_of_use, make_folder, make_old_folder

import taropy
from taropy import spec
from taropy.phone import Phone, PhoneFolderError


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("whole") / "phone")


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A folder with every file, to be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "phone"))


@pytest.fixture(scope="session")
def usable() -> dict[str, bool]:
    with taropy.create("weapp") as t:
        return {name: t.canIUse(name) for name in spec.members()}


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "empty": lambda path: path.write_bytes(b"" if path.suffix == ".json" else b"\0" * 8192),
    "begun": lambda path: path.write_text("{"),
    "null": lambda path: path.write_text("null"),
    "a list": lambda path: path.write_text("[]"),
    "a number": lambda path: path.write_text("5"),
    "somebody else's": lambda path: path.write_text('{"name": "shop", "dependencies": {"taro": "4.2.1"}}'),
    "without its state": lambda path: path.write_text('{"format": 1}'),
    "of another state": lambda path: path.write_text('{"format": 1, "state": [1]}'),
    "of no format": lambda path: path.write_text('{"format": "one", "state": {}}'),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: len(path.read_bytes()) // 2]),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00\x80" * 100),
    "too deep": lambda path: path.write_text("[" * 100_000),
    "a folder": replaced_by_a_folder,
}


def errors(folder: Path, usable: dict[str, bool]) -> list[BaseException]:
    """What is raised by a phone over the folder, by its making or by its use."""
    try:
        phone = Phone(folder)
    except Exception as error:
        return [error]
    with phone:
        with taropy.create("weapp", phone=phone) as t:
            assert {name: t.canIUse(name) for name in usable} == usable
        return list(errors_of_use(phone))


def assert_taros(raised: list[BaseException]) -> None:
    """Everything that was raised is one of the two kinds that may be."""
    assert [error for error in raised if not isinstance(error, (PhoneFolderError, taropy.TaroError))] == []


def assert_told(raised: list[BaseException], file: str) -> None:
    """The same, and it names the file."""
    assert_taros(raised)
    assert [str(error) for error in raised if file not in str(error)] == []


def test_nothing_fails_on_a_whole_folder(folder: Path, usable: dict[str, bool]) -> None:
    assert errors(folder, usable) == []


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_is_told_by_its_name(file: str, damage: str, folder: Path, usable: dict[str, bool]) -> None:
    DAMAGES[damage](folder / file)
    raised = errors(folder, usable)
    assert raised
    assert_told(raised, file)


@pytest.mark.parametrize("file", [file for file in JSON_FILES if file != "keystore.json"])
def test_a_damaged_file_is_told_when_the_phone_is_made(file: str, folder: Path) -> None:
    (folder / file).write_text("{")
    with pytest.raises(PhoneFolderError, match=r"is damaged: it is no JSON .*recover=True") as told:
        Phone(folder)
    assert told.value.path == folder / file


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all that is in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield (*way, name)
        yield from leaves(each, (*way, name))


def changed(value: Any, way: tuple[Any, ...], new: Any) -> Any:
    """A copy of the value with something else at the end of the way."""
    made = copy.deepcopy(value)
    inner = made
    for name in way[:-1]:
        inner = inner[name]
    inner[way[-1]] = new
    return made


@pytest.mark.parametrize("file", JSON_FILES)
def test_a_wrong_value_deep_inside_is_told_by_the_name_of_the_file(file: str, folder: Path) -> None:
    path = folder / file
    kept = json.loads(path.read_text("utf-8"))
    for way in leaves(kept):
        for wrong in ([], {"a": [1]}, 7.5, "\ud800", True, None):
            path.write_text(json.dumps(changed(kept, way, wrong)))
            try:
                phone = Phone(folder)
            except PhoneFolderError as error:
                assert_told([error], file)
            else:
                with phone:
                    assert_taros(list(errors_of_use(phone)))


def test_what_is_wrong_and_where_is_said(folder: Path) -> None:
    path = folder / "contacts.json"
    kept = json.loads(path.read_text("utf-8"))
    kept["state"]["contacts"][0]["phoneNumbers"].append(7)
    path.write_text(json.dumps(kept))
    with pytest.raises(PhoneFolderError) as told:
        Phone(folder)
    assert str(told.value) == (
        f"{path} is damaged: contacts[0].phoneNumbers[1] is a whole number and not a text."
        " Phone(folder, recover=True) puts it aside and goes on with what of it can be read"
    )


# --- other versions ---------------------------------------------------------------------------------------------------


def test_a_folder_from_before_there_were_formats_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = make_old_folder(tmp_path / "phone")
    with Phone(folder) as phone, taropy.create("weapp", phone=phone) as t:
        app = phone.app("weapp")
        assert (phone.account.user.id, phone.account.user.gender, phone.clipboard.text) == ("alice", 2, "x")
        assert (phone.system.theme, phone.system.permission("camera"), phone.hardware.battery_level) == (
            "dark",
            "denied",
            50,
        )
        assert (phone.location.position.latitude, phone.telephone.contacts[0].displayName) == (1.5, "Bob")
        assert (phone.forms["address"]["userName"], phone.privacy.agreed(app)) == ("x", True)
        assert t.getStorageSync("a") == {"n": 1}
        assert t.getStorage(key="s", encrypt=True).result().data == "secret"
        assert t.getBackgroundFetchData(fetchType="pre").result().fetchedData == "data"
        assert t.getSetting().result().authSetting == {"scope.userLocation": True}
        assert phone.updates.version(app) == "2.0.0"
        assert list(phone.caches.shelf(app)) == ["id"]
        phone.clock.set(1_795_791_500)
        assert t.checkSession().result().errMsg == "checkSession:ok"
        phone.restore(phone.snapshot())
    with Phone(folder) as phone:
        assert phone.native("weapp").getStorageSync("a") == {"n": 1}


@pytest.mark.parametrize("file", JSON_FILES)
def test_what_is_written_says_its_format(file: str, whole: Path) -> None:
    assert json.loads((whole / file).read_text("utf-8"))["format"] == 1


@pytest.mark.parametrize("file", DATABASES)
def test_a_database_says_its_format(file: str, whole: Path) -> None:
    with closing(sqlite3.connect(whole / file)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (1,)


def set_format(path: Path, number: int) -> None:
    if path.suffix == ".json":
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": number}))
    else:
        with closing(sqlite3.connect(path)) as database:
            database.execute(f"PRAGMA user_version = {number}")


@pytest.mark.parametrize("recover", [False, True])
@pytest.mark.parametrize("file", [file for file in FILES if file != "keystore.json"])
def test_a_newer_format_is_refused_and_left_as_it_is(file: str, recover: bool, folder: Path) -> None:
    set_format(folder / file, 2)
    before = (folder / file).read_bytes()
    with pytest.raises(PhoneFolderError, match=rf"{file} is of format 2, written by a newer taropy; .*Upgrade taropy"):
        Phone(folder, recover=recover)
    assert (folder / file).read_bytes() == before


def test_the_key_of_a_newer_format_is_refused_where_it_is_needed(folder: Path, usable: dict[str, bool]) -> None:
    set_format(folder / "keystore.json", 2)
    [told] = errors(folder, usable)
    assert "getStorage:fail:internal error" in str(told)
    assert "keystore.json is of format 2" in str(told)


@pytest.mark.parametrize("file", ["location.json", "account.json", "battery.json", "system.json", "clipboard.json"])
def test_a_field_of_a_newer_version_is_left_out(file: str, folder: Path, usable: dict[str, bool]) -> None:
    path = folder / file
    kept = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**kept, "state": {**kept["state"], "heading": 90}, "more": 1}))
    assert errors(folder, usable) == []


def test_records_of_a_newer_version_are_left_alone(folder: Path, usable: dict[str, bool]) -> None:
    path = folder / "open-platform.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("INSERT INTO records VALUES ('coupon', '1', '{}')")
        database.execute("UPDATE records SET value = json_set(value, '$.device', 'x') WHERE kind = 'session'")
    assert errors(folder, usable) == []
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT value FROM records WHERE kind = 'coupon'").fetchone() == ("{}",)


@pytest.mark.parametrize("file", DATABASES)
def test_somebody_elses_database_is_refused_and_left_as_it_is(file: str, folder: Path, usable: dict[str, bool]) -> None:
    (folder / file).unlink()
    with closing(sqlite3.connect(folder / file)) as database, database:
        database.execute("CREATE TABLE notes (text)")
    before = (folder / file).read_bytes()
    raised = errors(folder, usable)
    assert_told(raised, file)
    assert "is not a phone's file: it has notes" in str(raised[0])
    assert (folder / file).read_bytes() == before


@pytest.mark.parametrize("change", ["RENAME COLUMN value TO text", "RENAME TO storage_old"])
def test_a_database_of_other_columns_is_told_and_loses_no_row(
    change: str, folder: Path, usable: dict[str, bool]
) -> None:
    path = folder / "storage.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"ALTER TABLE storage {change}")
    assert_told(errors(folder, usable), path.name)
    with Phone(folder) as phone, taropy.create("weapp", phone=phone) as t, pytest.raises(taropy.TaroError):
        t.clearStorageSync()
    with closing(sqlite3.connect(path)) as database:
        [(name,)] = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        assert database.execute(f"SELECT count(*) FROM {name}").fetchone() == (2,)


@pytest.mark.parametrize("value", ["", "{", "[" * 100_000, '${"$":"date"}', '${"$":"date","v":"never"}', "!?", b"{}"])
def test_a_value_that_is_none_is_told_by_the_name_of_the_file(value: Any, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "storage.sqlite")) as database, database:
        database.execute("UPDATE storage SET value = ? WHERE key = 'tea'", (value,))
    with Phone(folder) as phone, taropy.create("weapp", phone=phone) as t:
        raised = list(errors_of_use(phone))
        assert_taros(raised)
        assert any("storage.sqlite" in str(error) or "encrypted" in str(error) for error in raised)
        with pytest.raises(taropy.TaroError):
            t.getStorageSync("tea")
        t.setStorageSync("tea", "fresh")
        assert t.getStorageSync("tea") == "fresh"


@pytest.mark.parametrize("value", ["", "{", "null", "[]", '{"user_id": 1}', b"\xff"])
def test_a_record_that_is_none_is_told_by_the_name_of_the_file(
    value: Any, folder: Path, usable: dict[str, bool]
) -> None:
    with closing(sqlite3.connect(folder / "open-platform.sqlite")) as database, database:
        database.execute("UPDATE records SET value = ? WHERE kind = 'session'", (value,))
    raised = errors(folder, usable)
    assert raised
    assert_told(raised, "open-platform.sqlite")


SECRET = "S3CR3T"


def trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


@pytest.mark.parametrize("column", ["app", "key", "value"])
def test_bytes_that_are_no_text_are_told_and_not_shown(column: str, folder: Path) -> None:
    path = folder / "storage.sqlite"
    app = Phone().app("weapp").key
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(
            f"UPDATE storage SET {column} = CAST(? AS TEXT) WHERE key = 'tea'", (SECRET.encode() + b"\xff",)
        )
    told = f"{path} is damaged: a text in it is no UTF-8. Phone(folder, recover=True)"
    with Phone(folder) as phone, taropy.create("weapp", phone=phone) as t:
        with pytest.raises(PhoneFolderError) as whole:
            phone.snapshot()
        assert str(whole.value).startswith(told)
        assert SECRET not in trace(whole.value)
        if column == "value":
            with pytest.raises(taropy.TaroError) as one:
                t.getStorageSync("tea")
            assert str(one.value).startswith(f"getStorageSync:fail:internal error {told}")
            assert SECRET not in trace(one.value)
    with Phone(folder, recover=True) as phone, taropy.create("weapp", phone=phone) as t:
        assert [aside.name for aside in phone.put_aside] == ["storage.sqlite.damaged"]
        assert [row[:2] for row in phone.storage.snapshot()] == [(app, "sealed")]
        assert t.getStorage(key="sealed", encrypt=True).result().data == "secret"


@pytest.mark.parametrize("column", ["kind", "key", "value"])
def test_a_record_of_bytes_that_are_no_text_is_told_and_not_shown(column: str, folder: Path) -> None:
    path = folder / "open-platform.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        (others,) = database.execute("SELECT count(*) FROM records WHERE kind <> 'session'").fetchone()
        database.execute(
            f"UPDATE records SET {column} = CAST(? AS TEXT) WHERE kind = 'session'", (SECRET.encode() + b"\xff",)
        )
    with Phone(folder) as phone, taropy.create("weapp", phone=phone) as t:
        with pytest.raises(taropy.TaroError, match=r"open-platform.sqlite is damaged: a text in it is no UTF-8") as one:
            t.login().result()
        assert SECRET not in trace(one.value)
    Phone(folder, recover=True).close()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM records").fetchone() == (others,)


def test_a_table_whose_name_is_no_text_is_told(folder: Path) -> None:
    path = folder / "storage.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE notes (text)")
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_schema SET name = CAST(x'ff' AS TEXT) WHERE name = 'notes'")
    with Phone(folder) as phone, pytest.raises(PhoneFolderError, match=r"storage.sqlite is damaged: .*recover=True"):
        phone.snapshot()
    with Phone(folder, recover=True) as phone, taropy.create("weapp", phone=phone) as t:
        assert t.getStorageSync("tea") == {"leaves": 7}


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "phone"):
        with pytest.raises(PhoneFolderError, match=r"can't be used: .*use another folder") as told:
            taropy.create("weapp", folder=folder)
        assert told.value.path == folder


def test_cookies_that_cannot_be_read_are_none(folder: Path, usable: dict[str, bool]) -> None:
    (folder / "cookies").mkdir()
    (folder / "cookies" / "alipay%2F2021004117620938.txt").mkdir()
    with Phone(folder) as phone:
        assert phone.network.cookies(phone.app("alipay"), "https://example.com") == {}
