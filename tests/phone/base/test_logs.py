"""The logs that programs write for their developers."""

from __future__ import annotations

from typing import Any

import pytest
from diaries import Diary
from supporting import supporting

import taropy
from taropy.phone import NativeError, Phone
from taropy.phone.base.debug import FILTER, LOG_CALL, REALTIME_CALL

LEVELS = ("debug", "info", "log", "warn")


def texts(lines: Any) -> list[tuple[str, str]]:
    return [(line.level, line.text) for line in lines]


@supporting("getLogManager")
def test_a_line_has_level_text_time_and_page(t: Any) -> None:
    t.phone.clock.stop()
    logger = t.getLogManager()
    t.navigateTo(url="/pages/list/list").result()
    for level in LEVELS:
        getattr(logger, level)({"str": "hello"}, "text", 100, [1, 2], None)
    assert texts(t.phone.debugging.lines) == [(level, '{"str":"hello"} text 100 [1,2] null') for level in LEVELS]
    line = t.phone.debugging.lines[0]
    assert (line.time, line.page, line.values[1]) == (t.phone.clock.now(), "pages/list/list", "text")


def test_what_has_no_json_is_logged_all_the_same(weapp: Any) -> None:
    itself: list[Any] = []
    itself.append(itself)
    weapp.getLogManager().log(print, {"f": len}, itself)
    assert texts(weapp.phone.debugging.lines) == [
        ("log", "<built-in function print> {'f': <built-in function len>} [[...]]")
    ]


def test_a_hundred_kilobytes_are_the_most_of_one_call(weapp: Any) -> None:
    logger = weapp.getLogManager(level=1)
    logger.log("x" * LOG_CALL)
    logger.log("x" * LOG_CALL, "")
    assert [line.size for line in weapp.phone.debugging.lines] == [LOG_CALL]
    assert [line.size for line in weapp.phone.debugging.dropped] == [LOG_CALL + 1]


def test_five_megabytes_are_kept_the_newest(weapp: Any) -> None:
    logger = weapp.getLogManager()
    for number in range(60):
        logger.info(f"{number:03d}".ljust(LOG_CALL, "x"))
    assert [line.text[:3] for line in weapp.phone.debugging.lines] == [f"{number:03d}" for number in range(9, 60)][-51:]


@pytest.mark.parametrize("level", [2, -1])
def test_there_are_two_levels(weapp: Any, level: int) -> None:
    with pytest.raises(taropy.TaroError, match=r"parameter\.level should be one of 0, 1"):
        weapp.getLogManager(level=level)


@pytest.mark.parametrize("options", ["level", 1, []])
def test_the_options_of_a_log_are_an_object(options: Any) -> None:
    with pytest.raises(NativeError, match="getLogManager:fail parameter error: parameter should be Object instead of"):
        Phone().native("weapp").getLogManager(options)


def test_each_app_has_a_log_and_a_person_sends_them_all() -> None:
    phone = Phone()
    other = Phone(appid="wx2")
    taropy.create("weapp", phone=phone).getLogManager().log("one")
    taropy.create("weapp", phone=other).getLogManager().log("two")
    assert texts(phone.debugging.lines) == [("log", "one")]
    assert texts(other.debugging.lines) == [("log", "two")]


def test_a_restored_phone_has_the_lines_it_had(weapp: Any) -> None:
    logger = weapp.getLogManager()
    logger.log("before")
    taken = weapp.phone.snapshot()
    logger.log("since")
    weapp.phone.restore(taken)
    logger.log("after")
    assert texts(weapp.phone.debugging.lines) == [("log", "before"), ("log", "after")]


# --- in real time --------------------------------------------------------------------------------------------------


def test_real_time_lines_are_found_by_keywords(weapp: Any) -> None:
    logger = weapp.getRealtimeLogManager()
    logger.info("none")
    logger.setFilterMsg("order")
    logger.addFilterMsg("pay")
    logger.warn("two")
    logger.setFilterMsg("other")
    logger.error("one", {"a": 1})
    lines = weapp.phone.debugging.realtime
    assert texts(lines) == [("info", "none"), ("warn", "two"), ("error", 'one {"a":1}')]
    assert [line.filters for line in lines] == [(), ("order", "pay"), ("other",)]


def test_lines_belong_to_the_page_that_was_named(weapp: Any) -> None:
    logger = weapp.getRealtimeLogManager()
    first = weapp.getCurrentPages()[0]
    weapp.navigateTo(url="/pages/list/list").result()
    logger.info("here")
    logger.in_(first)
    logger.info("there")
    assert [line.page for line in weapp.phone.debugging.realtime] == ["pages/list/list", "pages/index/index"]


def test_an_app_that_starts_anew_has_no_keywords(weapp: Any) -> None:
    weapp.getRealtimeLogManager().setFilterMsg("old")
    Diary().app.launch(weapp).result()
    weapp.getRealtimeLogManager().info("new")
    assert weapp.phone.debugging.realtime[0].filters == ()


def test_a_tagged_manager_writes_keys_and_values(weapp: Any) -> None:
    tagged = weapp.getRealtimeLogManager().tag("plugin")
    tagged.setFilterMsg("a")
    tagged.addFilterMsg("b")
    tagged.info("key", {"v": 1})
    tagged.warn("key", 2)
    tagged.error("key", "three")
    lines = weapp.phone.debugging.realtime
    assert {(line.tag, line.filters) for line in lines} == {("plugin", ("a", "b"))}
    assert texts(lines) == [("info", 'key {"v":1}'), ("warn", "key 2"), ("error", "key three")]


def test_five_kilobytes_are_the_most_of_one_real_time_call(weapp: Any) -> None:
    logger = weapp.getRealtimeLogManager()
    logger.info("x" * REALTIME_CALL)
    logger.info("中" * (REALTIME_CALL // 3 + 1))
    assert len(weapp.phone.debugging.realtime) == 1
    assert len(weapp.phone.debugging.dropped) == 1


def test_keywords_are_a_kilobyte_at_most(weapp: Any) -> None:
    logger = weapp.getRealtimeLogManager()
    logger.setFilterMsg("x" * FILTER)
    with pytest.raises(taropy.TaroError, match="should not be larger than 1KB"):
        logger.addFilterMsg("y")
    logger.info("still the first")
    assert weapp.phone.debugging.realtime[0].filters == ("x" * FILTER,)


@pytest.mark.parametrize(("name", "arguments"), [("setFilterMsg", (5,)), ("addFilterMsg", ([],)), ("tag", (5,))])
def test_keywords_and_tags_are_text(weapp: Any, name: str, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(taropy.TaroError, match="should be String instead of"):
        getattr(weapp.getRealtimeLogManager(), name)(*arguments)
