"""What programs get and give is pickled, copied and sent to other processes; what can't be says so in a line."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

import taropy
from taropy import models, spec
from taropy.extras import MissingExtra
from taropy.phone import EventChannel, Fail, NativeError, OpenPlatform, PhoneFolderError, RegisteredApp, User
from taropy.phone.open_platform import Reason, Refused

WAYS: dict[str, Callable[[Any], Any]] = {
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
    "pickled": lambda value: pickle.loads(pickle.dumps(value)),
    "pickled the old way": lambda value: pickle.loads(pickle.dumps(value, protocol=0)),
}
by_every_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
def t() -> Any:
    with taropy.create("weapp", log=True) as runtime:
        runtime.setStorageSync("tea", {"leaves": [7]})
        yield runtime


@by_every_way
def test_results_come_out_as_they_went_in(way: str, t: Any) -> None:
    results = [
        t.login().result(),
        t.getStorage(key="tea").result(),
        t.getStorageInfoSync(),
        t.getSystemInfoSync(),
        t.getSetting(withSubscriptions=True).result(),
    ]
    for result in results:
        came = WAYS[way](result)
        assert type(came) is type(result)
        assert came == result
        assert came is not result
        assert dict(came) == dict(result)


@by_every_way
def test_the_keys_of_a_storage_work_as_field_and_as_method(way: str, t: Any) -> None:
    came = WAYS[way](t.getStorageInfoSync())
    came["more"] = 1
    assert came.keys == ["tea"]
    assert set({**came}) == {*t.getStorageInfoSync(), "more"}
    assert "more" in list(came.keys())


def test_every_type_of_options_and_results_is_found_again() -> None:
    kinds = [getattr(models, name) for name in spec.model_names()]
    assert [kind.__name__ for kind in kinds if pickle.loads(pickle.dumps(kind)) is not kind] == []


@by_every_way
def test_options_come_out_as_they_went_in(way: str) -> None:
    option = models.RequestOption(url="https://example.com", data={"n": [1]}, header={"a": "b"})
    assert WAYS[way](option) == option


@by_every_way
def test_records_come_out_as_they_went_in_whatever_their_keys(way: str) -> None:
    value = taropy.Record(items=1, __deepcopy__=2, __reduce_ex__=3, __setstate__=4, inner=taropy.Record(a=[{"b": 1}]))
    came = WAYS[way](value)
    assert came == value
    assert (type(came), type(came.inner)) == (taropy.Record, taropy.Record)


def test_a_deep_copy_of_a_record_shares_nothing_and_may_contain_itself() -> None:
    value = taropy.Record(inner=taropy.Record(a=[1]))
    value["self"] = value
    came = copy.deepcopy(value)
    came.inner.a.append(2)
    assert value.inner.a == [1]
    assert came["self"] is came


ERRORS: list[BaseException] = [
    taropy.TaroError("login:fail no", 7, api="login", platform="weapp", fields={"errno": 3}),
    taropy.ParameterError("login:fail parameter error", api="login", platform="weapp"),
    taropy.NotSupported("login", "h5", reason="platform", supported_on=["weapp"]),
    taropy.NotSupported("login", "h5", reason="host", host="phone"),
    taropy.AggregateError([ValueError("one"), KeyError("two")]),
    taropy.UnhandledRejectionWarning(ValueError("one")),
    taropy.PlatformError("no such platform"),
    taropy.ConfigError("no pages"),
    PhoneFolderError("my-phone/storage.sqlite", "is damaged", recoverable=True),
    Fail("no", 7, errno=3),
    NativeError({"errMsg": "login:fail no", "errCode": 7}),
    MissingExtra("crypto", "cryptography"),
    Refused(Reason.NO_APPID),
]


@by_every_way
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_come_out_as_they_went_in(error: BaseException, way: str) -> None:
    came = WAYS[way](error)
    assert (type(came), str(came)) == (type(error), str(error))
    assert vars(came).keys() == vars(error).keys()
    for name in ("errMsg", "errCode", "errno", "api", "reason", "path", "recoverable", "extra", "fields"):
        assert getattr(came, name, None) == getattr(error, name, None)


@by_every_way
def test_what_a_test_holds_of_a_phone_comes_out_as_it_went_in(way: str, t: Any) -> None:
    for value in (
        User("alice", gender=2),
        RegisteredApp("weapp", "wx1", "secret", "me"),
        t.platform,
        t.phone.app("tt"),
    ):
        assert WAYS[way](value) == value
    [call, *_] = WAYS[way](t.phone.log.of("setStorageSync"))
    assert (call.api, call.options) == ("setStorageSync", {"key": "tea", "data": {"leaves": [7]}})


def test_events_that_are_copied_have_listeners_of_their_own() -> None:
    heard: list[str] = []
    events = taropy.Events().on("tea", lambda: heard.append("both"))
    copied = copy.copy(events).on("tea", lambda: heard.append("copy"))
    events.trigger("tea")
    assert heard == ["both"]
    copied.trigger("tea")
    assert heard == ["both", "both", "copy"]


REFUSED: dict[str, tuple[Callable[[Any], Any], str]] = {
    "Taro": (lambda t: t, r"a Taro can't be pickled or copied; taropy.create\(\) makes one"),
    "the process's Taro": (lambda t: taropy.Taro, "a Taro can't be pickled or copied"),
    "a phone": (lambda t: t.phone, r"a phone can't be pickled or copied; snapshot\(\)"),
    "a manager": (lambda t: t.getFileSystemManager(), "a FileSystemManager can't be pickled or copied"),
    "a query": (lambda t: t.createSelectorQuery(), "a SelectorQuery can't be pickled or copied"),
    "a channel": (
        lambda t: t._runtime.managers.wrap("EventChannel", EventChannel()),
        "an EventChannel can't be pickled or copied",
    ),
    "a native object": (lambda t: t.native, "a phone's native object can't be pickled or copied"),
    "an open platform": (lambda t: OpenPlatform(), "an open platform can't be pickled or copied"),
}


@by_every_way
@pytest.mark.parametrize("what", REFUSED)
def test_what_belongs_to_a_running_program_refuses_in_a_line(what: str, way: str, t: Any) -> None:
    value, words = REFUSED[what]
    with pytest.raises(TypeError, match=words) as told:
        WAYS[way](value(t))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("way", ["copied deeply", "pickled"])
def test_what_contains_it_refuses_too(way: str, t: Any) -> None:
    with pytest.raises(TypeError, match="a Taro can't be pickled or copied"):
        WAYS[way]([1, {"taro": t}])


def test_an_object_that_nobody_has_made_is_an_error_and_no_endless_search() -> None:
    for kind in (type(taropy.create("weapp")), type(taropy.create("weapp").getFileSystemManager())):
        with pytest.raises(AttributeError):
            kind.__new__(kind).login  # noqa: B018


def test_a_snapshot_is_copied_as_itself_and_not_pickled(t: Any) -> None:
    t.getFileSystemManager().writeFileSync(f"{t.env.USER_DATA_PATH}/leaf", "green")
    snapshot = t.phone.snapshot()
    for copied in (copy.copy(snapshot), copy.deepcopy([snapshot])[0]):
        t.getFileSystemManager().writeFileSync(f"{t.env.USER_DATA_PATH}/leaf", "red")
        t.phone.restore(copied)
        assert t.getFileSystemManager().readFileSync(f"{t.env.USER_DATA_PATH}/leaf", "utf8") == "green"
    with pytest.raises(TypeError, match=r"a snapshot can't be pickled; .* Phone\(folder\)"):
        pickle.dumps(snapshot)


def test_a_result_is_read_in_a_process_that_has_not_imported_its_type(t: Any) -> None:
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer))"
    result = t.login().result()
    done = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(result), capture_output=True, check=True)
    assert done.stdout.decode().strip() == repr(result)


def log_in(user: str) -> Any:
    with taropy.create("weapp", user=user) as t:
        return t.getStorage(key="no").catch(lambda error: error).result(), t.login().result()


@pytest.mark.parametrize(
    "method", [name for name in ("spawn", "forkserver") if name in multiprocessing.get_all_start_methods()]
)
def test_a_pool_of_processes_gives_results_and_errors_back(method: str) -> None:
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        for error, result in pool.map(log_in, ["alice", "bob"]):
            assert (type(error), error.errMsg) == (taropy.TaroError, "getStorage:fail data not found")
            assert (type(result), len(result.code)) == (models.LoginResult, 32)
