"""What Taro's own code keeps: taro-h5 4.2.1, taro-rn 4.2.0 and plugin-platform-harmony-hybrid 4.1.11 as JSON,
HarmonyOS four kinds."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from natively import call
from supporting import failure

import taropy

MOMENT = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("platform", ["h5", "rn", "harmony-hybrid"])
def test_dates_come_back_as_text_and_bytes_as_an_empty_object(platform: str) -> None:
    with taropy.create(platform) as t:
        t.setStorage(key="a", data={"when": MOMENT, "raw": b"ab", "list": [1, None]}).result()
        kept = {"when": "2020-01-02T03:04:05.000Z", "raw": {}, "list": [1, None]}
        assert t.getStorage(key="a").result().data == kept


@pytest.mark.parametrize("value", ["text", 1, 1.5, True, b"ab"])
def test_harmony_keeps_texts_numbers_booleans_and_bytes(value: Any) -> None:
    with taropy.create("harmony") as t:
        t.setStorage(key="a", data=value).result()
        assert t.getStorage(key="a").result().data == value


@pytest.mark.parametrize("value", [{"a": 1}, [1], None, MOMENT])
def test_harmony_refuses_every_other_kind(value: Any) -> None:
    with taropy.create("harmony") as t:
        assert failure(t.setStorage(key="a", data=value)).startswith("setStorage:fail Failed to put data.")


def test_harmony_has_a_number_for_what_is_not_there() -> None:
    with taropy.create("harmony") as t:
        words = "getStorage:fail Failed to get data. Code:15100004,message:Not found."
        assert failure(t.getStorage(key="a")) == words


def test_react_native_counts_the_values_and_knows_no_limit() -> None:
    with taropy.create("rn") as t:
        t.setStorage(key="a" * 1000, data="b" * 1534).result()
        info = t.getStorageInfo().result()
        assert (info.currentSize, info.limitSize) == (1.5, math.inf)


def test_the_sizes_of_the_hybrids_storage_are_no_numbers() -> None:
    with taropy.create("harmony-hybrid") as t:
        told = call(t.phone.native("harmony-hybrid", "native"), "getStorageInfo")
        assert math.isnan(told["limitSize"])
        assert math.isnan(told["currentSize"])


def test_a_page_does_not_know_how_much_it_has_stored_nor_how_much_it_may() -> None:
    with taropy.create("h5") as t:
        t.setStorageSync("key", "x" * 5000)
        told = call(t.phone.native("h5"), "getStorageInfo")
        assert math.isnan(told["currentSize"])
        assert math.isnan(told["limitSize"])
        for info in (t.getStorageInfo().result(), t.getStorageInfoSync()):
            assert (info.keys, info.currentSize, info.limitSize) == (["key"], 0, math.inf)


def test_a_browser_tells_keys_in_another_order_than_they_were_stored_in() -> None:
    with taropy.create("h5") as t:
        for key in ("b", "c", "a", "c"):
            t.setStorageSync(key, key)
        assert t.getStorageInfoSync()["keys"] == ["a", "b", "c"]


def test_the_empty_key_is_one_as_others_are_on_a_page() -> None:
    with taropy.create("h5") as t:
        t.setStorageSync("", 1)
        assert t.getStorage(key="").result().data == 1
        assert t.getStorageInfoSync()["keys"] == [""]
        t.removeStorage(key="").result()
        assert t.getStorageSync("") == ""


def test_what_is_no_number_is_stored_as_nothing_on_a_page() -> None:
    with taropy.create("h5") as t:
        t.setStorageSync("k", [math.nan, math.inf, "half of a pair: \ud83d"])
        assert t.getStorageSync("k") == [None, None, "half of a pair: \ud83d"]


def test_a_page_may_store_five_megabytes_under_one_key_or_many() -> None:
    with taropy.create("h5") as t:
        fits = "x" * (5 * 1024 * 1024 - len('key{"data":""}'))
        t.setStorageSync("key", fits)
        for key, data in (("key", f"{fits}x"), ("other", "")):
            full = f"Failed to execute 'setItem' on 'Storage': Setting the value of '{key}' exceeded the quota."
            assert failure(t.setStorage(key=key, data=data)) == f"setStorage:fail {full}"
        assert t.getStorageSync("key") == fits
