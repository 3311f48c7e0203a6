"""The fixtures and the mark that taropy brings for tests of programs, as those who write such tests meet them."""

from __future__ import annotations

import pytest

MODULE = """
from taropy import Taro

async def greeting():
    await Taro.login()
    answer = await Taro.showModal(title="May we?")
    return f"{Taro.getEnv()} {'yes' if answer.confirm else 'no'}"
"""

TEST = """
import pytest
import taropy
from program import greeting

{mark}
def test_the_person_decides(Taro, phone):
    phone.screen.answer_modal(confirm=False)
    assert taropy.run(greeting) == f"{{Taro.getEnv()}} no"
    assert phone.log.names == ["login", "showModal", "getEnv", "getEnv"]
"""


@pytest.fixture(autouse=True)
def program(pytester: pytest.Pytester) -> None:
    """The module that the tests are about."""
    pytester.makepyfile(program=MODULE)
    pytester.syspathinsert()


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Runs the tests in a process of its own, as `Taro` is the process's."""
    return pytester.runpytest_subprocess("-p", "no:xdist", "-v", *arguments)


def test_a_test_without_a_mark_runs_on_weapp(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEST.format(mark=""))
    result = run(pytester)
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*test_the_person_decides?weapp?*"])


@pytest.mark.parametrize("mark", ["pytest.mark.platform", "__import__('taropy.testing.marks').testing.marks.platform"])
def test_a_test_runs_on_the_platforms_of_its_mark(pytester: pytest.Pytester, mark: str) -> None:
    pytester.makepyfile(TEST.format(mark=f'@{mark}("alipay", "tt")'))
    result = run(pytester)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*?alipay?*", "*?tt?*"])


def test_the_command_line_and_the_settings_choose_the_platforms_of_tests_without_a_mark(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(TEST.format(mark=""))
    pytester.makeini("[pytest]\ntaropy_platforms = weapp swan\n")
    run(pytester).assert_outcomes(passed=2)
    result = run(pytester, "--taro-platform", "qq")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*?qq?*"])


WITHOUT_TARO = """
import pytest

@pytest.mark.platform("alipay")
def test_neither():
    pass
"""


def test_a_mark_that_is_wrong_fails_its_own_test_in_a_line_and_the_others_run(pytester: pytest.Pytester) -> None:
    names = 'the mark names platforms, as in @pytest.mark.platform("alipay", "weapp")'
    wrong = {
        'platform("weapp", "wepp")': "no platform is called 'wepp'; did you mean 'weapp'[?]; there are *",
        'platform("wechat")': "no platform is called 'wechat'; did you mean 'weapp'[?]; there are *",
        'platform(["weapp", "tt"])': 'the mark names platforms one by one: @pytest.mark.platform("weapp", "tt")',
        'platform("weapp", ("tt",))': 'the mark names platforms one by one: @pytest.mark.platform("weapp", "tt")',
        "platform(5)": f"the mark names platforms one by one: as in {names.partition('as in ')[2]}",
        "platform": names,
        "platform()": names,
        'platform(name="tt")': names,
        'platfrom("tt")': "there is no mark 'platfrom'; did you mean 'platform'[?]",
        "taro_stict": "there is no mark 'taro_stict'; did you mean 'taro_strict'[?]",
        "taro_strict('no')": "the mark is @pytest.mark.taro_strict or @pytest.mark.taro_strict(False)",
    }
    good = "def test_another(Taro):\n    assert Taro.getEnv() == 'WEAPP'\n"
    tests = {f"test_{number:02}": TEST.format(mark=f"@pytest.mark.{mark}") + good for number, mark in enumerate(wrong)}
    pytester.makepyfile(**tests, test_without=WITHOUT_TARO)
    result = run(pytester)
    result.assert_outcomes(errors=len(wrong) + 1, passed=len(wrong))
    line = TEST.partition("{mark}")[0].count("\n") + 1 - TEST.startswith("\n")
    result.stdout.fnmatch_lines([
        *(f"test_{n:02}.py::test_the_person_decides (line {line}): {why}".replace("[?]", "\0").replace("[", "[[]")
          .replace("\0", "[?]") for n, why in enumerate(wrong.values())),
        "test_without.py::test_neither (line 3): it is marked with platform, which means nothing to a test *",
    ])  # fmt: skip
    result.stdout.no_fnmatch_line("*taro.py:*")
    result.stdout.no_fnmatch_line("*another exception occurred*")


def test_a_mark_of_a_projects_own_that_is_called_nearly_so_is_its_own(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nmarkers =\n    platforms: all of them\n")
    pytester.makepyfile(TEST.format(mark='@pytest.mark.platforms("all")'))
    run(pytester).assert_outcomes(passed=1)


def test_each_test_has_a_phone_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("run", [1, 2])
        def test_nothing_is_left_of_the_other_test(Taro, run):
            assert Taro.getStorageSync("seen") == ""
            Taro.setStorageSync("seen", run)
        """
    )
    run(pytester).assert_outcomes(passed=2)


def test_what_modules_set_up_when_they_are_imported_is_there_in_every_test_and_nothing_else(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(
        set_up="""
        from taropy import Taro

        heard = []

        def note(chain):
            heard.append(chain.requestParams["url"])
            return chain.proceed(chain.requestParams)

        Taro.addInterceptor(note)
        Taro.eventCenter.on("signed in", heard.append)
        Taro.setStorageSync("seen", 1)
        """,
        test_set_up="""
        import pytest
        from set_up import heard

        @pytest.mark.platform("weapp", "alipay")
        @pytest.mark.parametrize("run", [1, 2])
        def test_it_is_heard_once(Taro, phone, run):
            heard.clear()
            phone.faults.answer("request")
            Taro.request("https://example.com")
            Taro.eventCenter.trigger("signed in", "alice")
            assert heard == ["https://example.com", "alice"]
            assert Taro.getStorageSync("seen") == ""
            Taro.eventCenter.on("signed in", heard.append)
            Taro.addInterceptor(lambda chain: chain.proceed(chain.requestParams))
        """,
    )
    run(pytester).assert_outcomes(passed=4)


def test_a_conftest_says_what_the_phone_is_made_with(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import pytest

        @pytest.fixture
        def phone_options():
            return {"device": "Pixel 8", "user": "alice"}
        """
    )
    pytester.makepyfile(
        """
        def test_it_is_that_phone(phone, Taro):
            assert (phone.account.user.id, Taro.getSystemInfoSync().model) == ("alice", "Pixel 8")
        """
    )
    run(pytester).assert_outcomes(passed=1)


def test_a_test_that_fails_shows_what_was_called(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_it_fails(Taro):
            Taro.setStorageSync("key", "value")
            assert False
        """
    )
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*Taro calls*", "*setStorageSync(key='key', data='value') -> None*"])


def test_a_fixture_that_fails_shows_what_was_called(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture
        def signed_in(Taro):
            return Taro.getStorage(key="token").result().data

        def test_it_is_never_run(signed_in):
            pass
        """
    )
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*Taro calls*", "*getStorage(key='token') -> getStorage:fail data not found"])


@pytest.mark.parametrize(("options", "told"), [("{}", "***"), ('{"show_secrets": True}', "'S3CR3T'")])
def test_what_is_shown_has_masks_unless_the_phone_is_made_without(
    options: str, told: str, pytester: pytest.Pytester
) -> None:
    pytester.makepyfile(
        f"""
        import pytest

        @pytest.fixture
        def phone_options():
            return {options}

        def test_it_fails(Taro):
            Taro.setStorageSync("token", "S3" + "CR3T")
            assert False
        """
    )
    result = run(pytester)
    result.assert_outcomes(failed=1)
    assert f"setStorageSync(key='token', data={told}) -> None" in result.stdout.str()


def test_of_many_calls_the_last_are_shown(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_it_fails(Taro):
            for number in range(103):
                Taro.setStorageSync("key", number)
            assert False
        """
    )
    result = run(pytester)
    result.stdout.fnmatch_lines(
        ["*Taro calls, after 3 others*", "*(key='key', data=3) ->*", "*(key='key', data=102) ->*"]
    )
    result.stdout.no_fnmatch_line("*(key='key', data=2) ->*")


# A test that orders an answer and a fault which the program does not come to.
SCRIPTED = """
import taropy
from program import greeting

def test_it_asks(Taro, phone):
    phone.screen.answer_action_sheet(1)
    phone.screen.answer_modal(confirm=True)
    phone.faults.fail("getStorage", "disk is full")
    phone.faults.fail("request", "timeout", times=None)
    assert taropy.run(greeting) == "{expected}"
"""
UNUSED = "the answer {'tapIndex': 1} to 'action sheet'; the fault of getStorage"


def test_what_a_test_has_scripted_and_not_used_is_told(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(SCRIPTED.format(expected="WEAPP yes"))
    result = run(pytester)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines([f"*UnusedScriptWarning: the test did not use what it scripted: {UNUSED}"])
    assert run(pytester, "-W", "error").ret == pytest.ExitCode.TESTS_FAILED
    run(pytester, "-W", "error", "-W", "ignore::taropy.testing.pytest_plugin.UnusedScriptWarning").assert_outcomes(
        passed=1
    )


def test_a_test_that_fails_shows_what_it_has_scripted_and_not_used(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(SCRIPTED.format(expected="WEAPP no"))
    result = run(pytester)
    result.assert_outcomes(failed=1, warnings=0)
    result.stdout.fnmatch_lines(["*scripted, and not used*", *UNUSED.split("; ")])


def test_the_mark_of_a_class_is_for_those_of_its_tests_that_use_taro(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.platform("alipay", "tt")
        class TestProgram:
            def test_with(self, Taro):
                assert Taro.getEnv() in ("ALIPAY", "TT")

            def test_without(self):
                pass
        """
    )
    run(pytester).assert_outcomes(passed=3)


UNITTEST = """
import unittest

import pytest
import taropy
from program import greeting

{mark}
class TestGreeting(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def fixtures(self, Taro, phone):
        self.phone = phone

    def test_the_person_decides(self):
        self.phone.screen.answer_modal(confirm=False)
        self.assertEqual(taropy.run(greeting), "{expected} no")
"""


def test_a_test_case_of_unittests_runs_on_one_platform(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_unmarked=UNITTEST.format(mark="", expected="WEAPP"),
        test_marked=UNITTEST.format(mark='@pytest.mark.platform("tt")', expected="TT"),
    )
    run(pytester).assert_outcomes(passed=2)


def test_a_test_case_of_unittests_that_shall_run_on_several_is_told(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(UNITTEST.format(mark='@pytest.mark.platform("tt", "weapp")', expected="TT"))
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*test_the_person_decides can run on one platform only, and not on tt, weapp: *"])


FAILING = """
import taropy
from taropy import Taro

async def stored():
    return (await Taro.getStorage(key="none")).data

def test_it_is_awaited(Taro):
    taropy.run(stored())

def test_it_is_waited_for(Taro):
    Taro.getStorage(key="none").result()

def test_it_is_called(Taro):
    Taro.setStorageSync(5, 1)
"""


def test_the_traces_of_failed_calls_end_at_the_programs_lines(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(FAILING)
    result = run(pytester)
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines([
        "E *getStorage:fail data not found",
        "E *getStorage:fail data not found",
        "E *parameter.key should be String instead of Number",
    ])  # fmt: skip
    result.stdout.no_re_match_line(TAROPYS_OWN)
    run(pytester, "--full-trace").stdout.re_match_lines([TAROPYS_OWN])


TAROPYS_OWN = r".*\b(runtime|asyncio)\b.*\.py:\d"


def test_a_fault_that_may_be_taropys_is_shown_whole(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import taropy

        def test_it_fails(Taro):
            taropy.run(lambda: taropy.run(Taro.login))
        """
    )
    run(pytester).stdout.fnmatch_lines(["*taro.py:*: RuntimeError"])


MISREAD = {
    "a room": ("phone.netwrok", "network"),
    "what a room has": ("phone.network.typ", "type"),
    "the clock": ("phone.clock.stoped", "stopped"),
    "the person": ("phone.person.skript", "script"),
    "a fault": ("phone.faults.anser", "answer"),
    "a device": ("phone.system.device.brnd", "brand"),
    "the pages": ("phone.pages.sroll", "scroll"),
    "a page": ("phone.pages.top(phone.app('weapp')).scrol_top", "scroll_top"),
    "the vendors": ("phone.open_platform.registr", "register"),
    "a route": ("phone.network.route('/a').assert_caled", "assert_called"),
    "what is not taropy's": ("'a'.zzzzz", None),
}


def test_an_attribute_that_is_misread_is_told_once_what_was_meant(pytester: pytest.Pytester) -> None:
    lines = [f"def test_{number}(Taro, phone): {code}\n" for number, (code, _) in enumerate(MISREAD.values())]
    pytester.makepyfile("".join(lines))
    result = run(pytester, "-rA")
    result.assert_outcomes(failed=len(MISREAD))
    told = [line for line in result.outlines if line.startswith("E ") and "AttributeError" in line]
    assert len(told) == len(MISREAD)
    for line, (_, meant) in zip(told, MISREAD.values(), strict=True):
        assert line.count("Did you mean") == (meant is not None)
        assert meant is None or line.endswith(f"Did you mean: '{meant}'?")


def test_so_is_one_that_a_handler_has_misread(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import taropy

        def test_it(Taro, phone):
            phone.network.route("**", lambda request: phone.netwrok)
            Taro.request(url="https://a.example/").result()
        """
    )
    result = run(pytester)
    result.stdout.fnmatch_lines(
        ["*UnhandledErrorWarning: *'Phone' object has no attribute 'netwrok'. Did you mean: 'network'[?]"]
    )
