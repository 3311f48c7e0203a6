"""The suite finds what is wrong: platforms that are broken in one way each, and the line that tells of it."""

from __future__ import annotations

import re

import pytest

import taropy
from taropy import Adaptation, Platform, hookimpl
from taropy.testing.aspects import ASPECTS
from taropy.testing.conformance import PlatformConformance
from taropy.testing.examination import examine


@pytest.fixture
def broken():
    """Registers a platform with these adaptations, and takes it away after the test."""

    def register(**apis):
        class Plugin:
            @hookimpl
            def taropy_register_platforms(self, register):
                register(
                    Platform(name="broken", title="Broken", env_type="B", native_name="b", supports={*apis}, apis=apis)
                )

        taropy.register_plugin(Plugin(), "broken")

    yield register
    taropy.unregister_plugin("broken")


def suite(**given):
    """The suite for the broken platform, as an author's test class."""
    return type("TestBroken", (PlatformConformance,), {"platform": "broken", **given})()


def told(aspect):
    """What is found in one aspect."""
    return [str(fault) for fault in examine("broken", [each for each in ASPECTS if each.name == aspect]).faults]


def never(native, options):
    """Forgets to call the native function, and to answer."""


def always(native, options):
    """Answers in place of the native function, whatever that says."""
    options["success"]({"code": "mine"})


def impatient(native, options):
    """Loses the callbacks, and answers with a new one of its own."""
    native.login({**options, "fail": options["success"]})


def crashing(native, options):
    raise KeyError("no such field")


BROKEN = {
    "it never answers": ("login", never, "success", "login succeeds, with callbacks in order.*: never settles"),
    "it hides failures": ("login", impatient, "failure", "succeeds although the native function fails"),
    "it does not ask": ("login", always, "failure", "succeeds although the native function fails"),
    "it crashes": ("login", crashing, "success", "login:fail"),
    "it loses the task": ("request", lambda native, o: native.request(o) and None, "tasks", "not asked for .*abort"),
    "it loses listeners": ("onAppShow", lambda native, listener: None, "events", "hears an event 0 times"),
    "it hears twice": (
        "onAppShow",
        lambda native, listener: [native.onAppShow(listener), native.onAppShow(listener)],
        "events",
        "hears an event 2 times",
    ),
    "a sync function fails": ("getStorageSync", lambda native, key: native["key"], "values", "getStorageSync:fail"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_function_that_misbehaves_is_found(broken, how, monkeypatch):
    monkeypatch.setattr("taropy.testing.aspects.PATIENCE", 0.05)
    api, function, aspect, message = BROKEN[how]
    broken(**{api: Adaptation(function=function)})
    assert re.search(message, "\n".join(told(aspect)))


def test_a_table_that_takes_away_what_is_declared_is_found(broken):
    broken(login=Adaptation(remove={"code"}))
    assert told("success") == [f"login {ASPECTS[2].should}: the result has no code"]


def test_a_table_that_is_right_has_no_faults(broken):
    broken(login=Adaptation(alias="signIn", rename={"timeout": "limit"}, results={"code": "ticket"}))
    assert examine("broken").faults == ()
    suite().test_every_function_succeeds_in_order()


def test_a_failing_test_has_a_line_for_each_cell(broken):
    broken(login=Adaptation(function=always), checkSession=Adaptation(function=always))
    with pytest.raises(AssertionError) as caught:
        suite().test_every_function_fails_in_order()
    lines = str(caught.value).splitlines()
    assert lines[0] == "broken: 4 faults in 2 cells"
    assert [line.split()[0] for line in lines[1:]] == ["checkSession", "checkSession", "login", "login"]


def test_the_worst_comes_first(broken):
    broken(login=Adaptation(remove={"code"}), request=Adaptation(function=crashing))
    faulty = [fault.api for fault in examine("broken").worst_first()]
    assert (faulty[0], faulty[-1]) == ("request", "login")


# --- skips ---------------------------------------------------------------------------------------------------------


def test_a_function_that_is_skipped_with_a_reason_does_not_fail(broken):
    broken(login=Adaptation(function=always))
    mine = suite(skips={"login": "the company's own, it always succeeds"})
    mine.test_every_function_fails_in_order()
    mine.test_every_skip_is_declared_with_a_reason_and_needed()


@pytest.mark.parametrize(
    ("skips", "message"),
    [
        ({"login": "once it was needed"}, "these behave, and need not be skipped: login"),
        ({"logn": "a typo"}, "broken does not have what is skipped: logn"),
        ({"checkSession": "not there"}, "broken does not have what is skipped: checkSession"),
        ({"login": " "}, "a skip without a reason"),
    ],
)
def test_a_skip_that_is_not_needed_or_has_no_reason_fails(broken, skips, message):
    broken(login=Adaptation())
    with pytest.raises(AssertionError, match=message):
        suite(skips=skips).test_every_skip_is_declared_with_a_reason_and_needed()


def test_an_author_may_say_what_the_native_function_answers(broken):
    def login(native, options):
        succeed = options["success"]
        return native.login({**options, "success": lambda res: succeed({"code": res["data"]["auth"]})})

    broken(login=Adaptation(function=login))
    with pytest.raises(AssertionError, match="login"):
        suite().test_every_function_succeeds_in_order()
    suite(answers={"login": {"data": {"auth": "a"}}}).test_every_function_succeeds_in_order()


def test_a_platform_that_is_not_registered_is_named():
    with pytest.raises(taropy.PlatformError, match="no platform is called 'broken'"):
        suite().test_every_function_succeeds_in_order()
