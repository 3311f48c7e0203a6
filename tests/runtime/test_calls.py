"""What happens to one call: options in, native call, callbacks, promise."""

from __future__ import annotations

import asyncio
import threading
from types import MappingProxyType, SimpleNamespace

import pytest
from natives import PLATFORMS, Everything, Held

import taropy
from taropy import ParameterError, TaroError
from taropy.models import LoginOption, RequestOption

# --- the three forms of options ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        lambda t: t.login({"timeout": 3000}),
        lambda t: t.login(timeout=3000),
        lambda t: t.login(LoginOption(timeout=3000)),
        lambda t: t.login({"timeout": 1}, timeout=3000),
        lambda t: t.login(MappingProxyType({"timeout": 3000})),
    ],
    ids=["dict", "keywords", "option class", "dict and keywords", "any mapping"],
)
def test_options_come_as_a_dict_as_keywords_or_as_the_options_class(call):
    native = Everything()
    call(taropy.create(native=native))
    (name, (options,)) = native.calls[0]
    assert (name, options["timeout"]) == ("login", 3000)


def test_no_options_at_all_are_fine_where_none_is_needed(taro):
    assert taro.login().result().code == taro.login(None).result().code == taro.login({}).result().code == "a-code"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_request_may_be_given_as_its_url_alone(platform):
    native = Everything({"statusCode": 200})
    taropy.create(platform, native=native).request("https://example.com/a", method="POST")
    options = dict(native.calls)["request"][0]
    assert (options["url"], options["method"]) == ("https://example.com/a", "POST")


def test_only_a_request_may_be_given_as_a_text(taro):
    with pytest.raises(
        ParameterError, match="login:fail parameter error: parameter should be Object instead of String"
    ):
        taro.login("https://example.com").result()


@pytest.mark.parametrize("platform", ["weapp", "alipay", "tt", "h5", "rn"])
def test_the_callers_own_object_is_never_changed(platform):
    seen = []
    given = {"title": "Saved", "icon": "error", "image": None, "success": seen.append}
    before = dict(given)
    t = taropy.create(platform, native=Everything())
    t.showToast(given)
    t.showToast(given)
    assert given == before
    assert len(seen) == 2


def test_the_callers_own_option_object_is_never_changed():
    native = Everything()
    option = RequestOption(url="https://example.com", header={"A": "1"})
    taropy.create("alipay", native=native).request(option)
    assert option == {"url": "https://example.com", "header": {"A": "1"}}


def test_an_option_that_is_none_counts_as_not_given():
    native = Everything()
    taropy.create(native=native).login(timeout=None)
    assert "timeout" not in native.calls[0][1][0]


def test_options_that_the_declaration_does_not_know_reach_the_native_object():
    native = Everything()
    taropy.create(native=native).login({"scene": 7, "": 8})
    options = native.calls[0][1][0]
    assert (options["scene"], options[""]) == (7, 8)


def test_the_native_object_always_gets_all_three_callbacks():
    native = Everything()
    taropy.create(native=native).login()
    options = native.calls[0][1][0]
    assert all(callable(options[name]) for name in ("success", "fail", "complete"))


def test_a_second_argument_is_handed_on(native, taro):
    seen = []
    native.login = lambda options, page: (seen.append(page), options["success"]({}))
    taro.login({}, "page").result()
    assert seen == ["page"]


# --- the order of things -------------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_in_a_loop_the_callbacks_come_after_the_call_has_returned_and_the_promise_settles_last(taro):
    order = []
    promise = taro.login(
        success=lambda res: order.append(("success", res.code)),
        complete=lambda res: order.append(("complete", res.code)),
    )
    promise.then(lambda res: order.append(("then", res.code)))
    order.append("returned")
    await promise
    await asyncio.sleep(0)
    assert order == ["returned", ("success", "a-code"), ("complete", "a-code"), ("then", "a-code")]


@pytest.mark.anyio
async def test_a_failing_call_calls_fail_then_complete_and_then_rejects(taro):
    order = []
    promise = taro.checkSession(
        success=order.append,
        fail=lambda err: order.append(("fail", err.errMsg)),
        complete=lambda err: order.append(("complete", err["errCode"])),
    )
    order.append("returned")
    with pytest.raises(TaroError) as caught:
        await promise
    assert order == ["returned", ("fail", "checkSession:fail session expired"), ("complete", 3)]
    assert (caught.value.errCode, caught.value.api, caught.value.platform) == (3, "checkSession", "weapp")


@pytest.mark.anyio
async def test_success_complete_and_the_promise_give_one_and_the_same_object(taro):
    seen = []
    seen.append(await taro.login(success=seen.append, complete=seen.append))
    assert seen[0] is seen[1] is seen[2]


def test_outside_a_loop_everything_is_done_when_the_call_returns(taro):
    order = []
    promise = taro.login(success=lambda res: order.append("success"), complete=lambda res: order.append("complete"))
    order.append("returned")
    assert order == ["success", "complete", "returned"]
    assert promise.result().code == "a-code"


def test_outside_a_loop_a_call_waits_for_an_answer_that_comes_later(native, taro):
    native.login = lambda options: asyncio.get_running_loop().call_later(0.01, options["success"], {"code": "late"})
    assert taro.login().result().code == "late"


def test_outside_a_loop_what_a_callback_calls_is_done_too(native, taro):
    order = []
    native.checkSession = lambda options: asyncio.get_running_loop().call_later(0.01, options["success"], {})
    taro.login(success=lambda res: taro.checkSession(success=lambda res: order.append("checked")))
    assert order == ["checked"]


def test_outside_a_loop_an_async_callback_is_done_too(taro):
    order = []

    async def success(res):
        await asyncio.sleep(0)
        order.append(res.code)

    taro.login(success=success)
    assert order == ["a-code"]


def test_calls_work_from_threads_each_on_its_own():
    native = SimpleNamespace(
        login=lambda options: asyncio.get_running_loop().call_soon(options["success"], {"code": options["scene"]})
    )
    taro = taropy.create(native=native)
    codes = {}

    def work(number):
        codes[number] = [taro.login(scene=f"{number}-{turn}").result().code for turn in range(20)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == {number: [f"{number}-{turn}" for turn in range(20)] for number in range(8)}


def test_a_callback_that_ends_the_program_leaves_the_runtime_usable(native, taro):
    """As at an interactive prompt, which goes on after `exit` in a callback or Ctrl-C."""

    def leave(res):
        raise KeyboardInterrupt

    native.login = lambda options: asyncio.get_running_loop().call_soon(options["success"], {"code": "late"})
    with pytest.raises(KeyboardInterrupt):
        taro.login(success=leave)
    assert taro.login().result().code == "late"


def test_a_call_that_is_left_by_ctrl_c_is_given_up(native, taro):
    def press_ctrl_c():
        raise KeyboardInterrupt

    native.checkSession = lambda options: asyncio.get_running_loop().call_soon(press_ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        taro.checkSession()
    assert taro.login().result().code == "a-code"


@pytest.mark.anyio
async def test_a_bare_call_is_carried_out_though_nobody_awaits_it(native, taro):
    done = asyncio.Event()
    native.login = Held()
    taro.login(success=lambda res: done.set())
    native.login.succeed()
    await asyncio.wait_for(done.wait(), 5)


@pytest.mark.anyio
async def test_a_loop_is_never_blocked_by_a_call(native, taro):
    native.login = Held()
    promise = taro.login()
    await asyncio.sleep(0)
    native.login.succeed(code="after other work")
    assert (await promise).code == "after other work"


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
def test_callbacks_need_not_take_what_they_are_told(platform):
    told = []
    t = taropy.create(platform, native=Everything({"networkType": "wifi"}))
    t.getNetworkType(success=lambda: told.append("success"), complete=lambda: told.append("complete"))
    assert told == ["success", "complete"]


# --- what taropy hands through ---------------------------------------------------------------------------------------


def test_what_taro_does_not_know_is_handed_through_from_the_native_object(native, taro):
    native.aBrandNewFunction = lambda: "new"
    assert taro.aBrandNewFunction() == "new"


def test_a_name_that_nobody_knows_is_an_attribute_error_with_a_hint(taro):
    with pytest.raises(AttributeError, match="did you mean 'checkSession'"):
        taro.checkSesion  # noqa: B018
    assert not hasattr(taro, "_private")
