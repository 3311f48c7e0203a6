"""A log and a phone drawn as HTML: what is to be seen, and that no text of a program's is ever more than a text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

import taropy
from taropy.html import Html, element, escape, joined
from taropy.trace.markup import log_html, phone_html
from taropy.trace.picture import picture
from taropy.trace.screen import look

# As a program may have it; storage refuses keys that are no Unicode, and the log has them all the same.
HOSTILE = (
    "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\" ' onload='x' \x00\x1b\ud800\u202e&lt;"
)


class Reader(HTMLParser):
    """What a browser would make of it: its tags with their attributes, and its text."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(written)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_harmless(written: str) -> None:
    """It can be written to a file, and has no tag and no attribute that runs anything or fetches anything."""
    written.encode()
    for tag, attributes in Reader(written).tags:
        assert tag not in {"script", "img", "iframe", "link", "object"}
        assert not [name for name in attributes if name.startswith("on") or name in {"src", "href", "xlink:href"}]


@pytest.fixture
def phone() -> Any:
    with taropy.Phone(log=True) as phone:
        yield phone


def on(phone: taropy.Phone, platform: str = "weapp") -> Any:
    return taropy.create(platform, phone=phone)


def test_an_element_escapes_what_is_no_html_yet() -> None:
    inner = element("b", "<1>")
    assert element("a", "&", inner, None, href='"x"', hidden=True, title=None, data_x=1, class_="c") == (
        '<a href="&quot;x&quot;" hidden data-x="1" class="c">&amp;<b>&lt;1&gt;</b></a>'
    )
    assert element("br") == "<br>"
    assert joined(["<", Html("<i>")], ", ") == "&lt;, <i>"


def test_what_cannot_be_seen_or_written_is_told_in_its_place() -> None:
    assert escape("a\x00b\ud800\u202ec\n茶") == r"a\x00b\ud800\u202ec" + "\n茶"


def test_a_log_shows_what_was_called_how_it_ended_and_how_long_it_took(phone: taropy.Phone) -> None:
    t = on(phone)
    t.setStorageSync("tea", {"kind": "oolong"})
    with pytest.raises(taropy.TaroError):
        t.showModal(title=5).result()
    text = Reader(log_html(phone.log)).text
    assert "setStorageSync" in text
    assert "oolong" in text
    assert "parameter.title should be String instead of Number" in text
    assert " ms" in text


def test_a_log_masks_secrets_unless_it_is_told_to_show_them(phone: taropy.Phone) -> None:
    t = on(phone)
    t.setStorageSync("token", "s3cr3t")
    t.getStorageSync("token")
    t.setStorageSync("login", {"password": "s3cr3t", "text": 'see {"api_key": "s3cr3t"}'})
    assert "s3cr3t" not in log_html(phone.log)
    assert "s3cr3t" in log_html(phone.log, show_secrets=True)


def test_a_text_of_the_programs_cannot_become_markup(phone: taropy.Phone) -> None:
    t = on(phone)
    with pytest.raises(taropy.TaroError):
        t.setStorageSync(HOSTILE, {HOSTILE: [HOSTILE, HOSTILE.encode("utf-8", "replace")]})
    t.setNavigationBarTitle(title=HOSTILE)
    t.showToast(title=HOSTILE)
    assert_harmless(log_html(phone.log))
    assert_harmless(phone_html(phone))
    ElementTree.fromstring(picture(look(phone)))


def test_a_color_cannot_lead_to_the_net() -> None:
    with taropy.Phone() as phone:
        t = on(phone, "h5")
        t.setNavigationBarColor(backgroundColor="url(http://evil.example/a)", frontColor='red" onload="x')
        drawn = phone_html(phone)
    assert "evil.example" not in drawn
    assert_harmless(drawn)


class Rude:
    def __repr__(self) -> str:
        raise RuntimeError("no")


def test_values_of_any_kind_and_size_are_shown_and_cut(phone: taropy.Phone) -> None:
    t = on(phone)
    deep: dict[str, Any] = {}
    deep["self"] = deep
    shown = [deep, list(range(5_000)), "x" * 1_000_000, b"\xff" * 100_000, float("nan"), 10**400, Rude(), {1: {2}}]
    for number, value in enumerate(shown):
        try:
            t.setStorageSync(f"k{number}", value)
        except taropy.TaroError:
            continue  # the phone stores no such thing; the log has what it was given
    drawn = log_html(phone.log)
    text = Reader(drawn).text
    assert len(drawn) < 200_000
    for told in ("… (dict)", "4,900 more", "1,000,000 characters", "100,000 bytes", "whose repr raises RuntimeError"):
        assert told in text


def test_the_picture_shows_title_toast_dialog_and_tabs_and_says_so_in_words() -> None:
    pages = {"pages/a/a": {}, "pages/b/b": {}}
    tabs = [{"pagePath": "pages/a/a", "text": "Teas"}, {"pagePath": "pages/b/b", "text": "Cart"}]
    with taropy.Phone() as phone:
        t = taropy.create("weapp", phone=phone)
        app = taropy.App(pages=list(pages), tabBar={"list": tabs}, window={"navigationBarTitleText": "Shop"})
        for route in pages:
            app.page(route)(lambda: None)
        app.launch(t).result()
        t.setTabBarBadge(index=1, text="3").result()
        t.showToast(title="Saved").result()
        phone.screen.show_keyboard()
        drawn = phone_html(phone)
    root = ElementTree.fromstring(drawn[drawn.index("<svg") : drawn.rindex("</svg>") + 6])
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Shop", "Saved", "Teas", "Cart", "3"} <= texts
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == "iPhone 15 Pro, weapp, /pages/a/a, title 'Shop', toast 'Saved'"


def test_looking_at_a_phone_makes_no_room_of_it_and_opens_no_app() -> None:
    with taropy.Phone() as phone:
        phone_html(phone)
        assert not {"pages", "screen", "network", "storage"} & set(vars(phone))


def test_a_long_title_is_cut_and_a_chinese_one_wrapped_in_the_picture(phone: taropy.Phone) -> None:
    t = on(phone)
    t.setNavigationBarTitle(title="x" * 500)
    t.showToast(title="茶" * 60)
    root = ElementTree.fromstring(picture(look(phone)))
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "x" * 25 + "…" in texts
    assert "茶" * 9 in texts
    assert all(len(text) <= 26 for text in texts)
