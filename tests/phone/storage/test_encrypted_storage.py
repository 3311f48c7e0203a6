"""`setStorage({encrypt: true})`: what is stored with it is encrypted, also on the disk."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from supporting import failure

import taropy
from taropy.phone import Phone

SECRET = "the secret text"


@pytest.fixture
def weapp(tmp_path: Path) -> Any:
    return taropy.create("weapp", folder=tmp_path)


@pytest.mark.parametrize(
    "value", [SECRET, "", None, 5, {"a": [1, {"b": "中"}]}, datetime(2026, 1, 2, tzinfo=UTC), b"bytes", "half \ud83d"]
)
def test_what_was_encrypted_comes_back_as_it_went_in(weapp: Any, value: Any) -> None:
    weapp.setStorage(key="k", data=value, encrypt=True).result()
    assert weapp.getStorage(key="k", encrypt=True).result().data == value


def test_nothing_on_the_disk_tells_what_it_was(weapp: Any, tmp_path: Path) -> None:
    weapp.setStorage(key="plain", data="an open text").result()
    weapp.setStorage(key="k", data=SECRET, encrypt=True).result()
    weapp.phone.close()
    content = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"an open text" in content
    assert SECRET.encode() not in content


def test_the_same_value_is_encrypted_differently_each_time(weapp: Any) -> None:
    for key in ("a", "b"):
        weapp.setStorage(key=key, data=SECRET, encrypt=True).result()
    (_, _, _, one), (_, _, _, other) = weapp.phone.storage.snapshot()
    assert one != other


def test_a_phone_over_the_same_folder_reads_it(weapp: Any, tmp_path: Path) -> None:
    weapp.setStorage(key="k", data=SECRET, encrypt=True).result()
    weapp.phone.close()
    with taropy.create("weapp", folder=tmp_path) as again:
        assert again.getStorage(key="k", encrypt=True).result().data == SECRET


def test_without_the_key_store_nothing_opens(weapp: Any, tmp_path: Path) -> None:
    weapp.setStorage(key="k", data=SECRET, encrypt=True).result()
    weapp.phone.close()
    (tmp_path / "keystore.json").unlink()
    with taropy.create("weapp", folder=tmp_path) as again:
        assert failure(again.getStorage(key="k", encrypt=True)) == "getStorage:fail decrypt fail"


def test_what_was_moved_to_another_key_does_not_open(weapp: Any) -> None:
    weapp.setStorage(key="a", data=SECRET, encrypt=True).result()
    storage = weapp.phone.storage
    storage.restore([(app, "b", size, text) for app, _, size, text in storage.snapshot()])
    assert failure(weapp.getStorage(key="b", encrypt=True)) == "getStorage:fail decrypt fail"


def test_reading_it_in_the_other_form_fails(weapp: Any) -> None:
    weapp.setStorage(key="sealed", data=SECRET, encrypt=True).result()
    weapp.setStorage(key="open", data=SECRET).result()
    assert failure(weapp.getStorage(key="sealed")) == "getStorage:fail data is encrypted"
    assert failure(weapp.getStorage(key="open", encrypt=True)) == "getStorage:fail data is not encrypted"
    assert failure(weapp.getStorage(key="none", encrypt=True)) == "getStorage:fail data not found"


def test_the_sync_forms_know_no_encryption(weapp: Any) -> None:
    weapp.setStorage(key="k", data=SECRET, encrypt=True).result()
    with pytest.raises(taropy.TaroError, match="data is encrypted"):
        weapp.getStorageSync("k")
    with pytest.raises(taropy.TaroError, match="data is encrypted"):
        weapp.batchGetStorageSync(["k"])
    weapp.setStorageSync("k", "open")
    assert weapp.getStorageSync("k") == "open"


def test_other_functions_take_it_as_any_other_value(weapp: Any) -> None:
    weapp.setStorage(key="k", data=SECRET, encrypt=True).result()
    assert weapp.getStorageInfoSync().keys == ["k"]
    weapp.removeStorageSync("k")
    assert weapp.getStorageInfoSync().keys == []


@pytest.mark.parametrize(("size", "fits"), [(748_000, True), (749_500, False)])
def test_seven_tenths_of_a_megabyte_fit_under_a_key(weapp: Any, size: int, fits: bool) -> None:
    promise = weapp.setStorage(key="k", data="x" * size, encrypt=True)
    if fits:
        promise.result()
    else:
        assert "entry size limit reached" in failure(promise)


def test_seven_megabytes_fit_in_all(weapp: Any) -> None:
    for number in range(10):
        weapp.setStorage(key=f"k{number}", data="x" * 740_000, encrypt=True).result()
    assert "quota reached" in failure(weapp.setStorage(key="more", data="x" * 740_000, encrypt=True))


@pytest.mark.parametrize("wrong", ["yes", 1])
def test_encrypt_is_a_boolean(weapp: Any, wrong: Any) -> None:
    errMsg = failure(weapp.setStorage(key="k", data=1, encrypt=wrong))
    assert errMsg.startswith("setStorage:fail parameter error: parameter.encrypt should be Boolean instead of")


def test_without_the_crypto_extra_the_error_names_it(weapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers.aead", None)
    errMsg = failure(weapp.setStorage(key="k", data=1, encrypt=True))
    assert errMsg == "setStorage:fail this needs the package cryptography: pip install 'taropy[crypto]'"


def test_another_phone_does_not_read_it(tmp_path: Path) -> None:
    one, other = Phone(), Phone()
    taropy.create("weapp", phone=one).setStorage(key="k", data=SECRET, encrypt=True).result()
    other.storage.restore(one.storage.snapshot())
    assert failure(taropy.create("weapp", phone=other).getStorage(key="k", encrypt=True)).endswith("decrypt fail")


def test_platforms_without_the_option_take_no_note_of_it() -> None:
    with taropy.create("tt") as t:
        t.setStorage({"key": "k", "data": 1, "encrypt": True}).result()
        assert t.getStorageSync("k") == 1
