"""Failures that nobody looked at: which they are, and to whom they are told."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import textwrap
import warnings
from types import SimpleNamespace

import pytest
from natives import Held

import taropy
from taropy import Promise, TaroError, UnhandledRejectionWarning


def told(action):
    """What is reported as unhandled while `action` runs, outside a loop or, if it is async, inside one."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        asyncio.run(action()) if asyncio.iscoroutinefunction(action) else action()
        gc.collect()
    assert all(each.category is UnhandledRejectionWarning for each in caught), caught
    return [each.message.error for each in caught]


def throwing(message):
    """A callback that raises a new `ValueError`."""

    def callback(*_):
        raise ValueError(message)

    return callback


def as_result(promise):
    """Looks at a failure by asking for the result."""
    with pytest.raises(TaroError):
        promise.result()


def texts(errors):
    """What the errors say."""
    return [str(error) for error in errors]


def test_a_failure_that_nobody_looks_at_is_reported_once(taro):
    (error,) = told(lambda: taro.checkSession())
    assert (type(error), error.errMsg) == (TaroError, "checkSession:fail session expired")


def test_in_a_loop_it_is_reported_too(taro):
    async def main():
        taro.checkSession()
        await asyncio.sleep(0)

    assert len(told(main)) == 1


FAILING = {
    "request": {"url": "nope"},
    "downloadFile": {"url": "nope"},
    "uploadFile": {"url": "nope", "filePath": "nope", "name": "file"},
    "getFileInfo": {"filePath": "nope"},
    "saveFile": {"tempFilePath": "nope"},
    "removeSavedFile": {"filePath": "nope"},
    "chooseMessageFile": {"count": 1, "type": "image"},
    "checkSession": {},
    "stopBluetoothDevicesDiscovery": {},
    "openSetting": {"withSubscriptions": 5},
}


@pytest.mark.parametrize(("api", "options"), FAILING.items(), ids=FAILING)
@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
def test_it_is_reported_as_soon_as_the_program_lets_go_of_it(platform, api, options):
    with taropy.create(platform) as taro:
        if platform not in taropy.spec.supported_on(api):
            pytest.skip(f"{platform} has no {api}")
        gc.collect()
        gc.disable()  # Python looks for circles sometime, and it may be where nobody would see the warning
        try:
            with pytest.warns(UnhandledRejectionWarning):
                getattr(taro, api)(**options)
        finally:
            gc.enable()


def test_the_warning_says_what_failed(taro):
    with pytest.warns(UnhandledRejectionWarning, match="unhandled rejection: TaroError: checkSession:fail session"):
        taro.checkSession()


@pytest.mark.parametrize(
    "look",
    [
        lambda t: t.checkSession(fail=lambda err: None),
        lambda t: t.checkSession(complete=lambda err: None),
        lambda t: t.checkSession().catch(lambda err: None),
        lambda t: t.checkSession().then(None, lambda err: None),
        lambda t: t.checkSession().then(print).catch(lambda err: None),
        lambda t: t.checkSession().finally_(print).catch(lambda err: None),
        lambda t: as_result(t.checkSession()),
        lambda t: Promise.allSettled([t.checkSession(), t.checkSession()]),
        lambda t: Promise.any([t.checkSession(), 1]),
        lambda t: Promise.race([1, t.checkSession()]),
    ],
    ids=["fail", "complete", "catch", "then", "then-catch", "finally", "result", "allSettled", "any", "race"],
)
def test_whoever_looks_has_handled_it(taro, look):
    assert told(lambda: look(taro)) == []


def test_awaiting_handles_it(taro):
    async def main():
        with pytest.raises(TaroError):
            await taro.checkSession()

    assert told(main) == []


def test_awaiting_it_before_it_fails_handles_it(native, taro):
    native.checkSession = Held()

    async def main():
        task = asyncio.ensure_future(taro.checkSession())
        await asyncio.sleep(0)
        native.checkSession.fail(errMsg="checkSession:fail")
        with pytest.raises(TaroError):
            await task

    assert told(main) == []


def test_it_may_be_handled_later(taro):
    async def main():
        promise = taro.checkSession()
        await asyncio.sleep(0.01)
        promise.catch(lambda err: None)
        await asyncio.sleep(0)

    assert told(main) == []


def test_success_alone_does_not_handle_a_failure(taro):
    assert len(told(lambda: taro.checkSession(success=print))) == 1


@pytest.mark.parametrize("method", ["then", "finally_"])
def test_a_chain_that_nobody_catches_is_reported_once_at_its_end(taro, method):
    assert len(told(lambda: getattr(taro.checkSession(), method)(lambda *_: None))) == 1


def test_what_a_handler_raises_is_reported(taro):
    assert texts(told(lambda: taro.login().then(throwing("in a handler")))) == ["in a handler"]


def test_what_an_async_handler_raises_is_reported(taro):
    async def handler(res):
        raise ValueError("in an async handler")

    assert texts(told(lambda: taro.login().then(handler))) == ["in an async handler"]


def test_what_finally_raises_is_reported(taro):
    assert texts(told(lambda: taro.login().finally_(throwing("in finally")))) == ["in finally"]


def test_what_an_executor_raises_is_reported():
    assert texts(told(lambda: Promise(throwing("in an executor")))) == ["in an executor"]


def test_a_native_object_that_throws_is_reported(native, taro):
    native.login = throwing("native")
    (error,) = told(lambda: taro.login())
    assert error.errMsg == "login:fail native"


def test_options_that_are_refused_are_reported(taro):
    (error,) = told(lambda: taro.login(timeout="soon"))
    assert "parameter.timeout" in error.errMsg


# Options may be refused, or the host may lack a function: what counts is that nothing raises, and nothing is told.
@pytest.mark.parametrize("api", ["onMemoryWarning", "createInnerAudioContext"])
def test_functions_that_return_no_promise_have_nothing_to_report(native, taro, api):
    setattr(native, api, lambda *_: {})
    assert told(lambda: getattr(taro, api)(*([print] if api.startswith("on") else []))) == []


@pytest.mark.parametrize("name", ["success", "complete"])
def test_a_callback_that_throws_is_reported_and_the_promise_settles(taro, name):
    async def main():
        assert (await taro.login({name: throwing("a callback's own fault")})).code == "a-code"

    assert texts(told(main)) == ["a callback's own fault"]


def test_all_callbacks_are_called_though_one_throws(taro):
    called = []

    async def main():
        with pytest.raises(TaroError):
            await taro.checkSession(fail=throwing("in fail"), complete=called.append)

    assert texts(told(main)) == ["in fail"]
    assert len(called) == 1


def test_what_an_async_callback_raises_is_reported(taro):
    async def success(res):
        await asyncio.sleep(0)
        raise ValueError("in an async callback")

    assert texts(told(lambda: taro.login(success=success))) == ["in an async callback"]


# --- onUnhandledRejection ------------------------------------------------------------------------------------------


def test_listeners_are_told_the_reason_and_the_promise(taro):
    heard = []
    taro.onUnhandledRejection(heard.append)
    errors = told(lambda: taro.checkSession())
    assert [res.reason for res in heard] == errors
    assert isinstance(heard[0].promise, Promise)
    with pytest.raises(TaroError):
        heard[0].promise.result()


def test_in_a_loop_listeners_are_told_after_the_code_that_failed(taro):
    order = []
    taro.onUnhandledRejection(lambda res: order.append("told"))

    async def main():
        taro.checkSession()
        order.append("code")
        await asyncio.sleep(0)

    told(main)
    assert order == ["code", "told"]


def test_a_listener_that_is_taken_off_hears_nothing(taro):
    heard, stays = [], []
    listener = heard.append
    taro.onUnhandledRejection(listener)
    taro.onUnhandledRejection(stays.append)
    taro.offUnhandledRejection(listener)
    told(lambda: taro.checkSession())
    taro.offUnhandledRejection()
    told(lambda: taro.checkSession())
    assert (len(heard), len(stays)) == (0, 1)


def test_taking_off_a_listener_that_was_never_there_is_fine(taro):
    taro.offUnhandledRejection(print)


def test_a_listener_is_told_once_however_often_it_was_added(taro):
    heard = []
    listener = heard.append
    taro.onUnhandledRejection(listener)
    taro.onUnhandledRejection(listener)
    told(lambda: taro.checkSession())
    taro.offUnhandledRejection(listener)
    told(lambda: taro.checkSession())
    assert len(heard) == 1


def test_a_listener_must_be_callable(taro):
    with pytest.raises(taropy.ParameterError):
        taro.onUnhandledRejection("not a function")


def test_each_runtime_hears_its_own_only(native):
    one, other = (taropy.create(native=native) for _ in range(2))
    heard = []
    one.onUnhandledRejection(lambda res: heard.append("one"))
    other.onUnhandledRejection(lambda res: heard.append("other"))
    told(lambda: one.checkSession())
    told(lambda: other.checkSession().then(print))
    assert heard == ["one", "other"]


def test_what_callbacks_raise_is_told_to_the_listeners_too(taro):
    heard = []
    taro.onUnhandledRejection(heard.append)
    told(lambda: taro.login(success=throwing("mine")))
    assert texts(res.reason for res in heard) == ["mine"]


@pytest.mark.parametrize("kind", ["raises", "rejects"])
@pytest.mark.parametrize("in_a_loop", [False, True], ids=["in a script", "in a loop"])
def test_what_a_listener_fails_with_is_a_warning_and_never_told_to_itself(native, kind, in_a_loop):
    t = taropy.create(native=native)
    heard = []

    def raising(res):
        heard.append(str(res.reason))
        raise ValueError("in a listener")

    async def rejecting(res):
        raising(res)

    t.onUnhandledRejection(raising if kind == "raises" else rejecting)

    async def main():
        t.checkSession()
        await taropy.settled()
        gc.collect()
        await taropy.settled()

    errors = told(main if in_a_loop else lambda: t.checkSession())
    assert heard == ["checkSession:fail session expired"]
    assert sorted(texts(errors)) == ["checkSession:fail session expired", "in a listener"]


def test_a_reason_that_cannot_even_be_shown_is_reported(taro):
    class Silent:
        def __str__(self):
            raise ValueError

    with pytest.warns(UnhandledRejectionWarning, match="its text can't be had: ValueError"):
        Promise.reject(Silent())


def test_promises_of_no_runtime_are_the_processs_own():
    heard = []
    with taropy.create(native=SimpleNamespace()) as t:
        t.onUnhandledRejection(heard.append)
        assert len(told(lambda: Promise.reject("x") and None)) == 1
    assert heard == []


def test_a_short_script_is_told_before_it_ends():
    script = """
        from types import SimpleNamespace
        import taropy
        def login(options):
            raise ValueError("no bridge")
        t = taropy.create(native=SimpleNamespace(login=login))
        t.login()
        taropy.Promise.resolve(1).then(lambda value: value / 0)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=60, check=True
    )
    assert "unhandled rejection: TaroError: login:fail no bridge" in done.stderr
    assert "unhandled rejection: ZeroDivisionError: division by zero" in done.stderr


def test_a_program_that_ends_with_calls_open_is_no_failure(native, taro):
    native.login = Held()

    async def native_session(options):
        await asyncio.sleep(3600)

    native.checkSession = native_session

    async def main():
        taro.login()
        taro.checkSession()
        await asyncio.sleep(0)

    assert told(main) == []


def test_the_warning_stands_at_the_line_of_the_program_that_raised(taro):
    fault = throwing("mine")
    with pytest.warns(UnhandledRejectionWarning, match="unhandled rejection: ValueError: mine") as caught:
        taro.login(success=fault)
    (warning,) = caught
    assert (warning.filename, warning.lineno) == (__file__, fault.__code__.co_firstlineno + 1)


def test_a_failure_of_what_is_declared_to_return_nothing_is_not_reported(native, taro):
    def hideToast(options):
        options["fail"]({"errMsg": "hideToast:fail toast can't be found"})

    native.hideToast = hideToast
    assert told(lambda: taro.hideToast(success=print)) == []
