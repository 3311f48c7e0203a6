"""Storage: what programs keep on the phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import taropy
from taropy.phone import NativeError, Phone

PLATFORMS = ["weapp", "alipay", "swan", "tt", "qq", "jd", "h5"]
KB, MB = 1024, 1024 * 1024

VALUES: list[Any] = [
    "",
    "token",
    "汉字 and 🎉",
    "\x00",
    "half of a pair: \ud83d",
    "$ 5",
    0,
    -1.5,
    2**70,
    True,
    False,
    [],
    {},
    [1, [2, {"three": [None]}]],
    {"user": {"name": "李雷", "tags": ["a", "b"]}, "": 1, "$": "date"},
    datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=UTC),
    b"\x00\xff bytes",
    {"at": datetime(2024, 1, 1), "raw": [b"x"], "$": {"$": "bytes", "v": 1}},
    {"half": "\ud83d", "raw": b"x"},
]


#: Data are in a file if the phone has a folder, which programs must not notice.
IN_A_FOLDER = "weapp in a folder"


@pytest.fixture(params=[*PLATFORMS, IN_A_FOLDER])
def t(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    with _runtime(request.param, tmp_path) as runtime:
        yield runtime


def _runtime(where: str, folder: Path) -> Any:
    return taropy.create("weapp", folder=folder / "phone") if where == IN_A_FOLDER else taropy.create(where)


# --- values --------------------------------------------------------------------------------------------------------


@pytest.fixture(params=[*(name for name in PLATFORMS if name != "h5"), IN_A_FOLDER])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """Taro on a platform whose client keeps more than a browser, and tells what it keeps."""
    with _runtime(request.param, tmp_path) as runtime:
        yield runtime


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_comes_back_as_it_went_in(client: Any, value: Any) -> None:
    t = client
    t.setStorageSync("key", value)
    assert t.getStorageSync("key") == value
    assert type(t.getStorageSync("key")) in (type(value), taropy.Record)
    t.setStorage(key="key", data=[value]).result()
    assert t.getStorage(key="key").result().data == [value]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-(2**53), 2**53) | st.text() | st.binary() | st.datetimes(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet="$av", max_size=3), inner),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def wx() -> Iterator[Any]:
    with Phone() as phone:
        yield phone.native("weapp")


@settings(deadline=None, max_examples=200)
@given(value=json_values)
def test_any_value_comes_back_as_it_went_in(wx: Any, value: Any) -> None:
    wx.setStorageSync("any", value)
    assert wx.getStorageSync("any") == value


@pytest.mark.parametrize("platform", [name for name in PLATFORMS if name != "alipay"])
def test_nothing_can_be_stored_too(platform: str) -> None:
    with taropy.create(platform) as t:
        t.setStorageSync("key", None)
        assert t.getStorageSync("key") is None


def test_on_alipay_nothing_reads_as_the_empty_string() -> None:
    """Taro's adapter takes a value that is null for one that is not there."""
    with taropy.create("alipay") as t:
        t.setStorageSync("key", None)
        assert t.getStorageSync("key") == ""


def test_objects_read_by_attribute(t: Any) -> None:
    t.setStorageSync("user", {"name": "Han", "pets": [{"name": "Mei"}]})
    assert t.getStorageSync("user").pets[0].name == "Mei"


def test_results_can_be_stored(weapp: Any) -> None:
    weapp.setStorageSync("shown", {"last": weapp.showModal(title="Sure?").result()})
    assert weapp.getStorageSync("shown").last == {"errMsg": "showModal:ok", "confirm": True, "cancel": False}


def test_what_is_stored_is_a_copy(t: Any) -> None:
    cart = {"items": ["tea"]}
    t.setStorageSync("cart", cart)
    cart["items"].append("more tea")
    t.getStorageSync("cart")["items"].clear()
    assert t.getStorageSync("cart") == {"items": ["tea"]}


def _cycle() -> list[Any]:
    cycle: list[Any] = [b"x"]
    cycle.append(cycle)
    return cycle


def _deep() -> list[Any]:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    return deep


@pytest.mark.parametrize(
    "value",
    [len, object(), {"f": len}, {1, 2}, _cycle(), [_cycle()[1][1:]], _deep(), {(1, 2): "pair"}, {"big": 10**5000}],
    ids=["function", "object", "inner function", "set", "cycle", "plain cycle", "deep", "tuple key", "huge number"],
)
def test_what_cannot_be_stored_is_refused_and_the_old_value_stays(t: Any, value: Any) -> None:
    t.setStorageSync("key", "old")
    with pytest.raises(taropy.TaroError, match=r"^setStorageSync:fail parameter error: parameter.data can not"):
        t.setStorageSync("key", value)
    with pytest.raises(taropy.TaroError, match=r"^setStorage:fail parameter error: parameter.data can not"):
        t.setStorage(key="key", data=value).result()
    assert t.getStorageSync("key") == "old"


# --- keys ----------------------------------------------------------------------------------------------------------


def test_a_key_that_is_not_there_gives_the_empty_string(t: Any) -> None:
    assert t.getStorageSync("nothing") == ""


@pytest.mark.parametrize("platform", ["weapp", "qq", "jd"])
def test_getStorage_of_a_key_that_is_not_there_fails(platform: str) -> None:
    with taropy.create(platform) as t, pytest.raises(taropy.TaroError) as failure:
        t.getStorage(key="nothing").result()
    assert failure.value.errMsg == "getStorage:fail data not found"


def test_on_alipay_a_key_that_is_not_there_has_no_data() -> None:
    my = Phone().native("alipay", "my")
    answers: list[Any] = []
    my.getStorage({"key": "nothing", "success": answers.append})
    assert answers == [{"errMsg": "getStorage:ok", "data": None}]
    assert my.getStorageSync({"key": "nothing"}) == {"data": None}


def test_a_removed_key_is_gone(t: Any) -> None:
    t.setStorageSync("a", 1)
    t.setStorageSync("b", 2)
    t.removeStorageSync("a")
    t.removeStorage(key="b").result()
    t.removeStorageSync("never there")
    assert t.getStorageInfoSync()["keys"] == []


def test_clearing_removes_everything(t: Any) -> None:
    for clear in (t.clearStorageSync, lambda: t.clearStorage().result()):
        t.setStorageSync("a", 1)
        clear()
        assert t.getStorageSync("a") == ""


def test_keys_are_listed_in_the_order_they_were_first_stored(client: Any) -> None:
    t = client
    for key in ("b", "c", "a", "c"):
        t.setStorageSync(key, key)
    assert t.getStorageInfoSync()["keys"] == ["b", "c", "a"]
    assert t.getStorageInfo().result()["keys"] == ["b", "c", "a"]


@pytest.mark.parametrize("key", [None, 1, True, ["k"], {}, b"k"], ids=repr)
def test_a_key_has_to_be_a_string(weapp: Any, key: Any) -> None:
    wx = weapp.phone.native("weapp")
    failures: list[Any] = []
    for name in ("getStorage", "setStorage", "removeStorage"):
        getattr(wx, name)({"key": key, "data": 1, "fail": failures.append})
        with pytest.raises(Exception, match=f"{name}Sync:fail parameter error: parameter should be String instead of "):
            getattr(wx, f"{name}Sync")(key)
    assert all("fail parameter error: parameter.key should be String instead of " in f["errMsg"] for f in failures)
    assert len(failures) == 3


@pytest.mark.parametrize("key", ["", "half \ud83d"], ids=ascii)
def test_an_unusable_key_is_refused(client: Any, key: str) -> None:
    t = client
    with pytest.raises(taropy.TaroError, match="setStorageSync:fail:invalid key"):
        t.setStorageSync(key, 1)
    assert t.getStorageInfoSync()["keys"] == []


@pytest.mark.parametrize("key", ["'; DROP TABLE storage; --", "%", "\x00", "k" * 10_000, "键"], ids=ascii)
def test_any_text_is_a_key(t: Any, key: str) -> None:
    t.setStorageSync(key, "value")
    assert t.getStorageSync(key) == "value"
    assert t.getStorageInfoSync()["keys"] == [key]


# --- limits --------------------------------------------------------------------------------------------------------

LIMITS = [
    ("weapp", MB, "setStorage:fail:entry size limit reached"),
    ("qq", MB, "setStorage:fail:entry size limit reached"),
    ("alipay", 200 * KB, "setStorage:fail data长度超限"),
    ("tt", MB, "setStorage:fail exceed storage item max length"),
]


@pytest.mark.parametrize(("platform", "limit", "errMsg"), LIMITS)
def test_a_value_may_be_as_big_as_the_platform_allows(platform: str, limit: int, errMsg: str) -> None:
    with taropy.create(platform) as t:
        fits = "x" * (limit - len("key"))
        t.setStorageSync("key", fits)
        with pytest.raises(taropy.TaroError) as failure:
            t.setStorage(key="key", data=fits + "x").result()
        assert failure.value.errMsg == errMsg
        assert t.getStorageSync("key") == fits


def test_alipay_gives_its_own_error_number() -> None:
    failures: list[Any] = []
    Phone().native("alipay", "my").setStorage({"key": "k", "data": "x" * 200 * KB, "fail": failures.append})
    assert failures[0]["error"] == 14


TOTALS = [
    ("weapp", 10, MB, "setStorage:fail:quota reached"),
    ("alipay", 52, 200 * KB, "setStorage:fail 存储总大小达到上限"),
    ("tt", 10, MB, "setStorage:fail exceed storage max size 10Mb"),
]


@pytest.mark.parametrize(("platform", "count", "size", "errMsg"), TOTALS)
def test_the_whole_may_be_as_big_as_the_platform_allows(platform: str, count: int, size: int, errMsg: str) -> None:
    with taropy.create(platform) as t:
        big = "x" * (size - 2)
        for index in range(10, 10 + count - 1):
            t.setStorageSync(str(index), big)
        t.setStorageSync("99", big if platform != "alipay" else "x" * (40 * KB - 2))
        with pytest.raises(taropy.TaroError) as failure:
            t.setStorage(key="1", data="x").result()
        assert failure.value.errMsg == errMsg
        t.setStorageSync("10", big[1:] + "y")  # in place of what was there, so no bigger
        t.setStorageSync("10", "small")
        t.setStorageSync("1", "x")
        assert t.getStorageSync("1") == "x"


def test_many_small_values_cannot_pass_the_limit_either() -> None:
    with taropy.create("weapp") as t:
        for number in range(160):
            t.setStorageSync(f"{number:08}", "x" * (64 * KB - 8))
        with pytest.raises(taropy.TaroError, match="quota reached"):
            t.setStorageSync("k", "")
        assert t.getStorageInfoSync()["currentSize"] == 10 * KB


@pytest.mark.parametrize("options", [None, {}, "key", 5], ids=repr)
def test_alipay_tells_what_is_wrong_with_options(options: Any) -> None:
    my = Phone().native("alipay", "my")
    for name in ("getStorageSync", "removeStorageSync"):
        with pytest.raises(NativeError, match=f"{name}:fail parameter error: parameter should be String") as caught:
            getattr(my, name)(options)
        assert caught.value.error == 2
    told = my.setStorageSync(options)
    assert told["errMsg"].startswith("setStorageSync:fail parameter error: parameter")
    assert told["error"] == 2


def test_alipay_returns_what_keeps_it_from_storing_and_a_program_of_taros_gets_it_thrown() -> None:
    large = "x" * 200 * KB
    with taropy.create("alipay") as t:
        my = t.phone.native("alipay")
        for key, data, error in (("k", large, 14), ("", "tea", 2)):
            assert my.setStorageSync({"key": key, "data": data})["error"] == error
            with pytest.raises(taropy.TaroError) as caught:
                t.setStorageSync(key, data)
            assert (caught.value.error, caught.value.errCode, bool(caught.value.errorMessage)) == (error, error, True)
        assert my.setStorageSync({"key": "k"})["error"] == 2, "data are missing"
        assert t.getStorageInfoSync()["keys"] == []
        for each in range(53):
            t.setStorageSync(f"key {each}", "x" * 190 * KB)
        assert my.setStorageSync({"key": "one more", "data": "x" * 190 * KB})["error"] == 12


def test_what_alipay_is_given_beside_the_options_changes_nothing() -> None:
    my = Phone().native("alipay", "my")
    my.setStorageSync({"key": "k", "data": "value"}, 0, [])
    assert my.getStorageSync({"key": "k"}, 0, []) == {"data": "value"}
    assert my.removeStorageSync({"key": "k"}, 0, []) == {"success": True}


def test_the_sizes_are_told_in_kilobytes(client: Any) -> None:
    t = client
    assert t.getStorageInfoSync()["currentSize"] == 0
    t.setStorageSync("key", "x" * 1021)
    assert t.getStorageInfoSync()["currentSize"] == 1
    t.setStorageSync("k", "")
    assert t.getStorageInfo().result()["currentSize"] == 2
    assert t.getStorageInfoSync()["limitSize"] == 10 * KB


# --- batches -------------------------------------------------------------------------------------------------------


def test_a_batch_is_stored_and_read_in_order(weapp: Any) -> None:
    weapp.batchSetStorageSync([{"key": "a", "value": 1}, {"key": "b", "value": {"c": 2}}])
    assert weapp.batchGetStorageSync(["b", "none", "a"]) == [{"c": 2}, "", 1]
    weapp.batchSetStorage(kvList=[{"key": "a", "value": 3}]).result()
    assert weapp.batchGetStorage(keyList=["a"]).result()["dataList"] == [3]


@pytest.mark.parametrize(
    "bad",
    [{"key": "", "value": 1}, {"key": 1}, {"key": "c", "value": len}, "c", None, {"key": "c", "value": "x" * 2 * MB}],
    ids=["empty key", "number key", "function", "string", "nothing", "too big"],
)
def test_a_batch_is_stored_whole_or_not_at_all(weapp: Any, bad: Any) -> None:
    wx = weapp.phone.native("weapp")
    failures: list[Any] = []
    wx.batchSetStorage({"kvList": [{"key": "a", "value": 1}, bad, {"key": "b", "value": 2}], "fail": failures.append})
    assert failures[0]["errMsg"].startswith("batchSetStorage:fail")
    assert weapp.getStorageInfoSync()["keys"] == []


def test_a_batch_that_grows_past_the_limit_leaves_nothing(weapp: Any) -> None:
    weapp.setStorageSync("before", "kept")
    batch = [{"key": str(index), "value": "x" * (MB - 8)} for index in range(11)]
    with pytest.raises(taropy.TaroError, match="batchSetStorageSync:fail:quota reached"):
        weapp.batchSetStorageSync(batch)
    assert weapp.getStorageInfoSync()["keys"] == ["before"]
    weapp.batchSetStorageSync(batch[:9])
    assert len(weapp.getStorageInfoSync()["keys"]) == 10


@pytest.mark.parametrize("given", [None, "ab", {"key": "a"}, 5], ids=repr)
def test_a_batch_has_to_be_a_list(weapp: Any, given: Any) -> None:
    wx = weapp.phone.native("weapp")
    for name in ("batchSetStorageSync", "batchGetStorageSync"):
        with pytest.raises(Exception, match=f"{name}:fail parameter error: parameter should be Array instead of "):
            getattr(wx, name)(given)
