"""Tables that do not fit Taro: refused when the plugin registers, with the line to mend."""

from __future__ import annotations

import pytest

import taropy
from taropy import Adaptation, Platform, PlatformError, hookimpl
from taropy.runtime.plugins import registry
from taropy.runtime.tables import check_table


def register(**given):
    """Registers a platform with this table, and takes it away again."""

    class Plugin:
        @hookimpl
        def taropy_register_platforms(self, register):
            register(Platform(**{"name": "acme", "title": "Acme", "env_type": "ACME", "native_name": "ac", **given}))

    taropy.register_plugin(Plugin(), "acme")
    taropy.unregister_plugin("acme")


WRONG = {
    "an option that Taro does not have": (
        {"extends": "weapp", "apis": {"login": Adaptation(rename={"timeot": "limit"})}},
        "acme: apis[\"login\"].rename names 'timeot', which login does not take; did you mean 'timeout'?",
    ),
    "a result that Taro does not have": (
        {"extends": "weapp", "apis": {"login": Adaptation(results={"cod": "authCode"})}},
        "acme: apis[\"login\"].results names 'cod', which the result of login does not have; did you mean 'code'?",
    ),
    "options of a function that takes none": (
        {"extends": "weapp", "apis": {"getStorageSync": Adaptation(rename={"key": "name"})}},
        'acme: apis["getStorageSync"] adapts options, but getStorageSync takes none',
    ),
    "a function that is not among those supported": (
        {"supports": {"request"}, "apis": {"login": Adaptation(alias="signIn")}},
        'acme: apis["login"] adapts what the platform does not have; add login to supports',
    ),
    "a function that it lacks": (
        {"extends": "weapp", "lacks": {"login"}, "apis": {"login": Adaptation(alias="signIn")}},
        "or take it from lacks",
    ),
    "a function that the platform it extends does not have": (
        {"extends": "h5", "apis": {"checkSession": Adaptation(alias="isFresh")}},
        'acme: apis["checkSession"] adapts what the platform does not have',
    ),
    "what is Taro's own": (
        {"extends": "weapp", "apis": {"getEnv": Adaptation(alias="env")}},
        'acme: apis["getEnv"] adapts what is Taro\'s own',
    ),
    "itself to extend": ({"extends": "acme"}, "acme extends itself: acme -> acme"),
    "a platform that is not there": (
        {"extends": "wepp"},
        "acme: extends names 'wepp', which is no platform; did you mean 'weapp'?",
    ),
    "one function where several may stand": (
        {"supports": "login"},
        "acme: supports should be a tuple of names, not 'login'",
    ),
    "a number where a function's name stands": (
        {"supports": ("login", 1)},
        "acme: supports should be a tuple of names, not ('login', 1)",
    ),
    "a list of adaptations without names": (
        {"extends": "weapp", "apis": [Adaptation(alias="signIn")]},
        "acme: apis should be a dict of names to adaptations, not [Adaptation(",
    ),
    "an alias without an adaptation around it": (
        {"extends": "weapp", "apis": {"login": "signIn"}},
        "acme: apis[\"login\"] should be a taropy.Adaptation, not 'signIn'",
    ),
    "a field to remove without a comma after it": (
        {"extends": "weapp", "apis": {"login": Adaptation(remove=("ticket"))}},
        "acme: apis[\"login\"].remove should be a tuple of names, not 'ticket'",
    ),
    "a name where a function should be": (
        {"extends": "weapp", "apis": {"login": Adaptation(function="sign_in")}},
        "acme: apis[\"login\"].function should be a function, not 'sign_in'",
    ),
    "options that are renamed to nothing": (
        {"extends": "weapp", "apis": {"login": Adaptation(rename={"timeout": None})}},
        "acme: apis[\"login\"].rename should be a dict of names to native names, not {'timeout': None}",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_table_that_names_what_is_not_there_is_refused_with_the_line_to_mend(wrong):
    table, message = WRONG[wrong]
    with pytest.raises(PlatformError) as caught:
        register(**table)
    assert message in str(caught.value)
    assert "acme" not in registry().platforms


RIGHT = {
    "options and results of Taro's": Adaptation(rename={"timeout": "limit"}, results={"code": "authCode"}),
    "native options, which only the vendor knows": Adaptation(options={"scopes": "auth_base"}),
    "messages and codes, which every result may have": Adaptation(results={"errMsg": "message", "errCode": "error"}),
    "nothing that differs": Adaptation(),
}


@pytest.mark.parametrize("right", RIGHT)
def test_a_table_that_names_what_is_there_is_taken(right):
    register(extends="weapp", apis={"login": RIGHT[right]})


def test_a_value_may_be_adapted_too():
    register(extends="weapp", apis={"cloud": Adaptation(alias="acCloud")})


def test_platforms_that_extend_one_another_in_a_circle_are_refused_with_the_way_round():
    class Plugin:
        @hookimpl
        def taropy_register_platforms(self, register):
            for name, base in (("one", "two"), ("two", "three"), ("three", "one")):
                register(Platform(name=name, title=name, env_type=name, native_name=name, extends=base))

    with pytest.raises(PlatformError, match="three extends itself: three -> one -> two -> three"):
        taropy.register_plugin(Plugin(), "circle")
    assert not {"one", "two", "three"} & set(registry().platforms)


def test_the_tables_that_come_with_taropy_fit():
    shipped = [known for known in registry().platforms.values() if known.provider in registry().shipped]
    assert len(shipped) == 10
    for known in shipped:
        check_table(known)
