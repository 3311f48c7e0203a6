"""Interceptors: the onion around `Taro.request`, and around any function that returns a promise."""

from __future__ import annotations

import asyncio
import gc

import pytest
from natives import Network

import taropy
from taropy import ParameterError, Promise, TaroError

URL = "http://localhost/"


@pytest.fixture
def network():
    return Network()


@pytest.fixture
def taro(network):
    with taropy.create(native=network) as runtime:
        yield runtime


class Answering:
    """A native object whose `request` answers at once with what it was asked for."""

    def request(self, options):
        """Answers 200, with the url and the header in the data."""
        options["success"]({"statusCode": 200, "data": {"url": options["url"], "header": options.get("header")}})


@pytest.fixture
def answering():
    with taropy.create(native=Answering()) as runtime:
        yield runtime


# --- the onion -----------------------------------------------------------------------------------------------------


def test_interceptors_nest_and_the_first_one_added_is_the_outermost(answering):
    order = []

    def layer(name):
        def interceptor(chain):
            order.append(f"{name} out")
            return chain.proceed(chain.requestParams).then(lambda res: order.append(f"{name} back") or res)

        return interceptor

    for name in "abc":
        answering.addInterceptor(layer(name))
    assert answering.request(URL).result().statusCode == 200
    assert order == ["a out", "b out", "c out", "c back", "b back", "a back"]


def test_an_interceptor_sees_and_changes_what_is_asked(answering):
    def with_token(chain):
        header = {**chain.requestParams.get("header", {}), "Authorization": "Bearer t"}
        return chain.proceed({**chain.requestParams, "header": header})

    answering.addInterceptor(with_token)
    res = answering.request({"url": URL, "header": {"A": "1"}}).result()
    assert res.data.header == {"A": "1", "Authorization": "Bearer t"}


def test_an_interceptor_may_change_the_params_it_was_given_and_the_callers_object_stays(answering):
    def with_path(chain):
        chain.requestParams["url"] += "path"
        return chain.proceed()

    answering.addInterceptor(with_path)
    given = {"url": URL}
    assert answering.request(given).result().data.url == f"{URL}path"
    assert given == {"url": URL}


def test_an_interceptor_changes_what_comes_back(answering):
    answering.addInterceptor(lambda chain: chain.proceed().then(lambda res: res.data))
    assert answering.request(URL).result().url == URL


def test_an_interceptor_may_be_async(answering):
    async def interceptor(chain):
        await asyncio.sleep(0)
        res = await chain.proceed()
        return {"status": res.statusCode}

    answering.addInterceptor(interceptor)
    assert answering.request(URL).result() == {"status": 200}


def test_an_interceptor_may_answer_without_the_network(taro, network):
    taro.addInterceptor(lambda chain: {"statusCode": 304})
    assert taro.request(URL).result() == {"statusCode": 304}
    assert network.tasks == []


def test_an_interceptor_may_ask_again(taro, network):
    async def retry(chain):
        try:
            return await chain.proceed()
        except TaroError:
            return await chain.proceed()

    async def main():
        taro.addInterceptor(retry)
        promise = taro.request(URL)
        (await network.begun.get()).options["fail"]({"errMsg": "request:fail timeout"})
        await network.begun.get()
        network.answer()
        return await promise

    assert asyncio.run(main()).statusCode == 200


def test_a_request_may_be_its_url_alone_or_keywords_through_interceptors_too(answering):
    seen = []
    answering.addInterceptor(lambda chain: seen.append(dict(chain.requestParams)) or chain.proceed())
    answering.request(URL)
    answering.request(url=URL, method="POST")
    assert seen == [{"url": URL}, {"url": URL, "method": "POST"}]


def test_the_callbacks_are_called_once_each_through_interceptors_too(answering):
    order = []
    answering.addInterceptor(lambda chain: chain.proceed())
    answering.request(URL, success=lambda res: order.append("success"), complete=lambda res: order.append("complete"))
    assert order == ["success", "complete"]


def test_interceptors_are_of_one_runtime():
    one, other = (taropy.create(native=Answering()) for _ in range(2))
    one.addInterceptor(lambda chain: "intercepted")
    assert one.request(URL).result() == "intercepted"
    assert other.request(URL).result().statusCode == 200


# --- failures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_async", [False, True], ids=["plain", "async"])
def test_an_interceptor_that_throws_rejects(answering, is_async):
    async def later(chain):
        raise ValueError("in an interceptor")

    def at_once(chain):
        raise ValueError("in an interceptor")

    answering.addInterceptor(later if is_async else at_once)
    promise = answering.request(URL)
    with pytest.raises(ValueError, match="in an interceptor"):
        promise.result()


def test_an_outer_interceptor_can_mend_what_an_inner_one_raised(answering):
    def inner(chain):
        raise ValueError("inner")

    answering.addInterceptor(lambda chain: chain.proceed().catch(lambda error: str(error)))
    answering.addInterceptor(inner)
    assert answering.request(URL).result() == "inner"


def test_wrong_options_reject_through_interceptors_too(taro, network):
    taro.addInterceptor(lambda chain: chain.proceed())
    with pytest.raises(ParameterError, match=r"parameter\.url should be String instead of Number"):
        taro.request(url=5).result()
    with pytest.raises(ParameterError, match="parameter should be Object instead of Number"):
        taro.request(5).result()
    assert network.tasks == []


def test_a_failure_is_reported_once_if_nobody_looks(answering):
    def interceptor(chain):
        raise ValueError("nobody looked")

    answering.addInterceptor(lambda chain: chain.proceed())
    answering.addInterceptor(interceptor)

    def ask():
        answering.request(URL)
        gc.collect()

    with pytest.warns(taropy.UnhandledRejectionWarning, match="nobody looked") as told:
        ask()
    assert len(told) == 1


def test_a_failure_that_fail_was_told_of_is_handled(taro, network, recwarn):
    async def main():
        taro.addInterceptor(lambda chain: chain.proceed())
        taro.request(URL, fail=lambda err: None)
        network.options["fail"]({"errMsg": "request:fail"})
        await asyncio.sleep(0)

    asyncio.run(main())
    assert list(recwarn) == []


@pytest.mark.parametrize("wrong", [None, 5, "x", {}])
def test_an_interceptor_must_be_callable(taro, wrong):
    with pytest.raises(TaroError, match="addInterceptor:fail parameter error"):
        taro.addInterceptor(wrong)


# --- the task ------------------------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_abort_survives_interceptors(taro, network):
    taro.addInterceptor(lambda chain: chain.proceed().then(lambda res: res))
    taro.addInterceptor(lambda chain: chain.proceed())
    promise = taro.request(URL)
    promise.abort()
    with pytest.raises(TaroError, match="request:fail abort"):
        await promise
    assert network.tasks[0].asked == [("abort", ())]


@pytest.mark.anyio
async def test_abort_reaches_a_request_that_an_async_interceptor_has_not_made_yet(taro, network):
    gate = asyncio.Event()

    async def slow(chain):
        await gate.wait()
        return await chain.proceed()

    taro.addInterceptor(slow)
    promise = taro.request(URL)
    await asyncio.sleep(0)
    promise.abort()
    gate.set()
    with pytest.raises(TaroError, match="request:fail abort"):
        await promise
    assert network.tasks[0].asked == [("abort", ())]


@pytest.mark.anyio
async def test_abort_reaches_a_request_that_an_async_interceptor_has_begun(taro, network):
    async def interceptor(chain):
        return await chain.proceed()

    taro.addInterceptor(interceptor)
    promise = taro.request(URL)
    await network.begun.get()
    assert promise.abort(lambda: None) is promise
    with pytest.raises(TaroError, match="request:fail abort"):
        await promise


@pytest.mark.anyio
async def test_listening_to_the_task_survives_interceptors(taro, network):
    async def interceptor(chain):
        await asyncio.sleep(0)
        return await chain.proceed()

    taro.addInterceptor(interceptor)
    promise = taro.request(URL)
    promise.onHeadersReceived(print)
    await network.begun.get()
    network.answer()
    await promise
    assert [method for method, _ in network.tasks[0].asked] == ["onHeadersReceived"]


@pytest.mark.anyio
async def test_the_promise_of_proceed_can_be_aborted_by_the_interceptor(taro, network):
    def impatient(chain):
        inner = chain.proceed()
        inner.abort()
        return inner

    taro.addInterceptor(impatient)
    with pytest.raises(TaroError, match="request:fail abort"):
        await taro.request(URL)


# --- clean ---------------------------------------------------------------------------------------------------------


def test_cleaning_takes_all_interceptors_away(answering):
    answering.addInterceptor(lambda chain: "intercepted")
    answering.cleanInterceptors()
    assert answering.request(URL).result().statusCode == 200


@pytest.mark.anyio
async def test_a_request_that_is_under_way_keeps_its_interceptors(taro, network):
    async def outer(chain):
        await asyncio.sleep(0)
        return await chain.proceed()

    taro.addInterceptor(outer)
    taro.addInterceptor(lambda chain: chain.proceed().then(lambda res: "through both"))
    promise = taro.request(URL)
    taro.cleanInterceptors()
    await network.begun.get()
    network.answer()
    assert await promise == "through both"


# --- the built-in ones ---------------------------------------------------------------------------------------------


def test_the_log_interceptor_prints_the_request_and_the_result(answering, capsys):
    answering.addInterceptor(answering.interceptors.logInterceptor)
    answering.request(URL, data={"a": 1}, method="POST")
    out, back = capsys.readouterr().out.splitlines()
    assert all(part in out for part in ("POST", URL, "{'a': 1}"))
    assert all(part in back for part in (URL, "200"))


@pytest.mark.anyio
async def test_the_log_interceptor_keeps_abort(taro):
    taro.addInterceptor(taro.interceptors.logInterceptor)
    promise = taro.request(URL)
    promise.abort()
    with pytest.raises(TaroError, match="abort"):
        await promise


@pytest.mark.anyio
async def test_the_timeout_interceptor_rejects_and_aborts_the_request(taro, network):
    taro.addInterceptor(taro.interceptors.timeoutInterceptor)
    with pytest.raises(TaroError, match="网络链接超时"):
        await taro.request(URL, timeout=5)
    assert network.tasks[0].asked == [("abort", ())]


def test_the_timeout_interceptor_works_outside_a_loop_too(taro, network):
    taro.addInterceptor(taro.interceptors.timeoutInterceptor)
    with pytest.raises(TaroError, match="网络链接超时"):
        taro.request(URL, timeout=5).result()


@pytest.mark.anyio
async def test_the_timeout_interceptor_lets_through_what_comes_in_time(taro, network):
    taro.addInterceptor(taro.interceptors.timeoutInterceptor)
    promise = taro.request(URL)
    network.answer()
    assert (await promise).statusCode == 200


def test_the_timeout_interceptor_leaves_wrong_options_to_the_request(taro):
    taro.addInterceptor(taro.interceptors.timeoutInterceptor)
    with pytest.raises(ParameterError, match=r"parameter\.timeout should be Number instead of String"):
        taro.request(URL, timeout="soon").result()


# --- interceptorify ------------------------------------------------------------------------------------------------


def test_interceptors_go_around_any_function_that_returns_a_promise(taro):
    seen = []
    link = taro.interceptorify(lambda params: Promise.resolve(params["n"] + 1))
    link.addInterceptor(lambda chain: seen.append(chain.requestParams) or chain.proceed({"n": 10}).then(str))
    assert link.request({"n": 1}).result() == "11"
    link.cleanInterceptors()
    assert link.request({"n": 1}).result() == link.request(n=1).result() == 2
    assert seen == [{"n": 1}]


def test_the_function_may_be_async_or_plain(taro):
    async def load(params):
        return params["n"] * 2

    assert taro.interceptorify(load).request({"n": 2}).result() == 4
    assert taro.interceptorify(lambda params: params["n"]).request({"n": 2}).result() == 2


def test_what_the_function_raises_rejects(taro):
    def load(params):
        raise ValueError("in the function")

    link = taro.interceptorify(load)
    for _ in range(2):
        promise = link.request({})
        with pytest.raises(ValueError, match="in the function"):
            promise.result()
        link.addInterceptor(lambda chain: chain.proceed())


def test_what_is_interceptorified_must_be_callable(taro):
    with pytest.raises(TaroError, match="interceptorify:fail parameter error"):
        taro.interceptorify(5)


def test_wrong_options_reject_with_interceptors_as_they_do_without(taro):
    taro.addInterceptor(lambda chain: chain.proceed(chain.requestParams))
    with pytest.raises(ParameterError):
        taro.request(5).result()


# --- where Taro does something that no program can want ------------------------------------------------------------


def test_proceeding_with_nothing_sends_the_options_of_the_chain(answering):
    answering.addInterceptor(lambda chain: chain.proceed())
    assert answering.request(url=URL, header={"a": "b"}).result().data == {"url": URL, "header": {"a": "b"}}


@pytest.mark.parametrize("answer", [{"statusCode": 200, "data": "kept"}, "kept", None])
def test_what_an_interceptor_returns_that_is_no_promise_is_the_result(answering, answer):
    answering.addInterceptor(lambda chain: answer)
    assert answering.request(URL).result() == answer


def test_the_timeout_interceptors_error_has_its_message_as_taros_has(taro, network):
    taro.addInterceptor(taro.interceptors.timeoutInterceptor)
    error = taro.request(URL, timeout=1).catch(lambda error: error).result()
    assert (error.message, error.errMsg, error.api) == ("网络链接超时,请稍后再试！",) * 2 + ("request",)


@pytest.mark.parametrize("reason", [{"errMsg": "refused", "code": 9}, {"code": 9}, {"reason": "no stock"}])
def test_what_an_interceptor_rejects_with_comes_with_its_fields_and_no_others(answering, reason):
    answering.addInterceptor(lambda chain: taropy.Promise.reject(reason))
    error = answering.request(URL).catch(lambda error: error).result()
    assert dict(error) == reason
    assert error.reason == reason.get("reason", reason)
