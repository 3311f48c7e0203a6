"""What a URL is taken apart into."""

from __future__ import annotations

import pytest

from taropy.phone.core.urls import Url


@pytest.mark.parametrize(
    ("text", "host", "port", "target", "written"),
    [
        ("http://a.example", "a.example", None, "/", "http://a.example"),
        ("HTTP://A.Example:80/B?c#d", "a.example", None, "/B?c", "http://a.example/B?c#d"),
        ("https://a.example:443", "a.example", None, "/", "https://a.example"),
        ("http://a.example:443/", "a.example", 443, "/", "http://a.example:443/"),
        ("http://a.example:/", "a.example", None, "/", "http://a.example/"),
        ("http://a?", "a", None, "/?", "http://a?"),
        (
            "http://a/b c/\u00e9?d=\u4e2d#\u00fc",
            "a",
            None,
            "/b%20c/%C3%A9?d=%E4%B8%AD",
            "http://a/b%20c/%C3%A9?d=%E4%B8%AD#%C3%BC",
        ),
        ("http://a/%20%zz%", "a", None, "/%20%zz%", "http://a/%20%zz%"),
        ("http://a/b/./c/../d", "a", None, "/b/d", "http://a/b/d"),
        ("http://a/../../b/..", "a", None, "/", "http://a"),
        ("http://[::1]:8080/", "::1", 8080, "/", "http://[::1]:8080/"),
        ("http://127.0.0.1:9/", "127.0.0.1", 9, "/", "http://127.0.0.1:9/"),
        ("http://\u4e2d\u56fd.example/", "xn--fiqs8s.example", None, "/", "http://xn--fiqs8s.example/"),
        ("http://user:pa%20ss@a/", "a", None, "/", "http://user:pa%20ss@a/"),
    ],
)
def test_a_url(text: str, host: str, port: int | None, target: str, written: str) -> None:
    url = Url(text)
    assert (url.host, url.port, url.target, str(url)) == (host, port, target, written)
    assert Url(written) == url


def test_the_name_and_the_password_in_it() -> None:
    assert Url("http://us%65r:pa%20ss@a/").credentials == ("user", "pa ss")
    assert Url("http://user@a/").credentials == ("user", "")
    assert Url("http://a/").credentials is None


@pytest.mark.parametrize(
    "text",
    [
        "http://a:99999/", "http://a:b/", "http://a:-1/", "http://a:1_0/", "http://1.2.3.400/", "http://[::g]/",
        "http://[::1/", "http://a/\n", "http://a\0/", "http://" + "a" * 70_000, "http://\ud800/",
        "http://" + "\u4e2d" * 64 + ".example/",
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    with pytest.raises(ValueError):
        Url(text)


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("c", "http://a/b/c"), ("/c", "http://a/c"), ("../c", "http://a/c"), ("?c", "http://a/b/x?c"), ("#c", "http://a/b/x?y#c"),
        ("//d/e", "http://d/e"), ("https://d", "https://d"), ("\u00e9 f", "http://a/b/%C3%A9%20f"), ("", "http://a/b/x?y"),
    ],
)  # fmt: skip
def test_what_a_reference_means_from_there(reference: str, meant: str) -> None:
    assert str(Url("http://a/b/x?y").join(reference)) == meant
