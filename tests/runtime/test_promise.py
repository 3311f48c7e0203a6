"""`taropy.Promise`: JavaScript's promise, for Python programs."""

from __future__ import annotations

import asyncio
from unittest.mock import Mock

import pytest
from natives import Everything
from promises import later, raising

import taropy
from taropy import AggregateError, Promise, Rejected, TaroError
from taropy.models import RequestResult
from taropy.typing import PromiseFulfilledResult, PromiseRejectedResult

# --- making one ----------------------------------------------------------------------------------------------------


def test_the_executor_runs_at_once():
    ran = []
    promise = Promise(lambda resolve, reject: (ran.append("executor"), resolve(1)))
    assert (ran, promise.result()) == (["executor"], 1)


def test_an_executor_that_raises_rejects():
    with pytest.raises(ZeroDivisionError):
        Promise(lambda resolve, reject: 1 / 0).result()


def test_an_executor_may_be_async():
    async def executor(resolve, reject):
        await asyncio.sleep(0)
        resolve("late")

    assert Promise(executor).result() == "late"


def test_an_async_executor_that_raises_rejects():
    async def executor(resolve, reject):
        raise KeyError("no")

    with pytest.raises(KeyError):
        Promise(executor).result()


def test_only_the_first_resolve_or_reject_counts():
    def executor(resolve, reject):
        resolve(1)
        reject(ValueError())
        resolve(2)

    assert Promise(executor).result() == 1


@pytest.mark.anyio
async def test_once_it_follows_another_promise_nothing_else_counts():
    def executor(resolve, reject):
        resolve(later("followed"))
        resolve("too late")
        reject(ValueError("too late"))

    assert await Promise(executor) == "followed"


def test_what_an_executor_raises_after_it_has_resolved_is_ignored():
    def executor(resolve, reject):
        resolve(1)
        raise ValueError

    assert Promise(executor).result() == 1


def test_resolve_and_reject_may_be_called_without_anything():
    assert Promise(lambda resolve, reject: resolve()).result() is None
    with pytest.raises(TaroError):
        Promise(lambda resolve, reject: reject()).result()


def test_a_promise_cannot_follow_itself():
    resolvers = []
    promise = Promise(lambda resolve, reject: resolvers.append(resolve))
    resolvers[0](promise)
    with pytest.raises(TypeError):
        promise.result()


def test_resolve_gives_a_promise_as_it_is_and_wraps_anything_else():
    promise = Promise.resolve(1)
    assert Promise.resolve(promise) is promise
    assert Promise.resolve(None).result() is None


def test_resolve_takes_any_awaitable():
    async def work():
        return "worked"

    assert Promise.resolve(work()).result() == "worked"


class Thenable:
    """What a program of its own has in place of promises."""

    def then(self, resolve, reject):
        resolve("then")


class AsyncThenable:
    """One whose `then` is async."""

    async def then(self, resolve, reject):
        await asyncio.sleep(0)
        resolve("then")


@pytest.mark.parametrize(
    "thenable",
    [Thenable(), AsyncThenable(), {"then": lambda resolve: resolve("then")}],
    ids=["an object", "an async one", "a dict"],
)
def test_resolve_follows_a_thenable(thenable):
    assert Promise.resolve(thenable).result(timeout=20) == "then"
    assert Promise(lambda resolve: resolve(thenable)).result(timeout=20) == "then"
    assert Promise.resolve().then(lambda: thenable).result(timeout=20) == "then"


def test_a_mock_that_has_everything_is_no_thenable():
    mock = Mock()
    assert Promise.resolve(mock).result(timeout=20) is mock


@pytest.mark.parametrize("kind", [Thenable, Promise], ids=["thenables", "promises"])
def test_a_class_is_no_thenable_though_its_objects_are(kind):
    assert Promise.resolve(kind).result(timeout=20) is kind


def test_a_then_of_a_promises_own_is_honoured_wherever_it_is_followed():
    def doubled():
        promise = Promise.resolve(21)
        then = promise.then
        promise.then = lambda ok=None, no=None: then(lambda value: value * 2).then(ok, no)
        return promise

    async def awaited():
        return await doubled()

    assert asyncio.run(awaited()) == 42
    assert Promise.resolve(awaited()).result(timeout=20) == 42
    assert Promise(lambda resolve: resolve(doubled())).result(timeout=20) == 42
    assert Promise.all([doubled(), 1]).result(timeout=20) == [42, 1]
    assert Promise.resolve(doubled()).then(lambda value: value).result(timeout=20) == 42
    assert doubled().finally_(print).result(timeout=20) == 42


def test_a_call_whose_then_was_replaced_goes_through_it(on_phone):
    seen = []
    task = on_phone.getStorage(key="no")
    then = task.then
    task.then = lambda ok=None, no=None: then(ok, lambda err: (seen.append(err.errMsg), ok("nothing")))

    async def main():
        return await task

    assert asyncio.run(main()) == "nothing"
    assert seen == ["getStorage:fail data not found"]


@pytest.mark.anyio
async def test_resolve_follows_futures_and_tasks():
    future = asyncio.get_running_loop().create_future()
    promise = Promise.resolve(future)
    future.set_result("done")
    assert await promise == "done"


REASONS = [
    "just a text",
    7,
    None,
    {"errMsg": "no", "statusCode": 500},
    RequestResult(errMsg="no", statusCode=500, data=None, header={}),
]


@pytest.mark.parametrize("reason", REASONS, ids=["text", "number", "nothing", "dict", "result"])
def test_handlers_get_the_very_thing_that_was_rejected(reason):
    assert Promise.reject(reason).catch(lambda got: [got]).result()[0] is reason
    assert Promise.reject(reason).then(None, lambda got: [got]).result()[0] is reason
    assert Promise.allSettled([Promise.reject(reason)]).result()[0].reason is reason
    assert Promise.any([Promise.reject(reason)]).catch(lambda error: error.errors).result() == [reason]


@pytest.mark.parametrize("reason", REASONS, ids=["text", "number", "nothing", "dict", "result"])
def test_await_raises_what_is_no_exception_in_one_that_keeps_it_apart(reason):
    with pytest.raises(Rejected) as caught:
        Promise.reject(reason).result()
    assert caught.value.value is reason
    assert isinstance(caught.value, TaroError)


def test_a_text_as_reason_adds_no_fields_of_ours():
    with pytest.raises(Rejected, match="sold out") as caught:
        Promise.reject("sold out").result()
    error = caught.value
    assert ({**error}, error.errMsg, error.message) == ({}, "", None)


@pytest.mark.parametrize(
    "reason",
    [{"errMsg": "no", "statusCode": 500}, RequestResult(errMsg="no", statusCode=500, data=None, header={})],
    ids=["dict", "result"],
)
def test_an_object_that_is_the_reason_gives_the_error_its_fields(reason):
    with pytest.raises(Rejected) as caught:
        Promise.reject(reason).result()
    error = caught.value
    assert (error.errMsg, error.statusCode, error["statusCode"]) == ("no", 500, 500)
    assert {**error} == dict(reason)


def test_a_reason_that_is_rejected_again_carries_its_own_fields():
    with pytest.raises(Rejected) as caught:
        Promise.reject({"code": "1"}).catch(lambda err: Promise.reject({"message": "failed", **err})).result()
    error = caught.value
    assert {**error} == {"message": "failed", "code": "1"}
    assert (error.message, error.code, error.value) == ("failed", "1", {"message": "failed", "code": "1"})


def test_a_reason_that_await_has_raised_goes_on_as_it_was():
    async def load():
        await Promise.reject("sold out")

    assert Promise.resolve(load()).catch(lambda reason: reason).result() == "sold out"


def test_a_text_that_was_rejected_can_be_shown(on_phone):
    Promise.reject("sold out").catch(lambda text: on_phone.showToast(title=text, icon="none")).result()
    assert on_phone.phone.screen.toast.title == "sold out"


def test_the_error_of_a_call_has_a_message_as_javascript_has(on_phone):
    told = Promise(lambda resolve: on_phone.getStorage(key="no").catch(lambda err: resolve(err.message or "failed")))
    assert told.result(timeout=20) == "failed"


def test_an_exception_is_raised_as_it_is():
    error = ValueError("mine")
    with pytest.raises(ValueError) as caught:
        Promise.reject(error).result()
    assert caught.value is error


# --- then, catch, finally_ -----------------------------------------------------------------------------------------


def test_then_gives_what_the_handler_returns():
    assert Promise.resolve(1).then(lambda value: value + 1).then(lambda value: value * 10).result() == 20


def test_then_without_a_handler_passes_the_value_on():
    assert Promise.resolve(1).then().then(None).result() == 1


def test_a_rejection_passes_by_handlers_that_are_not_for_it():
    seen = []
    outcome = Promise.reject(ValueError("x")).then(seen.append).finally_(lambda: seen.append("finally")).catch(str)
    assert (outcome.result(), seen) == ("x", ["finally"])


def test_catch_gives_back_a_value_and_the_chain_goes_on():
    assert Promise.reject(ValueError()).catch(lambda error: "mended").then(str.upper).result() == "MENDED"


def test_a_handler_that_raises_rejects_what_then_returned():
    with pytest.raises(KeyError):
        Promise.resolve(1).then(raising(KeyError())).result()
    with pytest.raises(KeyError):
        Promise.reject(ValueError()).catch(raising(KeyError())).result()


def test_the_second_handler_of_then_is_not_for_the_first_ones_errors():
    seen = []
    with pytest.raises(KeyError):
        Promise.resolve(1).then(raising(KeyError()), seen.append).result()
    assert seen == []


def test_a_handler_may_return_a_promise_or_be_async():
    async def double(value):
        await asyncio.sleep(0)
        return value * 2

    assert Promise.resolve(2).then(lambda value: later(value + 1)).then(double).result() == 6


def test_an_async_handler_that_raises_rejects():
    async def fail(value):
        raise KeyError(value)

    with pytest.raises(KeyError):
        Promise.resolve(1).then(fail).result()


def test_finally_runs_either_way_and_changes_nothing():
    ran = []
    assert Promise.resolve(1).finally_(lambda: ran.append("ok") or 99).result() == 1
    with pytest.raises(ValueError):
        Promise.reject(ValueError()).finally_(lambda: ran.append("failed")).result()
    assert ran == ["ok", "failed"]
    assert Promise.resolve(2).finally_().result() == 2


def test_what_finally_raises_or_rejects_with_takes_the_place():
    with pytest.raises(KeyError):
        Promise.resolve(1).finally_(raising(KeyError())).result()
    with pytest.raises(KeyError):
        Promise.reject(ValueError()).finally_(lambda: Promise.reject(KeyError())).result()


def test_finally_is_waited_for():
    order = []

    async def tidy():
        await asyncio.sleep(0)
        order.append("tidied")

    Promise.resolve(1).finally_(tidy).then(lambda _: order.append("then")).result()
    assert order == ["tidied", "then"]


def test_outside_a_loop_handlers_run_when_a_promise_is_resolved():
    box, order = {}, []
    Promise(lambda resolve, reject: box.update(resolve=resolve)).then(lambda value: order.append(value))
    box["resolve"]("resolved")
    assert order == ["resolved"]


def test_one_promise_may_have_many_handlers_called_in_order():
    seen = []
    promise = Promise.resolve("v")
    for number in range(3):
        promise.then(lambda value, number=number: seen.append((number, value)))
    assert seen == [(0, "v"), (1, "v"), (2, "v")]


# --- order ---------------------------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_handlers_never_run_before_the_code_that_adds_them_has_ended():
    order = []
    Promise.resolve(1).then(lambda _: order.append("handler"))
    order.append("code")
    await asyncio.sleep(0)
    assert order == ["code", "handler"]


@pytest.mark.anyio
async def test_chains_take_turns_as_in_javascript():
    order = []
    step = lambda name: lambda _: order.append(name)  # noqa: E731
    Promise.resolve().then(step("a1")).then(step("a2")).then(step("a3"))
    Promise.resolve().then(step("b1")).then(step("b2")).then(step("b3"))
    await asyncio.sleep(0)
    assert order == ["a1", "b1", "a2", "b2", "a3", "b3"]


@pytest.mark.anyio
async def test_handlers_run_before_timers_and_other_tasks_get_their_turn():
    order = []
    asyncio.get_running_loop().call_later(0, order.append, "timer")
    promise = Promise.resolve()
    for name in ("one", "two"):
        promise = promise.then(lambda _, name=name: order.append(name))
    await asyncio.sleep(0.01)
    assert order == ["one", "two", "timer"]


def test_outside_a_loop_handlers_have_run_when_then_returns():
    order = []
    Promise.resolve().then(lambda _: order.append("handler"))
    order.append("code")
    assert order == ["handler", "code"]


def test_outside_a_loop_async_handlers_have_ended_when_then_returns():
    order = []

    async def handler(_):
        await asyncio.sleep(0)
        order.append("handler")

    Promise.resolve().then(handler)
    assert order == ["handler"]


@pytest.mark.anyio
async def test_awaiting_settled_promises_for_ever_does_not_starve_other_tasks():
    stop = []
    asyncio.get_running_loop().call_soon(stop.append, True)
    rounds = 0
    while not stop:
        await Promise.resolve(1)
        rounds += 1
    assert rounds < 100_000


# --- statics -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [list, tuple, iter], ids=["list", "tuple", "any iterable"])
def test_all_gives_the_values_in_the_order_given(kind):
    values = Promise.all(kind([later("slow", turns=9), 2, later("fast", turns=1)])).result()
    assert list(values) == ["slow", 2, "fast"]


@pytest.mark.parametrize("promised", [Promise.all, Promise.allSettled], ids=["all", "allSettled"])
@pytest.mark.parametrize(("kind", "given"), [(tuple, tuple), (list, list), (iter, list)])
def test_many_values_come_as_a_tuple_where_a_tuple_was_given_and_else_as_a_list(promised, kind, given):
    assert type(promised(kind([Promise.resolve(1), Promise.resolve("a")])).result()) is given
    assert promised(kind([])).result() == given()


def test_a_settlement_is_of_a_class_for_how_the_promise_ended():
    fulfilled, rejected = Promise.allSettled((Promise.resolve(1), Promise.reject("no"))).result()
    assert isinstance(fulfilled, PromiseFulfilledResult)
    assert isinstance(rejected, PromiseRejectedResult)
    assert (fulfilled.status, fulfilled["value"], rejected["status"], rejected.reason) == (
        "fulfilled",
        1,
        "rejected",
        "no",
    )
    assert fulfilled == {"status": "fulfilled", "value": 1}


def test_all_of_nothing_is_an_empty_list():
    assert Promise.all([]).result() == []
    assert Promise.allSettled([]).result() == []


def test_all_rejects_with_the_first_that_rejects():
    with pytest.raises(KeyError):
        Promise.all([later(fail=ValueError(), turns=9), later(fail=KeyError(), turns=1), 3]).result()


def test_all_takes_coroutines_and_calls():
    async def work():
        return 1

    with taropy.create() as t:
        one, res = Promise.all([work(), t.login()]).result()
    assert (one, res.errMsg) == (1, "login:ok")


def test_all_settled_tells_how_each_ended():
    error = ValueError()
    fulfilled, rejected = Promise.allSettled([1, Promise.reject(error)]).result()
    assert (fulfilled, rejected) == ({"status": "fulfilled", "value": 1}, {"status": "rejected", "reason": error})
    assert (fulfilled.status, rejected.reason) == ("fulfilled", error)


def test_any_gives_the_first_value():
    promises = [Promise.reject(ValueError()), later("slow", turns=9), later("fast", turns=1)]
    assert Promise.any(promises).result() == "fast"


def test_any_rejects_with_all_reasons_in_order_when_none_succeeds():
    first, second = ValueError("first"), KeyError("second")
    with pytest.raises(AggregateError) as caught:
        Promise.any([later(fail=first, turns=9), Promise.reject(second)]).result()
    assert caught.value.errors == [first, second]
    with pytest.raises(AggregateError):
        Promise.any([]).result()


def test_race_settles_as_the_first_that_settles():
    assert Promise.race([later("slow", turns=9), later("fast", turns=1)]).result() == "fast"
    with pytest.raises(KeyError):
        Promise.race([later("slow", turns=9), Promise.reject(KeyError())]).result()


def test_a_race_of_none_never_ends():
    with pytest.raises(TimeoutError):
        Promise.race([]).result(timeout=0.01)


def test_calls_are_promises(taro):
    assert isinstance(taro.login(), Promise)
    assert taro.login().then(lambda res: res.code).result() == "a-code"
    assert taro.checkSession().catch(lambda error: error.errCode).result() == 3


# --- as many arguments as they like --------------------------------------------------------------------------------


def test_an_executor_may_take_resolve_alone():
    assert Promise(lambda resolve: resolve("done")).result() == "done"


@pytest.mark.parametrize(
    "handler",
    [lambda: "tea", lambda value: "tea", lambda *values: "tea", lambda value, cup="tea": cup, {1: "tea"}.get],
    ids=["none", "one", "any number", "more with defaults", "a builtin one"],
)
def test_a_handler_takes_as_many_of_its_arguments_as_it_likes(handler):
    assert Promise.resolve(1).then(handler).result() == "tea"
    assert Promise.reject(1).catch(lambda: "no tea").result() == "no tea"


# --- what it is not ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("api", ["request", "uploadFile", "downloadFile"])
def test_a_task_is_not_what_it_promises_and_says_so(api):
    promise = getattr(taropy.create(native=Everything()), api)(url="https://example.com", filePath="a", name="a")
    with pytest.raises(AttributeError, match=r"a promise has no 'data'; await it first, \(await …\)\.data, or outside"):
        promise.data  # noqa: B018
    assert not hasattr(promise, "data")
