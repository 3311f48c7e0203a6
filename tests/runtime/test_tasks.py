"""Task promises: `request`, `uploadFile`, `downloadFile` and `connectSocket`."""

from __future__ import annotations

import pytest
from natives import Held, Network

import taropy
from taropy import NotSupported, ParameterError, TaroError


@pytest.mark.anyio
@pytest.mark.parametrize("api", ["request", "uploadFile", "downloadFile"])
async def test_a_task_promise_can_be_aborted(api):
    options = {"url": "http://localhost", "filePath": "a", "name": "a"}
    network = Network()
    promise = getattr(taropy.create(native=network), api)(options)
    promise.abort()
    with pytest.raises(TaroError, match=r":fail abort$"):
        await promise


@pytest.mark.anyio
async def test_a_task_promise_has_the_methods_of_the_task():
    network = Network()
    promise = taropy.create(native=network).request("http://localhost")
    promise.onHeadersReceived(print)
    promise.offHeadersReceived(print)
    network.answer()
    await promise
    (on, (heard,)), (off, (forgotten,)) = network.tasks[0].asked
    assert (on, off, heard) == ("onHeadersReceived", "offHeadersReceived", forgotten)


@pytest.mark.anyio
async def test_a_task_that_lacks_a_method_says_so():
    network = Network()
    promise = taropy.create(native=network).request("http://localhost")
    with pytest.raises(NotSupported) as caught:
        promise.onChunkReceived(print)
    assert (caught.value.reason, "onChunkReceived" in str(caught.value)) == ("host", True)
    with pytest.raises(AttributeError):
        promise.no_such_method  # noqa: B018
    network.answer()


@pytest.mark.anyio
async def test_abort_and_progress_return_the_promise_as_in_taro():
    network = Network()
    called = []
    promise = taropy.create(native=network).uploadFile(url="http://localhost", filePath="a", name="a")
    assert promise.progress(print) is promise
    assert promise.abort(lambda: called.append("aborting")) is promise
    assert (called, [method for method, _ in network.tasks[0].asked]) == (["aborting"], ["onProgressUpdate", "abort"])
    with pytest.raises(TaroError):
        await promise


def test_a_request_that_failed_before_it_began_can_be_aborted_all_the_same():
    promise = taropy.create(native=Network()).request()
    promise.abort()
    promise.onHeadersReceived(print)
    with pytest.raises(ParameterError):
        promise.result()


@pytest.mark.anyio
async def test_connect_socket_resolves_to_the_native_task_with_the_result_on_it(native, taro):
    class SocketTask:
        def send(self, options): ...

    task = SocketTask()

    def connectSocket(options):
        options["success"]({"errMsg": "connectSocket:ok", "socketTaskId": 3})
        return task

    native.connectSocket = connectSocket
    given = await taro.connectSocket(url="ws://localhost")
    assert given == task
    assert (given.errMsg, given.socketTaskId) == ("connectSocket:ok", 3)


@pytest.mark.anyio
@pytest.mark.parametrize("api", ["request", "uploadFile", "downloadFile"])
async def test_a_promise_has_what_any_task_of_taro_may_have_if_the_native_one_has_it(api):
    network = Network()
    promise = getattr(taropy.create(native=network), api)(url="http://localhost", filePath="a", name="a")
    promise.onProgressUpdate(print)
    assert [name for name, _ in network.tasks[0].asked] == ["onProgressUpdate"]
    network.answer()
    await promise


@pytest.mark.anyio
async def test_a_request_through_interceptors_tells_its_progress_too():
    network = Network()
    taro = taropy.create(native=network)
    taro.addInterceptor(lambda chain: chain.proceed())
    promise = taro.request("http://localhost")
    promise.onProgressUpdate(print)
    assert [name for name, _ in network.tasks[0].asked] == ["onProgressUpdate"]
    network.answer()
    await promise


@pytest.mark.anyio
async def test_a_request_of_which_the_native_object_gave_no_task_can_be_given_up(native, taro):
    held = Held()
    native.request = held
    promise = taro.request("http://localhost")
    promise.abort()
    held.succeed(statusCode=200)
    with pytest.raises(TaroError, match=r"^request:fail abort$"):
        await promise
