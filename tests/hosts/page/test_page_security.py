"""Who may stand for the page: nobody but the page."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from peer import ORIGIN, Page, handshake, opened, port_of, waiting
from websockets.exceptions import InvalidStatus

import taropy
from taropy.hosts.page import server
from taropy.hosts.page.agent import AGENT


@pytest.fixture
def taro() -> Iterator[taropy.Taro]:
    with waiting() as made:
        yield made


def said(taro: taropy.Taro, request: str) -> str:
    """What the server says to this request."""
    with socket.create_connection(("127.0.0.1", port_of(taro)), timeout=5) as client:
        client.sendall(request.encode("latin-1"))
        answer = b""
        with contextlib.suppress(TimeoutError):
            while b"\r\n\r\n" not in answer and (data := client.recv(65536)):
                answer += data
        return answer.decode("latin-1")


def upgrade(taro: taropy.Taro, **changes: str | None) -> str:
    """The status of the answer to an opening handshake with these headers changed."""
    return said(taro, handshake(taro, **changes)).partition("\r\n")[0]


def test_the_page_itself_gets_in(taro: taropy.Taro) -> None:
    assert upgrade(taro) == "HTTP/1.1 101 Switching Protocols"


@pytest.mark.parametrize(
    "origin",
    [
        None, "", "null", "http://page.test", "http://page.test:8001", "https://page.test:8000", "http://localhost:8000",
        "http://page.test:8000.evil.test", "http://page.test:8000/", "HTTP://PAGE.TEST:8000",
        "http://page.test:8000, http://evil.test", "file://", "*",
    ],
)  # fmt: skip
def test_a_page_of_another_origin_is_refused(taro: taropy.Taro, origin: str | None) -> None:
    assert upgrade(taro, Origin=origin) == "HTTP/1.1 403 Forbidden"


def test_two_origins_are_none(taro: taropy.Taro) -> None:
    assert upgrade(taro, Origin=f"{ORIGIN}\r\nOrigin: {ORIGIN}") == "HTTP/1.1 403 Forbidden"


@pytest.mark.parametrize("host", ["evil.test", "page.test:8000", "127.0.0.1", "127.0.0.1:1", "localhost.evil.test", ""])
def test_a_name_that_is_made_to_lead_here_is_refused(taro: taropy.Taro, host: str) -> None:
    assert upgrade(taro, Host=host) == "HTTP/1.1 421 Misdirected Request"
    assert said(taro, f"GET /taropy-agent.js HTTP/1.1\r\nHost: {host}\r\n\r\n").startswith("HTTP/1.1 421")


@pytest.mark.parametrize("token", ["", "x" * 32, "é" * 16, None])
def test_without_the_token_nobody_gets_in(taro: taropy.Taro, token: str | None) -> None:
    offered = "taropy" if token is None else f"taropy, {token}"
    assert upgrade(taro, Sec_WebSocket_Protocol=offered) == "HTTP/1.1 403 Forbidden"
    assert upgrade(taro, Sec_WebSocket_Protocol=None) == "HTTP/1.1 403 Forbidden"
    assert upgrade(taro, Sec_WebSocket_Protocol=f"taropy, {taro.phone.token[:-1]}") == "HTTP/1.1 403 Forbidden"


def test_a_token_has_192_random_bits_and_is_another_each_time(taro: taropy.Taro) -> None:
    with waiting() as other:
        assert len({taro.phone.token, other.phone.token}) == 2
        assert len(other.phone.token) == 192 // 6


def test_who_is_refused_is_named_to_who_waits(taro: taropy.Taro) -> None:
    with waiting(patience=50) as impatient:
        upgrade(impatient, Origin="http://localhost:3000")
        told = "a page of the origin http://localhost:3000 has tried to connect; http://page.test:8000 may"
        with pytest.raises(taropy.TaroError, match=told):
            impatient.getStorageSync("k")


def test_only_this_computer_can_reach_it(taro: taropy.Taro) -> None:
    named = {each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in {*named, "127.0.0.2"} - {"127.0.0.1"}:
        with pytest.raises(OSError):
            socket.create_connection((str(address), port_of(taro)), timeout=1)


def test_a_client_that_names_no_origin_gets_in_only_where_that_was_asked_for() -> None:
    with waiting(url=None, origin="") as taro:
        with pytest.raises(InvalidStatus, match="403"):
            opened(taro, origin=ORIGIN)
        with Page(taro, {"getStorageSync": lambda key: key}, origin=None):
            assert taro.getStorageSync("k") == "k"


@pytest.mark.parametrize(
    "request_",
    [
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc", "GET / HTTP/9\r\n\r\n", "\0\0\0\0\r\n\r\n",
        "GET /" + "a" * 10_000 + " HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n" + "A: b\r\n" * 500 + "\r\n",
        "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "GET /é HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_request_gets_nothing(taro: taropy.Taro, request_: str) -> None:
    answer = said(taro, request_.replace("{host}", f"127.0.0.1:{port_of(taro)}"))
    assert not answer or answer.split(" ")[1] in ("400", "404", "405", "414", "421", "431")
    assert upgrade(taro).startswith("HTTP/1.1 101")


def test_a_client_that_says_nothing_is_let_go(taro: taropy.Taro, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HANDSHAKE", 0.1)
    with socket.create_connection(("127.0.0.1", port_of(taro)), timeout=5) as client:
        client.sendall(b"GET / HTTP/1.1\r\n")
        began = time.monotonic()
        assert client.recv(1) == b""
        assert time.monotonic() - began < 4


def test_many_clients_that_say_nothing_do_not_keep_the_page_out(
    taro: taropy.Taro, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HANDSHAKE", 0.3)
    with contextlib.ExitStack() as stack:
        for _ in range(server.MOST_AT_ONCE + 20):
            stack.enter_context(socket.create_connection(("127.0.0.1", port_of(taro)), timeout=5))
        end = time.monotonic() + 5
        while not upgrade(taro).startswith("HTTP/1.1 101"):
            assert time.monotonic() < end


# --- the folder that is served ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (site / "index.html").write_text("<html><head><title>a</title></head></html>")
    (site / "app.js").write_text("1")
    (site / "out.txt").symlink_to(tmp_path / "secret.txt")
    return site


def got(taro: taropy.Taro, path: str) -> tuple[str, str]:
    with socket.create_connection(("127.0.0.1", port_of(taro)), timeout=5) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{port_of(taro)}\r\n\r\n".encode())
        answer = b""
        while data := client.recv(65536):
            answer += data
    head, _, body = answer.decode().partition("\r\n\r\n")
    return head.split(" ")[1], body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/app.js/../../secret.txt", "/out.txt",
        "//etc/passwd.txt", "/%00.txt", "/none.txt",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(folder: Path, path: str) -> None:
    with waiting(url=str(folder)) as taro:
        assert got(taro, path) == ("404", "there is no such file\n")


def test_the_page_loads_the_agent_first_and_each_route_is_the_page(folder: Path) -> None:
    page = '<html><head><script src="/taropy-agent.js"></script><title>a</title></head></html>'
    with waiting(url=str(folder)) as taro:
        assert got(taro, "/") == ("200", page)
        assert got(taro, "/pages/index?a=1") == ("200", page)
        assert got(taro, "/app.js") == ("200", "1")
        assert got(taro, "/taropy-agent.js")[1] == AGENT.read_text("utf-8")
        assert taro.phone.token not in got(taro, "/")[1]
        assert taro.phone.link == f"http://127.0.0.1:{port_of(taro)}/?taropy={port_of(taro)}.{taro.phone.token}.Taro,wx"
