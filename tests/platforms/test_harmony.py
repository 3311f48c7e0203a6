"""What Taro's adapter for HarmonyOS answers, as Taro's programs are promised it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from recording import Answers, each, over, received

import taropy

ANSWERS: Answers = [
    (
        "chooseMedia",
        {"mediaType": ["video", "image"]},
        ["a", "b"],
        {"type": "video", "tempFiles": [{"tempFilePath": path, "fileType": "video"} for path in ("a", "b")]},
    ),
    ("chooseMedia", {}, ["a"], {"type": "image", "tempFiles": [{"tempFilePath": "a", "fileType": "image"}]}),
    ("chooseMedia", {}, {"type": "mix", "tempFiles": []}, {"type": "mix", "tempFiles": []}),
    ("showActionSheet", {"itemList": ["a", "b"]}, {"index": 1}, {"tapIndex": 1}),
    ("showActionSheet", {"itemList": ["a", "b"]}, {"tapIndex": 1}, {"tapIndex": 1}),
    ("chooseVideo", {}, {"tempFilePaths": ["v"]}, {"tempFilePath": "v"}),
    ("chooseVideo", {}, {"tempFilePath": "v"}, {"tempFilePath": "v"}),
    (
        "downloadFile",
        {"url": "u"},
        {"filePath": "f", "downloadTotalBytes": 7},
        {"tempFilePath": "f", "dataLength": 7, "statusCode": 200},
    ),
    ("downloadFile", {"url": "u"}, {"tempFilePath": "f", "statusCode": 404}, {"tempFilePath": "f", "statusCode": 404}),
    (
        "getImageInfo",
        {"src": "p"},
        {"size": {"width": 3, "height": 4}, "mimeType": "image/jpeg"},
        {"width": 3, "height": 4, "path": "p", "type": "jpeg", "orientation": "up"},
    ),
    ("getImageInfo", {"src": "p"}, {"size": {"width": 3, "height": 4}}, {"type": "unknown"}),
    ("getImageInfo", {"src": "p"}, {"width": 3, "path": "q", "type": "png"}, {"width": 3, "path": "q", "type": "png"}),
    ("getLocation", {}, {"accuracy": 20, "horizontalAccuracy": 0}, {"horizontalAccuracy": 20}),
    ("getScreenBrightness", {}, {"value": 51}, {"value": 0.2}),
    ("getScreenBrightness", {}, {"value": 0.5}, {"value": 0.5}),
    ("getSystemInfo", {}, {"SDKVersion": 12, "benchmarkLevel": None}, {"SDKVersion": "12", "benchmarkLevel": -1}),
    ("getSystemInfo", {}, {"SDKVersion": "3", "benchmarkLevel": 9}, {"SDKVersion": "3", "benchmarkLevel": 9}),
    ("request", {"url": "u"}, {"data": '{"a": 1}', "statusCode": 200}, {"data": {"a": 1}}),
    ("request", {"url": "u"}, {"data": "<p>", "statusCode": 200}, {"data": "<p>"}),
    ("request", {"url": "u", "dataType": "text"}, {"data": "[1]", "statusCode": 200}, {"data": "[1]"}),
    ("uploadFile", {"url": "u", "filePath": "f", "name": "n"}, object(), {"errMsg": "uploadFile:ok"}),
    ("uploadFile", {"url": "u", "filePath": "f", "name": "n"}, {"data": "d"}, {"data": "d", "errMsg": "uploadFile:ok"}),
]


@each(ANSWERS)
def test_what_harmony_answers_is_given_as_declared(
    api: str, options: dict[str, Any], answer: Any, given: dict[str, Any]
) -> None:
    assert received("harmony", api, options, answer, given) == given


def test_pictures_are_asked_for_with_the_declared_count() -> None:
    taro, native = over("harmony", chooseImage={"tempFilePaths": []})
    taro.chooseImage().result()
    taro.chooseImage(count=2).result()
    assert [options["count"] for _, options in native.calls] == [9, 2]


def test_harmony_writes_on_a_copy_of_the_headers() -> None:
    taro, native = over("harmony", request={"data": ""})
    header = {"a": "b"}
    taro.request(url="u", header=header).result()
    assert native.calls[0][1]["header"] == header
    assert native.calls[0][1]["header"] is not header


def test_a_failure_of_harmonys_modules_keeps_its_code() -> None:
    error = {"code": 201, "message": "Permission denied"}
    native = SimpleNamespace(getLocation=lambda options: options["fail"](error))
    with pytest.raises(taropy.TaroError) as caught:
        taropy.create("harmony", native=native).getLocation().result()
    assert (caught.value.errMsg, caught.value.errCode) == ("getLocation:fail Permission denied", 201)


class Both:
    """A task of the adapter's: a promise too, of something that Taro does not declare."""

    def __init__(self) -> None:
        self.listeners: dict[str, list[Any]] = {"message": [], "progress": []}

    def __await__(self) -> Any:
        yield from asyncio.sleep(0).__await__()
        return True

    def onMessage(self, listener: Any) -> None:
        self.listeners["message"].append(listener)

    def onProgressUpdate(self, listener: Any) -> None:
        self.listeners["progress"].append(listener)

    def offProgressUpdate(self, listener: Any) -> None:
        self.listeners["progress"].remove(listener)


def test_a_socket_is_its_task_and_its_messages_are_in_data() -> None:
    task = Both()
    results: list[Any] = []
    heard: list[Any] = []

    def connectSocket(options: dict[str, Any]) -> Both:
        options["success"](True)
        return task

    taro: Any = taropy.create("harmony", native=SimpleNamespace(connectSocket=connectSocket))
    socket = taro.connectSocket(url="wss://x.test", success=results.append).result()
    socket.onMessage(heard.append)
    task.listeners["message"][0]("hello")
    task.listeners["message"][0]({"data": "again"})
    assert [message["data"] for message in heard] == ["hello", "again"]
    assert [res["errMsg"] for res in results] == ["connectSocket:ok"]


@pytest.mark.parametrize(
    ("api", "options"), [("downloadFile", {"url": "u"}), ("uploadFile", {"url": "u", "filePath": "f", "name": "n"})]
)
def test_progress_is_in_percent(api: str, options: dict[str, Any]) -> None:
    async def story() -> tuple[list[Any], Both]:
        task = Both()
        answers: list[Any] = []

        def native(options: dict[str, Any]) -> Both:
            answers.append(options["success"])
            return task

        heard: list[Any] = []
        running = getattr(taropy.create("harmony", native=SimpleNamespace(**{api: native})), api)(options)
        running.onProgressUpdate(heard.append)
        task.listeners["progress"][0]({"progress": 0.25, "totalBytesWritten": 1})
        running.offProgressUpdate(heard.append)
        answers[0]({})
        await running
        return heard, task

    heard, task = asyncio.run(story())
    assert [event["progress"] for event in heard] == [25]
    assert task.listeners["progress"] == []
