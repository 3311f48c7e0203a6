"""Every member of Taro on every platform: what is supported answers or names the host, what is not raises.

By using each: functions are called with the least valid options, values are read.
"""

from __future__ import annotations

import pytest
from natives import PLATFORMS, Everything

import taropy
from taropy import NotSupported, Promise, TaroError, spec
from taropy.testing.examples import arguments

# What a hook answers where there is nothing that it could hook into.
OUTSIDE = "while the function of a page (@app.page) or of the app (@app.entry) runs, and not later"

# What goes on for so many seconds, unless the program ends it.
LASTING = {"startRecord": 60}


def used(taro, name):
    """What using the member gives: a value, or the error that it failed with."""
    member = spec.member(name)
    try:
        value = getattr(taro, name)
        if member.is_function:
            lasts = name in LASTING and hasattr(taro, "phone")
            value = ended(taro, value, arguments(member)) if lasts else value(*arguments(member))
        return value.result(timeout=20) if isinstance(value, Promise) else value
    except TaroError as error:
        return None if error.errMsg.endswith(OUTSIDE) else error


def ended(taro, function, given):
    """What comes of a call that goes on until its time is over."""

    async def main():
        value = function(*given)
        await taro.phone.clock.advance(LASTING[function.__name__])
        return await value

    return taropy.run(main)


def lack(outcome):
    """The reason why something is not to be had; None if it is."""
    return outcome.reason if isinstance(outcome, NotSupported) else None


def test_taro_has_513_members_and_480_functions():
    members = [spec.member(name) for name in spec.members()]
    assert len(members) == 513
    assert sum(member.is_function for member in members) == 480


@pytest.mark.parametrize("platform", PLATFORMS)
def test_over_a_native_object_that_has_everything_all_that_the_platform_has_answers(platform):
    t = taropy.create(platform, native=Everything())
    outcomes = {name: used(t, name) for name in spec.members()}
    supported = {name for name in spec.members() if platform in spec.supported_on(name)}
    failures = {name: lack(outcome) for name, outcome in outcomes.items() if isinstance(outcome, TaroError)}
    assert failures == dict.fromkeys(set(spec.members()) - supported, "platform")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_over_a_native_object_that_has_nothing_all_but_taros_own_names_the_host(platform):
    t = taropy.create(platform, native=object())
    for name in spec.members():
        reason = lack(used(t, name))
        assert (reason == "platform") == (platform not in spec.supported_on(name)), name
        assert t.canIUse(name) == (reason is None), name


@pytest.mark.filterwarnings("ignore::taropy.phone.LostCallWarning")  # of canvases that are on no page
@pytest.mark.parametrize("platform", PLATFORMS)
def test_on_the_phone_everything_answers_or_says_who_lacks_it(platform):
    with taropy.create(platform) as t:
        for name in spec.members():
            outcome = used(t, name)
            reason = lack(outcome)
            assert (reason == "platform") == (platform not in spec.supported_on(name)), name
            assert reason != "host" or outcome.host == "phone"
            if t.canIUse("canIUse"):
                assert t.canIUse(name) == (reason is None), name


@pytest.mark.parametrize("platform", PLATFORMS)
def test_can_i_use_agrees_with_every_call_over_a_native_object_that_has_everything(platform):
    t = taropy.create(platform, native=Everything())
    if platform not in spec.supported_on("canIUse"):
        pytest.skip("the platform has no canIUse")
    for name in spec.members():
        assert t.canIUse(name) == (platform in spec.supported_on(name)), name
