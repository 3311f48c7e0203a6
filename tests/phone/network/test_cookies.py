"""Which cookies a phone keeps: of public suffixes none, and those only that are what their names promise."""

from __future__ import annotations

import socket
from typing import Any

import httpx2
import pytest
from servers import Answer, Received, WebServer

import taropy
from taropy.phone.network.http.cookies import Cookies, PagePolicy, Policy
from taropy.phone.network.http.reply import Reply

POLICIES = [Policy, PagePolicy]


def kept(policy: type[Policy], url: str, cookie: str, asked: str) -> bool:
    """Whether what a server sets at `url` is sent to `asked`."""
    cookies = Cookies(None, policy())
    cookies.keep(httpx2.URL(url), Reply(200, [(b"set-cookie", cookie.encode())], 0))
    return "Cookie" in cookies.header(httpx2.URL(asked))


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("host", "suffix", "sibling"),
    [
        ("shop.com.cn", "com.cn", "bank.com.cn"),
        ("me.github.io", "github.io", "you.github.io"),
        ("www.shop.co.uk", ".co.uk", "bank.co.uk"),
        ("a.gov.cn", "gov.cn", "b.gov.cn"),
        ("x.公司.cn", "xn--55qx5d.cn", "y.公司.cn"),
        ("a.b.kawasaki.jp", "b.kawasaki.jp", "c.b.kawasaki.jp"),  # by a rule with a star
    ],
)
def test_a_cookie_for_a_public_suffix_is_not_kept(policy: type[Policy], host: str, suffix: str, sibling: str) -> None:
    for asked in (host, sibling):
        assert not kept(policy, f"https://{host}/", f"a=1; Domain={suffix}", f"https://{asked}/")


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("host", "domain", "asked"),
    [
        ("www.shop.com.cn", "shop.com.cn", "pay.shop.com.cn"),
        ("shop.com.cn", "", "shop.com.cn"),
        ("a.me.github.io", ".me.github.io", "b.me.github.io"),
        ("a.city.kawasaki.jp", "city.kawasaki.jp", "b.city.kawasaki.jp"),  # an exception of the list
        ("www.example.com", "example.com", "example.com"),
    ],
)
def test_a_cookie_for_all_of_a_site_is_kept(policy: type[Policy], host: str, domain: str, asked: str) -> None:
    cookie = f"a=1; Domain={domain}" if domain else "a=1"
    assert kept(policy, f"https://{host}/", cookie, f"https://{asked}/")


def test_a_cookie_of_the_host_that_has_the_suffix_s_very_name_is_its_own() -> None:
    assert kept(Policy, "https://github.io/", "a=1; Domain=github.io", "https://github.io/")
    assert not kept(Policy, "https://github.io/", "a=1; Domain=github.io", "https://me.github.io/")


@pytest.mark.parametrize("policy", POLICIES)
def test_a_cookie_without_a_domain_goes_to_its_host_alone(policy: type[Policy]) -> None:
    for host in ("shop.com", "localhost", "127.0.0.1"):
        assert kept(policy, f"https://{host}/", "a=1", f"https://{host}/")
        assert not kept(policy, f"https://{host}/", "a=1", f"https://my.{host}/")


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("url", "cookie", "is_kept"),
    [
        ("https://shop.com/", "__Secure-a=1; Secure", True),
        ("https://www.shop.com/", "__Secure-a=1; Secure; Domain=shop.com; Path=/x", True),
        ("https://shop.com/", "__Secure-a=1", False),
        ("http://shop.com/", "__Secure-a=1; Secure", False),
        ("http://shop.com/", "__SECURE-a=1; Secure", False),
        ("https://shop.com/", "__Host-a=1; Secure; Path=/", True),
        ("https://shop.com/", "__host-a=1; Path=/", False),
        ("https://shop.com/", "__Host-a=1; Secure", False),
        ("https://shop.com/", "__Host-a=1; Secure; Path=/x", False),
        ("https://shop.com/", "__Host-a=1; Secure; Path=/; Domain=shop.com", False),
        ("http://shop.com/", "__Host-a=1; Secure; Path=/", False),
        ("https://shop.com/", "__Hosta=1", True),
    ],
)
def test_a_cookie_is_what_its_name_promises(policy: type[Policy], url: str, cookie: str, is_kept: bool) -> None:
    host = httpx2.URL(url).host
    assert kept(policy, url, cookie, f"https://{host}/x") is is_kept


@pytest.fixture
def everywhere_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has every name lead to this computer."""
    look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **named: look_up("127.0.0.1", *rest, **named))


@pytest.mark.parametrize(
    ("host", "is_told"),
    [("me.github.io", True), ("api.me.github.io", True), ("you.github.io", False), ("bank.com.cn", False)],
)
def test_a_page_s_own_site_gets_its_cookies_and_another_below_the_same_suffix_does_not(
    host: str, is_told: bool, everywhere_is_here: None
) -> None:
    def answer(received: Received) -> Answer:
        headers = [
            ("Access-Control-Allow-Origin", received.headers.get("origin", "*")),
            ("Access-Control-Allow-Credentials", "true"),
            ("Set-Cookie", "a=1"),
        ]
        return Answer({"cookie": received.headers.get("cookie", "")}, headers=headers)

    with WebServer(answer) as server, taropy.create("h5") as t:
        t.phone.browser.origin = server.origin.replace("127.0.0.1", "me.github.io")
        url = server.url().replace("127.0.0.1", host)
        told = [t.request(url=url, credentials="include").result(20).data.cookie for _ in range(2)]
    assert told == ["", "a=1" if is_told else ""]


@pytest.mark.parametrize(("platform", "options"), [("alipay", {}), ("weapp", {"credentials": "include"}), ("rn", {})])
def test_a_program_s_sibling_site_gets_nothing(platform: str, options: Any, everywhere_is_here: None) -> None:
    def answer(received: Received) -> Answer:
        cookies = [("Set-Cookie", "all=1; Domain=github.io"), ("Set-Cookie", "mine=1")]
        return Answer({"cookie": received.headers.get("cookie", "")}, headers=cookies)

    with WebServer(answer) as server, taropy.create(platform) as t:

        def sent_to(host: str) -> str:
            url = server.url().replace("127.0.0.1", host)
            return str(t.request({"url": url, **options}).result(20).data.cookie)

        assert [sent_to(host) for host in ("me.github.io", "me.github.io", "you.github.io")] == ["", "mine=1", ""]
