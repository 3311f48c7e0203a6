"""The first tab, and the page of a book."""

from __future__ import annotations

from typing import Any

import pytest
from answers import API, BOOKS
from library import app
from library.pages.books import Books
from seen import toast

import taropy
from taropy import Phone

pytestmark = pytest.mark.platform("weapp", "alipay", "h5")


def opened(phone: Phone, **options: Any) -> Any:
    """The page that a launch opens."""
    app.launch(**options)
    return phone.pages.current.program


def titles(page: Books) -> list[str]:
    return [book["title"] for book in page.books]


def test_the_first_books_are_there_after_the_launch(phone: Phone) -> None:
    assert titles(opened(phone)) == ["Emma", "Persuasion", "Middlemarch"]
    assert phone.screen.loading is None


def test_at_its_end_the_list_goes_on_until_there_is_no_more(phone: Phone) -> None:
    page = opened(phone)
    for _ in range(4):
        phone.pages.scroll_to_bottom()
    assert titles(page) == [book["title"] for book in BOOKS.values()]
    assert [call.query["page"] for call in phone.network.calls] == ["1", "2", "3"]


def test_pulled_down_the_list_begins_anew(phone: Phone) -> None:
    page = opened(phone)
    phone.pages.scroll_to_bottom()
    phone.pages.pull_down()
    assert titles(page) == ["Emma", "Persuasion", "Middlemarch"]
    assert not phone.pages.current.refreshing


def test_a_search_asks_for_the_last_letters_only(phone: Phone) -> None:
    page = opened(phone)
    phone.clock.stop()
    for words in ("A", "Au", "Austen"):
        page.typed(words)
        phone.clock.advance(0.2)
    phone.clock.advance(0.1)
    assert titles(page) == ["Emma", "Persuasion"]
    assert [call.query["q"] for call in phone.network.calls] == ["", "Austen"]


def test_an_answer_to_an_older_search_is_not_shown(phone: Phone) -> None:
    page = opened(phone)
    phone.clock.stop()
    phone.network.route(f"{API}/books", json={"books": [BOOKS["6"]], "more": False}, query={"q": "D"}, delay=2)
    page.typed("D")
    phone.clock.advance(0.3)
    page.typed("Emma")
    phone.clock.advance(5)
    assert titles(page) == ["Emma"]


def test_without_a_network_the_user_is_told(phone: Phone) -> None:
    phone.network.type = "none"
    assert opened(phone).books == []
    assert toast(phone) == "No connection"


def test_what_is_refused_by_the_server_is_told_in_its_words(phone: Phone) -> None:
    phone.network.route(f"{API}/books", status=503, json={"message": "We are moving house"})
    opened(phone)
    assert toast(phone) == "We are moving house"


def test_a_book_opens_with_its_title(phone: Phone) -> None:
    page = opened(phone)
    taropy.run(page.open(page.books[1]))
    assert phone.pages.routes == ["pages/books/index", "pages/book/index"]
    assert phone.screen.navigation_bar.title == "Persuasion"


def test_a_shared_link_opens_the_book(phone: Phone) -> None:
    page = opened(phone, path="pages/book/index", query={"id": "3"}, scene=1007)
    assert phone.pages.routes == ["pages/book/index"]
    assert page.book["title"] == "Middlemarch"


def test_a_link_to_a_book_that_is_gone_says_so(phone: Phone) -> None:
    opened(phone, path="pages/book/index", query={"id": "99"})
    assert toast(phone) == "There is no book 99"


def test_a_link_to_a_page_that_is_gone_leads_to_the_books(phone: Phone) -> None:
    opened(phone, path="pages/sale/index")
    assert phone.pages.routes == ["pages/books/index"]


@pytest.mark.platform("weapp", "alipay")
def test_a_label_is_scanned(phone: Phone) -> None:
    page = opened(phone)
    phone.scanner.answer("https://library.example/b/5")
    taropy.run(page.scan())
    assert phone.pages.current.query == {"id": "5"}


@pytest.mark.platform("h5")
def test_in_a_browser_labels_cannot_be_scanned(phone: Phone) -> None:
    page = opened(phone)
    taropy.run(page.scan())
    assert toast(phone).startswith("scanCode:fail")


@pytest.mark.platform("weapp", "alipay")
def test_who_thinks_better_of_scanning_sees_nothing(phone: Phone) -> None:
    page = opened(phone)
    phone.scanner.cancel()
    taropy.run(page.scan())
    assert toast(phone) == ""


def test_a_book_that_is_liked_is_liked_at_the_next_launch(phone: Phone) -> None:
    opened_book = {"path": "pages/book/index", "query": {"id": "3"}}
    opened(phone, **opened_book).like()
    page = opened(phone, **opened_book)
    assert page.liked
    page.like()
    assert not opened(phone, **opened_book).liked


@pytest.mark.platform("weapp")
def test_a_book_is_shared_with_its_title(phone: Phone) -> None:
    opened(phone, path="pages/book/index", query={"id": "3"})
    shared = taropy.run(phone.pages.share())
    assert (shared.title, shared.path) == ("Middlemarch", "/pages/book/index?id=3")
