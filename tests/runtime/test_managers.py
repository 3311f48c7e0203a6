"""The objects that a native object hands out, as programs use them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

import taropy
from taropy import NotSupported, ParameterError, TaroError
from taropy.loops import keep_under_way


class Files:
    """A native file manager, that answers at once and writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def readFile(self, options: dict[str, Any]) -> None:
        self.asked.append({name: value for name, value in options.items() if not callable(value)})
        if options["filePath"] == "missing":
            options["fail"]({"errMsg": "readFile:fail no such file or directory, open missing"})
        else:
            options["success"]({"errMsg": "readFile:ok", "data": "text"})

    def readFileSync(self, path: str, encoding: str | None = None) -> str:
        if path == "missing":
            raise OSError("readFileSync:fail no such file or directory, open missing")
        return f"{path} in {encoding}"


@pytest.fixture
def native() -> Files:
    return Files()


@pytest.fixture
def files(native: Files) -> Any:
    return taropy.create("weapp", native=SimpleNamespace(getFileSystemManager=lambda: native)).getFileSystemManager()


@pytest.mark.parametrize("given", ["dict", "keywords", "class"])
def test_a_method_takes_options_in_all_three_forms(files: Any, native: Files, given: str) -> None:
    options = {"filePath": "a.txt", "encoding": "utf8"}
    heard: list[Any] = []
    if given == "dict":
        files.readFile({**options, "success": heard.append})
    elif given == "keywords":
        files.readFile(**options, success=heard.append)
    else:
        from taropy.models import FileSystemManagerReadFileOption

        files.readFile(FileSystemManagerReadFileOption(**options, success=heard.append))
    assert native.asked == [options]
    assert heard[0].data == "text"


def test_wrong_options_of_a_method_do_not_reach_the_native_object(files: Any, native: Files) -> None:
    failures: list[TaroError] = []
    files.readFile(filePath=7, fail=failures.append)
    assert native.asked == []
    assert isinstance(failures[0], ParameterError)
    assert failures[0].errMsg == "readFile:fail parameter error: parameter.filePath should be String instead of Number"


def test_the_callers_options_are_not_changed(files: Any) -> None:
    options = {"filePath": "a.txt"}
    files.readFile(options)
    assert options == {"filePath": "a.txt"}


def test_a_failure_of_a_method_is_an_error_with_its_message(files: Any) -> None:
    order: list[str] = []
    files.readFile(
        filePath="missing",
        fail=lambda error: order.append(error.errMsg),
        complete=lambda error: order.append("complete"),
    )
    assert order == ["readFile:fail no such file or directory, open missing", "complete"]


def test_callbacks_come_after_the_method_has_returned(files: Any) -> None:
    order: list[str] = []

    async def main() -> None:
        files.readFile(filePath="a.txt", success=lambda _: order.append("success"))
        order.append("returned")
        await asyncio.sleep(0)

    asyncio.run(main())
    assert order == ["returned", "success"]


def test_a_sync_method_gives_its_value_or_raises(files: Any) -> None:
    assert files.readFileSync("a.txt", encoding="utf8") == "a.txt in utf8"
    with pytest.raises(TaroError, match="no such file or directory, open missing"):
        files.readFileSync("missing")
    with pytest.raises(ParameterError, match=r"parameter\.filePath should be String instead of Undefined"):
        files.readFileSync()


def test_a_method_that_the_native_object_lacks_says_so(files: Any) -> None:
    with pytest.raises(NotSupported, match=r"FileSystemManager\.unlink") as caught:
        files.unlink(filePath="a.txt")
    assert caught.value.reason == "host"


def test_what_the_declarations_do_not_know_is_the_native_objects_own(files: Any, native: Files) -> None:
    assert files.asked is native.asked
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        files.nothing_of_the_kind()


def test_the_same_native_object_is_the_same_manager() -> None:
    native = Files()
    taro: Any = taropy.create("weapp", native=SimpleNamespace(getFileSystemManager=lambda: native))
    assert taro.getFileSystemManager() is taro.getFileSystemManager()
    assert taro.getFileSystemManager() == native


def test_listeners_of_a_manager_get_models_and_can_be_taken_off() -> None:
    class Socket:
        def __init__(self) -> None:
            self.listeners: list[Any] = []

        def onMessage(self, listener: Any) -> None:
            self.listeners.append(listener)

        def offMessage(self, listener: Any = None) -> None:
            self.listeners.remove(listener)

    native = Socket()
    udp: Any = taropy.create("weapp", native=SimpleNamespace(createUDPSocket=lambda: native)).createUDPSocket()
    heard: list[Any] = []
    udp.onMessage(heard.append)
    native.listeners[0]({"message": b"hi", "remoteInfo": {"address": "127.0.0.1", "port": 9}})
    assert (heard[0].message, heard[0].remoteInfo.port) == (b"hi", 9)
    udp.offMessage(heard.append)
    assert native.listeners == []


def test_properties_are_read_from_and_written_to_the_native_object() -> None:
    native = SimpleNamespace(src="", paused=True)
    audio: Any = taropy.create("weapp", native=SimpleNamespace(createInnerAudioContext=lambda: native))
    context = audio.createInnerAudioContext()
    context.src = "a.mp3"
    native.paused = False
    assert (native.src, context.paused) == ("a.mp3", False)


def test_a_chain_of_methods_stays_with_managers() -> None:
    heard: list[Any] = []

    class Query:
        def select(self, selector: str) -> Any:
            return SimpleNamespace(boundingClientRect=lambda callback: self.ask(selector, callback))

        def ask(self, selector: str, callback: Any) -> Any:
            self.answer = {"id": selector, "width": 10}
            self.callback = callback
            return self

        def exec(self, callback: Any) -> None:
            self.callback(self.answer)
            callback([self.answer])

    taro: Any = taropy.create("weapp", native=SimpleNamespace(createSelectorQuery=Query))
    query = taro.createSelectorQuery()
    assert query.select("#a").boundingClientRect(heard.append) is query
    query.exec(heard.append)
    assert (heard[0].width, heard[1][0].id) == (10, "#a")


def test_a_manager_within_a_result_is_one_too() -> None:
    sent: list[Any] = []
    channel = SimpleNamespace(emit=lambda *given: sent.append(given))

    def navigateTo(options: dict[str, Any]) -> None:
        options["success"]({"errMsg": "navigateTo:ok", "eventChannel": channel})

    taro: Any = taropy.create("weapp", native=SimpleNamespace(navigateTo=navigateTo))
    result = taro.navigateTo(url="/pages/a/a").result()
    result.eventChannel.emit("picked", {"id": 1})
    assert sent == [("picked", {"id": 1})]


def test_methods_are_observed_with_their_managers_name(native: Files) -> None:
    seen: list[Any] = []
    taro: Any = taropy.create("weapp", native=SimpleNamespace(getFileSystemManager=lambda: native), observe=seen.append)
    taro.getFileSystemManager().readFileSync("a.txt", "utf8")
    assert [(call.api, call.outcome) for call in seen[2:]] == [("FileSystemManager.readFileSync", "ok")] * 2
    assert seen[-1].options == {"filePath": "a.txt", "encoding": "utf8"}


def test_a_callback_beside_options_gets_a_model_too() -> None:
    class Observer:
        def observe(self, options: dict[str, Any], callback: Any) -> None:
            callback({"matches": options["minWidth"] < 400})

    taro: Any = taropy.create("h5", native=SimpleNamespace(createMediaQueryObserver=Observer))
    heard: list[bool] = []
    taro.createMediaQueryObserver().observe({"minWidth": 300}, lambda res: heard.append(res.matches))
    taro.createMediaQueryObserver().observe(minWidth=500, callback=lambda res: heard.append(res.matches))
    assert heard == [True, False]


def test_what_comes_beside_options_of_a_function_may_have_its_name() -> None:
    given: list[Any] = []

    def canvasToTempFilePath(options: dict[str, Any], *rest: Any) -> None:
        given.append((options["canvasId"], options.get("component"), rest))
        options["success"]({"errMsg": "canvasToTempFilePath:ok", "tempFilePath": "a.png"})

    taro: Any = taropy.create("weapp", native=SimpleNamespace(canvasToTempFilePath=canvasToTempFilePath))
    page = SimpleNamespace()
    taro.canvasToTempFilePath(canvasId="c", component=page).result()
    taro.canvasToTempFilePath({"canvasId": "c"}, page).result()
    taro.canvasToTempFilePath(canvasId="c").result()
    assert given == [("c", None, (page,)), ("c", None, (page,)), ("c", None, ())]


@pytest.mark.parametrize("api", ["uploadFile", "downloadFile"])
def test_listeners_of_a_transfers_task_get_models(api: str) -> None:
    told: list[Any] = []

    def transfer(options: dict[str, Any]) -> Any:
        told.append(options["success"])
        return SimpleNamespace(onProgressUpdate=told.append)

    async def main() -> list[float]:
        taro: Any = taropy.create("weapp", native=SimpleNamespace(**{api: transfer}))
        heard: list[float] = []
        promise = getattr(taro, api)(url="http://localhost", filePath="a", name="a")
        promise.onProgressUpdate(lambda res: heard.append(res.progress))
        answer, listener = told
        listener({"progress": 50})
        answer({})
        await promise
        return heard

    assert asyncio.run(main()) == [50]


class Player:
    """A native object that begins what goes on by itself."""

    in_loop = True

    def __init__(self) -> None:
        self.loaded: list[str] = []

    @property
    def src(self) -> str:
        return self.loaded[-1] if self.loaded else ""

    @src.setter
    def src(self, src: str) -> None:
        self._begin(src)

    def play(self) -> None:
        self._begin("played")

    def _begin(self, what: str) -> None:
        async def load() -> None:
            await asyncio.sleep(0)
            self.loaded.append(what)

        keep_under_way(asyncio.get_running_loop().create_task(load()))


def test_what_an_object_begins_is_ready_when_a_call_outside_a_loop_returns() -> None:
    native = Player()
    audio = taropy.create("weapp", native=SimpleNamespace(createInnerAudioContext=lambda: native))
    context: Any = audio.createInnerAudioContext()
    context.src = "a.mp3"
    assert context.src == "a.mp3"
    context.play()
    assert native.loaded == ["a.mp3", "played"]


def test_inside_a_loop_nothing_waits_for_it() -> None:
    native = Player()
    audio = taropy.create("weapp", native=SimpleNamespace(createInnerAudioContext=lambda: native))

    async def main() -> None:
        context: Any = audio.createInnerAudioContext()
        context.src = "a.mp3"
        assert native.loaded == []
        await taropy.settled()
        assert native.loaded == ["a.mp3"]

    asyncio.run(main())
