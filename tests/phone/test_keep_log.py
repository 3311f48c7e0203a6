"""A log that is begun when the phone and its programs are there already, as in a notebook."""

from __future__ import annotations

import pytest

import taropy
from taropy.phone import Phone


@pytest.fixture
def t():
    with taropy.create("weapp") as runtime:
        yield runtime


def test_a_log_is_begun_later_and_has_the_calls_from_then_on(t):
    t.login().result()
    with pytest.raises(AttributeError, match=r"keep_log\(\) begins one"):
        t.phone.log  # noqa: B018
    log = t.phone.keep_log()
    t.login(timeout=3000).result()
    t.setStorageSync("a", 1)
    assert t.phone.log is log
    assert log.names == ["login", "setStorageSync"]
    assert log[0].options == {"timeout": 3000}


def test_a_log_that_is_kept_goes_on():
    with taropy.create("weapp", log=True) as t:
        t.login().result()
        assert t.phone.keep_log() is t.phone.log
        t.login().result()
        assert t.phone.log.names == ["login", "login"]
        assert t.phone.keep_log().names == ["login", "login"]


def test_all_programs_of_the_phone_are_in_it():
    with Phone() as phone, taropy.create("weapp", phone=phone) as one, taropy.create("alipay", phone=phone) as other:
        one.login().result()
        log = phone.keep_log()
        with taropy.create("tt", phone=phone) as later:
            for t in (one, other, later):
                t.getSystemInfoSync()
        assert log.names == ["getSystemInfoSync"] * 3


def test_who_observes_goes_on_observing():
    seen = []
    with taropy.create("weapp", observe=lambda call: seen.append(call.api)) as t:
        t.phone.keep_log()
        t.getSystemInfoSync()
        assert seen == ["getSystemInfoSync"] * 2  # at its beginning and at its end
        assert t.phone.log.names == ["getSystemInfoSync"]


def test_what_the_program_has_put_on_taro_stays(t):
    t.login = lambda: "mine"
    t.http = "mine"
    t.phone.keep_log()
    assert (t.login(), t.http) == ("mine", "mine")


def test_ported_programs_of_the_phone_are_in_it_too(t):
    from taropy.js.taro import taro_of

    ported = taro_of(t)
    ported.getSystemInfoSync()
    t.phone.keep_log()
    ported.getSystemInfoSync()
    t.getSystemInfoSync()
    assert t.phone.log.names == ["getSystemInfoSync"] * 2


def test_secrets_are_masked_unless_the_phone_was_made_to_show_them(t):
    with taropy.create("weapp", show_secrets=True) as showing:
        for runtime, shown in ((t, False), (showing, True)):
            runtime.phone.keep_log()
            runtime.setStorageSync("token", "S3CR3T")
            assert ("S3CR3T" in str(runtime.phone.log)) is shown


def test_programs_that_are_gone_are_not_kept():
    import gc
    import weakref

    with Phone() as phone:
        gone = []
        for _ in range(100):
            t = taropy.create("weapp", phone=phone)
            t.close()
            gone.append(weakref.ref(t))
        del t
        gc.collect()
        assert [each for each in gone if each() is not None] == []
        assert phone.keep_log().names == []
