"""`Taro.eventCenter` and `Taro.Events`, as Taro has them."""

from __future__ import annotations

import pytest

import taropy
from taropy import Events, Taro
from taropy.testing import expect_unhandled


@pytest.fixture
def events():
    return Events()


def test_a_listener_hears_what_is_triggered_with_its_arguments(events):
    heard = []
    events.on("login", lambda *arguments: heard.append(arguments))
    events.trigger("login", 1, "two")
    events.trigger("login")
    events.trigger("logout", 3)
    assert heard == [(1, "two"), ()]


def test_listeners_are_called_in_the_order_in_which_they_came(events):
    heard = []
    for number in range(5):
        events.on("e", lambda number=number: heard.append(number))
    events.trigger("e")
    assert heard == [0, 1, 2, 3, 4]


def test_a_listener_that_was_added_twice_is_called_twice(events):
    heard = []
    listener = heard.append
    events.on("e", listener).on("e", listener).trigger("e", 1)
    assert heard == [1, 1]


def test_once_is_for_the_first_time_only(events):
    heard = []
    events.once("e", heard.append)
    events.trigger("e", 1)
    events.trigger("e", 2)
    assert heard == [1]


def test_once_for_several_events_is_for_the_first_of_them(events):
    heard = []
    events.once("a,b", heard.append)
    events.trigger("b", 1)
    events.trigger("a", 2)
    assert heard == [1]


def test_off_takes_one_listener_off_one_event(events):
    heard = []
    listener = heard.append
    events.on("a", listener).on("b", listener).on("a", lambda value: heard.append(-value))
    events.off("a", listener)
    events.trigger("a", 1)
    events.trigger("b", 2)
    assert heard == [-1, 2]


def test_off_without_a_listener_takes_all_off_the_event(events):
    heard = []
    events.on("a", heard.append).on("a", heard.append).on("b", heard.append)
    events.off("a").trigger("a", 1).trigger("b", 2)
    assert heard == [2]


def test_off_without_a_name_takes_a_listener_off_every_event(events):
    heard = []
    listener = heard.append
    events.on("a", listener).on("b", listener).on("b", lambda value: heard.append(-value))
    events.off(None, listener).trigger("a", 1).trigger("b", 2)
    assert heard == [-2]


def test_off_without_anything_takes_all_off(events):
    events.on("a", pytest.fail).on("b", pytest.fail)
    events.off().trigger("a").trigger("b")
    assert events.trigger("a") is events


def test_taking_off_what_is_not_there_is_fine(events):
    assert events.off("a").off("a", print).off(None, print) is events


def test_several_events_may_be_named_at_once_with_commas(events):
    heard = []
    events.on("a,b", heard.append)
    events.trigger("a,b", 1)
    events.off("a,b")
    events.trigger("a", 2)
    assert heard == [1, 1]


def test_an_events_name_may_be_anything_hashable(events):
    heard = []
    key = object()
    events.on(key, heard.append)
    events.on(5, heard.append)
    events.trigger(key, "object").trigger(5, "number")
    assert heard == ["object", "number"]


def test_a_listener_that_is_taken_off_meanwhile_still_hears_this_one(events):
    heard = []
    last = lambda: heard.append("last")  # noqa: E731
    events.on("e", lambda: events.off("e", last)).on("e", last)
    events.trigger("e")
    events.trigger("e")
    assert heard == ["last"]


def test_a_listener_that_is_added_meanwhile_does_not_hear_this_one(events):
    heard = []
    events.once("e", lambda: events.on("e", lambda: heard.append("new")))
    events.trigger("e")
    assert heard == []
    events.trigger("e")
    assert heard == ["new"]


def test_what_a_listener_raises_reaches_who_triggered(events):
    def listener():
        raise ValueError("mine")

    events.on("e", listener)
    with pytest.raises(ValueError, match="mine"):
        events.trigger("e")


def test_without_a_listener_on_does_nothing(events):
    events.on("e", None).trigger("e")


def test_taro_has_the_class_and_a_center_of_its_own(taro):
    heard = []
    taro.eventCenter.on("e", heard.append)
    taro.eventCenter.trigger("e", 1)
    assert (heard, taro.Events, taro.eventCenter is taro.eventCenter) == ([1], Events, True)


def test_each_runtime_has_its_own_center(native):
    one, other = (taropy.create(native=native) for _ in range(2))
    one.eventCenter.on("e", pytest.fail)
    other.eventCenter.trigger("e")


def test_a_listener_takes_as_many_of_the_arguments_as_it_likes(events):
    heard = []
    events.on("e", lambda: heard.append("none"))
    events.once("e", lambda: heard.append("none, once"))
    events.on("e", lambda first, second: heard.append((first, second)))
    events.trigger("e", 1, 2, 3)
    events.trigger("e")
    assert heard == ["none", "none, once", (1, 2), "none", (None, None)]


def test_a_list_of_names_ends_at_an_empty_one_as_in_taro(events):
    heard = []
    events.on("a,,b", heard.append).on("", heard.append)
    events.trigger("a", 1).trigger("b", 2).trigger("", 3).trigger(",a", 4)
    assert heard == [1]


def test_taking_off_without_a_name_is_about_every_event(events):
    heard = []
    events.on("a,b", heard.append).on("a", print)
    events.off("", heard.append).trigger("b", 1)
    assert heard == []
    events.on("a", heard.append).off("").trigger("a", 2)
    assert heard == []


def test_a_context_tells_two_uses_of_one_listener_apart(events):
    heard = []
    one, other = object(), object()
    events.on("e", heard.append, one).on("e", heard.append, other).once("e", heard.append, one)
    events.off("e", None, one).trigger("e", 1)
    assert heard == [1]
    events.off("e", heard.append, one).trigger("e", 2)
    assert heard == [1, 2]
    events.off(None, None, other).trigger("e", 3)
    assert heard == [1, 2]


def test_an_async_listener_begins_at_once_and_is_waited_for(events):
    heard = []

    async def listener(name):
        heard.append(f"{name} begins")
        await Taro.getStorageInfo()
        heard.append(f"{name} ends")

    async def main():
        events.on("e", listener).once("e", listener).trigger("e", "first")
        heard.append("the caller goes on")
        await taropy.settled()
        assert heard == ["first begins", "first begins", "the caller goes on", "first ends", "first ends"]

    taropy.run(main)
    heard.clear()
    events.trigger("e", "outside a loop")
    assert heard == ["outside a loop begins", "outside a loop ends"]


def test_what_an_async_listener_raises_is_an_unhandled_rejection(events):
    async def listener():
        raise KeyError("price")

    async def main():
        events.on("e", listener).trigger("e")
        await taropy.settled()

    with expect_unhandled(KeyError, match="price"):
        taropy.run(main)
