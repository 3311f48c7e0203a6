"""How native objects answer: at once, later, twice, never, from another thread, with anything."""

from __future__ import annotations

import asyncio
import functools
import threading
from types import SimpleNamespace

import pytest
from natives import Held, Network

import taropy
from taropy import TaroError


@pytest.mark.anyio
async def test_only_the_first_answer_counts(native, taro):
    seen = []

    def login(options):
        options["success"]({"code": "first"})
        options["success"]({"code": "second"})
        options["fail"]({"errMsg": "login:fail"})
        options["complete"]({})

    native.login = login
    assert (await taro.login(success=seen.append, fail=seen.append, complete=seen.append)).code == "first"
    assert [res.code for res in seen] == ["first", "first"]


@pytest.mark.anyio
async def test_an_answer_after_the_call_has_ended_changes_nothing(native, taro):
    native.login = Held()
    seen = []
    promise = taro.login(success=seen.append)
    native.login.succeed(code="first")
    assert (await promise).code == "first"
    native.login.succeed(code="again")
    await asyncio.sleep(0)
    assert (await promise).code == "first"
    assert len(seen) == 1


def test_a_native_object_that_never_answers_is_given_up_on(native):
    native.login = native.checkSession = Held()
    t = taropy.create(native=native, timeout=10)
    with pytest.raises(TaroError, match=r"^checkSession:fail timeout$"):
        t.checkSession().result()


@pytest.mark.anyio
async def test_an_answer_that_comes_too_late_changes_nothing(native):
    native.checkSession = Held()
    t = taropy.create(native=native, timeout=10)
    seen = []
    promise = t.checkSession(success=seen.append, fail=seen.append)
    with pytest.raises(TaroError, match="timeout"):
        await promise
    native.checkSession.succeed()
    await asyncio.sleep(0)
    assert [err.errMsg for err in seen] == ["checkSession:fail timeout"]


def test_a_request_that_is_given_up_on_is_aborted():
    network = Network()
    with pytest.raises(TaroError, match="request:fail timeout"):
        taropy.create(native=network, timeout=10).request("http://localhost").result()
    assert network.tasks[0].asked == [("abort", ())]


@pytest.mark.anyio
async def test_a_call_that_waits_for_a_person_is_not_limited(native):
    native.showModal = Held()
    native.checkSession = Held()
    t = taropy.create(native=native, timeout=10)
    modal = t.showModal(title="Sure?")
    with pytest.raises(TaroError, match="timeout"):
        await t.checkSession()
    native.showModal.succeed(confirm=True)
    assert (await modal).confirm


@pytest.mark.anyio
async def test_the_calls_own_longer_timeout_counts():
    network = Network()
    t = taropy.create(native=network, timeout=10)
    patient = t.request(url="http://localhost", timeout=60_000)
    with pytest.raises(TaroError, match="timeout"):
        await t.request(url="http://localhost")
    network.tasks[0].options["success"]({"statusCode": 200})
    assert (await patient).statusCode == 200


def test_an_answer_may_come_from_another_thread(native, taro):
    native.login = lambda options: threading.Thread(
        target=options["success"], args=({"code": "from a thread"},)
    ).start()
    assert taro.login().result().code == "from a thread"


@pytest.mark.anyio
async def test_callbacks_run_in_the_loop_also_when_the_answer_comes_from_another_thread(native, taro):
    ran_in = []
    native.login = lambda options: threading.Thread(target=options["fail"], args=({"errMsg": "login:fail x"},)).start()
    with pytest.raises(TaroError, match="login:fail x"):
        await taro.login(fail=lambda err: ran_in.append(threading.get_ident()))
    assert ran_in == [threading.get_ident()]


def test_an_answer_from_another_thread_after_the_program_has_ended_is_dropped(native, taro):
    native.login = Held()
    promises = []

    async def main():
        promises.append(taro.login())

    asyncio.run(main())
    faults = []

    def answer():
        try:
            native.login.succeed(code="too late")
        except Exception as error:
            faults.append(error)

    thread = threading.Thread(target=answer)
    thread.start()
    thread.join()
    assert faults == []


def test_a_native_object_that_throws_rejects(native, taro):
    def login(options):
        raise ValueError("the bridge is down")

    native.login = login
    with pytest.raises(TaroError) as caught:
        taro.login().result()
    assert caught.value.errMsg == "login:fail the bridge is down"
    assert isinstance(caught.value.__cause__, ValueError)


@pytest.mark.parametrize(
    ("given", "message", "code"),
    [
        ({"errMsg": "login:fail no network", "errCode": 7}, "login:fail no network", 7),
        ({"error": 11, "errorMessage": "not authorised"}, "login:fail not authorised", 11),
        ({"message": "broken"}, "login:fail broken", None),
        ({}, "login:fail", None),
        (None, "login:fail", None),
        ("just a text", "login:fail just a text", None),
        (SimpleNamespace(errMsg="login:fail by attribute", errCode=9), "login:fail by attribute", 9),
        (OSError("disk"), "login:fail disk", None),
    ],
)
def test_a_failure_reads_alike_whatever_the_native_object_gives(native, taro, given, message, code):
    native.login = lambda options: options["fail"](given)
    with pytest.raises(TaroError) as caught:
        taro.login().result()
    assert (caught.value.errMsg, caught.value.errCode, str(caught.value)) == (message, code, message)


def test_fields_of_a_native_failure_are_kept(native, taro):
    native.login = lambda options: options["fail"]({"errMsg": "login:fail", "errno": 5, "detail": {"a": 1}})
    with pytest.raises(TaroError) as caught:
        taro.login().result()
    assert (caught.value.errno, caught.value["detail"]) == (5, {"a": 1})


def test_a_native_function_may_be_async_and_return_the_results_fields(native, taro):
    async def login(options):
        await asyncio.sleep(0)
        return {"code": f"after {options['timeout']}"}

    native.login = login
    res = taro.login(timeout=5).result()
    assert (res.code, res.errMsg) == ("after 5", "login:ok")


def test_an_async_native_function_that_raises_rejects(native, taro):
    async def login(options):
        raise RuntimeError("no signal")

    native.login = login
    with pytest.raises(TaroError, match="login:fail no signal"):
        taro.login().result()


def test_an_async_native_function_may_answer_by_callbacks_as_well(native, taro):
    async def login(options):
        options["success"]({"code": "by callback"})

    native.login = login
    assert taro.login().result().code == "by callback"


@pytest.mark.parametrize("answer", [None, {}, {"errMsg": "login:ok"}])
def test_an_answer_without_fields_has_an_err_msg_all_the_same(native, taro, answer):
    native.login = lambda options: options["success"](answer)
    assert taro.login().result().errMsg == "login:ok"


def test_success_may_be_called_with_nothing(native, taro):
    native.login = lambda options: options["success"]()
    assert taro.login().result().errMsg == "login:ok"


def test_a_native_object_that_calls_only_complete_has_answered(native, taro):
    native.login = lambda options: options["complete"]({"errMsg": "login:ok", "code": "c"})
    native.checkSession = lambda options: options["complete"]({"errMsg": "checkSession:fail gone"})
    assert taro.login().result().code == "c"
    with pytest.raises(TaroError, match="checkSession:fail gone"):
        taro.checkSession().result()


def test_an_answer_that_is_no_object_is_given_as_it_is(native, taro):
    native.login = lambda options: options["success"]("a text")
    assert taro.login().result() == "a text"


@pytest.mark.parametrize(("platform", "alias"), [("alipay", "getAuthCode"), ("swan", "getLoginCode")])
def test_messages_name_taros_function_not_the_platforms(platform, alias):
    def ok(options):
        options["success"]({"errMsg": f"{alias}:ok", "authCode": "c", "code": "c"})

    def wrong(options):
        options["fail"]({"errMsg": f"{alias}:fail no account"})

    assert taropy.create(platform, native=SimpleNamespace(**{alias: ok})).login().result().errMsg == "login:ok"
    with pytest.raises(TaroError) as caught:
        taropy.create(platform, native=SimpleNamespace(**{alias: wrong})).login().result()
    assert caught.value.errMsg == "login:fail no account"


def test_a_function_that_returns_its_value_gives_it_at_once(taro):
    info = taro.getSystemInfoSync()
    assert (info.platform, info["SDKVersion"]) == ("ios", "3.5.0")


def test_a_native_function_that_returns_its_value_and_throws_raises_a_taro_error(native, taro):
    def getStorageSync(key):
        raise KeyError(key)

    native.getStorageSync = getStorageSync
    with pytest.raises(TaroError) as caught:
        taro.getStorageSync("token")
    assert (caught.value.api, type(caught.value.__cause__)) == ("getStorageSync", KeyError)


def test_positional_arguments_may_be_given_by_name(native, taro):
    stored = {}
    native.setStorageSync = stored.__setitem__
    taro.setStorageSync(key="a", data=1)
    taro.setStorageSync("b", data=2)
    assert stored == {"a": 1, "b": 2}


def test_a_bound_call_is_made_once_and_kept(taro):
    assert taro.login is taro.login
    assert taro.login.__name__ == "login"


def by_hand(native, answer):
    """A native function that gives `answer(options)` at once, and counts how it was called."""
    told = []

    def login(options):
        told.append("callbacks")
        options["success"](answer(options))

    def at_once(options):
        told.append("at once")
        return answer(options)

    login.at_once = at_once
    native.login = login
    return told


@pytest.mark.anyio
async def test_a_native_function_that_answers_at_once_needs_no_callbacks(native, taro):
    told = by_hand(native, lambda options: {"code": str(sorted(options))})
    seen = []
    promise = taro.login(timeout=5, success=seen.append)
    assert seen == []
    assert (await promise) == {"code": "['timeout']", "errMsg": "login:ok"}
    assert [res.code for res in seen] == ["['timeout']"]
    assert told == ["at once"]


@pytest.mark.anyio
async def test_a_call_that_cannot_be_answered_at_once_goes_the_native_way(native, taro):
    told = by_hand(native, lambda options: {"code": "native"})
    native.login.at_once = lambda options: NotImplemented
    assert (await taro.login()).code == "native"
    assert told == ["callbacks"]


@pytest.mark.anyio
async def test_a_failure_at_once_has_all_its_fields(native, taro):
    class Denied(Exception):
        result = {"errMsg": "login:fail denied", "errCode": 7, "until": "noon"}  # noqa: RUF012

    def denied(options):
        raise Denied

    by_hand(native, denied)
    seen = []
    with pytest.raises(TaroError, match=r"^login:fail denied$") as caught:
        await taro.login(fail=seen.append)
    assert (caught.value.errCode, caught.value["until"]) == (7, "noon")
    assert seen == [caught.value]


@pytest.mark.anyio
async def test_what_wraps_a_native_function_is_what_is_called(native, taro):
    told = by_hand(native, lambda options: {"code": "native"})
    login = native.login

    @functools.wraps(login)  # which copies all that the function has
    def recorded(options):
        told.append("recorded")
        return login(options)

    native.login = recorded
    assert (await taro.login()).code == "native"
    assert told == ["recorded", "callbacks"]


@pytest.mark.anyio
async def test_a_result_is_the_programs_own_and_not_the_native_objects(native, taro):
    kept = {"errMsg": "login:ok", "code": "first"}
    native.login = lambda options: options["success"](kept)
    res = await taro.login()
    res["code"] = "changed"
    assert kept == {"errMsg": "login:ok", "code": "first"}
