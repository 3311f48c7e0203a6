"""What `uploadFile` sends, and what a program gets back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faulty import impatient
from natively import call, called
from servers import Answer, RawServer, Received, WebServer, read_request
from transfers import PLATFORMS, form_of, put

import taropy
from taropy import TaroError
from taropy.phone import Phone

PICTURE = bytes(range(256)) * 10


@pytest.fixture
def phone() -> Iterator[Phone]:
    with Phone() as phone:
        yield phone


@pytest.fixture
def server() -> Iterator[WebServer]:
    headers = [("X-Server", "1"), ("Set-Cookie", "a=1"), ("Content-Type", "application/json")]
    with WebServer(lambda received: Answer('{"id": 7}', 201, headers)) as server:
        yield server


def upload(phone: Phone, server: WebServer, tmp_path: Path, **options: Any) -> dict[str, Any]:
    path = put(phone, tmp_path / "picture.png", PICTURE)
    given = {"url": server.url("/up"), "filePath": path, "name": "picture", **options}
    return call(phone.native("weapp"), "uploadFile", **given)


@pytest.mark.parametrize("platform", [each for each in PLATFORMS if each != "harmony"])
def test_what_was_downloaded_is_uploaded_again(platform: str) -> None:
    def respond(received: Received) -> Answer:
        return Answer(PICTURE) if received.method == "GET" else Answer("got it")

    with WebServer(respond) as server, taropy.create(platform) as runtime:
        file = runtime.downloadFile(url=server.url("/a.png")).result(20).tempFilePath
        result = runtime.uploadFile(url=server.url("/up"), filePath=file, name="file", formData={"n": 1}).result(20)
    form = form_of(server.last)
    assert (result.data, result.statusCode, result.errMsg) == ("got it", 200, "uploadFile:ok")
    assert (server.last.method, form["file"].get_payload(decode=True)) == ("POST", PICTURE)
    assert form["n"].get_payload(decode=True) == b"1"


def test_what_a_call_has_given_can_be_the_fields(server: WebServer) -> None:
    with taropy.create("weapp") as runtime:
        [file] = runtime.chooseImage(count=1).result(20).tempFilePaths
        system = runtime.getNetworkType().result()
        runtime.uploadFile(url=server.url(), filePath=file, name="file", formData=system).result(20)
    assert form_of(server.last)["networkType"].get_payload(decode=True) == b"wifi"


def test_the_result_has_text_status_headers_and_cookies(phone: Phone, server: WebServer, tmp_path: Path) -> None:
    result = upload(phone, server, tmp_path)
    assert (result["data"], result["statusCode"], result["cookies"]) == ('{"id": 7}', 201, ["a=1"])
    assert result["header"]["X-Server"] == "1"
    assert result["profile"]["receivedBytedCount"] == len(result["data"])


@pytest.mark.parametrize("status", [204, 400, 404, 500, 503])
def test_every_status_succeeds(status: int, phone: Phone, tmp_path: Path) -> None:
    with WebServer(lambda received: Answer("no", status)) as server:
        assert upload(phone, server, tmp_path)["statusCode"] == status


def test_the_file_has_a_name_and_a_type(phone: Phone, server: WebServer, tmp_path: Path) -> None:
    path = put(phone, tmp_path / "picture.png", PICTURE)
    call(phone.native("weapp"), "uploadFile", url=server.url(), filePath=path, name="a")
    part = form_of(server.last)["a"]
    assert (part.get_filename(), part.get_content_type()) == (path.rpartition("/")[2], "image/png")


def test_a_program_may_name_the_file(phone: Phone, server: WebServer, tmp_path: Path) -> None:
    upload(phone, server, tmp_path, fileName="我的 照片.txt")
    assert 'filename="我的 照片.txt"'.encode() in server.last.body
    assert b"Content-Type: text/plain" in server.last.body


def test_fields_are_sent_as_the_text_that_javascript_makes_of_them(
    phone: Phone, server: WebServer, tmp_path: Path
) -> None:
    fields = {"user": "李 \U0001f600", "n": 1.0, "yes": True, "none": None, "list": [1, 2], "surrogate": "\ud800"}
    upload(phone, server, tmp_path, formData={**fields, 'a"b\r\nX: c': ""})
    form = form_of(server.last)
    texts = {name: part.get_payload(decode=True).decode() for name, part in form.items() if name != "picture"}
    sent = {"user": "李 \U0001f600", "n": "1", "yes": "true", "none": "null", "list": "1,2", "surrogate": "?"}
    assert texts == {**sent, "a%22b%0D%0AX: c": ""}


def test_the_content_type_is_the_phones_own_and_other_headers_the_programs(
    phone: Phone, server: WebServer, tmp_path: Path
) -> None:
    header = {"content-type": "multipart/form-data", "Authorization": "Bearer t", "Referer": "https://mine"}
    upload(phone, server, tmp_path, header=header)
    sent = server.last.headers
    assert sent["content-type"].startswith("multipart/form-data; boundary=")
    assert sent["authorization"] == "Bearer t"
    assert sent["referer"].startswith("https://servicewechat.com/")


def test_an_empty_file_is_sent(phone: Phone, server: WebServer, tmp_path: Path) -> None:
    path = put(phone, tmp_path / "empty.txt", b"")
    call(phone.native("weapp"), "uploadFile", url=server.url(), filePath=path, name="a")
    assert form_of(server.last)["a"].get_payload(decode=True) == b""


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("url", None, "parameter error: parameter.url should be String instead of Null"),
        ("url", "ftp://a", 'invalid url "ftp://a"'),
        ("filePath", 7, "parameter error: parameter.filePath should be String instead of Number"),
        ("name", None, "parameter error: parameter.name should be String instead of Null"),
        ("formData", [1], "parameter error: parameter.formData should be Object instead of Array"),
        ("header", "a", "parameter error: parameter.header should be Object instead of String"),
        ("fileName", 7, "parameter error: parameter.fileName should be String instead of Number"),
        ("filePath", "wxfile://tmp_gone.png", "file not found"),
        ("filePath", "wxfile://usr/gone.png", "file not found"),
        ("filePath", "wxfile://usr", "illegal operation on a directory, open wxfile://usr"),
        ("filePath", "wxfile://usr/../../../etc/passwd", "permission denied, open wxfile://usr/../../../etc/passwd"),
        ("filePath", "file:///etc/passwd", "permission denied, open file:///etc/passwd"),
    ],
)
def test_what_can_not_be_sent_fails(
    option: str, value: Any, message: str, phone: Phone, server: WebServer, tmp_path: Path
) -> None:
    assert upload(phone, server, tmp_path, **{option: value})["errMsg"] == f"uploadFile:fail {message}"
    assert server.received == []


def test_only_listed_domains_are_uploaded_to(phone: Phone, server: WebServer, tmp_path: Path) -> None:
    phone.network.domains = {"upload": [server.origin]}
    assert upload(phone, server, tmp_path)["errMsg"] == "uploadFile:ok"
    phone.network.domains = {"request": [server.origin], "download": [server.origin]}
    assert upload(phone, server, tmp_path)["errMsg"] == "uploadFile:fail url not in domain list"


def test_a_redirect_that_keeps_the_method_gets_the_file_again(phone: Phone, tmp_path: Path) -> None:
    def respond(received: Received) -> Answer:
        return Answer("here") if received.path == "/there" else Answer("", 307, [("Location", "/there")])

    with WebServer(respond) as server:
        assert upload(phone, server, tmp_path)["data"] == "here"
    assert [form_of(one)["picture"].get_payload(decode=True) for one in server.received] == [PICTURE, PICTURE]


def test_progress_goes_up_to_a_hundred_percent(server: WebServer, tmp_path: Path) -> None:
    told: list[Any] = []

    async def main() -> None:
        async with taropy.create("weapp") as weapp:
            path = put(weapp.phone, tmp_path / "large.bin", b"x" * 3_000_000)
            task = weapp.uploadFile(url=server.url(), filePath=path, name="file")
            task.onProgressUpdate(told.append)
            await task

    asyncio.run(main())
    size = len(server.last.body)
    percents = [event.progress for event in told]
    assert percents == sorted(percents)
    assert (percents[-1], told[-1].totalBytesSent, told[-1].totalBytesExpectedToSend) == (100, size, size)
    assert len(told) > 2
    assert all(type(percent) is int for percent in percents)


def test_a_listener_that_is_taken_off_is_not_told(phone: Phone, server: WebServer, tmp_path: Path) -> None:
    told: list[str] = []

    async def main() -> None:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        path = put(phone, tmp_path / "a.txt")
        options = {"url": server.url(), "filePath": path, "name": "file", "complete": answer.set_result}
        task = phone.native("weapp").uploadFile(options)
        one, other = (lambda event: told.append("one")), (lambda event: told.append("other"))
        for event in ("ProgressUpdate", "HeadersReceived"):
            getattr(task, f"on{event}")(one)
            getattr(task, f"on{event}")(other)
            getattr(task, f"off{event}")(one)
        await answer

    asyncio.run(main())
    assert told == ["other", "other"]


def test_a_file_that_changes_while_it_is_sent_fails(phone: Phone, tmp_path: Path) -> None:
    path = put(phone, tmp_path / "large.bin", b"")
    real = phone.files.local(phone.app("weapp"), path)
    with real.open("wb") as file:
        file.truncate(64_000_000)

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        with real.open("wb"):
            pass
        await reader.read(-1)

    with RawServer(slow) as server:
        failure = call(phone.native("weapp"), "uploadFile", url=server.url(), filePath=path, name="file")
        assert failure["errMsg"].endswith("net::ERR_UPLOAD_FILE_CHANGED")
        assert server.wait_until_left()


def test_an_upload_that_the_server_does_not_read_can_be_aborted(phone: Phone, tmp_path: Path) -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        await writer.wait_closed()

    async def main() -> Any:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        options = {"url": server.url(), "filePath": path, "name": "file", "complete": answer.set_result}
        task = phone.native("weapp").uploadFile(options)
        started = asyncio.Event()
        task.onProgressUpdate(lambda event: started.set())
        await started.wait()
        task.abort()
        return await answer

    path = put(phone, tmp_path / "large.bin", b"")
    with phone.files.local(phone.app("weapp"), path).open("wb") as file:
        file.truncate(64_000_000)
    with RawServer(deaf) as server:
        assert asyncio.run(main()) == {"errMsg": "uploadFile:fail abort"}


def test_a_server_that_has_enough_before_the_end_is_heard(phone: Phone, tmp_path: Path) -> None:
    path = put(phone, tmp_path / "large.bin", b"x" * 2_000_000)
    with RawServer(impatient) as server:
        result = call(phone.native("weapp"), "uploadFile", url=server.url(), filePath=path, name="file")
    assert (result["statusCode"], result["data"]) == (413, "no")


def test_uploads_and_requests_share_the_places_of_an_app(phone: Phone, tmp_path: Path) -> None:
    seen: list[int] = []
    two = asyncio.Barrier(2)

    async def respond(received: Received) -> Answer:
        seen.append(server.open_connections)
        await two.wait()
        return Answer()

    async def main() -> None:
        native = phone.native("weapp")
        options = {"url": server.url(), "filePath": path, "name": "file"}
        calls = [called(native, "uploadFile", **options) for _ in range(10)]
        await asyncio.gather(*calls, *(called(native, "request", url=server.url()) for _ in range(10)))

    phone.network.max_concurrent = 2
    path = put(phone, tmp_path / "a.txt")
    with WebServer(respond) as server:
        asyncio.run(main())
    assert max(seen) == 2
    assert len(seen) == 20


# --- alipay, h5 ----------------------------------------------------------------------------------------------------


def test_alipay_calls_the_field_file_name(phone: Phone, server: WebServer, tmp_path: Path) -> None:
    my = phone.native("alipay", "my")
    path = phone.files.import_file(phone.app("alipay", "my"), _written(tmp_path))
    result = call(my, "uploadFile", url=server.url(), filePath=path, fileName="photo", fileType="image")
    assert result["errMsg"] == "uploadFile:ok"
    assert form_of(server.last)["photo"].get_filename() == path.rpartition("/")[2]


def test_alipay_has_numbers_for_failures(phone: Phone) -> None:
    my = phone.native("alipay", "my")
    options = {"url": "http://127.0.0.1:9/", "fileName": "photo", "fileType": "image"}
    missing = call(my, "uploadFile", **options, filePath="https://usr/gone.png")
    assert (missing["error"], missing["errorMessage"]) == (11, "file not found")
    assert "errCode" not in missing  # WeChat's numbers are none of Alipay's
    elsewhere = call(my, "uploadFile", **options, filePath="file:///etc/passwd")
    assert elsewhere["error"] == 13
    with taropy.create("alipay", phone=phone) as t, pytest.raises(TaroError) as failed:
        t.uploadFile(url="http://127.0.0.1:9/", filePath="https://usr/gone.png", name="photo").result()
    assert failed.value.errCode == 11


@pytest.mark.parametrize(("platform", "kept"), [("weapp", False), ("alipay", True), ("h5", True)])
def test_cookies_are_sent_where_the_platform_keeps_them(platform: str, kept: bool) -> None:
    answer = Answer("x", headers=[("Set-Cookie", "sid=1")])
    with WebServer(lambda received: answer) as server, taropy.create(platform) as runtime:
        file = runtime.downloadFile(url=server.url()).result(20).tempFilePath
        runtime.uploadFile(url=server.url(), filePath=file, name="file").result(20)
    assert ("cookie" in server.last.headers) is kept


def test_a_program_hears_of_a_missing_file_everywhere(server: WebServer) -> None:
    for platform in PLATFORMS:
        with taropy.create(platform) as runtime, pytest.raises(TaroError) as raised:
            runtime.uploadFile(url=server.url(), filePath="gone.png", name="file").result(20)
        words = "TypeError: Network request failed" if platform == "rn" else "file not found"
        assert raised.value.errMsg == f"uploadFile:fail {words}"


def _written(tmp_path: Path) -> Path:
    file = tmp_path / "a.png"
    file.write_bytes(PICTURE)
    return file


def test_the_whole_form_is_as_long_as_the_server_was_told(phone: Phone, tmp_path: Path) -> None:
    lengths: list[tuple[int, int]] = []

    async def measure(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received = await read_request(reader)
        assert received is not None
        lengths.append((int(received.headers["content-length"]), len(received.body)))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    path = put(phone, tmp_path / "large.bin", b"x" * 1_500_000)
    with RawServer(measure) as server:
        options = {"url": server.url(), "filePath": path, "name": "file", "formData": {"a": "b"}}
        assert call(phone.native("weapp"), "uploadFile", **options)["errMsg"] == "uploadFile:ok"
    assert lengths[0][0] == lengths[0][1] > 1_500_000
