"""Names of options that no declaration knows: told if they seem to be misspelled, and passed on in any case."""

from __future__ import annotations

import sys
import warnings

import pytest
from natives import Everything

import taropy
from taropy import UnknownOptionWarning

SLIPS = [
    ("request", {"url": "u", "metod": "POST"}, "request has no option 'metod'; did you mean 'method'?"),
    ("request", {"url": "u", "headers": {}}, "request has no option 'headers'; did you mean 'header'?"),
    ("login", {"sucess": print}, "login has no option 'sucess'; did you mean 'success'?"),
    ("login", {"timout": 5}, "login has no option 'timout'; did you mean 'timeout'?"),
    ("login", {"Timeout": 5}, "login has no option 'Timeout'; did you mean 'timeout'?"),
    ("showModal", {"title": "a", "contnet": "b"}, "showModal has no option 'contnet'; did you mean 'content'?"),
    (
        "showModal",
        {"title": "a", "confrimText": "b"},
        "showModal has no option 'confrimText'; did you mean 'confirmText'?",
    ),
    ("setStorage", {"key": "a", "data": 1, "fial": print}, "setStorage has no option 'fial'; did you mean 'fail'?"),
    (
        "batchSetStorage",
        {"kvList": [{"key": "a", "value": 1}, {"key": "b", "vlaue": 1}]},
        "batchSetStorage has no option 'kvList[1].vlaue'; did you mean 'kvList[1].value'?",
    ),
    (
        "addPhoneCalendar",
        {"title": "a", "startTime": 1, "descripton": "b"},
        "addPhoneCalendar has no option 'descripton'; did you mean 'description'?",
    ),
    (
        "navigateTo",
        {"url": "a", "events": {"sucess": print}, "complet": print},
        "navigateTo has no option 'complet'; did you mean 'complete'?",
    ),
]


@pytest.fixture
def taro():
    with taropy.create(native=Everything()) as taro:
        yield taro


@pytest.mark.parametrize("form", ["as keyword arguments", "as a dict"])
@pytest.mark.parametrize(("name", "options", "told"), SLIPS, ids=[told[:60] for _, _, told in SLIPS])
def test_a_misspelled_option_is_told_at_the_line_of_the_call(taro, name, options, told, form):
    with pytest.warns(UnknownOptionWarning) as warned:
        line = _called(getattr(taro, name), options, form)
    assert [(str(each.message), each.filename, each.lineno) for each in warned] == [(told, __file__, line)]


def _called(call, options, form):
    """Calls it, and says in which line."""
    _ = call(options) if form == "as a dict" else call(**options)
    return sys._getframe().f_lineno - 1


def test_each_of_several_is_told(taro):
    with pytest.warns(UnknownOptionWarning) as warned:
        taro.login(timout=5, sucess=print)
    assert [str(each.message).rpartition("mean ")[2] for each in warned] == ["'timeout'?", "'success'?"]


def test_the_option_is_given_to_the_native_object_all_the_same():
    given = {}

    class Native:
        def login(self, options):
            given.update(options)
            options["success"]({"code": "a"})

    with taropy.create(native=Native()) as taro, pytest.warns(UnknownOptionWarning):
        assert taro.login(timout=5).result().code == "a"
    assert given["timout"] == 5


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("request", {"url": "u", "body": {}, "retries": 3}),
        ("request", {"url": "u", "enableHttp9": True}),
        ("request", {"url": "u", "header": {"Contnt-Type": "x", "succes": "y"}, "data": {"metod": 1}}),
        ("setStorage", {"key": "a", "data": {"kye": 1}, "_private": 1}),
        ("login", {"scope": "auth", 5: 6}),
    ],
)
def test_what_is_near_to_nothing_passes_in_silence_as_on_phones(taro, name, options):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        getattr(taro, name)(options)


def test_a_name_that_the_platform_has_for_an_option_is_known_there():
    acme = taropy.Platform(
        name="acme",
        title="Acme",
        env_type="ACME",
        native_name="ac",
        extends="weapp",
        apis={"login": taropy.Adaptation(rename={"timeout": "timeOut"})},
    )

    class Plugin:
        @taropy.hookimpl
        def taropy_register_platforms(self, register):
            register(acme)

    name = taropy.register_plugin(Plugin())
    try:
        with taropy.create("acme", native=Everything()) as taro, warnings.catch_warnings():
            warnings.simplefilter("error")
            taro.login(timeOut=5)
    finally:
        taropy.unregister_plugin(name)


def test_a_misspelled_option_that_is_missing_now_is_told_beside_the_error(taro):
    with pytest.warns(UnknownOptionWarning, match="no option 'itemLst'; did you mean 'itemList'"):
        promise = taro.showActionSheet(itemLst=["a"])
    with pytest.raises(taropy.ParameterError, match="itemList should be Array instead of Undefined"):
        promise.result()


def test_a_line_that_is_run_again_is_told_once(taro, monkeypatch):
    monkeypatch.delitem(globals(), "__warningregistry__", raising=False)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("default")
        for _ in range(3):
            taro.login(timout=5)
        taro.login(timout=5)
    assert [each.lineno - warned[0].lineno for each in warned] == [0, 1]


def test_where_warnings_are_errors_it_is_raised_at_the_call(taro):
    with warnings.catch_warnings():
        warnings.simplefilter("error", UnknownOptionWarning)
        with pytest.raises(UnknownOptionWarning, match="did you mean 'timeout'"):
            taro.login(timout=5)


async def _a_call():
    await taropy.Taro.login(timout=5)


def test_in_an_async_program_it_is_the_line_of_the_call_too(Taro):
    with pytest.warns(UnknownOptionWarning) as warned:
        taropy.run(_a_call)
    assert warned[0].lineno == _a_call.__code__.co_firstlineno + 1


def test_methods_of_managers_tell_as_taro_itself_does(on_phone):
    files = on_phone.getFileSystemManager()
    path = f"{on_phone.env.USER_DATA_PATH}/a.txt"
    with pytest.warns(UnknownOptionWarning, match="writeFile has no option 'encodng'; did you mean 'encoding'"):
        files.writeFile(filePath=path, data="a", encodng="utf8").result()


def test_so_do_the_settings_that_taro_keeps_itself(taro):
    with pytest.warns(
        UnknownOptionWarning, match="initPxTransform has no option 'designwidth'; did you mean 'designWid"
    ):
        taro.initPxTransform(designwidth=750, deviceRatio={750: 1}, designWidth=750)


def test_interceptors_get_the_options_as_they_were_given(taro):
    seen = []
    taro.addInterceptor(lambda chain: seen.append(chain.requestParams) or chain.proceed(chain.requestParams))
    with pytest.warns(UnknownOptionWarning, match="did you mean 'method'"):
        taro.request(url="u", metod="POST")
    assert seen[0]["metod"] == "POST"
