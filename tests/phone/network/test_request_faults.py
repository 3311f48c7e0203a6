"""What a program hears when the network fails, and where redirects lead."""

from __future__ import annotations

import asyncio
import ssl
import sys
from pathlib import Path
from typing import Any

import pytest
from faulty import FAULTS, drip, impatient
from natively import call
from servers import Answer, RawServer, Received, WebServer, certified, saying, unused_port

import taropy
from taropy import TaroError
from taropy.phone import Phone
from taropy.phone.network.http.wire import knows_http2


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_fails_once_in_chromiums_words_and_leaves_no_connection(fault: str) -> None:
    talk, name = FAULTS[fault]
    heard: list[str] = []
    with RawServer(talk) as server:
        with taropy.create("weapp") as weapp, pytest.raises(TaroError) as raised:
            weapp.request(
                url=server.url(),
                fail=lambda error: heard.append("fail"),
                complete=lambda error: heard.append("complete"),
                success=lambda result: heard.append("success"),
            ).result(20)
        assert server.wait_until_left()
    assert heard == ["fail", "complete"]
    words = raised.value.errMsg.split(" ")
    assert words[0] == "request:fail"
    assert words[-1] == f"error_msg:net::{name}"
    assert words[1].replace("errcode:", "") == words[2].replace("cronet_error_code:", "")
    assert raised.value.get("errno") == 600001


@pytest.mark.parametrize("platform", ["weapp", "alipay", "tt"])
def test_a_refused_connection(platform: str) -> None:
    with taropy.create(platform) as runtime, pytest.raises(TaroError) as raised:
        runtime.request(f"http://127.0.0.1:{unused_port()}/").result(20)
    code = "errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED"
    assert raised.value.errMsg == f"request:fail {code}"


def test_every_address_of_a_host_may_refuse() -> None:
    failure = call(Phone().native("weapp"), "request", url=f"http://localhost:{unused_port()}/")
    assert failure["errMsg"].endswith("net::ERR_CONNECTION_REFUSED")


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 64 + ".invalid", "x..y"])
def test_a_host_without_an_address(host: str) -> None:
    failure = call(Phone().native("weapp"), "request", url=f"http://{host}/")
    assert "ERR_NAME_NOT_RESOLVED" in failure["errMsg"] or "invalid url" in failure["errMsg"]


@pytest.mark.parametrize("talk", [drip, saying(b"", then="wait")], ids=["drips", "says nothing"])
@pytest.mark.parametrize(("platform", "errno", "error"), [("weapp", 5, None), ("alipay", None, 13)])
def test_the_timeout_covers_the_whole_request(platform: str, errno: int | None, error: int | None, talk: Any) -> None:
    with RawServer(talk) as server:
        with taropy.create(platform) as runtime, pytest.raises(TaroError) as raised:
            runtime.request(url=server.url(), timeout=60).result(20)
        assert server.wait_until_left()
    assert raised.value.errMsg == "request:fail timeout"
    assert (raised.value.get("errno"), raised.value.get("error")) == (errno, error)


def test_a_server_that_answers_before_it_has_read_everything_is_heard() -> None:
    with RawServer(impatient) as server:
        result = call(Phone().native("weapp"), "request", url=server.url(), method="POST", data="x" * 100_000)
    assert (result["statusCode"], result["data"]) == (413, "no")


# --- proxies -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["http://{}", "{}", "http://{}/"])
def test_the_machines_proxy_is_used(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        WebServer(lambda received: Answer("by proxy")) as proxy,
        WebServer(lambda received: Answer("direct")) as server,
    ):
        monkeypatch.setenv("http_proxy", written.format(f"user:word@127.0.0.1:{proxy.port}"))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        result = call(Phone().native("weapp"), "request", url="http://backend.invalid/a?b")
        assert (result["data"], proxy.last.target) == ("by proxy", "http://backend.invalid/a?b")
        assert proxy.last.headers["proxy-authorization"] == "Basic dXNlcjp3b3Jk"
        assert call(Phone().native("weapp"), "request", url=server.url())["data"] == "direct"


def test_a_proxy_that_is_not_there_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_port()}")
    failure = call(Phone().native("weapp"), "request", url="http://backend.invalid/")
    assert failure["errMsg"].endswith("net::ERR_CONNECTION_REFUSED")


@pytest.mark.parametrize("written", ["http://proxy:port", "http://[proxy]"])
def test_a_proxy_that_is_none_fails(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", written)
    failure = call(Phone().native("weapp"), "request", url="http://backend.invalid/")
    assert failure["errMsg"].endswith("net::ERR_PROXY_CONNECTION_FAILED")


# --- domains -------------------------------------------------------------------------------------------------------


def test_only_listed_domains_are_talked_to() -> None:
    with WebServer(lambda received: Answer("ok")) as server, taropy.create("weapp") as weapp:
        phone: Phone = weapp.phone
        phone.network.domains = ["https://API.example.com", server.origin + "/"]
        assert weapp.request(server.url("/a?b")).result(20).data == "ok"
        phone.network.domains = ["https://api.example.com", server.origin + "1", "http://127.0.0.1"]
        with pytest.raises(TaroError) as raised:
            weapp.request(server.url("/a?b")).result(20)
    assert raised.value.errMsg == "request:fail url not in domain list"
    assert raised.value.get("errno") == 600002
    assert len(server.received) == 1


def test_a_redirect_out_of_the_listed_domains_fails() -> None:
    with (
        WebServer(lambda received: Answer("secret")) as other,
        WebServer(lambda received: Answer(status=302, headers=[("Location", other.url())])) as server,
    ):
        phone = Phone()
        phone.network.domains = {server.origin}
        failure = call(phone.native("weapp"), "request", url=server.url())
    assert failure["errMsg"] == "request:fail url not in domain list"
    assert other.received == []


# --- redirects -----------------------------------------------------------------------------------------------------


def redirecting(status: int, location: str = "/there") -> WebServer:
    """A server whose every path but `/there` redirects."""

    def respond(received: Received) -> Answer:
        if received.path == "/there":
            return Answer("arrived")
        return Answer("moved", status, [("Location", location)])

    return WebServer(respond)


@pytest.mark.parametrize(
    ("status", "sent", "followed"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (303, "HEAD", "HEAD"),
        (302, "PUT", "PUT"),
        (307, "POST", "POST"),
        (308, "DELETE", "DELETE"),
    ],
)
def test_redirects_are_followed_as_browsers_do(status: int, sent: str, followed: str) -> None:
    with redirecting(status) as server:
        result = call(Phone().native("weapp"), "request", url=server.url("/here"), method=sent, data={"a": 1})
    assert (result["statusCode"], server.last.path, server.last.method) == (200, "/there", followed)
    kept = sent == followed and sent != "HEAD"
    assert server.last.body == (b'{"a":1}' if kept else b"")
    assert ("content-type" in server.last.headers) is (sent == followed)


def test_a_redirect_is_given_when_it_is_not_to_be_followed() -> None:
    with redirecting(302) as server:
        result = call(Phone().native("weapp"), "request", url=server.url("/here"), redirect="manual")
    assert (result["statusCode"], result["header"]["Location"], result["data"]) == (302, "/there", "moved")


def test_a_redirect_without_a_place_to_go_is_the_result() -> None:
    with WebServer(lambda received: Answer("lost", 302)) as server:
        assert call(Phone().native("weapp"), "request", url=server.url())["statusCode"] == 302


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("/here", "ERR_TOO_MANY_REDIRECTS"),
        ("ftp://example.com/", "ERR_UNSAFE_REDIRECT"),
        ("file:///etc/passwd", "ERR_UNSAFE_REDIRECT"),
        ("http://:99999/", "ERR_INVALID_REDIRECT"),
        ("https://", "ERR_INVALID_REDIRECT"),
    ],
)
def test_a_redirect_that_leads_nowhere_fails(location: str, name: str) -> None:
    with redirecting(302, location) as server:
        failure = call(Phone().native("weapp"), "request", url=server.url("/here"))
    assert failure["errMsg"].endswith(f"net::{name}")
    assert len(server.received) <= 21


def test_credentials_stay_with_the_origin_that_they_are_for() -> None:
    with (
        WebServer(lambda received: Answer("other")) as other,
        WebServer(lambda received: Answer(status=307, headers=[("Location", other.url())])) as server,
    ):
        header = {"Authorization": "Bearer t", "Proxy-Authorization": "Basic p", "Cookie": "a=1", "X-Kept": "yes"}
        call(Phone().native("weapp"), "request", url=server.url(), header=header)
    assert server.last.headers["authorization"] == "Bearer t"
    assert "authorization" not in other.last.headers
    assert "cookie" not in other.last.headers
    assert server.last.headers["proxy-authorization"] == "Basic p"
    assert "proxy-authorization" not in other.last.headers
    assert other.last.headers["x-kept"] == "yes"
    assert other.last.headers["host"] == other.origin.removeprefix("http://")


# --- TLS -----------------------------------------------------------------------------------------------------------


def test_a_server_whose_authority_is_trusted_answers(tmp_path: Path) -> None:
    server_tls, client_tls = certified(tmp_path)
    phone = Phone()
    phone.network.tls = client_tls
    with WebServer(lambda received: Answer({"safe": True}), server_tls) as server:
        assert call(phone.native("weapp"), "request", url=server.url())["data"] == {"safe": True}
        assert server.wait_until_left()


@pytest.mark.parametrize(
    ("host", "days", "trusted", "name"),
    [
        ("127.0.0.1", 1, False, "ERR_CERT_AUTHORITY_INVALID"),
        ("127.0.0.1", -1, True, "ERR_CERT_DATE_INVALID"),
        ("example.com", 1, True, "ERR_CERT_COMMON_NAME_INVALID"),
    ],
)
def test_a_certificate_that_can_not_be_trusted_fails(
    host: str, days: int, trusted: bool, name: str, tmp_path: Path
) -> None:
    server_tls, client_tls = certified(tmp_path, host=host, days=days)
    phone = Phone()
    phone.network.tls = client_tls if trusted else None
    with WebServer(lambda received: Answer("never"), server_tls) as server:
        failure = call(phone.native("weapp"), "request", url=server.url())
        assert server.wait_until_left()
    assert failure["errMsg"].endswith(f"net::{name}")
    assert server.received == []


def test_tls_with_a_server_that_does_not_speak_it_fails() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await reader.read()

    with RawServer(plain) as server:
        failure = call(Phone().native("weapp"), "request", url=server.url().replace("http:", "https:"))
        assert server.wait_until_left()
    assert failure["errMsg"].endswith("net::ERR_SSL_PROTOCOL_ERROR")


def test_http_2_is_spoken_when_the_server_offers_it(tmp_path: Path) -> None:
    server_tls, client_tls = certified(tmp_path)
    server_tls.set_alpn_protocols(["h2"])
    phone = Phone()
    phone.network.tls = client_tls
    with RawServer(speak_http_2, server_tls) as server:
        options: dict[str, Any] = {"url": server.url("/two"), "enableHttp2": True, "method": "POST", "data": {"a": 1}}
        result = call(phone.native("weapp"), "request", **options)
    assert result["data"] == {"path": "/two", "body": '{"a":1}'}
    assert (result["statusCode"], result["header"]["x-a"], result["profile"]["protocol"]) == (200, "1", "h2")


def speaking_http_2(tmp_path: Path, phone: Phone) -> RawServer:
    server_tls, client_tls = certified(tmp_path)
    server_tls.set_alpn_protocols(["h2"])
    phone.network.tls = client_tls
    return RawServer(speak_http_2, server_tls)


def test_requests_by_http_2_share_a_connection_until_it_ends(tmp_path: Path) -> None:
    async def main() -> None:
        async with taropy.create("weapp") as weapp:
            with speaking_http_2(tmp_path, weapp.phone) as server:
                for connections in (1, 2):
                    urls = [server.url(f"/{at}") for at in range(150)]
                    results = await asyncio.gather(*(weapp.request(url=url, enableHttp2=True) for url in urls))
                    assert [result.data.path for result in results] == [f"/{at}" for at in range(150)]
                    assert server.connections == connections
                    weapp.phone.network.type = "none"
                    assert await asyncio.to_thread(server.wait_for, lambda: server.open_connections == 0)
                    weapp.phone.network.type = "wifi"

    asyncio.run(main())


def test_a_server_that_speaks_http_2_may_be_restarted_between_two_requests(tmp_path: Path) -> None:
    async def speak_until_stopped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await speak_http_2(reader, writer)
        finally:
            writer.transport.abort()  # a client whose loop stands still says no goodbye

    server_tls, client_tls = certified(tmp_path)
    server_tls.set_alpn_protocols(["h2"])
    port = unused_port()
    with taropy.create("weapp") as weapp:
        weapp.phone.network.tls = client_tls
        for path in ("/one", "/two"):
            with RawServer(speak_until_stopped, server_tls, port) as server:
                assert weapp.request(server.url(path), enableHttp2=True).result(20).data.path == path
        with pytest.raises(TaroError, match=r"net::ERR_CONNECTION_REFUSED$"):
            weapp.request(server.url(), enableHttp2=True).result(20)


def test_a_connection_by_http_2_is_closed_with_the_only_request_on_it(tmp_path: Path) -> None:
    async def main() -> None:
        async with taropy.create("weapp") as weapp:
            with speaking_http_2(tmp_path, weapp.phone) as server:
                task = weapp.request(url=server.url("/never"), enableHttp2=True)
                assert await asyncio.to_thread(server.wait_for, lambda: server.open_connections == 1)
                task.abort()
                assert await asyncio.to_thread(server.wait_for, lambda: server.open_connections == 0)
                with pytest.raises(TaroError, match="request:fail abort"):
                    await task

    asyncio.run(main())


@pytest.mark.parametrize("platform", ["h5", "weapp"])
def test_without_the_package_http_1_is_spoken_where_nobody_asked_for_more(
    platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knows_http2.cache_clear()
    monkeypatch.setitem(sys.modules, "h2", None)
    try:
        server_tls, client_tls = certified(tmp_path)
        with WebServer(lambda received: Answer({"a": 1}), server_tls) as server, taropy.create(platform) as runtime:
            runtime.phone.network.tls = client_tls
            assert runtime.request(server.url()).result(20).data == {"a": 1}
    finally:
        knows_http2.cache_clear()


@pytest.mark.parametrize("offered", [["http/1.1"], []])
def test_http_1_is_spoken_when_the_server_knows_no_other(offered: list[str], tmp_path: Path) -> None:
    server_tls, client_tls = certified(tmp_path)
    if offered:
        server_tls.set_alpn_protocols(offered)
    phone = Phone()
    phone.network.tls = client_tls
    with WebServer(lambda received: Answer("one"), server_tls) as server:
        result = call(phone.native("weapp"), "request", url=server.url(), enableHttp2=True)
    assert (result["data"], result["profile"]["protocol"]) == ("one", "http/1.1")


def test_a_missing_http_2_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "h2", None)
    failure = call(Phone().native("weapp"), "request", url="https://127.0.0.1/", enableHttp2=True)
    assert failure["errMsg"].startswith("request:fail enableHttp2")
    assert "pip install 'taropy[http2]'" in failure["errMsg"]


async def speak_http_2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers each HTTP/2 request with its path and its body, as JSON."""
    import json

    from h2.config import H2Configuration
    from h2.connection import H2Connection
    from h2.events import DataReceived, RequestReceived, StreamEnded

    tls: ssl.SSLObject = writer.get_extra_info("ssl_object")
    assert tls.selected_alpn_protocol() == "h2"
    connection = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
    connection.initiate_connection()
    paths: dict[int, str] = {}
    bodies: dict[int, bytes] = {}
    while True:
        writer.write(connection.data_to_send())
        await writer.drain()
        data = await reader.read(65_536)
        if not data:
            return
        for event in connection.receive_data(data):
            if isinstance(event, RequestReceived):
                paths[event.stream_id] = dict(event.headers)[":path"]
            elif isinstance(event, DataReceived):
                bodies[event.stream_id] = bodies.get(event.stream_id, b"") + event.data
            elif isinstance(event, StreamEnded) and paths[event.stream_id] != "/never":
                said = {"path": paths[event.stream_id], "body": bodies.get(event.stream_id, b"").decode()}
                connection.send_headers(event.stream_id, [(":status", "200"), ("x-a", "1")])
                connection.send_data(event.stream_id, json.dumps(said).encode(), end_stream=True)
