"""What `downloadFile` makes of an answer, where it puts it, and what it does when there is no room."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from natively import call
from servers import Answer, RawServer, Received, WebServer, saying
from transfers import PLATFORMS, files_on, form_of

import taropy
from taropy.phone import Limits, Phone

CONTENT = bytes(range(256)) * 1000
HERE = "wxfile://usr/here.bin"


@pytest.fixture
def phone() -> Iterator[Phone]:
    with Phone() as phone:
        yield phone


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer(lambda received: Answer(CONTENT, headers=[("Set-Cookie", "a=1")])) as server:
        yield server


def download(phone: Phone, server: Any, path: str = "/file", **options: Any) -> dict[str, Any]:
    return call(phone.native("weapp"), "downloadFile", url=server.url(path), **options)


def content(phone: Phone, path: str) -> bytes:
    return phone.files.local(phone.app("weapp"), path).read_bytes()


# --- the good path -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_program_gets_a_temporary_file(platform: str, server: WebServer) -> None:
    with taropy.create(platform) as runtime:
        result = runtime.downloadFile(url=server.url("/a.png"), header={"X-Mine": "1"}).result(20)
        assert [file.read_bytes() for file in files_on(runtime.phone)] == [CONTENT]
    assert result.errMsg == "downloadFile:ok"
    assert result.get("statusCode") == (None if platform == "alipay" else 200)
    # The address of a blob has no ending, and Alipay goes by what is in it, which is no picture.
    ending = {"h5": "", "alipay": ".other"}.get(platform, ".png")
    assert result.tempFilePath.endswith(ending)
    assert (".png" in result.tempFilePath) is (ending == ".png")
    assert (server.last.method, server.last.headers["x-mine"]) == ("GET", "1")


def test_the_result_has_headers_cookies_and_profile(phone: Phone, server: WebServer) -> None:
    result = download(phone, server)
    assert (result["header"]["Content-Length"], result["cookies"]) == (str(len(CONTENT)), ["a=1"])
    assert result["dataLength"] == len(CONTENT)
    assert result["profile"]["receivedBytedCount"] == len(CONTENT)
    assert "filePath" not in result


def test_a_file_goes_where_the_program_wants_it(phone: Phone, server: WebServer) -> None:
    result = download(phone, server, filePath=HERE)
    assert (result["filePath"], content(phone, HERE)) == (HERE, CONTENT)
    assert "tempFilePath" not in result
    assert len(files_on(phone)) == 1


@pytest.mark.parametrize("slow", [-1.0, 60.0], ids=["slow disk", "quick disk"])
def test_a_file_is_whole_however_quick_the_disk_is(slow: float, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taropy.phone.core.disk.SLOW", slow)
    content = CONTENT * 10
    with WebServer(lambda received: Answer(content)) as server:
        path = call(phone.native("weapp"), "downloadFile", url=server.url())["tempFilePath"]
        call(phone.native("weapp"), "uploadFile", url=server.url(), filePath=path, name="file")
    assert [file.read_bytes() for file in files_on(phone)] == [content]
    assert form_of(server.last)["file"].get_payload(decode=True) == content


def test_what_was_there_is_replaced(phone: Phone, server: WebServer) -> None:
    phone.files.writable(phone.app("weapp"), HERE).write_bytes(b"old and longer" * 100_000)
    download(phone, server, filePath=HERE)
    assert content(phone, HERE) == CONTENT


@pytest.mark.parametrize("status", [400, 404, 500])
def test_every_answer_is_a_file(status: int, phone: Phone) -> None:
    with WebServer(lambda received: Answer("not here", status)) as server:
        result = download(phone, server)
    assert (result["statusCode"], content(phone, result["tempFilePath"])) == (status, b"not here")


def test_an_empty_answer_is_an_empty_file(phone: Phone) -> None:
    with WebServer(lambda received: Answer()) as server:
        result = download(phone, server)
    assert (result["dataLength"], content(phone, result["tempFilePath"])) == (0, b"")


@pytest.mark.parametrize(
    ("path", "kind", "suffix"),
    [
        ("/a", "image/png; q=1", ".png"),
        ("/a.txt", "image/png", ".png"),
        ("/a.pdf", "application/octet-stream", ".pdf"),
        ("/a.tar.gz", "x-made/up", ".gz"),
        ("/a", "x-made/up", ""),
        ("/a.%2e%2fb", "x-made/up", ""),
    ],
)
def test_the_file_is_named_by_its_type_else_by_its_url(path: str, kind: str, suffix: str, phone: Phone) -> None:
    with WebServer(lambda received: Answer(b"x", headers=[("Content-Type", kind)])) as server:
        name = download(phone, server, path)["tempFilePath"].removeprefix("wxfile://tmp_")
    assert (name[32:], "/" in name) == (suffix, False)


def test_a_content_encoding_is_undone(phone: Phone) -> None:
    packed = gzip.compress(CONTENT)
    with WebServer(lambda received: Answer(packed, headers=[("Content-Encoding", "gzip")])) as server:
        assert content(phone, download(phone, server)["tempFilePath"]) == CONTENT


def test_redirects_are_followed(phone: Phone) -> None:
    def respond(received: Received) -> Answer:
        return Answer(CONTENT) if received.path == "/there" else Answer("moved", 302, [("Location", "/there")])

    with WebServer(respond) as server:
        assert download(phone, server)["dataLength"] == len(CONTENT)
    assert len(files_on(phone)) == 1


# --- progress ------------------------------------------------------------------------------------------------------


def progress_of(phone: Phone, server: Any) -> tuple[list[Any], list[Any]]:
    """The events of a download: its progress, and its headers."""

    async def main() -> None:
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        task = phone.native("weapp").downloadFile({"url": server.url(), "complete": answer.set_result})
        task.onProgressUpdate(told.append)
        task.onHeadersReceived(heads.append)
        assert (await answer)["errMsg"] == "downloadFile:ok"

    told: list[Any] = []
    heads: list[Any] = []
    asyncio.run(main())
    return told, heads


def test_progress_goes_up_to_a_hundred_percent(phone: Phone, server: WebServer) -> None:
    told, heads = progress_of(phone, server)
    percents = [event["progress"] for event in told]
    assert percents == sorted(percents)
    size = len(CONTENT)
    assert told[-1] == {"progress": 100, "totalBytesWritten": size, "totalBytesExpectedToWrite": size}
    assert [(head["statusCode"], head["header"]["Content-Length"]) for head in heads] == [(200, str(size))]


def test_progress_without_a_length_ends_at_a_hundred_percent(phone: Phone) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (5, b"x" * 5) for _ in range(3))
    with RawServer(saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")) as server:
        told, _ = progress_of(phone, server)
    assert told[0]["progress"] == 0
    assert told[0]["totalBytesExpectedToWrite"] == -1
    assert told[-1] == {"progress": 100, "totalBytesWritten": 15, "totalBytesExpectedToWrite": 15}


# --- what can not be -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"url": None}, "parameter error: parameter.url should be String instead of Null"),
        ({"url": "data:,a"}, 'invalid url "data:,a"'),
        ({"filePath": 7}, "parameter error: parameter.filePath should be String instead of Number"),
        ({"timeout": "1"}, "parameter error: parameter.timeout should be Number instead of String"),
        ({"filePath": "/etc/passwd"}, "permission denied, open /etc/passwd"),
        ({"filePath": "wxfile://usr/../b"}, "permission denied, open wxfile://usr/../b"),
        ({"filePath": "wxfile://tmp_mine"}, "permission denied, open wxfile://tmp_mine"),
    ],
)
def test_what_can_not_be_asked_for_fails(
    options: dict[str, Any], message: str, phone: Phone, server: WebServer
) -> None:
    result = call(phone.native("weapp"), "downloadFile", **{"url": server.url(), **options})
    assert result["errMsg"] == f"downloadFile:fail {message}"
    assert server.received == []


def test_a_folder_that_is_not_there_is_not_made(phone: Phone, server: WebServer) -> None:
    where = "wxfile://usr/no/folder.bin"
    failure = download(phone, server, filePath=where)
    assert failure["errMsg"] == f"downloadFile:fail no such file or directory, open {where}"
    assert files_on(phone) == []


def test_only_listed_domains_are_downloaded_from(phone: Phone, server: WebServer) -> None:
    phone.network.domains = {"download": [server.origin]}
    assert download(phone, server)["errMsg"] == "downloadFile:ok"
    phone.network.domains = {"request": [server.origin]}
    assert download(phone, server) == {"errMsg": "downloadFile:fail url not in domain list", "errno": 600002}


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n" + b"x" * 100_000 + b"\r\n0\r\n\r\n"


def test_a_file_may_be_too_large(phone: Phone, server: WebServer) -> None:
    phone.network.max_download = len(CONTENT) - 1
    assert download(phone, server) == {"errMsg": "downloadFile:fail exceed max file size"}
    phone.network.max_download = len(CONTENT)
    assert download(phone, server)["errMsg"] == "downloadFile:ok"
    assert len(files_on(phone)) == 1


def test_a_file_whose_length_was_not_told_may_be_too_large(phone: Phone) -> None:
    phone.network.max_download = 99_999
    with RawServer(saying(CHUNKED)) as server:
        assert download(phone, server)["errMsg"] == "downloadFile:fail exceed max file size"
        assert server.wait_until_left()
    assert files_on(phone) == []


@pytest.mark.parametrize(("platform", "fits"), [("weapp", False), ("tt", False), ("h5", True), ("rn", True)])
def test_mini_programs_take_two_hundred_megabytes_and_browsers_any(platform: str, fits: bool) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 209715201\r\n\r\n"
    with RawServer(saying(head)) as server:
        failure = call(Phone().native(platform), "downloadFile", url=server.url())
    assert ("exceed max file size" not in failure["errMsg"]) is fits


def test_a_full_quota_is_told_and_what_was_there_stays(phone: Phone, server: WebServer) -> None:
    phone.files.set_limits(Limits(total=100_000))
    phone.files.writable(phone.app("weapp"), HERE).write_bytes(b"old")
    failure = download(phone, server, filePath=HERE)
    assert failure["errMsg"] == "downloadFile:fail the maximum size of the file storage limit is exceeded"
    assert content(phone, HERE) == b"old"
    assert len(files_on(phone)) == 1


def test_temporary_files_do_not_count_for_the_quota(phone: Phone, server: WebServer) -> None:
    phone.files.set_limits(Limits(total=100))
    assert download(phone, server)["errMsg"] == "downloadFile:ok"


@pytest.mark.parametrize("wanted", [None, HERE])
@pytest.mark.parametrize("size", [200_000, 3_000_000], ids=["at the end", "on the way"])
def test_a_full_disk_is_told_and_nothing_is_half_written(size: int, wanted: str | None, phone: Phone) -> None:
    resource = pytest.importorskip("resource", reason="only Unix can limit the size of files")
    with WebServer(lambda received: Answer(b"x" * size)) as server:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        try:
            failure = download(phone, server, filePath=wanted)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert server.wait_until_left()
    assert failure["errMsg"] == "downloadFile:fail the maximum size of the file storage limit is exceeded"
    assert files_on(phone) == []


# --- alipay --------------------------------------------------------------------------------------------------------


def test_alipay_names_the_file_in_its_own_way(phone: Phone, server: WebServer) -> None:
    result = call(phone.native("alipay", "my"), "downloadFile", url=server.url())
    assert result["apFilePath"] == result["tempFilePath"]
    wanted = call(phone.native("alipay", "my"), "downloadFile", url=server.url(), filePath="https://usr/a")
    assert (wanted["filePath"], "apFilePath" in wanted) == ("https://usr/a", False)


KINDS = [
    (b"\xff\xd8\xff\xe0 and so on", ".image"),
    (b"\x89PNG\r\n\x1a\n and so on", ".image"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", ".image"),
    (b"\0\0\0\x18ftypheic and so on", ".image"),
    (b"\0\0\0\x18ftypisom and so on", ".video"),
    (b"RIFF\x10\0\0\0AVI LIST", ".video"),
    (b"\x1aE\xdf\xa3 and so on", ".video"),
    (b"ID3\x04 and so on", ".audio"),
    (b"\0\0\0\x18ftypM4A and so on", ".audio"),
    (b"RIFF\x10\0\0\0WAVEfmt ", ".audio"),
    (b"%PDF-1.7 and so on", ".pdf"),
    (b"tea", ".other"),
    (b"", ".other"),
]


@pytest.mark.parametrize(("body", "ending"), KINDS)
def test_alipay_names_a_temporary_file_by_what_is_in_it(body: bytes, ending: str, phone: Phone) -> None:
    my = phone.native("alipay", "my")
    with WebServer(lambda _: Answer(body, headers=[("Content-Type", "image/gif")])) as server:
        path = call(my, "downloadFile", url=server.url("/tea.txt"))["tempFilePath"]
    assert path.endswith(ending)
    assert phone.files.local(phone.app("alipay"), path).read_bytes() == body


def test_alipay_has_numbers_for_failures(phone: Phone) -> None:
    with RawServer(saying(b"", then="reset")) as server:
        failure = call(phone.native("alipay", "my"), "downloadFile", url=server.url())
    assert (failure["error"], failure["errorMessage"][:8]) == (12, "errcode:")
