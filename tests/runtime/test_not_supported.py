"""What a platform or a host does not have: one clear error, at the call, on every platform alike."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from natives import PLATFORMS, Everything

import taropy
from taropy import NotSupported, Phone, spec


def test_the_text_names_the_function_the_platform_and_where_it_is_supported():
    with taropy.create("h5") as t, pytest.raises(NotSupported) as caught:
        t.checkSession()
    assert str(caught.value) == "checkSession is not supported on h5 (supported on weapp, swan, qq, tt)"
    assert caught.value.errMsg == "checkSession:fail not supported on h5"


def test_the_error_says_the_same_in_its_fields():
    with taropy.create("h5") as t, pytest.raises(NotSupported) as caught:
        t.checkSession()
    error = caught.value
    assert (error.api, error.platform, error.host, error.reason) == ("checkSession", "h5", "phone", "platform")
    assert error.supported_on == ("weapp", "swan", "qq", "tt")


def test_what_the_host_lacks_is_told_from_what_the_platform_lacks():
    with pytest.raises(NotSupported) as caught:
        taropy.create("weapp", native=SimpleNamespace()).login()
    error = caught.value
    assert (error.reason, error.host) == ("host", "native object SimpleNamespace")
    assert str(error) == "the native object SimpleNamespace does not have login, although weapp has it"
    assert error.errMsg == "login:fail not supported on weapp by the native object SimpleNamespace"


def test_what_the_phone_does_not_simulate_yet_says_so(ahead):
    with taropy.create(ahead) as t, pytest.raises(NotSupported) as caught:
        t.getGuildInfo(open_guild_id="7")
    assert (caught.value.reason, caught.value.host) == ("host", "phone")


def test_what_the_platform_lacks_is_lacking_though_the_host_has_it():
    native = Everything()
    with pytest.raises(NotSupported) as caught:
        taropy.create("h5", native=native).checkSession()
    assert (caught.value.reason, native.calls) == ("platform", [])


@pytest.mark.parametrize("api", ["checkSession", "getAccountInfoSync", "onMemoryWarning", "createWorker"])
def test_it_is_raised_at_the_call_whatever_kind_of_function_it_is(api):
    t = taropy.create("rn", native=SimpleNamespace())
    bound = getattr(t, api)
    with pytest.raises(NotSupported):
        bound()


def test_a_value_that_is_not_to_be_had_is_raised_for_when_it_is_read():
    with taropy.create("qq") as t, pytest.raises(NotSupported) as caught:
        t.worklet  # noqa: B018
    assert caught.value.api == "worklet"


@pytest.mark.anyio
async def test_in_a_loop_it_is_raised_at_the_call_before_anything_is_awaited():
    with taropy.create("h5") as t, pytest.raises(NotSupported):
        t.checkSession()


@pytest.mark.parametrize(
    "give",
    [lambda t, **named: t.checkSession(named), lambda t, **named: t.checkSession(**named)],
    ids=["dict", "named"],
)
def test_who_gives_fail_or_complete_has_them_called_instead_once_each(give):
    called = []
    with taropy.create("h5") as t:
        give(
            t,
            success=lambda res: called.append(("success", res)),
            fail=lambda err: called.append(("fail", err.errMsg)),
            complete=lambda err: called.append(("complete", err.errMsg)),
        )
    message = "checkSession:fail not supported on h5"
    assert called == [("fail", message), ("complete", message)]


@pytest.mark.parametrize("name", ["fail", "complete"])
def test_one_of_the_two_callbacks_is_enough(name):
    called = []
    with taropy.create("h5") as t:
        promise = t.checkSession({name: called.append})
    assert isinstance(called[0], NotSupported)
    with pytest.raises(NotSupported):
        promise.result()


def test_success_alone_does_not_keep_it_from_being_raised():
    with taropy.create("h5") as t, pytest.raises(NotSupported):
        t.checkSession(success=print)


@pytest.mark.anyio
async def test_in_a_loop_the_callbacks_come_after_the_call_has_returned_and_then_the_promise_is_rejected():
    order = []
    with taropy.create("h5") as t:
        promise = t.checkSession(fail=lambda err: order.append("fail"), complete=lambda err: order.append("complete"))
        order.append("returned")
        with pytest.raises(NotSupported):
            await promise
    assert order == ["returned", "fail", "complete"]


def test_the_rejected_promise_is_handled_and_not_reported(recwarn):
    async def main():
        with taropy.create("h5") as t:
            t.checkSession(fail=lambda err: None)

    asyncio.run(main())
    assert list(recwarn) == []


def test_a_callback_that_throws_is_reported_like_any_other():
    def fail(err):
        raise ValueError("in fail")

    with taropy.create("h5") as t, pytest.warns(taropy.UnhandledRejectionWarning, match="in fail"):
        t.checkSession(fail=fail)


def test_functions_that_return_their_value_call_fail_as_well():
    called = []
    with taropy.create("rn") as t:
        t.getAccountInfoSync(fail=called.append)
    assert called[0].errMsg == "getAccountInfoSync:fail not supported on rn"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_supported_on_names_the_platforms_that_have_it(platform):
    with taropy.create(platform) as t:
        lacking = [name for name in spec.members() if t._runtime.lack(name) == "platform"]
        for name in lacking[::5]:
            with pytest.raises(NotSupported) as caught:
                getattr(t, name)()
            assert set(caught.value.supported_on) == spec.supported_on(name)


def test_what_no_platform_has_says_so():
    error = NotSupported("x", "h5", reason="platform")
    assert str(error) == "x is not supported on h5 (supported nowhere)"


def test_programs_can_ask_beforehand_or_catch_it_as_python_programs_do():
    with taropy.create("h5", phone=Phone()) as t:
        assert not t.canIUse("checkSession")
        with pytest.raises(NotImplementedError):
            t.checkSession()


def answering(options):
    """A native `request` that answers at once, with a task that has everything that WeChat's has."""
    options["success"]({"statusCode": 200, "header": {}, "data": {}})
    return Everything()


@pytest.mark.parametrize("intercepted", [False, True])
def test_a_task_says_what_the_platforms_task_lacks_though_the_native_one_has_it(intercepted):
    t = taropy.create("h5", native=SimpleNamespace(request=answering))
    if intercepted:
        t.addInterceptor(lambda chain: chain.proceed(chain.requestParams))
    task = t.request(url="https://a.test")
    with pytest.raises(NotSupported) as caught:
        task.onChunkReceived(print)
    assert str(caught.value) == "RequestTask.onChunkReceived is not supported on h5 (supported on weapp)"
    assert caught.value.errMsg == "RequestTask.onChunkReceived:fail not supported on h5"
    assert task.abort() is task


def test_a_task_without_abort_says_so_and_calls_nothing():
    called = []
    task = taropy.create("rn", native=SimpleNamespace(uploadFile=answering)).uploadFile(url="a", filePath="b", name="c")
    with pytest.raises(NotSupported, match=r"UploadTask\.abort is not supported on rn"):
        task.abort(lambda: called.append("aborted"))
    assert called == []


def test_an_objects_names_are_those_of_its_methods_on_the_platform():
    native = SimpleNamespace(getFileSystemManager=lambda: SimpleNamespace(readFile=print, readZipEntry=print))
    files = taropy.create("alipay", native=native).getFileSystemManager()
    assert "readFile" in dir(files)
    assert "readZipEntry" not in dir(files)
    with pytest.raises(NotSupported, match="readZipEntry is not supported on alipay"):
        files.readZipEntry(filePath="a.zip", entries="all")


@pytest.mark.parametrize(
    ("schema", "had_on"),
    [
        ("UploadTask.abort", {*PLATFORMS} - {"rn"}),
        ("DownloadTask.onProgressUpdate", {*PLATFORMS}),
        ("RequestTask.abort", {*PLATFORMS}),
        ("RequestTask.onChunkReceived", {"weapp"}),
        ("RequestTask.onHeadersReceived", {"weapp", "qq", "jd", "harmony", "harmony-hybrid"}),
        ("NodesRef.boundingClientRect", {*PLATFORMS} - {"rn"}),
        ("UpdateManager.onUpdateReady", {"weapp", "alipay", "swan", "qq", "tt", "jd", "harmony-hybrid"}),
        ("cloud.callFunction", {"weapp", "qq"}),
        ("DB.Collection.add", {"weapp", "qq"}),
        ("router.addRouteBuilder", {"weapp"}),
    ],
)
def test_programs_can_ask_for_the_methods_of_objects(schema, had_on):
    assert {name for name in PLATFORMS if taropy.create(name, native=Everything()).canIUse(schema)} == had_on
