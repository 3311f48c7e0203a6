"""`Phone(folder, recover=True)`: what cannot be used is put aside, and what of it can be read is kept."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from folders import FILES, errors_of_use, make_folder

import taropy
from taropy.phone import Phone, PhoneFolderError

PAGE = 4096
MANY = 3000


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a phone with many values, of about 30 on a page."""
    folder = tmp_path_factory.mktemp("filled")
    with Phone(folder) as phone:
        wx = phone.native("weapp")
        wx.batchSetStorageSync([{"key": f"key{n}", "value": {"n": n, "text": "x" * 100}} for n in range(MANY)])
    return folder / "storage.sqlite"


@pytest.fixture
def spoilt(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copy(filled, tmp_path))


def overwrite(path: Path, *pages: int, count: int = 1) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(b"\x00\xff" * (PAGE // 2 * count))


def recovered(folder: Path) -> list[int]:
    """The numbers of the values that came through, each of which is whole."""
    with Phone(folder, recover=True) as phone:
        assert [path.name for path in phone.put_aside] == ["storage.sqlite.damaged"]
    with Phone(folder) as phone, taropy.create("weapp", phone=phone) as t:
        assert phone.put_aside == ()
        keys = t.getStorageInfoSync()["keys"]
        numbers = [int(key.removeprefix("key")) for key in keys]
        assert [t.getStorageSync(key) for key in keys] == [{"n": n, "text": "x" * 100} for n in numbers]
        t.setStorageSync("key0", "new")
    return numbers


def leaf_pages(path: Path) -> list[int]:
    """The pages in which the rows of the table stand."""
    data = path.read_bytes()
    return [number for number in range(len(data) // PAGE) if data[number * PAGE] == 0x0D]


def test_a_sound_database_stays_as_it_is(spoilt: Path) -> None:
    before = spoilt.read_bytes()
    with Phone(spoilt.parent, recover=True) as phone:
        assert phone.put_aside == ()
    assert spoilt.read_bytes() == before


@pytest.mark.parametrize("damaged", [[40], [20, 40, 60], [1, 2, 3, 50, 51, 80]])
def test_the_rows_of_the_pages_that_are_whole_come_through(damaged: list[int], spoilt: Path) -> None:
    leaves = leaf_pages(spoilt)
    a_page = MANY / len(leaves)
    overwrite(spoilt, *(leaves[number] for number in damaged))
    was = spoilt.read_bytes()
    numbers = recovered(spoilt.parent)
    assert numbers == sorted(numbers)
    assert len(numbers) >= MANY - 2 * a_page * len(damaged)
    assert Path(f"{spoilt}.damaged").read_bytes() == was


def test_a_database_that_was_cut_comes_through_as_far_as_it_goes(spoilt: Path) -> None:
    data = spoilt.read_bytes()
    spoilt.write_bytes(data[: len(data) * 3 // 4])
    assert MANY / 2 < len(recovered(spoilt.parent)) < MANY


@pytest.mark.parametrize("data", [b"not a database" * 1000, b"\0" * PAGE * 4, b"SQLite format 3\0"])
def test_of_a_file_that_is_no_database_nothing_is_left(data: bytes, spoilt: Path) -> None:
    spoilt.write_bytes(data)
    assert recovered(spoilt.parent) == []
    assert Path(f"{spoilt}.damaged").read_bytes() == data


def test_values_that_are_none_any_more_are_left_out(spoilt: Path) -> None:
    with closing(sqlite3.connect(spoilt)) as database, database:
        database.execute("UPDATE storage SET value = '{' WHERE key = 'key7'")
        database.execute("UPDATE storage SET value = CAST(x'ff' AS TEXT) WHERE key = 'key8'")
    assert recovered(spoilt.parent) == [number for number in range(MANY) if number not in (7, 8)]


def test_what_was_written_last_comes_through_too(tmp_path: Path) -> None:
    """It stands in SQLite's log beside the database while the program runs, and after it was killed."""
    (tmp_path / "live").mkdir()
    with Phone(tmp_path / "live") as phone:
        wx = phone.native("weapp")
        wx.batchSetStorageSync([{"key": f"key{n}", "value": {"n": n, "text": "x" * 100}} for n in range(300)])
        folder = Path(shutil.copytree(tmp_path / "live", tmp_path / "killed"))
    with (folder / "storage.sqlite").open("r+b") as file:
        file.write(b"no database")
    assert (folder / "storage.sqlite-wal").stat().st_size
    assert recovered(folder) == list(range(300))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "phone")


def test_files_of_settings_are_put_aside_and_begin_anew(folder: Path) -> None:
    (folder / "clipboard.json").write_text("{")
    (folder / "account.json").write_text('{"name": "shop"}')
    (folder / "location.json").unlink()
    (folder / "location.json").mkdir()
    (folder / "open-platform.sqlite").write_bytes(b"none" * 100)
    with Phone(folder, recover=True) as phone:
        assert sorted(path.name for path in phone.put_aside) == [
            "account.json.damaged",
            "clipboard.json.damaged",
            "location.json.damaged",
            "open-platform.sqlite.damaged",
        ]
        assert (phone.clipboard.text, phone.account.user.id) == ("", "user")
        assert phone.hardware.battery_level == 50
        phone.clipboard.text = "new"
    assert (folder / "clipboard.json.damaged").read_text() == "{"
    with Phone(folder) as phone, taropy.create("weapp", phone=phone) as t:
        assert phone.clipboard.text == "new"
        assert t.getStorageSync("tea") == {"leaves": 7}
        assert t.login().result().code


def test_what_is_put_aside_a_second_time_gets_another_name(folder: Path) -> None:
    for text in ("{", "[", "]"):
        (folder / "clipboard.json").write_text(text)
        Phone(folder, recover=True).close()
    names = ("clipboard.json.damaged", "clipboard.json.damaged-2", "clipboard.json.damaged-3")
    assert [(folder / name).read_text() for name in names] == ["{", "[", "]"]


def test_records_that_are_none_are_left_out_and_the_others_stay(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "open-platform.sqlite")) as database, database:
        database.execute("UPDATE records SET value = '{}' WHERE kind = 'code'")
    with Phone(folder, recover=True) as phone, taropy.create("weapp", phone=phone) as t:
        assert [path.name for path in phone.put_aside] == ["open-platform.sqlite.damaged"]
        assert t.checkSession().result().errMsg == "checkSession:ok"


def test_a_key_that_is_lost_opens_nothing_and_seals_anew(folder: Path) -> None:
    (folder / "keystore.json").write_text("{")
    with Phone(folder, recover=True) as phone, taropy.create("weapp", phone=phone) as t:
        with pytest.raises(taropy.TaroError, match="decrypt fail"):
            t.getStorage(key="sealed", encrypt=True).result()
        t.setStorage(key="sealed", data="new", encrypt=True).result()
        assert t.getStorage(key="sealed", encrypt=True).result().data == "new"


@pytest.mark.parametrize("file", FILES)
def test_every_file_can_be_recovered(file: str, folder: Path) -> None:
    (folder / file).write_bytes(b"\x00 damage")
    with Phone(folder, recover=True) as phone:
        list(errors_of_use(phone))
    with Phone(folder) as phone:
        assert [error for error in errors_of_use(phone) if file in str(error)] == []


def test_recovering_is_about_a_folder() -> None:
    with pytest.raises(TypeError, match="this phone has none"):
        Phone(recover=True)


def test_the_error_can_be_looked_at(folder: Path) -> None:
    (folder / "clipboard.json").write_text(json.dumps({"format": 1, "state": {"text": 5}}))
    with pytest.raises(PhoneFolderError) as told:
        Phone(folder)
    error: Any = told.value
    assert (error.path, error.recoverable) == (folder / "clipboard.json", True)
    set_format = json.dumps({"format": 9, "state": {}})
    (folder / "clipboard.json").write_text(set_format)
    with pytest.raises(PhoneFolderError) as told:
        Phone(folder)
    assert not told.value.recoverable
