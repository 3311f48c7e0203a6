"""The suite finds what is wrong: platforms that are broken in one way each, and the line that tells of it."""

from __future__ import annotations

import asyncio
import re
import traceback
from itertools import count

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


def forgiving(native, options):
    """Succeeds whatever the native function throws."""
    try:
        native.login(options)
    except Exception:
        options["success"]({"code": ""})


def forgetful(native, options):
    """Keeps the native function from what it must know."""
    native.request({**options, "url": None})


def poor(native, options):
    """Answers without what is declared."""
    succeed = options["success"]
    native.login({**options, "success": lambda res: succeed({})})


def asynchronous(native, options):
    """Answers in a running loop only; in a script nobody would ever hear of it."""
    if case_is_in_a_loop():
        native.login(options)


def case_is_in_a_loop():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return any("_check_in_loop" in frame.name for frame in traceback.extract_stack())


BROKEN = {
    "it hides exceptions": ("login", forgiving, "exceptions", "although the native function throws"),
    "it forgets an option": ("request", forgetful, "options", "the native function does not get url"),
    "it forgets a field": ("login", poor, "success", "the result has no code"),
    "it needs a loop": ("login", asynchronous, "scripts", "has called"),
    "it never answers": ("login", never, "success", "login succeeds, with callbacks in order.*: never settles"),
    "it hides failures": ("login", impatient, "failure", "succeeds although the native function fails"),
    "it does not ask": ("login", always, "failure", "succeeds although the native function fails"),
    "it crashes": ("login", crashing, "success", "login:fail"),
    "it loses the task": ("request", lambda native, o: native.request(o) and None, "tasks", "not asked for .*abort"),
    "it loses its socket": (
        "connectSocket",
        lambda native, o: native.connectSocket(o) and None,
        "objects",
        "no .close.",
    ),
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
    monkeypatch.setattr("taropy.testing.case.PATIENCE", 0.05)
    api, function, aspect, message = BROKEN[how]
    broken(**{api: Adaptation(function=function)})
    assert re.search(message, "\n".join(told(aspect)))


def test_a_listener_that_cannot_be_taken_off_is_found(broken):
    broken(onAppShow=Adaptation(), offAppShow=Adaptation(function=lambda native, *listener: None))
    assert any("a listener hears events after offAppShow" in text for text in told("events"))


def test_a_function_that_changes_what_the_caller_gave_is_found(broken):
    def store(native, options):
        options["data"]["at"] = "noon"
        native.setStorage(options)

    broken(setStorage=Adaptation(function=store))
    assert any("changes the caller's own options" in text for text in told("forms"))


def test_a_function_that_asks_differently_each_time_is_found(broken):
    turns = count()
    broken(login=Adaptation(function=lambda native, options: native.login({**options, "turn": next(turns)})))
    assert any("another native call than a dict" in text for text in told("forms"))


def test_a_result_that_cannot_be_made_is_found(broken):
    broken(login=Adaptation(results={"code": lambda result: result["no such field"]}))
    assert any("no such field" in text for text in told("success"))


def no_step(adaptation):
    """What a table makes of options or results, if it is not looked at."""


def everything_is_there(runtime, name):
    """Why something is not to be had: never."""


@pytest.mark.parametrize(
    ("place", "instead", "aspect", "message"),
    [
        ("taropy.runtime.shapes.options_step", no_step, "options", "the native function does not get limit"),
        ("taropy.runtime.shapes.result_step", no_step, "success", "the result has no code"),
        ("taropy.runtime.options.OptionRules.apply", lambda rules, options: None, "refusal", "takes wrong options"),
        ("taropy.runtime.bound.Runtime.lack", everything_is_there, "host", "canIUse promises it over a native object"),
    ],
)
def test_what_is_wrong_around_the_platform_is_found_too(broken, monkeypatch, place, instead, aspect, message):
    table = Adaptation(rename={"timeout": "limit"}, results={"code": "ticket"})
    broken(login=table)
    assert told(aspect) == []
    taropy.unregister_plugin("broken")
    monkeypatch.setattr(place, instead)
    broken(login=table)  # anew, since what a table makes of options and results is worked out once
    assert any(message in text for text in told(aspect))


@pytest.mark.parametrize(("api", "table"), [("login", Adaptation()), ("onAppShow", Adaptation())])
def test_an_exception_that_gets_through_is_found(broken, monkeypatch, api, table):
    broken(**{api: table})
    assert told("exceptions") == []
    monkeypatch.setattr("taropy.runtime.binding.Binding.error", lambda binding, native: native)
    assert any("as the test wants it" in text for text in told("exceptions"))


def test_the_suite_runs_in_a_running_loop_too(broken):
    async def run():
        return examine("broken")

    broken(login=Adaptation(function=always), request=Adaptation())
    inside, outside = asyncio.run(run()), examine("broken")
    assert inside == outside
    assert inside.faults


def test_a_function_that_can_be_used_although_it_is_not_declared_is_found(broken, monkeypatch):
    broken(login=Adaptation())
    suite().test_what_the_platform_lacks_raises_not_supported()
    monkeypatch.setattr("taropy.runtime.bound.Runtime._supports", lambda runtime, name: True)
    with pytest.raises(AssertionError, match="can be used, although the platform does not declare it"):
        suite().test_what_the_platform_lacks_raises_not_supported()


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
