"""Failures on Alipay: each has a number in `error` and words in `errorMessage`, as the function's own page lists them.

What the numbers mean stands in taropy/phone/sources/alipay.toml, with the pages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from natively import call
from servers import Answer, Received, WebServer, unused_port
from tabbed import launched

import taropy
from taropy import TaroError
from taropy.phone import NativeError, Phone

KB = 1024
GONE = "https://resource/gone.png"

#: What a program does wrong, and the number that it is told.
WRONG: list[tuple[str, dict[str, Any], int]] = [
    ("getStorage", {"key": ""}, 2),
    ("getStorage", {}, 2),
    ("setStorage", {"key": "", "data": 1}, 2),
    ("setStorage", {"data": 1}, 2),
    ("setStorage", {"key": "a"}, 2),
    ("setStorage", {"key": "a", "data": "x" * 200 * KB}, 14),
    ("removeStorage", {"key": ""}, 2),
    ("saveFile", {"apFilePath": GONE}, 12),
    ("saveFile", {"apFilePath": ""}, 2),
    ("saveFile", {}, 2),
    ("saveImageToPhotosAlbum", {"filePath": ""}, 2),
    ("saveImageToPhotosAlbum", {}, 2),
    ("saveImageToPhotosAlbum", {"filePath": GONE}, 17),
    ("saveVideoToPhotosAlbum", {"filePath": ""}, 2),
    ("saveVideoToPhotosAlbum", {}, 2),
    ("saveVideoToPhotosAlbum", {"filePath": GONE}, 17),
    ("getImageInfo", {"src": ""}, 12),
    ("getImageInfo", {"src": GONE}, 18),
    ("makePhoneCall", {"number": ""}, 2),
    ("makePhoneCall", {}, 2),
    ("connectSocket", {"url": ""}, 3),
    ("connectSocket", {"url": "ws:// nowhere"}, 4),
    ("connectSocket", {"url": "http://nowhere.test"}, 5),
    ("connectSocket", {"url": 1}, 2),
    ("sendSocketMessage", {"data": "hello"}, 10),
    ("openLocation", {"longitude": 121.0, "latitude": 31.0, "name": "The Bund"}, 2),
    ("openLocation", {"latitude": 31.0, "name": "The Bund", "address": "Shanghai"}, 2),
    ("previewImage", {}, 2),
    ("setScreenBrightness", {"brightness": 4}, 2),
    ("setScreenBrightness", {}, 2),
    ("setVisualEffectOnCapture", {"visualEffect": "blurred"}, 2),
    ("setBackgroundTextStyle", {"textStyle": "grey"}, 2),
    ("getBackgroundFetchData", {"fetchType": "pre"}, 3),
    ("getBackgroundFetchData", {"fetchType": "periodic"}, 2),
    ("getBackgroundFetchData", {}, 2),
    ("navigateToMiniProgram", {}, 2),
    ("navigateToMiniProgram", {"appId": "nobody"}, 31),
    ("downloadFile", {"url": ""}, 2),
    ("uploadFile", {"url": "http://localhost/", "filePath": "https://usr/gone", "name": "file"}, 11),
    ("uploadFile", {"url": "http://localhost/", "name": "file"}, 11),
    ("uploadFile", {"url": "http://localhost/", "filePath": GONE, "name": 1}, 11),
    ("request", {"url": ""}, 2),
    ("request", {}, 2),
    ("loadFontFace", {}, 2),
    ("pageScrollTo", {}, 1),
    ("showActionSheet", {}, 2),
    ("setClipboard", {}, 2),
]


@pytest.fixture
def my(phone: Phone) -> Any:
    """Alipay's native object, of an app with two tabs that shows the first."""
    launched(taropy.create("alipay", phone=phone))
    return phone.native("alipay")


def told(failure: dict[str, Any]) -> int:
    """The number of a failure, which has words beside it, and none of WeChat's numbers."""
    assert failure["errorMessage"]
    assert not {"errCode", "errno"} & {*failure}
    number: int = failure["error"]
    return number


@pytest.mark.parametrize(("name", "options", "error"), WRONG)
def test_what_a_program_does_wrong_has_the_number_of_the_functions_page(
    my: Any, name: str, options: dict[str, Any], error: int
) -> None:
    assert told(call(my, name, **options)) == error


def test_whatever_a_test_has_fail_has_a_number(my: Any, phone: Phone) -> None:
    phone.faults.fail("getStorage", "the disk is full")
    assert told(call(my, "getStorage", key="a")) == 3, "Alipay's word for what is not known"
    phone.faults.fail("getStorage", "the disk is full", errCode=12)
    assert told(call(my, "getStorage", key="a")) == 12
    phone.faults.fail("getBatteryInfoSync", "no battery")
    with pytest.raises(NativeError) as caught:
        my.getBatteryInfoSync()
    assert (caught.value.error, caught.value.errorMessage) == (3, "no battery")


@pytest.mark.parametrize(("device", "error"), [("iPhone 15 Pro", 11), ("Pixel 8", 10)])
def test_who_picks_no_video_is_told_by_the_systems_number(device: str, error: int) -> None:
    phone = Phone(device=device)
    phone.media.cancel()
    assert told(call(phone.native("alipay"), "chooseVideo")) == error


@pytest.mark.parametrize("name", ["chooseImage", "chooseLocation"])
def test_who_picks_nothing_else_is_told_by_one_number(phone: Phone, name: str) -> None:
    phone.media.cancel()
    phone.location.cancel()
    assert told(call(phone.native("alipay"), name)) == 11


# --- the network ---------------------------------------------------------------------------------------------------


def respond(received: Received) -> Answer:
    bodies = {
        "/text": "hello",
        "/marked": "\ufeff{}".encode(),
        "/html": "<p>no</p>",
        "/json": {"a": 1},
        "/nothing": b"",
    }
    return Answer(bodies[received.path], status=502 if received.path == "/html" else 200)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer(respond) as server:
        yield server


@pytest.mark.parametrize("path", ["/text", "/marked", "/html"])
def test_a_body_that_is_no_json_is_a_failure(my: Any, server: WebServer, path: str) -> None:
    failure = call(my, "request", url=server.url(path))
    assert (told(failure), failure["errorMessage"]) == (14, "JSON parse data error")
    assert failure["status"] == (502 if path == "/html" else 200)
    assert "Content-Type" in failure["headers"] or path == "/marked"


def test_programs_of_taros_hear_of_it(server: WebServer) -> None:
    with taropy.create("alipay") as t, pytest.raises(TaroError) as caught:
        t.request(url=server.url("/text")).result()
    assert (caught.value.error, caught.value.errCode, caught.value.data) == (14, 14, "hello")


@pytest.mark.parametrize(("kind", "data"), [("text", "hello"), ("base64", "aGVsbG8="), ("arraybuffer", b"hello")])
def test_what_is_asked_for_as_something_else_need_not_be_json(my: Any, server: WebServer, kind: str, data: Any) -> None:
    assert call(my, "request", url=server.url("/text"), dataType=kind)["data"] == data


def test_a_body_that_is_empty_gives_an_empty_text(my: Any, server: WebServer) -> None:
    assert call(my, "request", url=server.url("/nothing"))["data"] == ""


def test_elsewhere_text_is_text(server: WebServer) -> None:
    for platform in ("weapp", "swan", "tt", "qq", "jd"):
        with taropy.create(platform) as t:
            assert t.request(url=server.url("/text")).result().data == "hello"


def test_status_and_headers_have_both_names(my: Any, server: WebServer) -> None:
    answer = call(my, "request", url=server.url("/json"))
    assert answer.keys() == {"errMsg", "data", "status", "statusCode", "headers", "header"}
    assert (answer["status"], answer["headers"]) == (answer["statusCode"], answer["header"])


@pytest.mark.parametrize(("name", "error"), [("request", 13), ("uploadFile", 12), ("downloadFile", 12)])
def test_what_takes_too_long_has_the_functions_number(my: Any, phone: Phone, name: str, error: int) -> None:
    phone.clock.start()
    my.getFileSystemManager().writeFileSync("https://usr/a", "tea")
    more = {"filePath": "https://usr/a", "name": "file"} if name == "uploadFile" else {}

    async def never(received: Received) -> Answer:
        await asyncio.Event().wait()
        return Answer()

    with WebServer(never) as server:
        assert told(call(my, name, url=server.url("/"), timeout=1, **more)) == error
    nobody = f"http://127.0.0.1:{unused_port()}/"
    assert told(call(my, name, url=nobody, **more)) == 12


def test_an_upload_that_is_aborted_has_its_number(my: Any, server: WebServer) -> None:
    my.getFileSystemManager().writeFileSync("https://usr/a", "tea")

    async def main() -> dict[str, Any]:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        options = {"url": server.url("/json"), "filePath": "https://usr/a", "name": "file"}
        my.uploadFile({**options, "fail": answer.set_result}).abort()
        failure: dict[str, Any] = await answer
        return failure

    failure = asyncio.run(main())
    assert (told(failure), failure["errMsg"]) == (9, "uploadFile:fail abort")


def test_the_list_of_domains_is_for_requests_and_uploads(my: Any, phone: Phone, server: WebServer) -> None:
    my.getFileSystemManager().writeFileSync("https://usr/a", "tea")
    phone.network.domains = ["https://example.com"]
    assert told(call(my, "request", url=server.url("/json"))) == 11
    assert told(call(my, "uploadFile", url=server.url("/json"), filePath="https://usr/a", name="file")) == 4
    assert call(my, "downloadFile", url=server.url("/json"))["errMsg"] == "downloadFile:ok"


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["navigateTo", "redirectTo", "reLaunch", "switchTab"])
def test_a_page_that_is_not_there_is_named(my: Any, phone: Phone, name: str) -> None:
    failure = call(my, name, url="/pages/gone/gone?id=7")
    assert told(failure) == 1
    assert failure["errorMessage"] == "/pages/gone/gone?id=7 resolved to pages/gone/gone is not found"
    assert phone.pages.routes == ["pages/home/home"]


def test_programs_of_taros_are_told_the_same() -> None:
    with taropy.create("alipay") as t, pytest.raises(TaroError) as caught:
        launched(t).navigateTo(url="gone").result()
    assert (caught.value.errCode, caught.value.errMsg) == (
        1,
        "navigateTo:fail gone resolved to pages/home/gone is not found",
    )


def test_a_page_that_is_no_tab_is_not_switched_to(my: Any) -> None:
    failure = call(my, "switchTab", url="/pages/detail/detail")
    assert told(failure) == 1
    assert failure["errorMessage"].startswith("/pages/detail/detail resolved to pages/detail/detail is not tab")


def test_going_back_from_the_first_page_has_words_for_a_number(my: Any) -> None:
    failure = call(my, "navigateBack")
    assert failure["error"] == failure["errorMessage"] == "already top of navigation"


def test_nobody_is_asked_before_there_is_a_page(phone: Phone) -> None:
    heard: list[dict[str, Any]] = []

    def launch(app: Any, options: Any) -> None:
        native = phone.native("alipay")
        native.enableAlertBeforeUnload({"message": "Sure?", "fail": heard.append})
        native.disableAlertBeforeUnload({"fail": heard.append})

    app = taropy.App(pages=["pages/home/home"])
    app.page("pages/home/home")(lambda: None)
    app.entry(type("Main", (), {"onLaunch": launch}))
    app.launch(taropy.create("alipay", phone=phone)).result()
    assert [told(failure) for failure in heard] == [7, 7]


def test_nobody_is_asked_before_the_first_page_goes(my: Any) -> None:
    for name, options in (("enableAlertBeforeUnload", {"message": "Sure?"}), ("disableAlertBeforeUnload", {})):
        assert told(call(my, name, **options)) == 8
    call(my, "navigateTo", url="/pages/detail/detail")
    assert call(my, "enableAlertBeforeUnload", message="Sure?")["errMsg"] == "enableAlertBeforeUnload:ok"


# --- the person ----------------------------------------------------------------------------------------------------


def test_a_login_that_goes_further_asks_the_person(my: Any, phone: Phone) -> None:
    granted = call(my, "getAuthCode", scopes=["auth_base", "auth_user"])
    assert granted["authSuccessScopes"] == ["auth_base", "auth_user"]
    assert phone.person.asked[-1].shown["scopes"] == ["auth_user"]
    phone.person.script("authorize", allow=False)
    assert told(call(my, "getAuthCode", scopes="auth_user")) == 11
    assert told(call(my, "getAuthCode", scopes="auth_all")) == 3
    asked = len(phone.person.asked)
    assert call(my, "getAuthCode")["authSuccessScopes"] == ["auth_base"]
    assert len(phone.person.asked) == asked, "nobody is asked for what is silent"
    phone.network.type = "none"
    assert told(call(my, "getAuthCode")) == 12


def test_a_program_reads_the_clipboard_if_the_person_lets_it(my: Any, phone: Phone) -> None:
    call(my, "setClipboard", text="tea")
    assert call(my, "getClipboard") == {"text": "tea"}
    phone.permissions.reset()
    phone.person.script("authorize", allow=False)
    assert told(call(my, "getClipboard")) == 2001
    phone.person.script("authorize", allow=False, remember=True)
    assert told(call(my, "getClipboard")) == 2003
    assert told(call(my, "getClipboard")) == 2002
    assert call(my, "setClipboard", text="milk")["success"], "nobody is asked before it is written"
