"""What `@tarojs/taro-rn` answers over React Native and Expo, as Taro's programs are promised it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from recording import Answers, each, over, received

import taropy

PHOTO = {"uri": "file:///p.jpg", "fileSize": 9, "width": 3, "height": 4, "fileType": "image", "path": "file:///p.jpg"}
FILM = {"uri": "file:///v.mp4", "fileSize": 90, "width": 3, "height": 4, "duration": 1500}
COMMON_FILE = {"tempFilePath": "a", "fileType": "video", "duration": 2, "size": 1}


class Headers:
    """The headers of a response of `fetch`."""

    def entries(self) -> Any:
        return iter([("content-type", "text/plain")])


ANSWERS: Answers = [
    ("request", {"url": "u"}, {"statusCode": 200, "header": Headers()}, {"header": {"content-type": "text/plain"}}),
    ("request", {"url": "u"}, {"statusCode": 200, "header": {"a": "b"}}, {"header": {"a": "b"}}),
    ("getFileInfo", {"filePath": "f"}, {"size": 1, "md5": "d4"}, {"size": 1, "digest": "d4"}),
    ("getFileInfo", {"filePath": "f"}, {"size": 1, "digest": "d4"}, {"size": 1, "digest": "d4"}),
    ("chooseVideo", {}, {**FILM, "tempFilePath": FILM["uri"], "size": 90}, {"duration": 1.5, "size": 90}),
    ("chooseVideo", {}, {"tempFilePath": "a", "duration": 2}, {"duration": 2}),
    ("getLocation", {}, {"accuracy": 20, "horizontalAccuracy": 0}, {"horizontalAccuracy": 20}),
    (
        "getSystemInfo",
        {},
        {"language": None, "SDKVersion": None},
        {"language": "", "SDKVersion": "", "benchmarkLevel": -1},
    ),
    ("getSystemInfo", {}, {"language": "en", "benchmarkLevel": 5}, {"language": "en", "benchmarkLevel": 5}),
]


@each(ANSWERS)
def test_what_expo_answers_is_given_as_declared(
    api: str, options: dict[str, Any], answer: Any, given: dict[str, Any]
) -> None:
    assert received("rn", api, options, answer, given) == given


@pytest.mark.parametrize(
    ("answer", "kind", "files"),
    [
        ({"tempFiles": [PHOTO]}, "image", [("file:///p.jpg", "image", 9, 0)]),
        (
            {"tempFiles": [PHOTO, {**FILM, "fileType": "video"}]},
            "mix",
            [("file:///p.jpg", "image", 9, 0), ("file:///v.mp4", "video", 90, 1.5)],
        ),
        ({**FILM, "tempFilePath": "file:///v.mp4", "size": 90}, "video", [("file:///v.mp4", "video", 90, 1.5)]),
        ({"type": "video", "tempFiles": [COMMON_FILE]}, "video", [("a", "video", 1, 2)]),
    ],
    ids=["a photo", "photo and film", "a film alone", "as declared"],
)
def test_chosen_media_are_files_of_one_form(answer: dict[str, Any], kind: str, files: list[Any]) -> None:
    taro, _ = over("rn", chooseMedia=answer)
    res = taro.chooseMedia().result()
    assert res.type == kind
    assert [(file.tempFilePath, file.fileType, file.size, file.duration) for file in res.tempFiles] == files


@pytest.mark.parametrize(
    ("api", "event", "given"),
    [
        ("onWindowResize", {"windowWidth": 3, "windowHeight": 4}, {"size": {"windowWidth": 3, "windowHeight": 4}}),
        (
            "onLocationChange",
            {"accuracy": 5, "altitude": None, "speed": None, "horizontalAccuracy": 0},
            {"horizontalAccuracy": 5, "altitude": 0, "speed": 0},
        ),
    ],
)
def test_events_are_as_declared(api: str, event: dict[str, Any], given: dict[str, Any]) -> None:
    listeners: list[Any] = []
    heard: list[Any] = []
    taro: Any = taropy.create("rn", native=SimpleNamespace(**{api: listeners.append}))
    getattr(taro, api)(heard.append)
    listeners[0](event)
    assert {name: heard[0][name] for name in given} == given


class Response:
    """What `fetch` resolves to."""

    status = 201
    headers = Headers()

    def __init__(self, text: str) -> None:
        self._text = text

    async def text(self) -> str:
        if self._text == "broken":
            raise OSError("connection lost")
        return self._text


def uploading(answer: Any) -> Any:
    """A runtime whose native uploads give this."""

    def uploadFile(options: dict[str, Any]) -> None:
        options["success"](answer)
        options["complete"](answer)

    return taropy.create("rn", native=SimpleNamespace(uploadFile=uploadFile))


def test_an_uploads_answer_is_read_from_the_response() -> None:
    heard: list[str] = []
    res = (
        uploading(Response("stored"))
        .uploadFile(
            url="u",
            filePath="f",
            name="n",
            success=lambda res: heard.append("success"),
            complete=lambda res: heard.append("complete"),
        )
        .result()
    )
    assert (res.data, res.statusCode, res.header) == ("stored", 201, {"content-type": "text/plain"})
    assert (res.errMsg, heard) == ("uploadFile:ok", ["success", "complete"])


def test_an_uploads_answer_that_is_as_declared_stays() -> None:
    res = uploading({"data": "stored", "statusCode": 200}).uploadFile(url="u", filePath="f", name="n").result()
    assert (res.data, res.statusCode) == ("stored", 200)


def test_an_uploads_answer_that_cannot_be_read_is_a_failure() -> None:
    with pytest.raises(taropy.TaroError, match="uploadFile:fail connection lost"):
        uploading(Response("broken")).uploadFile(url="u", filePath="f", name="n").result()


def test_an_end_by_the_program_is_told_as_everywhere() -> None:
    native = SimpleNamespace(request=lambda options: options["fail"]({"errMsg": "Aborted", "statusCode": 200}))
    taro: Any = taropy.create("rn", native=native)
    with pytest.raises(taropy.TaroError) as caught:
        taro.request(url="u").result()
    assert (caught.value.errMsg, caught.value["statusCode"]) == ("request:fail abort", 200)
