"""How the phone, its rooms, pages, log, and results show themselves in a shell and in a notebook."""

from __future__ import annotations

import re

import pytest

import taropy
from taropy.phone import Phone
from taropy.phone.core.surface import ROOMS

HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def phone():
    with Phone(log=True) as made:
        yield made


@pytest.fixture
def t(phone):
    with taropy.create("weapp", phone=phone) as runtime:
        yield runtime


def launched(t, title="Teas"):
    app = taropy.App(pages=["pages/teas/index", "pages/tea/index"])
    for route in app.routes:
        app.page(route, navigationBarTitleText=title)(type("Shown", (), {}))
    app.launch(t).result()
    return t


def test_a_phone_shows_what_it_is_and_what_is_to_be_seen_on_it(t, phone):
    assert repr(phone) == "<Phone iPhone 15 Pro, wifi>"
    t.showToast(title="Saved").result()
    assert repr(phone) == "<Phone iPhone 15 Pro, wifi, toast 'Saved'>"
    phone.network.type = "3g"
    launched(t).showLoading(title="Brewing").result()
    assert repr(phone) == "<Phone iPhone 15 Pro, 3g, pages/teas/index, loading 'Brewing'>"
    phone.close()
    assert repr(phone).endswith("closed>")


def test_a_phone_with_a_folder_says_where(tmp_path):
    with Phone(tmp_path, device="Pixel 8") as phone:
        assert repr(phone) == f"<Phone Pixel 8, wifi, in {str(tmp_path)!r}>"


def test_to_be_shown_makes_no_room(phone):
    before = set(vars(phone))
    repr(phone), str(phone), repr(phone.log), repr(phone.clock), repr(phone.person)
    assert set(vars(phone)) == before


@pytest.mark.parametrize(
    ("room", "do", "shown"),
    [
        ("screen", lambda t: t.showToast(title="Saved"), "<Screen toast 'Saved'>"),
        ("screen", lambda t: None, "<Screen>"),
        ("network", lambda t: None, "<Network wifi>"),
        ("network", lambda t: setattr(t.phone.network, "latency", 0.5), "<Network wifi, latency 0.5 s>"),
        ("storage", lambda t: t.setStorageSync("a", 1), "<Storage 1 key>"),
        ("storage", lambda t: None, "<Storage>"),
        ("clipboard", lambda t: t.setClipboardData(data="oolong"), "<Clipboard text 'oolong'>"),
        ("account", lambda t: t.phone.account.switch_user("li"), "<Account user 'li'>"),
        ("location", lambda t: t.phone.location.set(31.2, 121.5), "<Location 31.20000 121.50000>"),
        ("hardware", lambda t: t.vibrateLong(), "<Hardware battery 100%, 1 vibration, varied strength>"),
        ("system", lambda t: t.phone.rotate("landscape"), "<System iPhone 15 Pro, light, zh_CN, landscape>"),
        ("keyboard", lambda t: None, "<Keyboard down>"),
        ("telephone", lambda t: t.makePhoneCall(phoneNumber="10086"), "<Telephone 1 call>"),
        ("pages", lambda t: launched(t), "<Pages pages/teas/index>"),
        ("faults", lambda t: t.phone.faults.fail("login", "busy"), "<Faults login>"),
        ("person", lambda t: t.phone.person.script("modal", confirm=True), "<Person 1 answer to come>"),
        ("log", lambda t: None, "<CallLog 0 calls>"),
    ],
)  # fmt: skip
def test_a_part_of_the_phone_shows_its_state_in_a_line(t, phone, room, do, shown):
    getattr(phone, room)
    outcome = do(t)
    if isinstance(outcome, taropy.Promise):
        outcome.result()
    assert repr(getattr(phone, room)) == shown


def test_the_log_shows_how_many_calls_there_are(t, phone):
    t.login().result()
    t.checkSession().result()
    t.login(timeout="soon").catch(lambda error: None).result()
    assert repr(phone.log) == "<CallLog 3 calls, 1 failed, last login>"


def test_pages_show_what_lies_on_what(t, phone):
    launched(t).navigateTo(url="/pages/tea/index?id=1").result()
    assert repr(phone.pages) == "<Pages pages/teas/index › pages/tea/index>"


def test_a_page_shows_what_it_is(t, phone):
    launched(t).navigateTo(url="/pages/tea/index?id=1&token=S3CR3T").result()
    phone.pages.scroll(120)
    assert repr(phone.pages.current) == "<Page pages/tea/index?id&token, title 'Teas', scrolled to 120 px>"


def test_a_stopped_clock_shows_it(phone):
    phone.clock.stop()
    assert re.fullmatch(r"<Clock \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, stopped>", repr(phone.clock))


@pytest.mark.parametrize("room", [*ROOMS, "faults", "person", "clock", "log"])
def test_every_part_shows_itself_in_a_line_and_never_raises(phone, room):
    part = getattr(phone, room)
    assert re.fullmatch(r"<\w+( .*)?>", repr(part))
    assert "object at 0x" not in repr(part)
    if hasattr(part, "__dict__"):
        broken = object.__new__(type(part))  # of which nothing is there
        assert re.fullmatch(r"<\w+( .*)?>", repr(broken))


def test_secrets_are_masked(t, phone):
    t.setClipboardData(data='{"password": "S3CR3T"}').result()
    t.showToast(title="token=S3CR3T").result()
    for shown in (repr(phone), repr(phone.screen), repr(phone.clipboard), phone._repr_html_()):
        assert "S3CR3T" not in shown
        assert "***" in shown


# --- results ------------------------------------------------------------------------------------------------------


def test_a_result_shows_its_fields_with_secrets_masked():
    result = taropy.models.RequestResult(
        errMsg="request:ok", statusCode=200, header={"Authorization": "S3CR3T"}, data={"token": "S3CR3T", "tea": 1}
    )
    assert repr(result).startswith("RequestResult(errMsg='request:ok'")
    assert "S3CR3T" not in repr(result)
    assert "S3CR3T" not in result._repr_html_()
    assert "'tea': 1" in repr(result)
    assert result.data["token"] == "S3CR3T"


def test_a_long_result_is_cut():
    result = taropy.models.RequestResult(errMsg="request:ok", statusCode=200, header={}, data="tea " * 10_000)
    assert len(repr(result)) < 1_000
    assert len(result._repr_html_()) < 10_000


class Raising:
    def __repr__(self):
        raise ValueError("no")


def test_a_result_that_holds_what_cannot_be_shown_is_shown_all_the_same():
    result = taropy.models.RequestResult(errMsg="request:ok", statusCode=200, header={}, data=Raising())
    assert "<Raising, whose repr raised ValueError>" in repr(result)
    assert "request:ok" in result._repr_html_()


def test_a_promise_shows_as_a_promise(t):
    promise = t.login()
    assert repr(promise).startswith("<Promise fulfilled: LoginResult(errMsg='login:ok', code=")


def test_in_a_notebook_a_result_is_a_table(t):
    html = t.getNetworkType().result()._repr_html_()
    assert "<table" in html
    assert "GetNetworkTypeResult" in html
    assert re.search(r"<th[^>]*>networkType</th><td><div[^>]*>wifi</div>", html)


def test_a_promise_is_shown_as_what_it_was_fulfilled_with(t):
    promise = t.login()
    assert promise._repr_html_() == promise.result()._repr_html_()
    assert taropy.Promise.resolve(1)._repr_html_() is None
    assert taropy.Promise(lambda resolve, reject: None)._repr_html_() is None


def test_json_is_a_table_too(t):
    t.setStorageSync("tea", {"name": "oolong", "prices": [1, 2]})
    html = t.getStorageSync("tea")._repr_html_()
    assert "oolong" in html
    assert "<table" in html


def test_in_a_notebook_the_log_is_a_time_line(t, phone):
    t.login(timeout=3000).result()
    html = phone.log._repr_html_()
    assert "<ol" in html
    assert "login" in html
    assert "timeout=3000" in html


def test_in_a_notebook_the_phone_is_a_picture_and_so_is_its_screen(t, phone):
    launched(t, "Teas of today").showToast(title="Saved").result()
    for html in (phone._repr_html_(), phone.screen._repr_html_()):
        assert "<svg" in html
        assert "Teas of today" in html
        assert "Saved" in html


@pytest.mark.parametrize("hostile", [HOSTILE, '"><script>x</script>', "</style><script>x</script>", "&lt;&#0;"])
def test_no_text_of_a_programs_is_ever_markup(t, phone, hostile):
    launched(t, hostile).showToast(title=hostile).result()
    t.setStorageSync(hostile, {hostile: [hostile]})
    t.request(url=hostile, header={hostile: hostile}).catch(lambda error: None).result()
    record = t.getStorageSync(hostile)
    result = taropy.models.RequestResult(errMsg=hostile, statusCode=200, header={hostile: hostile}, data=record)
    shown = [phone._repr_html_(), phone.screen._repr_html_(), phone.log._repr_html_()]
    shown += [record._repr_html_(), result._repr_html_(), taropy.Promise.resolve(result)._repr_html_()]
    for html in shown:
        assert "<script" not in html
        assert "<img" not in html
        assert html.count("</style>") == html.count("<style>")


def test_secrets_are_shown_where_the_log_is_to_show_them():
    with taropy.create("weapp", log=True, show_secrets=True) as t:
        t.phone.native("weapp").setStorageSync("user", {"token": "S3CR3T"})
        t.getStorage(key="user").result()
        assert "S3CR3T" in str(t.phone.log)


def test_what_can_not_tell_its_state_says_why(phone, monkeypatch):
    def broken(clock):
        raise OverflowError("no calendar has it")

    monkeypatch.setattr(type(phone.clock), "now", broken)
    assert re.fullmatch(r"<Clock whose state raised \w+>", repr(phone.clock))
