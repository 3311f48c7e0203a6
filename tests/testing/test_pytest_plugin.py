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


def test_a_test_runs_on_the_platforms_of_its_mark(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEST.format(mark='@pytest.mark.platform("alipay", "tt")'))
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


@pytest.mark.parametrize("mark", ['"weapp", "wepp"', '["weapp", "tt"]'])
def test_a_platform_that_does_not_exist_is_told_in_a_line_before_any_test_runs(
    pytester: pytest.Pytester, mark: str
) -> None:
    pytester.makepyfile(TEST.format(mark=f"@pytest.mark.platform({mark})"))
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["no platform is called *; there are weapp, *"])
    result.stdout.no_fnmatch_line("*taro.py:*")


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
