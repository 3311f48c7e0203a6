"""Functions handed over as they are, `promise.then(Taro.hideLoading)`: they get whatever there is, as in JavaScript."""

from __future__ import annotations

import pytest
from natives import PLATFORMS, Everything

import taropy
from taropy import ParameterError, Phone, Promise, Record, TaroError, spec
from taropy.models import LoginResult
from taropy.runtime.options import SHORTHAND, is_required
from taropy.runtime.own import OWN
from taropy.testing.examples import arguments

FUNCTIONS = [name for name in spec.members() if spec.member(name).is_function]


class Exact(Everything):
    """A native object whose functions take one argument and no more."""

    def __getattr__(self, name):
        function = super().__getattr__(name)
        return lambda argument=None: function(*(() if argument is None else (argument,)))


def failure(t, name, *given):
    """What a call fails with; None if it does not."""
    try:
        outcome = getattr(t, name)(*given)
        if isinstance(outcome, Promise):
            outcome.result()
    except TaroError as error:
        return type(error), error.errMsg
    return None


def takes_options(name):
    """Whether a function takes options, and nothing after them."""
    member = spec.member(name)
    return member.option is not None and name not in OWN and max(len(each.params) for each in member.signatures) == 1


TAKE_OPTIONS = [name for name in FUNCTIONS if takes_options(name)]
NEED_NONE = [
    name for name in TAKE_OPTIONS if not any(map(is_required, spec.fields_of(spec.member(name).option).values()))
]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_functions_with_options_do_not_mind_what_comes_after_them(platform):
    t = taropy.create(platform, native=Exact())
    for name in TAKE_OPTIONS:
        if t.canIUse(name):
            given = arguments(spec.member(name))
            assert failure(t, name, *given, 2, "three") == failure(t, name, *given), name


def test_the_other_functions_do_not_mind_more_than_they_declare():
    t = taropy.create("weapp", native=Exact())
    names = [
        name
        for name in FUNCTIONS
        if name not in OWN and {len(each.params) for each in spec.member(name).signatures} <= {0, 1}
        if not any(param.rest for each in spec.member(name).signatures for param in each.params)
    ]
    assert len(names) > 300
    for name in names:
        given = arguments(spec.member(name)) or ((None,) if spec.member(name).signatures[0].params else ())
        assert failure(t, name, *given, 2, "three") == failure(t, name, *given), name


@pytest.mark.parametrize("value", [5, 2.5, True, [1, 2], (), b"x", print, LoginResult], ids=str)
@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
def test_what_has_no_fields_counts_as_no_options(platform, value):
    t = taropy.create(platform, native=Exact())
    for name in NEED_NONE:
        if t.canIUse(name):
            assert failure(t, name, value) is None, name


@pytest.mark.parametrize(
    "value", [LoginResult(code="c", errMsg=""), Record(code="c"), TaroError("", fields={"code": "c"})]
)
def test_the_fields_of_a_result_a_record_and_an_error_are_options(value):
    native = Everything()
    taropy.create(native=native).login(value).result()
    assert native.calls[0][1][0]["code"] == "c"


def test_the_fields_of_a_programs_own_object_are_options_and_what_it_keeps_to_itself_is_none():
    class Asked:
        def __init__(self):
            self.timeout, self._secret = 5, "s"

    native = Everything()
    taropy.create(native=native).login(Asked()).result()
    options = native.calls[0][1][0]
    assert options["timeout"] == 5
    assert "_secret" not in options


@pytest.mark.parametrize("name", sorted({"login", "hideToast", "stopPullDownRefresh"} - set(SHORTHAND)))
@pytest.mark.parametrize("value", ["text", Promise.resolve(1)], ids=["a text", "a promise that nobody awaited"])
def test_a_text_and_a_promise_are_refused(name, value):
    with pytest.raises(ParameterError, match=r"parameter should be Object instead of (String|Promise)"):
        getattr(taropy.create(native=Everything()), name)(value).result()


# --- on the phone ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", [name for name in PLATFORMS if name != "harmony"])  # which has no loading sign
def test_a_ported_program_hands_functions_over_bare(platform):
    with Phone() as phone, taropy.create(platform, phone=phone) as t:

        async def main():
            t.showLoading(title="…")
            await t.getSystemInfo().then(t.hideLoading)
            await Promise.all([t.getSystemInfo()]).then(t.getNetworkType)
            await t.getStorage(key="none").catch(t.getNetworkType)
            for each in map(t.getSystemInfo, [7, 8], [0, 1], [["a", "b"]] * 2):
                await each
            await t.getSystemInfo({}, 1, 2)
            t.getSystemInfo(success=t.getNetworkType, complete=t.getNetworkType)
            t.getSystemInfoSync(1, 2, 3)
            t.getSystemInfoSync(t.getSystemInfoSync())
            await taropy.settled()

        taropy.run(main)
        assert phone.screen.toast is None


def test_methods_of_managers_do_not_mind_either():
    with Phone() as phone, taropy.create("weapp", phone=phone) as t:
        files = t.getFileSystemManager()
        path = f"{t.env.USER_DATA_PATH}/x"
        files.writeFileSync(path, "text", "utf8", "more", 5)
        assert files.readFileSync(path, "utf8", 0, 4, "more", 5) == "text"
        assert files.readFile({"filePath": path, "encoding": "utf8"}, 1, 2).result().data == "text"
