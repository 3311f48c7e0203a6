"""The second tab."""

from __future__ import annotations

from typing import Any

import pytest
from answers import API, BOOKS
from library import app, bag
from seen import toast

import taropy
from taropy import Phone, Taro

pytestmark = pytest.mark.platform("weapp", "alipay")


def opened(phone: Phone) -> Any:
    """The tab, after a tap on it."""
    app.launch()
    phone.pages.tap_tab(1)
    return phone.pages.current.program


def test_a_book_goes_into_the_bag_from_its_page(phone: Phone) -> None:
    app.launch(path="pages/book/index", query={"id": "4"})
    phone.pages.current.program.take()
    assert [(line["title"], line["weeks"]) for line in opened(phone).lines] == [("Moby Dick", 2)]


def test_a_book_of_which_all_copies_are_lent_does_not(phone: Phone) -> None:
    phone.network.route(f"{API}/books/4", json={**BOOKS["4"], "free": 0})
    app.launch(path="pages/book/index", query={"id": "4"})
    phone.pages.current.program.take()
    assert toast(phone) == "All copies are lent"
    assert bag.lines() == []


def test_a_bag_holds_five_books_each_once(phone: Phone) -> None:
    for id in ("1", "1", "2", "3", "4", "5", "6"):
        bag.add(BOOKS[id])
    assert [line["id"] for line in bag.lines()] == ["1", "2", "3", "4", "5"]
    assert toast(phone) == "5 books are all you can carry"


def test_the_server_is_told_when_the_user_has_stopped_changing_the_bag(phone: Phone) -> None:
    saved = phone.network.route("PUT", f"{API}/bag", status=204)
    bag.add(BOOKS["1"])
    page = opened(phone)
    phone.clock.stop()
    for weeks in (3, 4, 3):
        page.set_weeks(page.lines[0], weeks)
        phone.clock.advance(0.4)
    saved.assert_not_called()
    phone.clock.advance(0.1)
    assert [call.json for call in saved.calls] == [[{"id": "1", "title": "Emma", "weeks": 3}]]


def test_no_weeks_take_a_book_out(phone: Phone) -> None:
    bag.add(BOOKS["1"])
    page = opened(phone)
    page.set_weeks(page.lines[0], 0)
    assert page.lines == []


def test_what_is_borrowed_leaves_the_bag(phone: Phone) -> None:
    borrowed = phone.network.route("POST", f"{API}/loans", status=201)
    bag.add(BOOKS["1"])
    taropy.run(opened(phone).borrow())
    assert [line["id"] for line in borrowed.calls[0].json] == ["1"]
    assert bag.lines() == []
    assert phone.pages.routes == ["pages/mine/index"]


def test_who_says_no_keeps_the_bag(phone: Phone) -> None:
    bag.add(BOOKS["1"])
    page = opened(phone)
    phone.screen.answer_modal(confirm=False)
    taropy.run(page.borrow())
    assert len(bag.lines()) == 1
    assert phone.pages.routes == ["pages/bag/index"]


def test_a_bag_that_cannot_be_sent_is_kept(phone: Phone) -> None:
    Taro.setStorageSync("token", "t1")
    bag.add(BOOKS["1"])
    page = opened(phone)
    phone.network.type = "none"
    taropy.run(page.borrow())
    assert toast(phone) == "No connection"
    assert len(bag.lines()) == 1


def test_an_empty_bag_is_not_sent(phone: Phone) -> None:
    taropy.run(opened(phone).borrow())
    assert toast(phone) == "The bag is empty"
    assert "showModal" not in phone.log.names
